#include "bench/endpoints.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/wire.h"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr uint32_t kFirstAddress = 0x0a580002;  // 10.88.0.2
constexpr uint32_t kGateway = 0x0a580001;
constexpr uint16_t kFirstPort = 10'000;
constexpr uint16_t kTargetPort = 80;
constexpr uint32_t kFirstIndex = 100'000;
constexpr uint32_t kGroup = 4'242;
// The group of one that is detached alone.
constexpr uint32_t kSingleGroup = kGroup + 1;
constexpr uint32_t kPeerIndex = 2;
// Endpoints whose ports are committed together, unless they have more: beyond that nothing is won.
constexpr uint32_t kCommitTogether = 64;
constexpr uint32_t kPortsTogether = 1'000;
// Elements in one message: its nest may have 64 KiB.
constexpr uint32_t kElementsTogether = 1'000;
// Ports of a bridge.
constexpr uint32_t kMostOnBridge = 1'000;
// Routes in one datagram.
constexpr uint32_t kRoutesTogether = 128;

struct Options {
  bool isRouted = false;
  uint32_t count = 100;
  uint32_t ports = 1;
  uint32_t threads = 1;
  bool hasPool = false;
  uint32_t warmUp = 0;
  uint32_t singles = 0;
};

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double cpuSeconds(bool isUser) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const timeval& time = isUser ? usage.ru_utime : usage.ru_stime;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string netnsPath(uint32_t number) { return "/run/netns/bench-" + std::to_string(number); }

/// A namespace that has just been made, without a name yet, and a socket in it.
struct Namespace {
  int fd = -1;
  std::unique_ptr<Socket> socket;
  bool hasLink = false;
};

using Mac = std::array<uint8_t, 6>;

/// What a link gets that is made for an endpoint.
struct Place {
  uint32_t group = 0;
  Mac mac;
};

/// Makes endpoints on one thread.
class Maker {
 public:
  explicit Maker(const Options& options) : options_(options), route_(NETLINK_ROUTE), filter_(NETLINK_NETFILTER) {
    home_ = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    check(home_ >= 0, "open");
  }
  ~Maker() {
    settleElements();
    close(home_);
  }
  Maker(const Maker&) = delete;
  Maker& operator=(const Maker&) = delete;

  Namespace makeNamespace() {
    Namespace made;
    check(unshare(CLONE_NEWNET) == 0, "unshare");
    made.fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    made.socket = std::make_unique<Socket>(NETLINK_ROUTE);
    check(setns(home_, CLONE_NEWNET) == 0, "setns");
    return made;
  }

  /// Makes a namespace with a link in it, for whichever endpoint comes. The other end has a number.
  Namespace makeReady(uint32_t number) {
    Namespace made = makeNamespace();
    addPair(number, made.fd, {});
    route_.exchange(datagram_, "pair");
    made.hasLink = true;
    return made;
  }

