#include "engine/monitor.h"

#include <linux/netlink.h>

#include <cerrno>
#include <set>

#include "netlink/print.h"

namespace netplumb {
namespace {

constexpr int kListAttempts = 10;
// So many datagrams of one monitor, then the others have a turn.
constexpr int kDatagramsAtATime = 256;

constexpr std::string_view kActionNames[] = {"new", "update", "delete"};

}  // namespace

std::string_view RememberedLinkNames::name(uint32_t index) {
  if (names_.size() >= kMost) names_.clear();
  std::string& known = names_[index];
  if (auto name = socket_.linkName(index); !name.empty()) known = std::move(name);
  return known;
}

Monitor::Monitor(Engine& engine, Socket socket, const Subscription& subscription)
    : engine_(engine),
      socket_(std::move(socket)),
      subscription_(subscription),
      writer_(engine.shapes()),
      names_(socket_),
      isListDue_(subscription.listsFirst) {}

Result<void> Monitor::join() {
  std::set<uint32_t> groups;
  for (size_t i = 0; i < subscription_.kinds.size(); ++i) {
    if (!subscription_.wants(i)) continue;
    for (const auto& group : subscription_.kinds[i].groups) {
      if (group.actions & subscription_.actions) groups.insert(group.number);
    }
  }
  for (const uint32_t group : groups) {
    if (auto joined = socket_.join(group); !joined) return joined;
  }
  return {};
}

void Monitor::read(uint32_t id) {
  bool attend = false;
  {
    const std::lock_guard lock(mutex_);
    reading_ = id;
    if (!tapes_.empty() || failure_ || isClosing_) deliver(id);
    attend = std::exchange(isPaused_, false);
  }
  if (attend) engine_.attend(shared_from_this());
}

void Monitor::close(uint32_t id) {
  {
    const std::lock_guard lock(mutex_);
    if (isClosing_) {
      if (id) engine_.complete({id, Done{}});
      return;
    }
    isClosing_ = true;
    closing_ = id;
  }
  engine_.attend(shared_from_this());
}

// Gives the reader what there is. The mutex is held.
void Monitor::deliver(uint32_t id) {
  reading_ = 0;
  if (tapes_.empty() && failure_) return engine_.complete({id, *failure_});
  if (tapes_.empty()) tapes_.emplace_back();
  for (auto& tape : tapes_) {
    const bool isLast = &tape == &tapes_.back();
    engine_.complete({id, Objects{.tape = std::move(tape), .isLast = isLast}});
  }
  tapes_.clear();
  held_ = 0;
}

Monitor::Next Monitor::serve(std::vector<uint8_t>& buffer) {
  {
    const std::lock_guard lock(mutex_);
    if (isClosing_) return Next::kEnd;
    if (failure_) return Next::kPause;
  }
  bool isIdle = false;
  for (int i = 0; i < kDatagramsAtATime && !isIdle && !isFull() && !failure_; ++i) {
    Origin origin;
    const auto datagram = socket_.receiveNow(buffer, origin);
    if (datagram) {
      MessageReader reader(datagram.value());
      for (Message message; reader.next(message);) take(message, origin);
    } else if (datagram.failure().error == ENOBUFS) {
      // Once more before all has been received: then all that was there the first time has been.
      if (std::exchange(isLossy_, true)) overrun();
      if (listing_) listing_->isVoid = true;
    } else if (datagram.failure().error == EAGAIN) {
      if (std::exchange(isLossy_, false)) overrun();
      isIdle = true;
    } else {
      fail({datagram.failure().error, datagram.failure().operation, datagram.failure().detail, {}, {}});
    }
  }
  return handOver(isIdle);
}

Monitor::Next Monitor::handOver(bool isIdle) {
  bool isRead = false;
  {
    const std::lock_guard lock(mutex_);
    if (writer_.objects()) {
      tapes_.push_back(writer_.take());
      held_ += tapes_.back().bytes();
    }
    if (reading_ && (!tapes_.empty() || failure_)) deliver(reading_);
    isRead = tapes_.empty();
    if (failure_) return Next::kPause;
    isPaused_ = !isRead && (isFull() || isListDue_);
  }
  if (isIdle && isRead && isListDue_ && !listing_) {
    isListDue_ = false;
    listing_.emplace();
    list(0);
    if (failure_) return handOver(false);
  }
  const std::lock_guard lock(mutex_);
  // Where only the list has to wait for the reader, events go on to be received.
  return isPaused_ && isFull() ? Next::kPause : Next::kWait;
}

void Monitor::end() {
  socket_.close();
  const std::lock_guard lock(mutex_);
  isClosing_ = true;
  if (reading_) deliver(reading_);
  if (closing_) engine_.complete({std::exchange(closing_, 0), Done{}});
}

void Monitor::overrun() {
  mark("overrun");
  writer_.endObject();
  isListDue_ = isListDue_ || subscription_.listsAfterOverrun || listing_;
}

void Monitor::mark(std::string_view type) {
  writer_.beginObject({});
  writer_.string("type", type);
}

void Monitor::take(const Message& message, const Origin& origin) {
  const auto type = message.header.nlmsg_type;
  if (listing_ && message.header.nlmsg_pid == socket_.portId() && message.header.nlmsg_seq == sequence_) {
    return takeListed(message);
  }
  if (type < NLMSG_MIN_TYPE) return;
  for (size_t i = 0; i < subscription_.kinds.size(); ++i) {
    const auto& kind = subscription_.kinds[i];
    if (type != kind.newType && (type != kind.deleteType || kind.deleteType == 0)) continue;
    if (kind.family && (message.payload.empty() || message.payload[0] != kind.family)) continue;
    Action action = type == kind.newType ? Action::kNew : Action::kDelete;
    if (action == Action::kNew && kind.tellsUpdates && !(message.header.nlmsg_flags & NLM_F_CREATE)) {
      action = Action::kUpdate;
    }
    if (subscription_.wants(i) && (subscription_.actions & actionBit(action))) tell(i, action, message, origin, false);
    return;
  }
}

void Monitor::takeListed(const Message& message) {
  const auto& kind = subscription_.kinds[listing_->kind];
  if (message.header.nlmsg_flags & NLM_F_DUMP_INTR) listing_->isInterrupted = true;
  if (message.header.nlmsg_type == NLMSG_DONE || message.header.nlmsg_type == NLMSG_ERROR) {
    if (isPrinting()) printMessage("receive", message, kind.object, socket_.fd());
    KernelAnswer answer;
    if (!parseAnswer(message, answer)) answer.error = EBADMSG;
    if (answer.error) return fail({answer.error, "list " + std::string(kind.name), answer.text, {}, {}});
    if (listing_->isVoid) return listing_.reset();
    if (listing_->isInterrupted && listing_->attempt < kListAttempts) {
      ++listing_->attempt;
      return list(listing_->kind);
    }
    listing_->isIncomplete = listing_->isIncomplete || listing_->isInterrupted;
    listing_->attempt = 1;
    return list(listing_->kind + 1);
  }
  if (message.header.nlmsg_type == kind.newType && !listing_->isVoid)
    tell(listing_->kind, Action::kNew, message, {}, true);
}

void Monitor::list(size_t kind) {
  const auto kinds = subscription_.kinds;
  while (kind < kinds.size() && (!subscription_.wants(kind) || kinds[kind].listType == 0)) ++kind;
  if (kind == kinds.size()) {
    mark("synced");
    if (listing_->isIncomplete) writer_.boolean("isInterrupted", true);
    writer_.endObject();
    return listing_.reset();
  }
  listing_->kind = kind;
  listing_->isInterrupted = false;
  std::vector<uint8_t> message;
  Writer request(message);
  request.append(NLMSG_HDRLEN);
  const size_t header = request.append(kinds[kind].object->header.size);
  request.put(header, kinds[kind].family);
  request.put(0, nlmsghdr{static_cast<uint32_t>(message.size()), kinds[kind].listType, NLM_F_REQUEST | NLM_F_DUMP,
                          ++sequence_, 0});
  if (isPrinting()) printMessage("send", message, kinds[kind].object, socket_.fd());
  if (const auto sent = socket_.send(message); !sent) {
    fail({sent.failure().error, sent.failure().operation, sent.failure().detail, {}, {}});
  }
}

void Monitor::tell(size_t number, Action action, const Message& message, const Origin& origin, bool isListed) {
  const auto& kind = subscription_.kinds[number];
  if (isPrinting()) printMessage("receive", message, kind.object, socket_.fd());
  mark(kind.name);
  writer_.string("action", kActionNames[static_cast<size_t>(action)]);
  writer_.beginObject("object");
  // Of what another namespace tells no name is known here.
  const bool whole = decode(*kind.object, message.payload, writer_, origin.netnsId ? nullptr : &names_,
                            kind.isDetailed ? Detail::kAll : Detail::kUsual);
  writer_.endObject();
  if (message.header.nlmsg_flags & NLM_F_REPLACE && !isListed) writer_.boolean("isReplacement", true);
  if (isListed) writer_.boolean("isListed", true);
  if (origin.netnsId) writer_.number("netnsId", *origin.netnsId);
  writer_.endObject();
  if (!whole) fail({EBADMSG, "recvmsg", "the kernel's message is malformed", {}, {}});
}

void Monitor::fail(RequestError error) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(error);
}

}  // namespace netplumb
