// Monitors and their watcher, with a fake kernel at the other end of the socket.
#include "engine/monitor.h"

#include <doctest/doctest.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "route/events.h"
#include "test/fake_kernel.h"

using namespace netplumb;

namespace {

uint64_t kind(std::string_view name) {
  const auto all = routeEvents();
  const auto found = std::find_if(all.begin(), all.end(), [&](const EventKind& one) { return one.name == name; });
  REQUIRE(found != all.end());
  return uint64_t{1} << (found - all.begin());
}

std::vector<uint8_t> address(uint16_t type, uint8_t last, uint16_t flags = 0, uint32_t sequence = 0) {
  return message(type, flags, sequence, [&](Writer& writer) {
    writer.put(writer.append(sizeof(ifaddrmsg)), ifaddrmsg{AF_INET, 24, 0, 0, 0});
    const uint8_t bytes[] = {10, 0, 0, last};
    writer.attribute(IFA_ADDRESS, bytes);
  });
}

std::vector<uint8_t> link(uint16_t type, uint8_t family) {
  return message(type, 0, 0, [&](Writer& writer) {
    ifinfomsg header{};
    header.ifi_family = family;
    header.ifi_index = 5;
    writer.put(writer.append(sizeof header), header);
  });
}

/// An engine with one monitor on a fake kernel, and what has been completed.
class Rig {
 public:
  explicit Rig(Subscription subscription)
      : engine([this] {
          const std::lock_guard lock(mutex_);
          notified_ = true;
          wake_.notify_one();
        }) {
    subscription.kinds = routeEvents();
    monitor = std::make_shared<Monitor>(engine, kernel.socket(), subscription);
    REQUIRE(engine.attend(monitor));
  }

  Completion completion() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (taken_.empty()) {
      for (auto& one : engine.take()) taken_.push_back(std::move(one));
      if (!taken_.empty()) break;
      std::unique_lock lock(mutex_);
      if (!wake_.wait_until(lock, deadline, [this] { return std::exchange(notified_, false); })) break;
    }
    REQUIRE(!taken_.empty());
    auto first = std::move(taken_.front());
    taken_.erase(taken_.begin());
    return first;
  }

  /// Reads once; all that is told, one tape after the other.
  std::string read(uint32_t id = 1) {
    monitor->read(id);
    std::string text;
    events = 0;
    for (;;) {
      const auto told = completion();
      CHECK(told.id == id);
      const auto* objects = std::get_if<Objects>(&told.outcome);
      REQUIRE(objects);
      text += objects->tape.text;
      events += objects->tape.objects;
      if (objects->isLast) return text;
    }
  }

  /// Reads until so many events have been told.
  std::string read(size_t count, uint32_t id) {
    std::string text;
    size_t sum = 0;
    while (sum < count) {
      text += read(id);
      REQUIRE(events > 0);
      sum += events;
    }
    CHECK(sum == count);
    return text;
  }

  uint32_t events = 0;

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool notified_ = false;
  std::vector<Completion> taken_;

 public:
  FakeKernel kernel;
  Engine engine;
  std::shared_ptr<Monitor> monitor;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Monitor: events that come before and after they are asked for") {
  Rig rig({.wanted = kind("address")});
  rig.kernel.send(address(RTM_NEWADDR, 1));
  CHECK(has(rig.read(), "10.0.0.1/24"));
  rig.monitor->read(2);
  rig.kernel.send(address(RTM_DELADDR, 2) + address(RTM_NEWADDR, 3));
  const auto told = rig.completion();
  CHECK(told.id == 2);
  const auto* objects = std::get_if<Objects>(&told.outcome);
  REQUIRE(objects);
  CHECK(objects->tape.objects == 2);
  CHECK(has(objects->tape.text, "delete"));
}

TEST_CASE("Monitor: what is not subscribed to is passed over: kinds, actions, families, rubbish") {
  Rig rig({.wanted = kind("link"), .actions = actionBit(Action::kDelete)});
  rig.kernel.send(address(RTM_NEWADDR, 1));
  rig.kernel.send(link(RTM_NEWLINK, AF_UNSPEC));
  rig.kernel.send(link(RTM_DELLINK, AF_BRIDGE));
  rig.kernel.send(std::vector<uint8_t>{1, 2, 3});
  rig.kernel.send(std::vector<uint8_t>(32, 0xff));
  rig.kernel.send(message(NLMSG_NOOP, 0, 0, [](Writer&) {}));
  rig.kernel.send(message(0x7777, 0, 0, [](Writer&) {}));
  rig.kernel.send(link(RTM_DELLINK, AF_UNSPEC));
  const auto text = rig.read();
  CHECK(rig.events == 1);
  CHECK(has(text, "linkdelete"));
}

