#include "bench/nft.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/wire.h"

namespace bench {
namespace {

constexpr std::string_view kTable = "floor";
constexpr std::string_view kMap = "m";
constexpr uint32_t kAddress = 7;         // nft's number of the type ipv4_addr
constexpr uint32_t kEachMessage = 1000;  // elements that surely fit in an attribute
constexpr uint32_t kSingles = 100;
constexpr uint32_t kBeyond = 0x01000000;  // keys that are not among those that exist

void message(Datagram& datagram, int type, int flags) {
  datagram.message(static_cast<uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | type), static_cast<uint16_t>(flags),
                   nfgenmsg{AF_INET, NFNETLINK_V0, 0});
}

void number(Datagram& datagram, uint16_t type, uint32_t value) { datagram.put(type, htonl(value)); }

void value(Datagram& datagram, uint16_t type, uint32_t address) {
  const size_t data = datagram.nest(type, true);
  number(datagram, NFTA_DATA_VALUE, address);
  datagram.end(data);
}

void table(Datagram& datagram, int type, int flags) {
  message(datagram, type, flags);
  datagram.text(NFTA_TABLE_NAME, kTable);
}

/// Adds or deletes elements from a key on.
void elements(Datagram& datagram, bool isNew, uint32_t from, uint32_t count) {
  for (const uint32_t end = from + count; from < end;) {
    message(datagram, isNew ? NFT_MSG_NEWSETELEM : NFT_MSG_DELSETELEM, isNew ? NLM_F_CREATE : 0);
    datagram.text(NFTA_SET_ELEM_LIST_TABLE, kTable);
    datagram.text(NFTA_SET_ELEM_LIST_SET, kMap);
    const size_t list = datagram.nest(NFTA_SET_ELEM_LIST_ELEMENTS, true);
    for (const uint32_t stop = std::min(end, from + kEachMessage); from < stop; ++from) {
      const size_t element = datagram.nest(NFTA_LIST_ELEM, true);
      value(datagram, NFTA_SET_ELEM_KEY, from);
      if (isNew) value(datagram, NFTA_SET_ELEM_DATA, 0x0a000001);
      datagram.end(element);
    }
    datagram.end(list);
  }
}

template <class Fill>
void commit(Socket& socket, Fill fill) {
  Datagram datagram;
  datagram.beginBatch();
  fill(datagram);
  datagram.endBatch();
  socket.exchange(datagram, "commit");
}

/// An empty map in a table of its own.
void makeMap(Datagram& datagram) {
  table(datagram, NFT_MSG_NEWTABLE, NLM_F_CREATE);
  message(datagram, NFT_MSG_NEWSET, NLM_F_CREATE);
  datagram.text(NFTA_SET_TABLE, kTable);
  datagram.text(NFTA_SET_NAME, kMap);
  number(datagram, NFTA_SET_FLAGS, NFT_SET_MAP);
  number(datagram, NFTA_SET_KEY_TYPE, kAddress);
  number(datagram, NFTA_SET_KEY_LEN, 4);
  number(datagram, NFTA_SET_DATA_TYPE, kAddress);
  number(datagram, NFTA_SET_DATA_LEN, 4);
  number(datagram, NFTA_SET_ID, 1);
}

using Clock = std::chrono::steady_clock;

double since(Clock::time_point started) { return std::chrono::duration<double>(Clock::now() - started).count(); }

double add(Socket& socket, uint32_t count) {
  Datagram batch;
  batch.beginBatch();
  elements(batch, true, 1, count);
  batch.endBatch();
  const auto started = Clock::now();
  socket.exchange(batch, "add");
  return since(started);
}

double one(Socket& socket) {
  const auto started = Clock::now();
  for (uint32_t i = 0; i < kSingles; ++i) {
    commit(socket, [&](Datagram& datagram) { elements(datagram, true, kBeyond + i, 1); });
  }
  return since(started) / kSingles;
}

double list(Socket& socket) {
  Datagram request;
  message(request, NFT_MSG_GETSETELEM, 0);
  request.text(NFTA_SET_ELEM_LIST_TABLE, kTable);
  request.text(NFTA_SET_ELEM_LIST_SET, kMap);
  const auto started = Clock::now();
  socket.dump(request);
  return since(started);
}

}  // namespace

int nft(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string_view what = argv[0];
  const auto count = static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10));
  const int fd = open(argv[2], O_RDONLY | O_CLOEXEC);
  check(fd >= 0 && setns(fd, CLONE_NEWNET) == 0, argv[2]);
  close(fd);
  Socket socket(NETLINK_NETFILTER);
  commit(socket, makeMap);
  if (what != "add" && count > 0) commit(socket, [&](Datagram& datagram) { elements(datagram, true, 1, count); });
  const double seconds = what == "add" ? add(socket, count) : what == "one" ? one(socket) : list(socket);
  commit(socket, [](Datagram& datagram) { table(datagram, NFT_MSG_DELTABLE, 0); });
  std::printf("{\"seconds\":%.9f}\n", seconds);
  return 0;
}

}  // namespace bench