  /// Attaches an endpoint, made of what is ready where that is given.
  void attach(uint32_t number, uint32_t group, Namespace netns = {}) {
    const uint32_t address = htonl(kFirstAddress + number);
    Place place{group, {0x02, 0x42}};
    std::memcpy(place.mac.data() + 2, &address, sizeof address);
    const bool isReady = netns.hasLink;
    if (!isReady) netns = makeNamespace();
    giveName(netns.fd, number);
    const ifinfomsg link{.ifi_index = static_cast<int>(kFirstIndex + number)};
    if (isReady) {
      datagram_.message(RTM_NEWLINK, 0, link);
      enter(place);
    } else {
      addPair(number, netns.fd, place);
    }
    settle(number);
    // Only now: each change of a link that is up without a carrier has all IPv6 routes looked at.
    datagram_.message(RTM_NEWLINK, 0,
                      ifinfomsg{.ifi_index = link.ifi_index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP});
    if (options_.isRouted) {
      datagram_.message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL,
                        rtmsg{.rtm_family = AF_INET,
                              .rtm_dst_len = 32,
                              .rtm_table = RT_TABLE_MAIN,
                              .rtm_protocol = RTPROT_STATIC,
                              .rtm_scope = RT_SCOPE_LINK,
                              .rtm_type = RTN_UNICAST});
      datagram_.put(RTA_DST, address);
      datagram_.put(RTA_OIF, kFirstIndex + number);
    }
    route_.exchange(datagram_, "veth");
    configure(*netns.socket, address, isReady ? &place.mac : nullptr);
    close(netns.fd);
    forgetMulticast(number);
    for (uint32_t i = 0; i < options_.ports; ++i) addElement(number * options_.ports + i, address);
    if (++uncommitted_ >= kCommitTogether || uncommitted_ * options_.ports >= kPortsTogether) commitAside();
  }

  /// Publishes what attach() has gathered, or takes away what removePort() has.
  void commit() {
    settleElements();
    if (endCommands()) filter_.exchange(commands_, "elements");
  }

  /// Takes a port away, at the next commit().
  void removePort(uint32_t number) {
    beginElement(NFT_MSG_DELSETELEM, 0, number);
    endElement();
  }

  // Before their links: the kernel looks at all routes for each link that goes while it has some.
  void deleteRoutes(uint32_t first, uint32_t end) {
    if (!options_.isRouted) return;
    for (uint32_t number = first; number < end; ++number) {
      datagram_.message(
          RTM_DELROUTE, 0,
          rtmsg{.rtm_family = AF_INET, .rtm_dst_len = 32, .rtm_table = RT_TABLE_MAIN, .rtm_scope = RT_SCOPE_NOWHERE});
      datagram_.put<uint32_t>(RTA_DST, htonl(kFirstAddress + number));
      datagram_.put<uint32_t>(RTA_OIF, kFirstIndex + number);
      if (number % kRoutesTogether == 0 || number + 1 == end) route_.exchange(datagram_, "route");
    }
  }

  void deleteGroup(uint32_t group) {
    datagram_.message(RTM_DELLINK, 0, ifinfomsg{});
    datagram_.put(IFLA_GROUP, group);
    route_.exchange(datagram_, "delete");
  }

 private:
  static void giveName(int netns, uint32_t number) {
    const auto path = netnsPath(number);
    const auto open = "/proc/self/fd/" + std::to_string(netns);
    close(::open(path.c_str(), O_CREAT | O_EXCL | O_RDONLY | O_CLOEXEC, 0444));
    check(mount(open.c_str(), path.c_str(), "none", MS_BIND, nullptr) == 0, "mount");
  }

  void enter(const Place& place) {
    datagram_.put(IFLA_GROUP, place.group);
    if (!options_.isRouted) datagram_.put(IFLA_MASTER, bridge_);
  }

  void addPair(uint32_t number, int netns, const std::optional<Place>& place) {
    // Whenever the kernel tells of a link whose other end is elsewhere it looks that namespace up, by id in order: the
    // newest is found at once where ids fall.
    datagram_.message(RTM_NEWNSID, 0, rtgenmsg{});
    datagram_.put<int32_t>(NETNSA_NSID, std::numeric_limits<int32_t>::max() - static_cast<int32_t>(number));
    datagram_.put<uint32_t>(NETNSA_FD, netns);
    datagram_.message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL,
                      ifinfomsg{.ifi_index = static_cast<int>(kFirstIndex + number)});
    datagram_.text(IFLA_IFNAME, "veth" + std::to_string(number));
    // With more queues than one, which a veth is made with unasked, all others are taken from it after a grace period.
    datagram_.put<uint32_t>(IFLA_NUM_TX_QUEUES, 1);
    datagram_.put<uint32_t>(IFLA_NUM_RX_QUEUES, 1);
    if (place) enter(*place);
    const size_t info = datagram_.nest(IFLA_LINKINFO);
    datagram_.text(IFLA_INFO_KIND, "veth");
    const size_t data = datagram_.nest(IFLA_INFO_DATA);
    const size_t peer = datagram_.nest(VETH_INFO_PEER);
    const ifinfomsg inside{.ifi_index = kPeerIndex};
    datagram_.append(&inside, sizeof inside);
    datagram_.text(IFLA_IFNAME, "eth0");
    datagram_.put<uint32_t>(IFLA_NUM_TX_QUEUES, 1);
    datagram_.put<uint32_t>(IFLA_NUM_RX_QUEUES, 1);
    datagram_.put(IFLA_NET_NS_FD, netns);
    if (place) datagram_.put(IFLA_ADDRESS, place->mac.data(), place->mac.size());
    datagram_.end(peer);
    datagram_.end(data);
    datagram_.end(info);
  }

  // What the kernel takes of a link only when it is there: a text by which it is known again, no IPv6 chatter, and on a
  // bridge packets out where they came in, for who asks itself by its own published port.
  void settle(uint32_t number) {
    datagram_.message(RTM_NEWLINK, 0, ifinfomsg{.ifi_index = static_cast<int>(kFirstIndex + number)});
    datagram_.text(IFLA_IFALIAS, "id=" + std::to_string(number) + " net=bench p=tcp:" + std::to_string(kFirstPort));
    const size_t families = datagram_.nest(IFLA_AF_SPEC);
    const size_t inet6 = datagram_.nest(AF_INET6);
    datagram_.put<uint8_t>(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
    datagram_.end(inet6);
    datagram_.end(families);
    if (options_.isRouted) return;
    const size_t info = datagram_.nest(IFLA_LINKINFO);
    datagram_.text(IFLA_INFO_SLAVE_KIND, "bridge");
    const size_t port = datagram_.nest(IFLA_INFO_SLAVE_DATA);
    datagram_.put<uint8_t>(IFLA_BRPORT_MODE, 1);
    datagram_.end(port);
    datagram_.end(info);
  }

  // Each link that has a carrier gets a route for IPv6 multicast, and whenever a link comes or goes all of those are
  // looked at. To be asked for makes the kernel notice the carrier.
  void forgetMulticast(uint32_t number) {
    const int index = static_cast<int>(kFirstIndex + number);
    datagram_.message(RTM_GETLINK, 0, ifinfomsg{.ifi_index = index});
    datagram_.put<uint32_t>(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    datagram_.message(RTM_DELROUTE, 0, rtmsg{.rtm_family = AF_INET6, .rtm_dst_len = 8, .rtm_table = RT_TABLE_LOCAL});
    const uint8_t multicast[16] = {0xff};
    datagram_.put(RTA_DST, multicast, sizeof multicast);
    datagram_.put(RTA_OIF, index);
    route_.tryExchange(datagram_);
  }

  void configure(Socket& inside, uint32_t address, const Mac* mac) {
    const int index = kPeerIndex;
    datagram_.message(RTM_NEWLINK, 0, ifinfomsg{.ifi_index = 1, .ifi_flags = IFF_UP, .ifi_change = IFF_UP});
    // Silence: no link-local address, so nothing to be solicited or reported.
    datagram_.message(RTM_NEWLINK, 0, ifinfomsg{.ifi_index = index});
    if (mac) datagram_.put(IFLA_ADDRESS, mac->data(), mac->size());
    const size_t families = datagram_.nest(IFLA_AF_SPEC);
    const size_t inet6 = datagram_.nest(AF_INET6);
    datagram_.put<uint8_t>(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
    datagram_.end(inet6);
    datagram_.end(families);
    datagram_.message(RTM_NEWLINK, 0, ifinfomsg{.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP});
    datagram_.message(
        RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL,
        ifaddrmsg{AF_INET, static_cast<uint8_t>(options_.isRouted ? 32 : 16), 0, RT_SCOPE_UNIVERSE, kPeerIndex});
    datagram_.put(IFA_LOCAL, address);
    datagram_.put(IFA_ADDRESS, address);
    datagram_.message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL,
                      rtmsg{.rtm_family = AF_INET,
                            .rtm_table = RT_TABLE_MAIN,
                            .rtm_protocol = RTPROT_STATIC,
                            .rtm_scope = RT_SCOPE_UNIVERSE,
                            .rtm_type = RTN_UNICAST,
                            .rtm_flags = options_.isRouted ? RTNH_F_ONLINK : 0u});
    datagram_.put(RTA_GATEWAY, htonl(kGateway));
    datagram_.put(RTA_OIF, kPeerIndex);
    inside.exchange(datagram_, "inside");
  }

  // Meanwhile links are made: the kernel needs no lock for both.
  void commitAside() {
    settleElements();
    if (!endCommands()) return;
    std::swap(commands_, aside_);
    committing_ = std::thread([this] { filter_.exchange(aside_, "elements"); });
  }
  void settleElements() {
    if (committing_.joinable()) committing_.join();
  }
  bool endCommands() {
    if (elements_ > 0) endElements();
    uncommitted_ = 0;
    if (commands_.empty()) return false;
    commands_.endBatch();
    return true;
  }

  // Elements of `published`: protocol and host port -> address and port, each part padded to four bytes.
  void beginElement(uint16_t type, uint16_t flags, uint32_t number) {
    if (elements_ == kElementsTogether) endElements();
    if (commands_.empty()) commands_.beginBatch();
    if (elements_++ == 0) {
      commands_.message(static_cast<uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | type), flags,
                        nfgenmsg{AF_INET, NFNETLINK_V0, 0});
      commands_.text(NFTA_SET_ELEM_LIST_TABLE, "bench");
      commands_.text(NFTA_SET_ELEM_LIST_SET, "published");
      list_ = commands_.nest(NFTA_SET_ELEM_LIST_ELEMENTS, true);
    }
    element_ = commands_.nest(NFTA_LIST_ELEM, true);
    const uint16_t port = htons(static_cast<uint16_t>(kFirstPort + number));
    uint8_t key[8] = {IPPROTO_TCP};
    std::memcpy(key + 4, &port, sizeof port);
    const size_t nest = commands_.nest(NFTA_SET_ELEM_KEY, true);
    commands_.put(NFTA_DATA_VALUE, key, sizeof key);
    commands_.end(nest);
  }
  void endElement() { commands_.end(element_); }
  void endElements() {
    commands_.end(list_);
    elements_ = 0;
  }
  void addElement(uint32_t number, uint32_t address) {
    beginElement(NFT_MSG_NEWSETELEM, NLM_F_CREATE | NLM_F_EXCL, number);
    const uint16_t port = htons(kTargetPort);
    uint8_t target[8] = {};
    std::memcpy(target, &address, sizeof address);
    std::memcpy(target + 4, &port, sizeof port);
    const size_t nest = commands_.nest(NFTA_SET_ELEM_DATA, true);
    commands_.put(NFTA_DATA_VALUE, target, sizeof target);
    commands_.end(nest);
    endElement();
  }

  const Options& options_;
  Socket route_;
  Socket filter_;
  Datagram datagram_;
  Datagram commands_;
  Datagram aside_;
  std::thread committing_;
  const uint32_t bridge_ = if_nametoindex("br0");
  int home_ = -1;
  uint32_t uncommitted_ = 0;
  uint32_t elements_ = 0;
  size_t list_ = 0;
  size_t element_ = 0;
};

