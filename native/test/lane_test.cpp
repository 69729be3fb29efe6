// Lanes and the engine, with a fake kernel at the other end of the socket.
#include "engine/lane.h"

#include <doctest/doctest.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <string_view>
#include <thread>

#include "route/operations.h"
#include "test/rig.h"

using namespace netplumb;
using namespace std::chrono_literals;

namespace {

const Operation* operation(std::string_view name) {
  const auto all = routeOperations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Request request(uint32_t id, std::string_view name, size_t padding = 0) {
  const Operation* asked = operation(name);
  REQUIRE(asked);
  Request made{.id = id, .operation = asked};
  made.message = message(asked->type, 0, 0, [&](Writer& writer) {
    writer.append(asked->object->header.size);
    if (padding) writer.attribute(IFLA_IFALIAS, padding);
  });
  return made;
}

Request naming(Request made, std::string link, uint32_t offset = NLMSG_HDRLEN + 4) {
  made.fixups.push_back({.offset = offset, .field = "link", .linkName = std::move(link), .open = nullptr});
  return made;
}

/// Addresses: decoding them asks for no link's name.
std::vector<uint8_t> address(const nlmsghdr& asked, uint8_t last, uint16_t flags = NLM_F_MULTI) {
  return message(RTM_NEWADDR, flags, asked.nlmsg_seq, [&](Writer& writer) {
    writer.put(writer.append(sizeof(ifaddrmsg)), ifaddrmsg{AF_INET, 24, 0, 0, 0});
    const uint8_t bytes[] = {10, 0, 0, last};
    writer.attribute(IFA_ADDRESS, bytes);
  });
}

std::vector<uint8_t> linkNamed(const nlmsghdr& asked, int32_t index) {
  return message(RTM_NEWLINK, 0, asked.nlmsg_seq, [&](Writer& writer) {
    ifinfomsg header{};
    header.ifi_index = index;
    writer.put(writer.append(sizeof header), header);
  });
}

}  // namespace

TEST_CASE("Lane: requests made together leave in one datagram, and only the last asks for an ACK") {
  Rig rig;
  rig.submit({request(1, "links.create"), request(2, "addresses.add"), request(3, "routes.replace")});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 3);
  CHECK(rig.kernel.isIdle());
  CHECK(sent[0].nlmsg_type == RTM_NEWLINK);
  CHECK(sent[0].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL));
  CHECK(sent[1].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL));
  CHECK(sent[2].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK));
  CHECK(sent[1].nlmsg_seq == sent[0].nlmsg_seq + 1);
  CHECK(sent[2].nlmsg_seq == sent[0].nlmsg_seq + 2);
  rig.kernel.send(FakeKernel::ack(sent[2]));
  const auto completed = rig.completions(3);
  for (uint32_t i = 0; i < 3; ++i) {
    CHECK(completed[i].id == i + 1);
    CHECK(as<Done>(completed[i]));
  }
}

TEST_CASE("Lane: an error stays with its request") {
  Rig rig;
  for (const size_t failing : {0u, 1u, 2u}) {
    rig.submit({request(1, "links.create"), request(2, "links.create"), request(3, "links.create")});
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == 3);
    auto answer = FakeKernel::error(sent[failing], EEXIST, "exists already");
    if (failing != 2) answer = answer + FakeKernel::ack(sent[2]);
    rig.kernel.send(answer);
    const auto completed = rig.completions(3);
    for (size_t i = 0; i < 3; ++i) {
      CHECK(completed[i].id == i + 1);
      CHECK(errorOf(completed[i]) == (i == failing ? EEXIST : 0));
    }
    const auto* error = as<RequestError>(completed[failing]);
    REQUIRE(error);
    CHECK(error->operation == "RTM_NEWLINK");
    CHECK(error->detail == "exists already");
    CHECK(error->attribute.empty());
  }
}

