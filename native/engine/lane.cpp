#include "engine/lane.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "engine/backlog.h"
#include "engine/sequence.h"
#include "netlink/print.h"

namespace netplumb {
namespace {

constexpr int kDumpAttempts = 10;
// How long a dump of which something was lost is waited for.
constexpr int kLossTimeoutMs = 1000;
constexpr size_t kDatagramBytes = 64 << 10;
// Transactions that are committed together: as many as fill the caches and no more, for if one fails each is committed
// again by itself.
constexpr size_t kGroupBytes = 256 << 10;
constexpr size_t kGroupSize = 1024;
// Of the answers to a transaction: what the kernel echoes takes about as much as it was told, and each message of it an
// error may be told about.
constexpr size_t kEchoFactor = 4;
constexpr int kErestart = 85;  // the kernel's own; not in all of errno.h
// What a waiting answer takes of the receive buffer, as the kernel counts.
constexpr size_t kAckCost = 2 << 10;
constexpr size_t kObjectCost = 32 << 10;
// The tape is handed over in pieces, so that its reader never works long at a time.
constexpr size_t kTapeSlots = 16 << 10;

nlmsghdr& headerAt(std::vector<uint8_t>& bytes, size_t offset) {
  return *reinterpret_cast<nlmsghdr*>(bytes.data() + offset);
}
nlmsghdr& headerOf(Request& request) { return headerAt(request.message, 0); }

Bytes messageOf(const Request& request, const Part& part) {
  const Bytes rest = Bytes(request.message).subspan(part.offset);
  return rest.first(load<nlmsghdr>(rest).nlmsg_len);
}

/// Asks the socket once for each link, unless the kernel has told its name.
class SocketLinkNames final : public LinkNames {
 public:
  explicit SocketLinkNames(const Socket& socket) : socket_(socket) {}

  /// Takes the names from messages that are about links.
  void learn(const Object& object, Bytes datagram) {
    if (object.nameNumber == 0) return;
    MessageReader reader(datagram);
    for (Message message; reader.next(message);) {
      if (message.header.nlmsg_type < NLMSG_MIN_TYPE) continue;
      if (const auto [index, name] = linkOf(object, message.payload); index) names_.insert_or_assign(index, name);
    }
  }

  std::string_view name(uint32_t index) override {
    const auto [entry, isNew] = names_.try_emplace(index);
    if (isNew) entry->second = socket_.linkName(index);
    return entry->second;
  }