/// Takes a namespace's name away; with it goes the namespace.
void removeNamespace(uint32_t number) {
  const auto path = netnsPath(number);
  check(umount2(path.c_str(), MNT_DETACH) == 0, "umount2");
  check(unlink(path.c_str()) == 0, "unlink");
}

void waitForGo() {
  std::fflush(stdout);
  int c = 0;
  while ((c = std::getchar()) != '\n') {
    if (c == EOF) std::exit(0);
  }
}

void print(const char* name, const std::vector<double>& values) {
  std::printf(",\"%s\":[", name);
  for (size_t i = 0; i < values.size(); ++i) std::printf("%s%.6f", i ? "," : "", values[i]);
  std::printf("]");
}

/// Runs a phase when told to and prints what it took; `work` gets the time of the start, `more` prints what it found.
template <class Work, class More>
void phase(const char* name, const Work& work, const More& more) {
  waitForGo();
  const double user = cpuSeconds(true);
  const double system = cpuSeconds(false);
  const auto start = Clock::now();
  work(start);
  std::printf("{\"phase\":\"%s\",\"seconds\":%.6f,\"user\":%.6f,\"system\":%.6f", name, since(start),
              cpuSeconds(true) - user, cpuSeconds(false) - system);
  more();
  std::puts("}");
}

