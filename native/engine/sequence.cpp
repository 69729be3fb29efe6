#include "engine/sequence.h"

#include <cerrno>

namespace netplumb {

void Sequence::add(std::shared_ptr<Lane> lane, std::vector<Request> requests) {
  const bool isInside = !lane;
  add([lane = std::move(lane), requests = std::move(requests)](const std::shared_ptr<Sequence>& self) mutable {
    for (auto& request : requests) {
      request.id = self->id_;
      request.sequence = self;
      request.isPart = &request != &requests.back();
    }
    const auto target = lane ? lane : self->netns.lane;
    if (!target) return self->fail({EBADF, "setns", "no namespace has been opened", {}, {}});
    target->submit(std::move(requests));
  });
  if (!isInside) return;
  add([](const std::shared_ptr<Sequence>& self) {
    self->netns.lane.reset();
    self->advance();
  });
}

void Sequence::addVisit(std::function<bool(Visitor&, Sequence&)> job) {
  add([job = std::move(job)](const std::shared_ptr<Sequence>& self) {
    const bool isPosted = self->engine_.post([self, job](Visitor& visitor) {
      if (job(visitor, *self)) self->advance();
    });
    if (!isPosted) self->fail({EAGAIN, "pthread_create", "no thread can be started", {}, {}});
  });
}

void Sequence::start(uint32_t id) {
  id_ = id;
  advance();
}

void Sequence::advance() {
  if (isOver_) return;
  if (next_ < steps_.size()) {
    const auto step = std::move(steps_[next_++]);
    step(shared_from_this());
    return;
  }
  isOver_ = true;
  engine_.complete({id_, givesNetns ? Outcome(OpenedSpace{std::move(netns)}) : Outcome(Done{})});
  netns = {};
}

void Sequence::fail(RequestError error) {
  if (isOver_) return;
  isOver_ = true;
  error.step = static_cast<uint32_t>(next_ - 1);
  engine_.complete({id_, std::move(error)});
  netns = {};
}

}  // namespace netplumb