TEST_CASE("Lane: all fail, each by a datagram of its own") {
  Rig rig;
  rig.submit({request(1, "links.create"), request(2, "links.create", 8), request(3, "links.create")});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 3);
  rig.kernel.send(FakeKernel::error(sent[0], EPERM));
  rig.kernel.send(FakeKernel::error(sent[1], EINVAL, {}, NLMSG_HDRLEN + sizeof(ifinfomsg)));
  rig.kernel.send(FakeKernel::error(sent[2], EBUSY));
  const auto completed = rig.completions(3);
  CHECK(errorOf(completed[0]) == EPERM);
  CHECK(errorOf(completed[1]) == EINVAL);
  CHECK(as<RequestError>(completed[1])->attribute == "IFLA_IFALIAS");
  CHECK(errorOf(completed[2]) == EBUSY);
}

TEST_CASE("Lane: one object as the answer; what precedes it has succeeded") {
  Rig rig;
  rig.submit({request(1, "links.set"), request(2, "links.get"), request(3, "links.set")});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 3);
  CHECK(sent[1].nlmsg_flags == NLM_F_REQUEST);
  rig.kernel.send(linkNamed(sent[1], 7));
  rig.kernel.send(FakeKernel::ack(sent[2]));
  const auto completed = rig.completions(3);
  CHECK(as<Done>(completed[0]));
  const auto* objects = as<Objects>(completed[1]);
  REQUIRE(objects);
  CHECK(objects->isLast);
  CHECK(objects->tape.objects == 1);
  CHECK(as<Done>(completed[2]));
}

TEST_CASE("Lane: an object that is cut off is an error, and the lane goes on") {
  Rig rig;
  rig.submit({request(1, "links.get"), request(2, "links.get")});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 2);
  rig.kernel.send(message(RTM_NEWLINK, 0, sent[0].nlmsg_seq, [](Writer& writer) { writer.append(4); }));
  rig.kernel.send(linkNamed(sent[1], 1));
  const auto completed = rig.completions(2);
  CHECK(errorOf(completed[0]) == EBADMSG);
  CHECK(as<Objects>(completed[1]));
}

TEST_CASE("Lane: answers to nothing asked are ignored, as is rubbish") {
  Rig rig;
  rig.submit({request(1, "links.set"), request(2, "links.set")});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 2);
  for (const uint32_t sequence : {0u, sent[0].nlmsg_seq - 1, sent[1].nlmsg_seq + 1, 0xffffffffu}) {
    nlmsghdr stale = sent[0];
    stale.nlmsg_seq = sequence;
    rig.kernel.send(FakeKernel::error(stale, EIO));
  }
  rig.kernel.send(std::vector<uint8_t>{1, 2, 3});
  rig.kernel.send(std::vector<uint8_t>(32, 0xff));
  rig.kernel.send(FakeKernel::ack(sent[1]));
  const auto completed = rig.completions(2);
  CHECK(as<Done>(completed[0]));
  CHECK(as<Done>(completed[1]));
}

TEST_CASE("Lane: what is submitted meanwhile goes into the next datagram") {
  Rig rig;
  rig.submit({request(1, "links.set")});
  const auto first = rig.kernel.headers();
  for (uint32_t id = 2; id <= 11; ++id) rig.submit({request(id, "links.set")});
  rig.kernel.send(FakeKernel::ack(first.at(0)));
  const auto second = rig.kernel.headers();
  REQUIRE(second.size() == 10);
  rig.kernel.send(FakeKernel::ack(second.back()));
  const auto completed = rig.completions(11);
  for (uint32_t i = 0; i < 11; ++i) CHECK(completed[i].id == i + 1);
}