/// Attaches and detaches one at a time, beside those that are there.
void runSingles(const Options& options, std::vector<double>& up, std::vector<double>& down) {
  Maker maker(options);
  for (uint32_t i = 0; i < options.singles; ++i) {
    const uint32_t number = options.count + i;
    Namespace ready;
    if (options.hasPool) ready = maker.makeReady(number);
    auto start = Clock::now();
    maker.attach(number, kSingleGroup, std::move(ready));
    maker.commit();
    up.push_back(since(start));
    start = Clock::now();
    for (uint32_t port = 0; port < options.ports; ++port) maker.removePort(number * options.ports + port);
    maker.commit();
    maker.deleteRoutes(number, number + 1);
    maker.deleteGroup(kSingleGroup);
    removeNamespace(number);
    down.push_back(since(start));
  }
}

void attachAll(const Options& options, std::vector<Namespace>& pool, std::vector<double>& marks,
               Clock::time_point start) {
  std::atomic<uint32_t> next{0};
  const auto work = [&] {
    Maker maker(options);
    for (uint32_t number = next++; number < options.count; number = next++) {
      maker.attach(number, kGroup, options.hasPool ? std::move(pool[number]) : Namespace{});
      marks[number] = since(start);
    }
    maker.commit();
  };
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < options.threads; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
}

