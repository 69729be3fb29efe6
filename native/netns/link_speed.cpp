#include "netns/link_speed.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "netlink/fd.h"

namespace netplumb {

Result<uint32_t> linkSpeed(uint32_t index) {
  const Fd fd(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd) return Failure{errno, "socket", "AF_UNIX"};
  ifreq request{};
  request.ifr_ifindex = static_cast<int>(index);
  if (ioctl(fd.get(), SIOCGIFNAME, &request) != 0) return Failure{errno, "SIOCGIFNAME", {}};
  // The old command: its answer has one size and one speed, with all that is wanted here.
  ethtool_cmd settings{};
  settings.cmd = ETHTOOL_GSET;
  request.ifr_data = reinterpret_cast<char*>(&settings);
  if (ioctl(fd.get(), SIOCETHTOOL, &request) != 0) {
    if (errno == ENODEV) return Failure{errno, "SIOCETHTOOL", {}};
    return uint32_t{0};
  }
  const uint32_t speed = ethtool_cmd_speed(&settings);
  return speed == static_cast<uint32_t>(SPEED_UNKNOWN) ? uint32_t{0} : speed;
}

}  // namespace netplumb