TEST_CASE("Lane: datagrams have their limits, in bytes and in answers") {
  Rig rig;
  std::vector<Request> large;
  for (uint32_t id = 1; id <= 4; ++id) large.push_back(request(id, "links.set", 30'000));
  rig.submit(std::move(large));
  for (int i = 0; i < 2; ++i) {
    const auto sent = rig.kernel.headers();
    CHECK(sent.size() == 2);
    CHECK((sent.back().nlmsg_flags & NLM_F_ACK) != 0);
    rig.kernel.send(FakeKernel::ack(sent.back()));
  }
  rig.completions(4);

  // Many objects asked for at once would not fit into the receive buffer.
  std::vector<Request> gets;
  for (uint32_t id = 1; id <= 20; ++id) gets.push_back(request(id, "links.get"));
  rig.submit(std::move(gets));
  size_t seen = 0;
  size_t datagrams = 0;
  while (seen < 20) {
    const auto sent = rig.kernel.headers();
    REQUIRE(!sent.empty());
    ++datagrams;
    seen += sent.size();
    for (const auto& one : sent) rig.kernel.send(linkNamed(one, 1));
  }
  CHECK(datagrams > 1);
  CHECK(datagrams < 20);
  rig.completions(20);
}

TEST_CASE("Lane: a link that may not be there yet is looked up after what makes it") {
  Rig rig;
  rig.submit(
      {request(1, "links.create"), naming(request(2, "addresses.add"), "no-such-link0"), request(3, "links.set")});
  const auto first = rig.kernel.headers();
  REQUIRE(first.size() == 1);
  rig.kernel.send(FakeKernel::ack(first[0]));
  // The name is looked up here, in vain; its neighbours are not harmed.
  const auto second = rig.kernel.headers();
  REQUIRE(second.size() == 1);
  CHECK(second[0].nlmsg_type == RTM_NEWLINK);
  rig.kernel.send(FakeKernel::ack(second[0]));
  auto completed = rig.completions(3);
  std::sort(completed.begin(), completed.end(), [](const auto& one, const auto& other) { return one.id < other.id; });
  CHECK(as<Done>(completed[0]));
  CHECK(errorOf(completed[1]) == ENODEV);
  CHECK(as<RequestError>(completed[1])->field == "link");
  CHECK(as<Done>(completed[2]));
}

TEST_CASE("Lane: a long alternative name is asked of the kernel") {
  Rig rig;
  rig.submit({naming(request(1, "addresses.add"), "a-name-of-more-than-15-bytes")});
  const auto lookUp = rig.kernel.headers();
  REQUIRE(lookUp.size() == 1);
  CHECK(lookUp[0].nlmsg_type == RTM_GETLINK);
  nlmsghdr stale = lookUp[0];
  stale.nlmsg_seq -= 1;
  rig.kernel.send(linkNamed(stale, 99));
  rig.kernel.send(linkNamed(lookUp[0], 42));
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].nlmsg_type == RTM_NEWADDR);
  CHECK(load<uint32_t>(rig.kernel.last(), NLMSG_HDRLEN + 4) == 42);
  rig.kernel.send(FakeKernel::ack(sent[0]));
  CHECK(as<Done>(rig.completions(1)[0]));

  rig.submit({naming(request(2, "addresses.add"), "another-name-of-more-than-15-bytes")});
  rig.kernel.send(FakeKernel::error(rig.kernel.headers().at(0), ENODEV));
  CHECK(errorOf(rig.completions(1)[0]) == ENODEV);
}

