// Sequences, with a fake kernel at the other end of their lane.
#include "engine/sequence.h"

#include <doctest/doctest.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <atomic>
#include <future>

#include "route/operations.h"
#include "test/rig.h"

using namespace netplumb;

namespace {

Request linkRequest(bool isPart = false) {
  const auto all = routeOperations();
  const auto found = std::find_if(all.begin(), all.end(), [](const Operation& one) { return one.name == "links.set"; });
  REQUIRE(found != all.end());
  Request made{.id = 0, .operation = &*found, .isPart = isPart};
  made.message = message(found->type, 0, 0, [](Writer& writer) { writer.append(sizeof(ifinfomsg)); });
  return made;
}

}  // namespace

TEST_CASE("Sequence: a step begins when the one before has succeeded, and one completion tells of all") {
  Rig rig;
  const auto sequence = std::make_shared<Sequence>(rig.engine);
  std::atomic<int> visited{0};
  sequence->add(rig.lane, {linkRequest(true), linkRequest()});
  sequence->addVisit([&](Visitor&, Sequence&) -> Outcome {
    ++visited;
    return Done{};
  });
  sequence->add(rig.lane, {linkRequest()});
  sequence->start(9);
  const auto first = rig.kernel.headers();
  REQUIRE(first.size() == 2);
  CHECK(rig.kernel.isIdle());
  CHECK(visited == 0);
  rig.kernel.send(FakeKernel::ack(first[1]));
  const auto second = rig.kernel.headers();
  REQUIRE(second.size() == 1);
  CHECK(visited == 1);
  rig.kernel.send(FakeKernel::ack(second[0]));
  const auto completed = rig.completions(1);
  CHECK(completed[0].id == 9);
  CHECK(as<Done>(completed[0]));
}

TEST_CASE("Sequence: after a failure nothing more is begun, and its step is told") {
  Rig rig;
  const std::weak_ptr<Sequence> gone = [&] {
    const auto sequence = std::make_shared<Sequence>(rig.engine);
    sequence->addVisit([](Visitor&, Sequence&) { return Outcome(Done{}); });
    // That the last part succeeds does not undo the failure of the first.
    sequence->add(rig.lane, {linkRequest(true), linkRequest()});
    sequence->add([](const std::shared_ptr<Sequence>&) { FAIL("a step has been begun after a failure"); });
    sequence->start(4);
    return sequence;
  }();
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 2);
  rig.kernel.send(FakeKernel::error(sent[0], EBUSY, "in use"));
  rig.kernel.send(FakeKernel::ack(sent[1]));
  const auto completed = rig.completions(1);
  CHECK(completed[0].id == 4);
  CHECK(errorOf(completed[0]) == EBUSY);
  CHECK(as<RequestError>(completed[0])->step == 1);
  rig.engine.stop();
  CHECK(rig.engine.take().empty());
  CHECK(gone.expired());
}

TEST_CASE("Sequence: ends that can wait are told together, by sixteens, and the last ones when none is to come") {
  Rig rig;
  constexpr uint32_t kTogether = 16;
  constexpr uint32_t kCount = kTogether + 2;
  for (uint32_t id = 1; id <= kCount; ++id) {
    const auto sequence = std::make_shared<Sequence>(rig.engine);
    sequence->isPatient = true;
    sequence->add(rig.lane, {linkRequest()});
    sequence->start(id);
  }
  // Each step of a sequence is a datagram.
  const auto answer = [&](int error) {
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == 1);
    rig.kernel.send(error ? FakeKernel::error(sent[0], error) : FakeKernel::ack(sent[0]));
  };
  for (uint32_t i = 0; i < kTogether; ++i) answer(i == 3 ? EBUSY : 0);
  const auto first = rig.completions(kTogether);
  CHECK(errorOf(first[3]) == EBUSY);
  CHECK(first.back().id == kTogether);
  answer(0);
  answer(0);
  const auto rest = rig.completions(2);
  CHECK(rest[0].id == kTogether + 1);
  CHECK(rest[1].id == kCount);
}