 private:
  const Socket& socket_;
  std::unordered_map<uint32_t, std::string> names_;
};

/// Whether a request is answered by several messages, and goes alone.
bool isList(const Request& request) {
  return request.operation->answer == Answer::kDump || request.operation->answer == Answer::kEach;
}

RequestError fromFailure(const Failure& failure, const Operation& operation) {
  RequestError error{failure.error, std::string(operation.messageType), failure.detail, {}, {}};
  if (error.detail.empty()) error.detail = failure.operation;
  return error;
}

}  // namespace

void Lane::submit(std::vector<Request> requests) {
  bool schedule = false;
  {
    const std::lock_guard lock(mutex_);
    for (auto& request : requests) queue_.push_back(std::move(request));
    schedule = !std::exchange(scheduled_, true);
  }
  if (schedule) engine_.schedule(shared_from_this());
}

bool Lane::cancel(uint32_t id) {
  const std::lock_guard lock(mutex_);
  for (auto request = queue_.begin(); request != queue_.end(); ++request) {
    if (request->id == id && request->operation) {
      queue_.erase(request);
      return true;
    }
  }
  if (dumping_ != id || id == 0) return false;
  abandoned_ = true;
  return true;
}

void Lane::refuse(const RequestError& error) {
  const std::lock_guard lock(mutex_);
  for (const auto& request : queue_) fail(request, error);
  queue_.clear();
  scheduled_ = false;
}

void Lane::drop() {
  std::deque<Request> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(queue_);
  // A step that ends only now may submit more: then that is dropped, too.
  scheduled_ = false;
}

// Takes the next requests that may share a datagram. A dump goes alone, as the kernel runs one at a time on a socket;
// a request that names a link waits for those before it that may give or take that name.
bool Lane::take(std::vector<Request>& batch) {
  batch.clear();
  const std::lock_guard lock(mutex_);
  if (!queue_.empty() && queue_.front().transaction) return takeTransactions(batch);
  size_t bytes = 0;
  size_t answers = 0;
  bool linksChange = false;
  const size_t byteLimit = std::min(kDatagramBytes, socket_.sendCapacity());
  while (!queue_.empty()) {
    Request& next = queue_.front();
    if (next.transaction) break;
    const bool isAlone = !next.operation || isList(next);
    const size_t cost = isAlone || next.operation->answer == Answer::kAck ? kAckCost : kObjectCost;
    const bool namesLink =
        std::any_of(next.fixups.begin(), next.fixups.end(), [](const Fixup& fixup) { return !fixup.open; });
    if (!batch.empty() && (isAlone || (namesLink && linksChange) || bytes + next.message.size() > byteLimit ||
                           answers + cost > socket_.receiveCapacity() / 2)) {
      break;
    }
    bytes += next.message.size();
    answers += cost;
    linksChange = linksChange || (next.operation && next.operation->changesLinks);
    if (isAlone && next.operation) {
      dumping_ = next.id;
      abandoned_ = false;
    }
    batch.push_back(std::move(next));
    queue_.pop_front();
    // The next step of a sequence need not wait for what others have to do here.
    const bool endsStep = batch.back().sequence && !batch.back().isPart;
    if (isAlone || endsStep) break;
  }
  if (batch.empty()) scheduled_ = false;
  return !batch.empty();
}

// Takes the next transactions that may share a batch.
bool Lane::takeTransactions(std::vector<Request>& batch) {
  size_t bytes = 0;
  bool haveIds = false;
  while (!queue_.empty() && queue_.front().transaction) {
    Request& next = queue_.front();
    const Transaction& transaction = *next.transaction;
    bytes += next.message.size();
    if (!batch.empty() && (!transaction.isSociable() || (haveIds && transaction.hasIds) || bytes > kGroupBytes ||
                           bytes > socket_.sendCapacity() || batch.size() == kGroupSize)) {
      break;
    }
    haveIds = haveIds || transaction.hasIds;
    batch.push_back(std::move(next));
    queue_.pop_front();
    if (!batch.back().transaction->isSociable()) break;
  }
  return true;
}

void Lane::serve(std::vector<uint8_t>& buffer) {
  std::vector<Request> batch;
  serve(batch, buffer);
  if (engine_.isStopping()) drop();
}

void Lane::serve(std::vector<Request>& batch, std::vector<uint8_t>& buffer) {
  while (!engine_.isStopping()) {
    if (engine_.isWanted()) return engine_.schedule(shared_from_this());
    if (!take(batch)) return;
    engine_.handOver();
    if (!batch.front().operation) {
      socket_.close();
      succeed(batch.front());
      continue;
    }
    if (batch.front().transaction) {
      commit(batch, buffer);
      continue;
    }
    const bool isDump = isList(batch.front());
    exchange(batch, buffer);
    if (isDump) {
      const std::lock_guard lock(mutex_);
      dumping_ = 0;
    }
  }
}

bool Lane::resolve(Request& request, std::vector<std::shared_ptr<const Fd>>& held) {
  for (auto& fixup : request.fixups) {
    uint32_t value = 0;
    if (fixup.open) {
      auto opened = fixup.open();
      if (!opened) {
        auto error = fromFailure(opened.failure(), *request.operation);
        error.field = fixup.field;
        fail(request, std::move(error));
        return false;
      }
      value = static_cast<uint32_t>((*opened)->get());
      held.push_back(std::move(*opened));
    } else {
      value = socket_.linkIndex(fixup.linkName);
      if (value == 0 && fixup.linkName.size() > 15) value = lookUp(fixup.linkName);
      if (value == 0) {
        fail(request, {ENODEV,
                       std::string(request.operation->messageType),
                       "no link named '" + fixup.linkName + "'",
                       {},
                       fixup.field});
        return false;
      }
    }
    std::memcpy(request.message.data() + fixup.offset, &value, sizeof value);
  }
  return true;
}

void Lane::exchange(std::vector<Request>& batch, std::vector<uint8_t>& buffer) {
  std::vector<std::shared_ptr<const Fd>> held;
  std::erase_if(batch, [&](Request& request) { return !resolve(request, held); });
  if (batch.empty()) return;
  if (isList(batch.front())) return dump(batch.front(), buffer);
  size_t size = 0;
  for (const auto& request : batch) size += request.message.size();
  std::vector<uint8_t> datagram;
  datagram.reserve(size);
  for (auto& request : batch) {
    auto& header = headerOf(request);
    header.nlmsg_seq = ++sequence_;
    header.nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | request.operation->flags);
    // Errors are always told, in order. So one ACK, of the last message, tells that all before it succeeded.
    const bool isLast = &request == &batch.back();
    if (isLast && request.operation->answer == Answer::kAck) header.nlmsg_flags |= NLM_F_ACK;
    if (isPrinting()) printMessage("send", request.message, request.operation->object, socket_.fd());
    datagram.insert(datagram.end(), request.message.begin(), request.message.end());
  }
  if (const auto sent = socket_.send(datagram); !sent) {
    for (const auto& request : batch) fail(request, fromFailure(sent.failure(), *request.operation));
    return;
  }
  receive(batch, buffer);
}

