// Steps on several sockets and threads, each begun when the one before has succeeded, with no way back to the owner in
// between.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/engine.h"
#include "engine/lane.h"

namespace netplumb {

class Sequence;

/// A job of the visitor that depends on no step of the sequence that waits for it.
class Ahead : public std::enable_shared_from_this<Ahead> {
 public:
  /// Begins it. Where no thread can be had that has failed with EAGAIN.
  void begin(Engine& engine, std::function<Outcome(Visitor&)> job, JobKind kind);
  /// Has a sequence go on when it is done: what it has opened becomes the sequence's namespace.
  void await(const std::shared_ptr<Sequence>& sequence);

 private:
  void end(Outcome outcome);

  std::mutex mutex_;
  std::optional<Outcome> outcome_;
  std::shared_ptr<Sequence> waiting_;
};

/// Made and started by the owner's thread; from then on it goes from thread to thread with the step that is under way,
/// which keeps it alive.
class Sequence : public std::enable_shared_from_this<Sequence> {
 public:
  /// Begins something that calls advance() or fail() of the sequence, at once or later.
  using Step = std::function<void(const std::shared_ptr<Sequence>&)>;

  explicit Sequence(Engine& engine) : engine_(engine) { steps_.reserve(kUsualSteps); }
  virtual ~Sequence() = default;
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;

  void add(Step step) { steps_.push_back(std::move(step)); }
  /// Adds requests of a lane; without one, of the lane into the namespace that a step before has opened, which is
  /// closed afterwards.
  void add(std::shared_ptr<Lane> lane, std::vector<Request> requests);
  /// Adds a job of the visitor, and whether that has failed.
  void addVisit(std::function<Outcome(Visitor&, Sequence&)> job);
  /// Adds a job of the visitor that begins with the first step, and is waited for in its turn.
  void addAhead(std::function<Outcome(Visitor&)> job, JobKind kind = JobKind::kShort);

  /// The step that is under way is that these requests are carried out, by a lane, or without one by that into the
  /// namespace that a step before has opened.
  void submit(const std::shared_ptr<Lane>& lane, std::vector<Request> requests);
  /// The step that is under way is to close that lane.
  void closeInside();

  /// Begins the first step. Request `id` is completed when all have succeeded, with the namespace where `givesNetns`,
  /// or when one has failed, with its number.
  void start(uint32_t id);
  /// The step that is under way has succeeded.
  void advance();
  /// It has ended so.
  void advance(Outcome outcome);
  /// The step that is under way has failed; those after it are not begun.
  void fail(RequestError error);

  Engine& engine() { return engine_; }

  /// The namespace that a step has opened, with a lane into it.
  OpenedNetns netns;
  bool givesNetns = false;
  /// Whether its end can wait to be told together with others'.
  bool isPatient = false;

 private:
  /// It has ended: what its steps are made of is not needed any more.
  virtual void letGo() {}
  void complete(Outcome outcome);

  static constexpr size_t kUsualSteps = 16;

  Engine& engine_;
  uint32_t id_ = 0;
  std::vector<Step> steps_;
  std::vector<std::function<void()>> ahead_;  ///< what begins with the first step
  size_t next_ = 0;
  bool isOver_ = false;
};

}  // namespace netplumb
