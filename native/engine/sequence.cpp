#include "engine/sequence.h"

#include <cerrno>
#include <utility>

namespace netplumb {
namespace {

RequestError noThread() { return {EAGAIN, "pthread_create", "no thread can be started", {}, {}}; }

}  // namespace

void Sequence::add(std::shared_ptr<Lane> lane, std::vector<Request> requests) {
  const bool isInside = !lane;
  add([lane = std::move(lane), requests = std::move(requests)](const std::shared_ptr<Sequence>& self) mutable {
    self->submit(lane, std::move(requests));
  });
  if (isInside) add([](const std::shared_ptr<Sequence>& self) { self->closeInside(); });
}

void Sequence::submit(const std::shared_ptr<Lane>& lane, std::vector<Request> requests) {
  // The one inside may be let go of before this is done.
  const auto target = lane ? lane : netns.lane;
  if (!target) return fail({EBADF, "setns", "no namespace has been opened", {}, {}});
  for (auto& request : requests) {
    request.id = id_;
    request.sequence = shared_from_this();
    request.isPart = &request != &requests.back();
  }
  target->submit(std::move(requests));
}

void Sequence::closeInside() {
  netns.lane.reset();
  advance();
}

void Sequence::addVisit(std::function<Outcome(Visitor&, Sequence&)> job) {
  add([job = std::move(job)](const std::shared_ptr<Sequence>& self) {
    const bool isPosted = self->engine_.post([self, job](Visitor& visitor) { self->advance(job(visitor, *self)); });
    if (!isPosted) self->fail(noThread());
  });
}

void Sequence::addAhead(std::function<Outcome(Visitor&)> job, JobKind kind) {
  const auto ahead = std::make_shared<Ahead>();
  ahead_.push_back([this, ahead, job = std::move(job), kind] { ahead->begin(engine_, job, kind); });
  add([ahead](const std::shared_ptr<Sequence>& self) { ahead->await(self); });
}

void Ahead::begin(Engine& engine, std::function<Outcome(Visitor&)> job, JobKind kind) {
  const auto run = [self = shared_from_this(), job = std::move(job)](Visitor& visitor) { self->end(job(visitor)); };
  if (!engine.post(run, kind)) end(noThread());
}

void Ahead::await(const std::shared_ptr<Sequence>& sequence) {
  {
    const std::lock_guard lock(mutex_);
    if (!outcome_) {
      waiting_ = sequence;
      return;
    }
  }
  sequence->advance(std::move(*outcome_));
}

void Ahead::end(Outcome outcome) {
  std::shared_ptr<Sequence> next;
  {
    const std::lock_guard lock(mutex_);
    next = std::move(waiting_);
    if (!next) outcome_ = std::move(outcome);
  }
  if (next) next->advance(std::move(outcome));
}

void Sequence::start(uint32_t id) {
  id_ = id;
  if (isPatient) engine_.expectPatient();
  auto ahead = std::move(ahead_);
  // First, as it is short: the visitor may take this thread's CPU.
  advance();
  for (const auto& begin : ahead) begin();
}

void Sequence::advance() {
  if (isOver_) return;
  if (next_ < steps_.size()) {
    const auto step = std::move(steps_[next_++]);
    step(shared_from_this());
    return;
  }
  isOver_ = true;
  // What is not given is closed by the time that the owner hears of the end.
  auto opened = std::exchange(netns, {});
  auto outcome = givesNetns ? Outcome(OpenedSpace{std::move(opened)}) : Outcome(Done{});
  opened = {};
  letGo();
  complete(std::move(outcome));
}

void Sequence::advance(Outcome outcome) {
  if (auto* error = std::get_if<RequestError>(&outcome)) return fail(std::move(*error));
  if (auto* space = std::get_if<OpenedSpace>(&outcome)) netns = std::move(space->netns);
  advance();
}

void Sequence::fail(RequestError error) {
  if (isOver_) return;
  isOver_ = true;
  error.step = static_cast<uint32_t>(next_ - 1);
  netns = {};
  letGo();
  complete(std::move(error));
}

void Sequence::complete(Outcome outcome) {
  if (isPatient) {
    engine_.completePatiently({id_, std::move(outcome)});
  } else {
    engine_.complete({id_, std::move(outcome)});
  }
}

}  // namespace netplumb