void Lane::receive(std::vector<Request>& batch, std::vector<uint8_t>& buffer) {
  SocketLinkNames names(socket_);
  // An ACK fits into any buffer.
  const bool isShort = std::all_of(batch.begin(), batch.end(), [](const Request& request) {
    return request.operation->answer == Answer::kAck || request.sequence;
  });
  const auto look = isShort ? Socket::Look::kNever : Socket::Look::kFirst;
  size_t answered = 0;
  while (answered < batch.size()) {
    const auto datagram = socket_.receive(buffer, answerTimeoutMs_, look);
    if (!datagram) {
      for (; answered < batch.size(); ++answered) {
        fail(batch[answered], fromFailure(datagram.failure(), *batch[answered].operation));
      }
      return;
    }
    MessageReader reader(datagram.value());
    for (Message message; answered < batch.size() && reader.next(message);) {
      const uint32_t ahead = message.header.nlmsg_seq - headerOf(batch[answered]).nlmsg_seq;
      if (ahead >= batch.size() - answered) continue;  // an answer to something given up
      for (const size_t current = answered + ahead; answered < current; ++answered) succeed(batch[answered]);
      Request& request = batch[answered];
      if (isPrinting()) printMessage("receive", message, request.operation->object, socket_.fd());
      if (message.header.nlmsg_type == NLMSG_ERROR) {
        KernelAnswer answer;
        if (!parseAnswer(message, answer)) answer.error = EBADMSG;
        if (answer.error == 0) {
          succeed(request);
        } else {
          fail(request, answer);
        }
        ++answered;
      } else if (request.sequence && request.operation->answer == Answer::kOne) {
        // A step has no value: what was asked for is there.
        succeed(request);
        ++answered;
      } else if (message.header.nlmsg_type >= NLMSG_MIN_TYPE && request.operation->answer == Answer::kOne) {
        TapeWriter writer(engine_.shapes());
        writer.beginObject({});
        const bool whole = decode(*request.operation->object, message.payload, writer, &names, request.detail);
        writer.endObject();
        if (whole) {
          engine_.complete({request.id, Objects{.tape = writer.take(), .isLast = true}});
        } else {
          fail(request,
               {EBADMSG, std::string(request.operation->messageType), "the kernel's answer is malformed", {}, {}});
        }
        ++answered;
      }
    }
  }
}

// A batch of several that fails has changed nothing: each is then committed as if it had been alone.
void Lane::commit(std::vector<Request>& batch, std::vector<uint8_t>& buffer) {
  if (batch.size() > 1 && commit(std::span(batch), buffer)) return;
  for (auto& request : batch) {
    if (engine_.isStopping()) return;
    commit(std::span(&request, 1), buffer);
  }
}