TEST_CASE("Sequence: a visitor's failure, and requests for a namespace that there is not") {
  Rig rig;
  const auto failing = std::make_shared<Sequence>(rig.engine);
  failing->addVisit([](Visitor&, Sequence&) -> Outcome { return RequestError{EPERM, "unshare", {}, {}, {}}; });
  failing->start(1);
  auto completed = rig.completions(1);
  CHECK(errorOf(completed[0]) == EPERM);
  CHECK(as<RequestError>(completed[0])->step == 0);
  const auto homeless = std::make_shared<Sequence>(rig.engine);
  homeless->add(nullptr, {linkRequest()});
  homeless->start(2);
  completed = rig.completions(1);
  CHECK(completed[0].id == 2);
  CHECK(errorOf(completed[0]) == EBADF);
}

TEST_CASE("Sequence: what begins ahead is waited for in its turn, whichever comes first") {
  Rig rig;
  std::promise<void> mayGoOn;
  const auto sequence = std::make_shared<Sequence>(rig.engine);
  sequence->add(rig.lane, {linkRequest()});
  sequence->addAhead([&](Visitor&) -> Outcome {
    mayGoOn.get_future().wait();
    return Done{};
  });
  // Done long before its turn comes.
  sequence->addAhead([](Visitor&) -> Outcome { return RequestError{EBUSY, "bind", {}, {}, {}}; });
  sequence->add([](const std::shared_ptr<Sequence>&) { FAIL("a step has been begun after a failure"); });
  sequence->start(3);
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  rig.kernel.send(FakeKernel::ack(sent[0]));
  mayGoOn.set_value();
  const auto completed = rig.completions(1);
  CHECK(errorOf(completed[0]) == EBUSY);
  CHECK(as<RequestError>(completed[0])->step == 2);
}

TEST_CASE("Sequence: what has begun before it is waited for, too") {
  Rig rig;
  std::promise<void> mayEnd;
  const auto late = std::make_shared<Ahead>();
  late->begin(
      rig.engine,
      [&](Visitor&) -> Outcome {
        mayEnd.get_future().wait();
        return Done{};
      },
      JobKind::kLongAside);
  const auto failing = std::make_shared<Ahead>();
  failing->begin(
      rig.engine,
      [](Visitor&) -> Outcome {
        return RequestError{ENOSPC, "unshare", {}, {}, {}};
      },
      JobKind::kLong);
  const auto sequence = std::make_shared<Sequence>(rig.engine);
  for (const auto& ahead : {late, failing}) {
    sequence->add([ahead](const std::shared_ptr<Sequence>& self) { ahead->await(self); });
  }
  sequence->start(1);
  mayEnd.set_value();
  const auto completed = rig.completions(1);
  CHECK(errorOf(completed[0]) == ENOSPC);
  CHECK(as<RequestError>(completed[0])->step == 1);
}

TEST_CASE("Sequence: an earlier step's failure comes first, and what had begun ahead is let go of") {
  Rig rig;
  const auto sequence = std::make_shared<Sequence>(rig.engine);
  sequence->add(rig.lane, {linkRequest()});
  sequence->addAhead([](Visitor&) -> Outcome { return RequestError{EADDRINUSE, "bind", {}, {}, {}}; });
  sequence->start(3);
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  rig.kernel.send(FakeKernel::error(sent[0], EEXIST, "there"));
  const auto completed = rig.completions(1);
  CHECK(errorOf(completed[0]) == EEXIST);
  CHECK(as<RequestError>(completed[0])->step == 0);
}

TEST_CASE("Sequence: what waits in a lane when the engine ends is let go of, whether it was sent or not") {
  std::weak_ptr<Lane> lane;
  std::weak_ptr<Sequence> gone;
  {
    Rig rig;
    lane = rig.lane;
    const auto sequence = std::make_shared<Sequence>(rig.engine);
    sequence->add(rig.lane, {linkRequest()});
    sequence->add(rig.lane, {linkRequest()});
    gone = sequence;
    // It begins when nobody serves any more.
    rig.engine.stop();
    sequence->start(1);
  }
  CHECK(lane.expired());
  CHECK(gone.expired());
}

TEST_CASE("Sequence: what the engine's end catches on its way is let go of") {
  Rig rig;
  const std::weak_ptr<Sequence> gone = [&] {
    const auto sequence = std::make_shared<Sequence>(rig.engine);
    sequence->add(rig.lane, {linkRequest()});
    sequence->add(rig.lane, {linkRequest()});
    sequence->start(1);
    return sequence;
  }();
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 1);
  rig.kernel.send(FakeKernel::ack(sent[0]));
  rig.engine.stop();
  rig.lane.reset();
  static_cast<void>(rig.engine.take());
  CHECK(gone.expired());
}