TEST_CASE("Lane: descriptors are opened when the message is sent, and closed when it is answered") {
  Rig rig;
  const auto opened = std::make_shared<const Fd>(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  std::weak_ptr<const Fd> watched;
  auto moves = request(1, "links.set");
  moves.fixups.push_back({.offset = NLMSG_HDRLEN + 4,
                          .field = "netns",
                          .linkName = {},
                          .open = [&]() -> Result<std::shared_ptr<const Fd>> {
                            auto fd = std::make_shared<const Fd>(::dup(opened->get()));
                            watched = fd;
                            return fd;
                          }});
  auto fails = request(2, "links.set");
  fails.fixups.push_back({.offset = NLMSG_HDRLEN + 4,
                          .field = "peer.netns",
                          .linkName = {},
                          .open = []() -> Result<std::shared_ptr<const Fd>> {
                            return Failure{ENOENT, "open", "no such namespace"};
                          }});
  std::vector<Request> both;
  both.push_back(std::move(moves));
  rig.submit(std::move(both));
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  {
    const auto held = watched.lock();
    REQUIRE(held);
    CHECK(load<uint32_t>(rig.kernel.last(), NLMSG_HDRLEN + 4) == static_cast<uint32_t>(held->get()));
  }
  rig.kernel.send(FakeKernel::ack(sent[0]));
  CHECK(as<Done>(rig.completions(1)[0]));
  for (int i = 0; i < 1000 && !watched.expired(); ++i) std::this_thread::sleep_for(1ms);
  CHECK(watched.expired());

  std::vector<Request> other;
  other.push_back(std::move(fails));
  rig.submit(std::move(other));
  const auto completed = rig.completions(1);
  CHECK(errorOf(completed[0]) == ENOENT);
  CHECK(as<RequestError>(completed[0])->field == "peer.netns");
  CHECK(as<RequestError>(completed[0])->detail == "no such namespace");
  CHECK(rig.kernel.isIdle());
}

TEST_CASE("Lane: a dump goes alone, and its answer comes in several datagrams") {
  Rig rig;
  rig.submit({request(1, "links.set"), request(2, "addresses.list"), request(3, "links.set")});
  rig.kernel.send(FakeKernel::ack(rig.kernel.headers().at(0)));
  const auto dump = rig.kernel.headers();
  REQUIRE(dump.size() == 1);
  CHECK(dump[0].nlmsg_flags == (NLM_F_REQUEST | NLM_F_DUMP));
  rig.kernel.send(address(dump[0], 1) + address(dump[0], 2));
  rig.kernel.send(address(dump[0], 3));
  rig.kernel.send(FakeKernel::done(dump[0]));
  const auto last = rig.kernel.headers();
  REQUIRE(last.size() == 1);
  rig.kernel.send(FakeKernel::ack(last[0]));
  const auto completed = rig.completions(3);
  CHECK(as<Done>(completed[0]));
  const auto* objects = as<Objects>(completed[1]);
  REQUIRE(objects);
  CHECK(completed[1].id == 2);
  CHECK(objects->isLast);
  CHECK_FALSE(objects->isInterrupted);
  CHECK(objects->tape.objects == 3);
  CHECK(as<Done>(completed[2]));
}

TEST_CASE("Lane: an empty dump, one that ends in its first datagram, one that fails at once and at the end") {
  Rig rig;
  rig.submit({request(1, "addresses.list"), request(2, "addresses.list"), request(3, "addresses.list"),
              request(4, "addresses.list")});
  rig.kernel.send(FakeKernel::done(rig.kernel.headers().at(0)));
  auto dump = rig.kernel.headers();
  rig.kernel.send(address(dump.at(0), 1) + FakeKernel::done(dump.at(0)));
  rig.kernel.send(FakeKernel::error(rig.kernel.headers().at(0), EOPNOTSUPP, "no such dump"));
  dump = rig.kernel.headers();
  rig.kernel.send(address(dump.at(0), 1));
  rig.kernel.send(FakeKernel::done(dump.at(0), 0, ENOMEM));
  const auto completed = rig.completions(4);
  REQUIRE(as<Objects>(completed[0]));
  CHECK(as<Objects>(completed[0])->tape.objects == 0);
  REQUIRE(as<Objects>(completed[1]));
  CHECK(as<Objects>(completed[1])->tape.objects == 1);
  CHECK(errorOf(completed[2]) == EOPNOTSUPP);
  CHECK(as<RequestError>(completed[2])->detail == "no such dump");
  CHECK(errorOf(completed[3]) == ENOMEM);
}

TEST_CASE("Lane: a large dump is handed over in pieces, the last one marked") {
  Rig rig;
  rig.submit({request(1, "addresses.list")});
  const auto dump = rig.kernel.headers().at(0);
  std::thread kernel([&] {
    for (int i = 0; i < 200; ++i) {
      std::vector<uint8_t> datagram;
      for (int j = 0; j < 50; ++j) datagram = datagram + address(dump, static_cast<uint8_t>(j));
      rig.kernel.send(datagram);
    }
    rig.kernel.send(FakeKernel::done(dump));
  });
  size_t objects = 0;
  size_t pieces = 0;
  bool isLast = false;
  while (!isLast) {
    const auto completed = rig.completions(1);
    const auto* piece = as<Objects>(completed.at(0));
    REQUIRE(piece);
    objects += piece->tape.objects;
    isLast = piece->isLast;
    ++pieces;
  }
  kernel.join();
  CHECK(objects == 10'000);
  CHECK(pieces > 1);
}

TEST_CASE("Lane: an interrupted dump begins anew") {
  Rig rig;
  rig.submit({request(1, "addresses.list")});
  const auto first = rig.kernel.headers().at(0);
  rig.kernel.send(address(first, 1) + address(first, 2, NLM_F_MULTI | NLM_F_DUMP_INTR));
  rig.kernel.send(FakeKernel::done(first));
  const auto second = rig.kernel.headers().at(0);
  CHECK(second.nlmsg_seq != first.nlmsg_seq);
  // What still comes of the first does not count.
  rig.kernel.send(address(first, 9));
  rig.kernel.send(address(second, 3) + FakeKernel::done(second));
  const auto completed = rig.completions(1);
  const auto* objects = as<Objects>(completed[0]);
  REQUIRE(objects);
  CHECK(objects->tape.objects == 1);
  CHECK(objects->isLast);
  CHECK_FALSE(objects->isInterrupted);
}

TEST_CASE("Lane: a dump that is interrupted again and again is told as it is, after ten attempts") {
  Rig rig;
  rig.submit({request(1, "addresses.list"), request(2, "links.set")});
  for (uint8_t attempt = 1; attempt <= 10; ++attempt) {
    const auto dump = rig.kernel.headers().at(0);
    CHECK((dump.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP);
    rig.kernel.send(address(dump, attempt));
    rig.kernel.send(FakeKernel::done(dump, NLM_F_DUMP_INTR));
  }
  const auto next = rig.kernel.headers().at(0);
  CHECK(next.nlmsg_type == RTM_NEWLINK);
  rig.kernel.send(FakeKernel::ack(next));
  const auto completed = rig.completions(2);
  const auto* objects = as<Objects>(completed[0]);
  REQUIRE(objects);
  CHECK(objects->isLast);
  CHECK(objects->isInterrupted);
  CHECK(objects->tape.objects == 1);
  CHECK(as<Done>(completed[1]));
}

TEST_CASE("Lane: a malformed object ends a dump") {
  Rig rig;
  rig.submit({request(1, "addresses.list"), request(2, "links.set")});
  const auto dump = rig.kernel.headers().at(0);
  rig.kernel.send(message(RTM_NEWADDR, NLM_F_MULTI, dump.nlmsg_seq, [](Writer& writer) { writer.append(4); }));
  rig.kernel.send(FakeKernel::done(dump));
  rig.kernel.send(FakeKernel::ack(rig.kernel.headers().at(0)));
  const auto completed = rig.completions(2);
  CHECK(errorOf(completed[0]) == EBADMSG);
  CHECK(as<Done>(completed[1]));
}

TEST_CASE("Lane: what waits can be taken back, what is sent cannot") {
  Rig rig;
  rig.submit({request(1, "links.set")});
  const auto first = rig.kernel.headers().at(0);
  rig.submit({request(2, "links.set"), request(3, "links.set"), request(4, "addresses.list")});
  CHECK_FALSE(rig.lane->cancel(1));
  CHECK(rig.lane->cancel(2));
  CHECK_FALSE(rig.lane->cancel(2));
  CHECK(rig.lane->cancel(4));
  CHECK_FALSE(rig.lane->cancel(99));
  CHECK_FALSE(rig.lane->cancel(0));
  rig.kernel.send(FakeKernel::ack(first));
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  rig.kernel.send(FakeKernel::ack(sent[0]));
  const auto completed = rig.completions(2);
  CHECK(completed[0].id == 1);
  CHECK(completed[1].id == 3);
  std::this_thread::sleep_for(20ms);
  CHECK(rig.kernel.isIdle());
  CHECK(rig.engine.take().empty());
}

TEST_CASE("Lane: a dump that is given up is drained and never told") {
  Rig rig;
  rig.submit({request(1, "addresses.list"), request(2, "links.set")});
  const auto dump = rig.kernel.headers().at(0);
  rig.kernel.send(address(dump, 1));
  CHECK(rig.lane->cancel(1));
  rig.kernel.send(address(dump, 2));
  rig.kernel.send(FakeKernel::done(dump, NLM_F_DUMP_INTR));
  // No further attempt.
  const auto next = rig.kernel.headers().at(0);
  CHECK(next.nlmsg_type == RTM_NEWLINK);
  rig.kernel.send(FakeKernel::ack(next));
  const auto completed = rig.completions(1);
  CHECK(completed[0].id == 2);
  // The next dump is not concerned.
  rig.submit({request(3, "addresses.list")});
  const auto other = rig.kernel.headers().at(0);
  rig.kernel.send(address(other, 1) + FakeKernel::done(other));
  CHECK(as<Objects>(rig.completions(1)[0]));
}

TEST_CASE("Lane: a lost answer is ETIMEDOUT for all that waited for it, and its late coming harms nobody") {
  Rig rig(100);
  rig.submit({request(1, "links.set"), request(2, "links.set")});
  const auto lost = rig.kernel.headers();
  const auto completed = rig.completions(2);
  CHECK(errorOf(completed[0]) == ETIMEDOUT);
  CHECK(errorOf(completed[1]) == ETIMEDOUT);
  CHECK(as<RequestError>(completed[0])->operation == "RTM_NEWLINK");
  rig.submit({request(3, "links.set")});
  const auto next = rig.kernel.headers().at(0);
  rig.kernel.send(FakeKernel::error(lost[1], EIO));
  rig.kernel.send(FakeKernel::ack(next));
  CHECK(as<Done>(rig.completions(1)[0]));

  rig.submit({request(4, "addresses.list")});
  const auto dump = rig.kernel.headers().at(0);
  rig.kernel.send(address(dump, 1));
  CHECK(errorOf(rig.completions(1)[0]) == ETIMEDOUT);
}

TEST_CASE("Lane: closing waits for what was asked before; afterwards everything fails") {
  Rig rig;
  rig.submit({request(1, "links.set"), Request{.id = 2, .operation = nullptr, .message = {}, .fixups = {}}});
  rig.kernel.send(FakeKernel::ack(rig.kernel.headers().at(0)));
  const auto completed = rig.completions(2);
  CHECK(as<Done>(completed[0]));
  CHECK(completed[1].id == 2);
  CHECK(as<Done>(completed[1]));
  rig.submit({request(3, "links.set"), request(4, "addresses.list")});
  const auto refused = rig.completions(2);
  CHECK(errorOf(refused[0]) == EBADF);
  CHECK(errorOf(refused[1]) == EBADF);
}

TEST_CASE("Lane: what a gone kernel end makes of requests") {
  Rig rig;
  rig.kernel = FakeKernel();
  rig.submit({request(1, "links.set"), request(2, "links.set")});
  const auto completed = rig.completions(2);
  CHECK(errorOf(completed[0]) == ECONNREFUSED);
  CHECK(errorOf(completed[1]) == ECONNREFUSED);
}

TEST_CASE("Engine: stopping waits for what is in the kernel and drops what is queued") {
  Rig rig;
  rig.submit({request(1, "addresses.list"), request(2, "links.set"), request(3, "links.set")});
  const auto dump = rig.kernel.headers().at(0);
  std::thread stopping([&] { rig.engine.stop(); });
  while (!rig.engine.isStopping()) std::this_thread::sleep_for(1ms);
  rig.kernel.send(FakeKernel::done(dump));
  stopping.join();
  CHECK(rig.kernel.isIdle());
  // Later requests are dropped too.
  rig.submit({request(4, "links.set")});
  rig.engine.stop();
  CHECK(rig.kernel.isIdle());
}

TEST_CASE("Engine: more lanes than workers, all served") {
  constexpr size_t kLanes = 12;
  constexpr uint32_t kEach = 200;
  std::mutex mutex;
  std::condition_variable wake;
  bool notified = false;
  Engine engine([&] {
    const std::lock_guard lock(mutex);
    notified = true;
    wake.notify_one();
  });
  std::vector<FakeKernel> kernels(kLanes);
  std::vector<std::shared_ptr<Lane>> lanes;
  for (auto& kernel : kernels) lanes.push_back(std::make_shared<Lane>(engine, kernel.socket()));
  std::vector<std::thread> answering;
  for (auto& kernel : kernels) {
    answering.emplace_back([&kernel] {
      for (uint32_t seen = 0; seen < kEach;) {
        const auto sent = kernel.headers();
        if (sent.empty()) return;
        seen += static_cast<uint32_t>(sent.size());
        if (sent.back().nlmsg_flags & NLM_F_ACK) {
          kernel.send(FakeKernel::ack(sent.back()));
        } else {
          kernel.send(address(sent.back(), 1) + FakeKernel::done(sent.back()));
        }
      }
    });
  }
  for (uint32_t i = 0; i < kEach; ++i) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      std::vector<Request> one;
      one.push_back(request(static_cast<uint32_t>(lane) * kEach + i + 1, i % 10 == 3 ? "addresses.list" : "links.set"));
      lanes[lane]->submit(std::move(one));
    }
  }
  std::vector<uint32_t> next(kLanes, 1);
  bool inOrder = true;
  for (size_t completed = 0; completed < kLanes * kEach;) {
    for (const auto& one : engine.take()) {
      ++completed;
      const size_t lane = (one.id - 1) / kEach;
      inOrder = inOrder && one.id == lane * kEach + next[lane]++ && !as<RequestError>(one);
    }
    std::unique_lock lock(mutex);
    if (completed < kLanes * kEach) {
      REQUIRE(wake.wait_for(lock, std::chrono::seconds(20), [&] { return std::exchange(notified, false); }));
    }
  }
  CHECK(inOrder);
  for (auto& thread : answering) thread.join();
}

namespace {

/// A request that tells which thread has sent it.
std::vector<Request> telling(uint32_t id, std::thread::id& thread) {
  std::vector<Request> one;
  one.push_back(request(id, "links.set"));
  one[0].fixups.push_back({.offset = NLMSG_HDRLEN + 4,
                           .field = "netns",
                           .linkName = {},
                           .open = [&thread]() -> Result<std::shared_ptr<const Fd>> {
                             thread = std::this_thread::get_id();
                             return std::make_shared<const Fd>(::open("/dev/null", O_RDONLY | O_CLOEXEC));
                           }});
  return one;
}

}  // namespace

TEST_CASE("Engine: the visitor serves what a job of its has scheduled, until there are more jobs") {
  Rig rig;
  std::thread::id visitor;
  std::thread::id first;
  std::thread::id second;
  std::promise<void> mayEnd;
  const auto ack = [&] {
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == 1);
    rig.kernel.send(FakeKernel::ack(sent[0]));
  };
  REQUIRE(rig.engine.post([&](Visitor&) {
    visitor = std::this_thread::get_id();
    rig.submit(telling(1, first));
  }));
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  // It waits for the kernel now.
  REQUIRE(rig.engine.post([&](Visitor&) { mayEnd.get_future().wait(); }));
  rig.submit(telling(2, second));
  rig.kernel.send(FakeKernel::ack(sent[0]));
  ack();
  auto completed = rig.completions(2);
  CHECK(as<Done>(completed[0]));
  CHECK(as<Done>(completed[1]));
  CHECK(first == visitor);
  CHECK(second != visitor);
  mayEnd.set_value();
}