// Commits a group as one batch and completes its requests. False when there are several and the batch failed: then none
// of them is completed.
//
// Errors are told of each message that has one, and of the whole in the name of NFNL_MSG_BATCH_BEGIN: when nothing of
// it was looked at (EPERM, ERESTART), or when all was well but the commit. In between comes the one ACK that is asked
// for, that of the last message. A check ends without NFNL_MSG_BATCH_END, so that the kernel gives up what it
// validated.
bool Lane::commit(std::span<Request> group, std::vector<uint8_t>& buffer) {
  const Transaction& first = *group.front().transaction;
  auto datagram = batchBegin(first.generation);
  const auto end = first.isCheck ? std::vector<uint8_t>{} : batchEnd();
  size_t size = datagram.size() + end.size();
  size_t parts = 0;
  size_t echoed = 0;
  for (const auto& request : group) {
    size += request.message.size();
    parts += request.transaction->parts.size();
    if (request.transaction->wantsEcho) echoed += request.message.size() * kEchoFactor;
  }
  datagram.reserve(size);
  const uint32_t sequence = ++sequence_;
  headerAt(datagram, 0).nlmsg_seq = sequence;
  for (auto& request : group) {
    for (const auto& part : request.transaction->parts) {
      auto& header = headerAt(request.message, part.offset);
      header.nlmsg_seq = ++sequence_;
      header.nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | part.operation->flags);
      if (request.transaction->wantsEcho) header.nlmsg_flags |= NLM_F_ECHO;
      if (sequence_ - sequence == parts) header.nlmsg_flags |= NLM_F_ACK;
      if (isPrinting()) printMessage("send", messageOf(request, part), part.operation->object, socket_.fd());
    }
    datagram.insert(datagram.end(), request.message.begin(), request.message.end());
  }
  datagram.insert(datagram.end(), end.begin(), end.end());
  if (!end.empty()) headerAt(datagram, datagram.size() - end.size()).nlmsg_seq = ++sequence_;

  const bool fits = socket_.makeRoom(datagram.size(), parts * kAckCost + echoed);
  if (const auto sent = socket_.send(datagram); !sent) {
    if (group.size() > 1) return false;
    auto error = fromFailure(sent.failure(), *group.front().operation);
    if (!fits) {
      error.detail = "the transaction takes " + std::to_string(datagram.size()) +
                     " bytes, more than may be sent at once (net.core.wmem_max, or CAP_NET_ADMIN to exceed it)";
    }
    fail(group.front(), std::move(error));
    return true;
  }
  return receiveCommit(group, sequence, buffer);
}

bool Lane::receiveCommit(std::span<Request> group, uint32_t sequence, std::vector<uint8_t>& buffer) {
  std::vector<TapeWriter> echoes;
  std::vector<uint32_t> firsts;  // for each transaction, the number of its first message
  uint32_t parts = 0;
  for (const auto& request : group) {
    firsts.push_back(parts + 1);
    parts += static_cast<uint32_t>(request.transaction->parts.size());
    echoes.emplace_back(engine_.shapes());
  }
  const bool hasEchoes =
      std::any_of(group.begin(), group.end(), [](const Request& request) { return request.transaction->wantsEcho; });
  const auto look = hasEchoes ? Socket::Look::kFirst : Socket::Look::kNever;
  bool isOver = false;
  bool isLost = false;
  bool isCommitted = false;
  while (!isOver) {
    // The kernel has answered before it lets the sender go on: where answers were lost, there is no waiting for more.
    const auto datagram = socket_.receive(buffer, isLost ? 0 : answerTimeoutMs_, look);
    if (!datagram) {
      if (!isLost && datagram.failure().error == ENOBUFS) {
        isLost = true;
        continue;
      }
      if (isLost && isCommitted) break;
      for (const auto& request : group) {
        auto error = fromFailure(datagram.failure(), *request.operation);
        if (isLost)
          error = {ENOBUFS, error.operation, "the kernel's answer was lost; this may have been committed", {}, {}};
        fail(request, std::move(error));
      }
      return true;
    }
    MessageReader reader(datagram.value());
    for (Message message; !isOver && reader.next(message);) {
      const uint32_t number = message.header.nlmsg_seq - sequence;
      if (number > parts) continue;  // an answer to something given up
      const auto after = std::upper_bound(firsts.begin(), firsts.end(), number);
      const auto index = static_cast<size_t>(after - firsts.begin()) - (number ? 1 : 0);
      const Part* part = number ? &group[index].transaction->parts[number - firsts[index]] : nullptr;
      if (isPrinting()) printMessage("receive", message, part ? part->operation->object : nullptr, socket_.fd());
      if (message.header.nlmsg_type != NLMSG_ERROR) {
        // What is made is told by a message of the type that asked for it; what it took along by others.
        if (!part || message.header.nlmsg_type != part->operation->type) continue;
        isCommitted = true;
        TapeWriter& echo = echoes[index];
        echo.beginObject({});
        echo.number("command", part->command);
        decode(*part->operation->object, message.payload, echo, nullptr, Detail::kUsual);
        echo.endObject();
        continue;
      }
      KernelAnswer answer;
      if (!parseAnswer(message, answer)) answer.error = EBADMSG;
      if (answer.error) {
        // The first in order; those after it may follow from it.
        drain(buffer);
        if (group.size() > 1) return false;
        fail(group.front(), answer, part);
        return true;
      }
      isOver = number == parts;
    }
  }
  for (size_t i = 0; i < group.size(); ++i) {
    if (group[i].transaction->wantsEcho) {
      engine_.complete({group[i].id, Objects{.tape = echoes[i].take(), .isLast = true}});
    } else {
      succeed(group[i]);
    }
  }
  return true;
}

