#include "netns/frame.h"

#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "netlink/fd.h"

namespace netplumb {

Result<void> sendFrame(const std::string& link, Bytes frame) {
  // Of no protocol: it is to receive nothing.
  const Fd fd(socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  if (!fd) return Failure{errno, "socket", "AF_PACKET"};
  ifreq request{};
  link.copy(request.ifr_name, sizeof request.ifr_name - 1);
  if (ioctl(fd.get(), SIOCGIFINDEX, &request) != 0) return Failure{errno, "SIOCGIFINDEX", link};
  sockaddr_ll to{};
  to.sll_family = AF_PACKET;
  to.sll_ifindex = request.ifr_ifindex;
  if (sendto(fd.get(), frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) < 0) {
    return Failure{errno, "sendto", link};
  }
  return {};
}

}  // namespace netplumb
