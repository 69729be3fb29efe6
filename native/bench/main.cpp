// The floor: the kernel's work and nothing else, against which bench/ measures the library. Prints JSON.
//
//   netplumb_floor dump links|routes NETNS N  receives N dumps, those of a namespace's file
//   netplumb_floor endpoints ...              makes and removes endpoints; see endpoints.h
//   netplumb_floor nft ...                    adds and dumps elements of a map; see nft.h
//
// Works in the network namespace that it is started in: a throw-away one.
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/endpoints.h"
#include "bench/nft.h"
#include "bench/wire.h"

namespace bench {
namespace {

int dump(std::string_view what, const char* netns, int times) {
  const int fd = open(netns, O_RDONLY | O_CLOEXEC);
  check(fd >= 0 && setns(fd, CLONE_NEWNET) == 0, netns);
  close(fd);
  Socket socket(NETLINK_ROUTE);
  Datagram datagram;
  const auto started = std::chrono::steady_clock::now();
  size_t count = 0;
  for (int i = 0; i < times; ++i) {
    if (what == "links") {
      datagram.message(RTM_GETLINK, 0, ifinfomsg{});
      datagram.put<uint32_t>(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    } else {
      datagram.message(RTM_GETROUTE, 0, rtmsg{.rtm_family = AF_INET});
      datagram.put<uint32_t>(RTA_TABLE, RT_TABLE_MAIN);
    }
    count += socket.dump(datagram);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  std::printf("{\"count\":%zu,\"seconds\":%.9f}\n", count, seconds.count());
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "dump" && argc == 5) return bench::dump(argv[2], argv[3], std::atoi(argv[4]));
  if (command == "endpoints") return bench::endpoints(argc - 2, argv + 2);
  if (command == "nft") return bench::nft(argc - 2, argv + 2);
  std::fputs("usage: netplumb_floor dump links|routes NETNS N | endpoints ... | nft ...\n", stderr);
  return 2;
}