void Lane::dump(Request& request, std::vector<uint8_t>& buffer) {
  TapeWriter writer(engine_.shapes());
  const Operation& operation = *request.operation;
  bool told = false;
  for (int attempt = 1;; ++attempt) {
    auto& header = headerOf(request);
    header.nlmsg_seq = ++sequence_;
    const int ends = operation.answer == Answer::kDump ? NLM_F_DUMP : NLM_F_ACK;
    header.nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | ends | operation.flags);
    if (isPrinting()) printMessage("send", request.message, operation.object, socket_.fd());
    if (const auto sent = socket_.send(request.message); !sent) {
      return fail(request, fromFailure(sent.failure(), operation));
    }
    SocketLinkNames names(socket_);
    bool interrupted = false;
    bool malformed = false;
    const uint32_t number = header.nlmsg_seq;
    const auto isOurs = [number](const Message& message) { return message.header.nlmsg_seq == number; };
    const auto isEnd = [](const Message& message) {
      return message.header.nlmsg_type == NLMSG_DONE || message.header.nlmsg_type == NLMSG_ERROR;
    };
    Backlog backlog(engine_, [&](Bytes datagram) {
      // Received to the end all the same: the kernel runs one dump at a time on a socket.
      if (abandoned_ || malformed) return;
      names.learn(*operation.object, datagram);
      MessageReader reader(datagram);
      for (Message message; !malformed && reader.next(message) && !(isOurs(message) && isEnd(message));) {
        if (!isOurs(message) || message.header.nlmsg_type < NLMSG_MIN_TYPE) continue;
        writer.beginObject({});
        malformed = !decode(*operation.object, message.payload, writer, &names, request.detail);
        writer.endObject();
      }
      if (writer.size() > kTapeSlots && !malformed) {
        engine_.complete({request.id, Objects{.tape = writer.take()}});
        told = true;
      }
    });
    std::optional<KernelAnswer> end;
    bool isLost = false;
    while (!end) {
      const auto patience = isLost ? std::min(kLossTimeoutMs, answerTimeoutMs_) : answerTimeoutMs_;
      const auto datagram = socket_.receive(buffer, patience, Socket::Look::kNever);
      if (!datagram) {
        if (datagram.failure().error == ENOBUFS) {
          isLost = true;
          interrupted = true;
          continue;
        }
        // The end may have been in what was lost.
        if (isLost && datagram.failure().error == ETIMEDOUT) {
          end.emplace();
          continue;
        }
        backlog.finish();
        return fail(request, fromFailure(datagram.failure(), operation));
      }
      MessageReader reader(datagram.value());
      for (Message message; !end && reader.next(message);) {
        if (!isOurs(message)) continue;
        if (isPrinting()) printMessage("receive", message, operation.object, socket_.fd());
        if (message.header.nlmsg_flags & NLM_F_DUMP_INTR) interrupted = true;
        if (!isEnd(message)) continue;
        end.emplace();
        if (!parseAnswer(message, *end)) end->error = EBADMSG;
      }
      backlog.add(buffer, datagram.value().size());
    }
    backlog.finish();
    if (abandoned_) return;
    if (malformed) end = KernelAnswer{.error = EBADMSG, .text = "the kernel's answer is malformed"};
    if (end->error) return fail(request, *end);
    if (!interrupted || attempt == kDumpAttempts) {
      engine_.complete({request.id, Objects{.tape = writer.take(), .isLast = true, .isInterrupted = interrupted}});
      return;
    }
    static_cast<void>(writer.take());
    if (std::exchange(told, false)) engine_.complete({request.id, Restarted{}});
  }
}

