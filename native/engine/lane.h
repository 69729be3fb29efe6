// A lane: one netlink socket, and the requests that go through it in order.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/engine.h"
#include "engine/transaction.h"
#include "netlink/answer.h"
#include "netlink/codec.h"
#include "netlink/operation.h"
#include "netlink/socket.h"

namespace netplumb {

class Sequence;

/// One encoded message, or a transaction's many, with what must be known to send it and to understand the answer.
struct Request {
  uint32_t id = 0;
  const Operation* operation = nullptr;  ///< a transaction's first; nullptr: close the lane
  std::vector<uint8_t> message;          ///< nlmsghdr, header, attributes
  std::vector<Fixup> fixups;
  Detail detail = Detail::kUsual;
  std::shared_ptr<Transaction> transaction = {};
  bool isPart = false;                      ///< one of several with the same id, of which the last tells success
  bool isOptional = false;                  ///< what the kernel refuses of it has succeeded
  std::shared_ptr<Sequence> sequence = {};  ///< the one that is to be told instead of the owner
};

/// Requests go out in order, as many in one datagram as may be; an error stays with its request. So do transactions:
/// those that wait together are committed together, and when that fails each by itself.
///
/// The owner's thread calls submit(), cancel() and close(); one worker at a time is in serve().
class Lane : public std::enable_shared_from_this<Lane> {
 public:
  /// One rtnl request may take long under the lock; an answer that has not come by then has been lost.
  static constexpr int kAnswerTimeoutMs = 30'000;

  Lane(Engine& engine, Socket socket, int answerTimeoutMs = kAnswerTimeoutMs)
      : engine_(engine), socket_(std::move(socket)), answerTimeoutMs_(answerTimeoutMs) {}

  void submit(std::vector<Request> requests);
  /// Takes back a request that has not been sent, or ends a dump: neither is completed any more. False: too late.
  bool cancel(uint32_t id);

  /// Fails all that is queued: there is no worker to serve it.
  void refuse(const RequestError& error);
  /// Lets go of all that is queued, untold: the engine has stopped. Requests of a sequence hold lanes, this one too.
  void drop();
  /// Worker: sends and answers until the queue is empty or the engine stops.
  void serve(std::vector<uint8_t>& buffer);

 private:
  void serve(std::vector<Request>& batch, std::vector<uint8_t>& buffer);
  bool take(std::vector<Request>& batch);
  /// Fills in what is known only now. False when it completed the request with an error.
  bool resolve(Request& request, std::vector<std::shared_ptr<const Fd>>& held);
  void exchange(std::vector<Request>& batch, std::vector<uint8_t>& buffer);
  void receive(std::vector<Request>& batch, std::vector<uint8_t>& buffer);
  void dump(Request& request, std::vector<uint8_t>& buffer);
  bool takeTransactions(std::vector<Request>& batch);
  void commit(std::vector<Request>& batch, std::vector<uint8_t>& buffer);
  bool commit(std::span<Request> group, std::vector<uint8_t>& buffer);
  bool receiveCommit(std::span<Request> group, uint32_t sequence, std::vector<uint8_t>& buffer);
  void drain(std::vector<uint8_t>& buffer);
  uint32_t lookUp(const std::string& name);
  void succeed(const Request& request);
  void fail(const Request& request, RequestError error);
  void fail(const Request& request, const KernelAnswer& answer, const Part* part = nullptr);

  Engine& engine_;
  Socket socket_;
  const int answerTimeoutMs_;
  uint32_t sequence_ = 0;

  std::mutex mutex_;
  std::deque<Request> queue_;
  bool scheduled_ = false;
  uint32_t dumping_ = 0;                ///< id of the dump that is under way
  std::atomic<bool> abandoned_{false};  ///< that dump's answer is no longer wanted
};

}  // namespace netplumb