void detachAll(const Options& options) {
  Maker maker(options);
  for (uint32_t port = 0; port < options.count * options.ports; ++port) maker.removePort(port);
  maker.commit();
  maker.deleteRoutes(0, options.count);
  maker.deleteGroup(kGroup);
  for (uint32_t number = 0; number < options.count; ++number) removeNamespace(number);
}

/// Attaches somewhat more at once than are measured, and detaches them: where the machine is a virtual one, memory that
/// the kernel has not used lately costs more than the endpoints.
void warmUp(Options options) {
  options.count += options.count / 4;
  if (!options.isRouted) options.count = std::min(options.count, kMostOnBridge);
  options.hasPool = false;
  std::vector<Namespace> none;
  std::vector<double> marks(options.count);
  attachAll(options, none, marks, Clock::now());
  detachAll(options);
  // The kernel goes on taking namespaces apart after they are gone.
  std::this_thread::sleep_for(std::chrono::milliseconds(300 + options.count / 2));
}

}  // namespace

int endpoints(int argc, char** argv) {
  Options options;
  for (int i = 0; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const size_t equals = argument.find('=');
    const auto name = argument.substr(0, equals);
    const auto value = equals == argument.npos ? "" : argv[i] + equals + 1;
    const auto number = static_cast<uint32_t>(std::atoi(value));
    if (name == "mode")
      options.isRouted = std::string_view(value) == "routed";
    else if (name == "count")
      options.count = number;
    else if (name == "ports")
      options.ports = number;
    else if (name == "threads")
      options.threads = number;
    else if (name == "pool")
      options.hasPool = number != 0;
    else if (name == "warmUp")
      options.warmUp = number;
    else if (name == "singles")
      options.singles = number;
    else
      die(argv[i], EINVAL);
  }
  mkdir("/run/netns", 0755);
  if (options.warmUp > 0) warmUp(options);
  std::vector<Namespace> pool;
  std::vector<double> marks(options.count);
  if (options.hasPool) {
    Maker maker(options);
    for (uint32_t i = 0; i < options.count; ++i) pool.push_back(maker.makeReady(i));
  }
  std::puts("{\"phase\":\"ready\"}");
  phase(
      "up", [&](Clock::time_point start) { attachAll(options, pool, marks, start); }, [&] { print("marks", marks); });
  pool.clear();
  if (options.singles > 0) {
    std::vector<double> up;
    std::vector<double> down;
    phase(
        "singles", [&](Clock::time_point) { runSingles(options, up, down); },
        [&] {
          print("up", up);
          print("down", down);
        });
  }
  phase(
      "down", [&](Clock::time_point) { detachAll(options); }, [] {});
  return 0;
}

}  // namespace bench
