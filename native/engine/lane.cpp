#include "engine/lane.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <optional>

#include "netlink/print.h"

namespace netplumb {
namespace {

constexpr int kDumpAttempts = 10;
constexpr size_t kDatagramBytes = 64 << 10;
// What a waiting answer takes of the receive buffer, as the kernel counts.
constexpr size_t kAckCost = 2 << 10;
constexpr size_t kObjectCost = 32 << 10;
// The tape is handed over in pieces, so that its reader never works long at a time.
constexpr size_t kTapeSlots = 16 << 10;

nlmsghdr& headerOf(Request& request) { return *reinterpret_cast<nlmsghdr*>(request.message.data()); }

/// Asks the socket once for each link.
class SocketLinkNames final : public LinkNames {
 public:
  explicit SocketLinkNames(const Socket& socket) : socket_(socket) {}
  std::string_view name(uint32_t index) override {
    const auto [entry, isNew] = names_.try_emplace(index);
    if (isNew) entry->second = socket_.linkName(index);
    return entry->second;
  }

 private:
  const Socket& socket_;
  std::map<uint32_t, std::string> names_;
};

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

// Takes the next requests that may share a datagram. A dump goes alone, as the kernel runs one at a time on a socket;
// a request that names a link waits for those before it that may give or take that name.
bool Lane::take(std::vector<Request>& batch) {
  batch.clear();
  const std::lock_guard lock(mutex_);
  size_t bytes = 0;
  size_t answers = 0;
  bool linksChange = false;
  const size_t byteLimit = std::min(kDatagramBytes, socket_.sendCapacity());
  while (!queue_.empty()) {
    Request& next = queue_.front();
    const bool isAlone = !next.operation || next.operation->answer == Answer::kDump;
    const size_t cost = isAlone || next.operation->answer == Answer::kAck ? kAckCost : kObjectCost;
    const bool namesLink = !next.fixups.empty();
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
    if (isAlone) break;
  }
  if (batch.empty()) scheduled_ = false;
  return !batch.empty();
}

void Lane::serve(std::vector<uint8_t>& buffer) {
  std::vector<Request> batch;
  while (!engine_.isStopping() && take(batch)) {
    if (!batch.front().operation) {
      socket_.close();
      succeed(batch.front());
      continue;
    }
    const bool isDump = batch.front().operation->answer == Answer::kDump;
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
  if (batch.front().operation->answer == Answer::kDump) return dump(batch.front(), buffer);
  std::vector<uint8_t> datagram;
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
  size_t answered = 0;
  while (answered < batch.size()) {
    const auto datagram = socket_.receive(buffer, answerTimeoutMs_);
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

void Lane::dump(Request& request, std::vector<uint8_t>& buffer) {
  TapeWriter writer(engine_.shapes());
  const Operation& operation = *request.operation;
  bool told = false;
  for (int attempt = 1;; ++attempt) {
    auto& header = headerOf(request);
    header.nlmsg_seq = ++sequence_;
    header.nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | NLM_F_DUMP | operation.flags);
    if (isPrinting()) printMessage("send", request.message, operation.object, socket_.fd());
    if (const auto sent = socket_.send(request.message); !sent) {
      return fail(request, fromFailure(sent.failure(), operation));
    }
    SocketLinkNames names(socket_);
    bool interrupted = false;
    bool malformed = false;
    std::optional<KernelAnswer> end;
    while (!end) {
      const auto datagram = socket_.receive(buffer, answerTimeoutMs_);
      if (!datagram) {
        if (datagram.failure().error == ENOBUFS) {
          interrupted = true;
          continue;
        }
        return fail(request, fromFailure(datagram.failure(), operation));
      }
      MessageReader reader(datagram.value());
      for (Message message; !end && reader.next(message);) {
        if (message.header.nlmsg_seq != header.nlmsg_seq) continue;
        if (isPrinting()) printMessage("receive", message, operation.object, socket_.fd());
        if (message.header.nlmsg_flags & NLM_F_DUMP_INTR) interrupted = true;
        if (message.header.nlmsg_type == NLMSG_DONE || message.header.nlmsg_type == NLMSG_ERROR) {
          end.emplace();
          if (!parseAnswer(message, *end)) end->error = EBADMSG;
        } else if (message.header.nlmsg_type >= NLMSG_MIN_TYPE && !abandoned_ && !malformed) {
          writer.beginObject({});
          const bool whole = decode(*operation.object, message.payload, writer, &names, request.detail);
          writer.endObject();
          // Read on to the end all the same: the kernel runs one dump at a time on a socket.
          if (!whole) malformed = true;
        }
      }
      if (writer.size() > kTapeSlots && !end && !abandoned_ && !malformed) {
        engine_.complete({request.id, Objects{.tape = writer.take()}});
        told = true;
      }
    }
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

void Lane::fail(const Request& request, const KernelAnswer& answer) {
  const Operation& operation = *request.operation;
  RequestError error{answer.error, std::string(operation.messageType), answer.text, {}, {}};
  if (answer.hasMissing) {
    error.attribute = missingAttributePath(*operation.object, request.message, answer.missingType, answer.missingNest);
    if (error.detail.empty()) error.detail = "missing attribute";
  } else if (answer.offset) {
    error.attribute = attributePath(*operation.object, request.message, answer.offset);
  }
  fail(request, std::move(error));
}

}  // namespace netplumb