TEST_CASE("Monitor: a message that is cut off ends it, after what came before") {
  Rig rig({.wanted = kind("address")});
  rig.kernel.send(address(RTM_NEWADDR, 1));
  rig.kernel.send(message(RTM_NEWADDR, 0, 0, [](Writer& writer) { writer.append(4); }));
  rig.read();
  for (const uint32_t id : {2u, 3u}) {
    for (;;) {
      rig.monitor->read(id);
      const auto told = rig.completion();
      if (std::get_if<Objects>(&told.outcome)) continue;
      const auto* error = std::get_if<RequestError>(&told.outcome);
      REQUIRE(error);
      CHECK(error->error == EBADMSG);
      break;
    }
  }
  rig.monitor->close(4);
  CHECK(rig.completion().id == 4);
}

TEST_CASE("Monitor: objects are listed first, kind by kind, with events in between") {
  Rig rig({.wanted = kind("link") | kind("address"), .listsFirst = true});
  auto asked = rig.kernel.headers();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].nlmsg_type == RTM_GETLINK);
  CHECK(asked[0].nlmsg_flags == (NLM_F_REQUEST | NLM_F_DUMP));
  rig.kernel.send(FakeKernel::done(asked[0]));
  asked = rig.kernel.headers();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].nlmsg_type == RTM_GETADDR);
  rig.kernel.send(address(RTM_NEWADDR, 1, NLM_F_MULTI, asked[0].nlmsg_seq));
  rig.kernel.send(address(RTM_NEWADDR, 2));
  rig.kernel.send(FakeKernel::done(asked[0]));
  const auto text = rig.read(3, 1);
  CHECK(has(text, "10.0.0.1/24"));
  CHECK(has(text, "10.0.0.2/24"));
  CHECK(has(text, "synced"));
}

TEST_CASE("Monitor: an interrupted list is repeated, and in the end told to be one") {
  Rig rig({.wanted = kind("address"), .listsFirst = true});
  for (int i = 0; i < 10; ++i) {
    const auto asked = rig.kernel.headers();
    REQUIRE(asked.size() == 1);
    rig.kernel.send(FakeKernel::done(asked[0], NLM_F_DUMP_INTR));
  }
  CHECK(has(rig.read(), "synced"));
  CHECK(rig.events == 1);
}

TEST_CASE("Monitor: a list that the kernel refuses ends it") {
  Rig rig({.wanted = kind("address"), .listsFirst = true});
  const auto asked = rig.kernel.headers();
  rig.kernel.send(FakeKernel::error(asked.at(0), EOPNOTSUPP, "no such thing"));
  rig.monitor->read(1);
  const auto told = rig.completion();
  const auto* error = std::get_if<RequestError>(&told.outcome);
  REQUIRE(error);
  CHECK(error->error == EOPNOTSUPP);
  CHECK(error->detail == "no such thing");
}

TEST_CASE("Monitor: what waits for its reader is bounded, the rest stays in the socket") {
  Rig rig({.wanted = kind("address"), .limit = 1});
  for (uint8_t i = 1; i <= 20; ++i) rig.kernel.send(address(RTM_NEWADDR, i));
  size_t sum = 0;
  for (uint32_t id = 1; sum < 20; ++id) {
    rig.read(id);
    CHECK(rig.events == 1);
    sum += rig.events;
  }
}

TEST_CASE("Monitor: closed, it completes who waits, and those who ask later, with nothing") {
  Rig rig({.wanted = kind("address")});
  rig.monitor->read(1);
  rig.monitor->close(2);
  const auto read = rig.completion();
  CHECK(read.id == 1);
  const auto* objects = std::get_if<Objects>(&read.outcome);
  REQUIRE(objects);
  CHECK(objects->tape.objects == 0);
  CHECK(rig.completion().id == 2);
  CHECK(rig.monitor->fd() == -1);
  CHECK(rig.read(3).empty());
  rig.monitor->close(4);
  CHECK(rig.completion().id == 4);
}

TEST_CASE("Monitor: many on one thread, and all end with the engine") {
  Rig rig({.wanted = kind("address")});
  std::vector<std::unique_ptr<FakeKernel>> kernels;
  std::vector<std::shared_ptr<Monitor>> monitors;
  for (int i = 0; i < 50; ++i) {
    kernels.push_back(std::make_unique<FakeKernel>());
    monitors.push_back(std::make_shared<Monitor>(rig.engine, kernels.back()->socket(),
                                                 Subscription{.kinds = routeEvents(), .wanted = kind("address")}));
    REQUIRE(rig.engine.attend(monitors.back()));
  }
  for (uint8_t i = 0; i < 50; ++i) kernels[i]->send(address(RTM_NEWADDR, i));
  for (uint32_t i = 0; i < 50; ++i) {
    monitors[i]->read(i + 1);
    CHECK(rig.completion().id == i + 1);
  }
  rig.engine.stop();
  for (const auto& monitor : monitors) CHECK(monitor->fd() == -1);
  CHECK(!rig.engine.attend(monitors[0]));
}