// An alternative name of 16 bytes and more, which no ioctl takes.
uint32_t Lane::lookUp(const std::string& name) {
  constexpr uint16_t kGetLink = 18;
  constexpr uint16_t kAltIfname = 53;
  constexpr size_t kIfinfomsg = 16;
  constexpr size_t kIndexAt = 4;
  std::vector<uint8_t> message;
  Writer writer(message);
  writer.append(NLMSG_HDRLEN + kIfinfomsg);
  writer.attribute(kAltIfname, std::span(reinterpret_cast<const uint8_t*>(name.c_str()), name.size() + 1));
  nlmsghdr header{static_cast<uint32_t>(message.size()), kGetLink, NLM_F_REQUEST, ++sequence_, 0};
  writer.put(0, header);
  if (!socket_.send(message)) return 0;
  std::vector<uint8_t> buffer;
  for (;;) {
    const auto datagram = socket_.receive(buffer, answerTimeoutMs_);
    if (!datagram) return 0;
    MessageReader reader(datagram.value());
    for (Message answer; reader.next(answer);) {
      if (answer.header.nlmsg_seq != sequence_) continue;
      const bool isLink = answer.header.nlmsg_type >= NLMSG_MIN_TYPE && answer.payload.size() >= kIfinfomsg;
      return isLink ? load<uint32_t>(answer.payload, kIndexAt) : 0;
    }
  }
}

// What the kernel still has to say of a batch that failed. It has said it before send() returned.
void Lane::drain(std::vector<uint8_t>& buffer) {
  for (;;) {
    const auto datagram = socket_.receive(buffer, 0);
    if (!datagram && datagram.failure().error != ENOBUFS) return;
  }
}

void Lane::succeed(const Request& request) {
  if (request.isPart) return;
  if (request.sequence) {
    request.sequence->advance();
  } else {
    engine_.complete({request.id, Done{}});
  }
}

void Lane::fail(const Request& request, RequestError error) {
  if (request.sequence) {
    request.sequence->fail(std::move(error));
  } else {
    engine_.complete({request.id, std::move(error)});
  }
}

void Lane::fail(const Request& request, const KernelAnswer& answer, const Part* part) {
  if (request.isOptional) return succeed(request);
  if (request.transaction && !part) {
    RequestError error{answer.error, "NFNL_MSG_BATCH_BEGIN", answer.text, {}, {}};
    if (answer.error == kErestart && error.detail.empty()) error.detail = "the ruleset is of another generation";
    return fail(request, std::move(error));
  }
  const Operation& operation = part ? *part->operation : *request.operation;
  const Bytes message = part ? messageOf(request, *part) : Bytes(request.message);
  RequestError error{answer.error, std::string(operation.messageType), answer.text, {}, {}};
  if (answer.hasMissing) {
    error.attribute = missingAttributePath(*operation.object, message, answer.missingType, answer.missingNest);
    if (error.detail.empty()) error.detail = "missing attribute";
  } else if (answer.offset) {
    error.attribute = attributePath(*operation.object, message, answer.offset, part ? part->firstElement : 0);
  }
  if (part) error.command = part->command;
  fail(request, std::move(error));
}

}  // namespace netplumb