TEST_CASE("Engine: what a job has scheduled is served by others while more jobs wait") {
  Rig rig;
  std::thread::id visitor;
  std::thread::id served;
  std::promise<void> mayBegin;
  std::promise<void> mayEnd;
  REQUIRE(rig.engine.post([&](Visitor&) {
    visitor = std::this_thread::get_id();
    rig.submit(telling(1, served));
    mayBegin.get_future().wait();
  }));
  REQUIRE(rig.engine.post([&](Visitor&) { mayEnd.get_future().wait(); }));
  mayBegin.set_value();
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  rig.kernel.send(FakeKernel::ack(sent[0]));
  CHECK(as<Done>(rig.completions(1)[0]));
  CHECK(served != visitor);
  mayEnd.set_value();
}

TEST_CASE("Engine: one that was never used, and lanes that outlive their work") {
  {
    Engine engine([] {});
  }
  {
    Engine engine([] {});
    FakeKernel kernel;
    auto lane = std::make_shared<Lane>(engine, kernel.socket());
    std::vector<Request> one;
    one.push_back(request(1, "links.set"));
    lane->submit(std::move(one));
    lane.reset();  // the queue keeps it
    kernel.send(FakeKernel::ack(kernel.headers().at(0)));
    engine.stop();
  }
}
