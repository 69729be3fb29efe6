// Transactions of nftables, with a fake kernel at the other end of the socket.
#include "engine/transaction.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "netfilter/elements.h"
#include "netfilter/operations.h"
#include "test/rig.h"

using namespace netplumb;

namespace {

constexpr uint16_t kBegin = 0x10;
constexpr uint16_t kEnd = 0x11;
constexpr int kErestart = 85;

const Operation* operation(std::string_view name) {
  const auto all = netfilterOperations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// A transaction that adds so many chains, each message of so many bytes and more.
Request chains(uint32_t id, size_t count, size_t padding = 8) {
  Request made{.id = id, .operation = operation("nft.addChain")};
  made.transaction = std::make_shared<Transaction>();
  for (size_t i = 0; i < count; ++i) {
    const auto bytes = message(made.operation->type, 0, 0, [&](Writer& writer) {
      writer.append(4);
      writer.attribute(3, padding);
    });
    made.transaction->parts.push_back(
        {made.operation, static_cast<uint32_t>(made.message.size()), static_cast<uint32_t>(i), 0});
    made.message.insert(made.message.end(), bytes.begin(), bytes.end());
  }
  return made;
}

std::vector<uint8_t> chainMade(const nlmsghdr& asked) {
  return message(asked.nlmsg_type, 0, asked.nlmsg_seq, [](Writer& writer) {
    writer.append(4);
    writer.put(writer.attribute(2, 8), uint64_t{1} << 56);
  });
}

}  // namespace

TEST_CASE("Transaction: messages between begin and end, one ACK") {
  Rig rig;
  rig.submit({chains(1, 3)});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 5);
  CHECK(sent[0].nlmsg_type == kBegin);
  CHECK(sent[0].nlmsg_flags == NLM_F_REQUEST);
  CHECK(sent[0].nlmsg_len == 20);
  CHECK(rig.kernel.last()[NLMSG_HDRLEN + 2] == 0);
  CHECK(rig.kernel.last()[NLMSG_HDRLEN + 3] == 10);
  for (uint32_t i = 1; i < 5; ++i) CHECK(sent[i].nlmsg_seq == sent[0].nlmsg_seq + i);
  CHECK(sent[1].nlmsg_type == (10 << 8 | 3));
  CHECK(sent[1].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE));
  CHECK(sent[3].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK));
  CHECK(sent[4].nlmsg_type == kEnd);
  rig.kernel.send(FakeKernel::ack(sent[3]));
  CHECK(as<Done>(rig.completions(1)[0]));
}

TEST_CASE("Transaction: the first error counts, and tells the message and the attribute") {
  Rig rig;
  rig.submit({chains(1, 4)});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 6);
  rig.kernel.send(FakeKernel::error(sent[2], EBUSY, "busy", NLMSG_HDRLEN + 4));
  rig.kernel.send(FakeKernel::error(sent[3], ENOENT));
  rig.kernel.send(FakeKernel::ack(sent[4]));
  const auto completed = rig.completions(1);
  const auto* error = as<RequestError>(completed[0]);
  REQUIRE(error);
  CHECK(error->error == EBUSY);
  CHECK(error->operation == "NFT_MSG_NEWCHAIN");
  CHECK(error->detail == "busy");
  CHECK(error->attribute == "NFTA_CHAIN_NAME");
  REQUIRE(error->command.has_value());
  CHECK(*error->command == 1);
  // What was left of the answers does not trouble the next.
  rig.submit({chains(2, 1)});
  rig.kernel.send(FakeKernel::ack(rig.kernel.headers()[1]));
  CHECK(as<Done>(rig.completions(1)[0]));
}

TEST_CASE("Transaction: an error of the whole is told of its begin") {
  for (const int error : {EPERM, kErestart, ENOMEM}) {
    Rig rig;
    auto asked = chains(1, 2);
    asked.transaction->generation = 0x01020304;
    rig.submit({std::move(asked)});
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == 4);
    CHECK(sent[0].nlmsg_len == 28);
    const auto& bytes = rig.kernel.last();
    CHECK(std::equal(bytes.begin() + 24, bytes.begin() + 28, std::begin({1, 2, 3, 4})));
    rig.kernel.send(FakeKernel::error(sent[0], error));
    const auto completed = rig.completions(1);
    CHECK(errorOf(completed[0]) == error);
    CHECK(as<RequestError>(completed[0])->operation == "NFNL_MSG_BATCH_BEGIN");
    CHECK_FALSE(as<RequestError>(completed[0])->command.has_value());
  }
}

TEST_CASE("Transaction: the commit fails after every message was well") {
  Rig rig;
  rig.submit({chains(1, 2)});
  const auto sent = rig.kernel.headers();
  rig.kernel.send(FakeKernel::error(sent[0], ENOSPC) + FakeKernel::ack(sent[2]));
  CHECK(errorOf(rig.completions(1)[0]) == ENOSPC);
}

TEST_CASE("Transaction: a check has no end, and goes alone") {
  Rig rig;
  auto check = chains(2, 1);
  check.transaction->isCheck = true;
  rig.submit({chains(1, 1), std::move(check), chains(3, 1)});
  for (uint32_t id = 1; id <= 3; ++id) {
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == (id == 2 ? 2u : 3u));
    CHECK(sent[1].nlmsg_flags == (NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK));
    rig.kernel.send(FakeKernel::ack(sent[1]));
    CHECK(rig.completions(1)[0].id == id);
  }
}

TEST_CASE("Transaction: those that wait together share a batch") {
  Rig rig;
  rig.submit({chains(1, 2), chains(2, 1), chains(3, 3)});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 8);
  CHECK(std::count_if(sent.begin(), sent.end(), [](const nlmsghdr& one) { return one.nlmsg_flags & NLM_F_ACK; }) == 1);
  CHECK((sent[6].nlmsg_flags & NLM_F_ACK) != 0);
  rig.kernel.send(FakeKernel::ack(sent[6]));
  const auto completed = rig.completions(3);
  for (uint32_t i = 0; i < 3; ++i) {
    CHECK(completed[i].id == i + 1);
    CHECK(as<Done>(completed[i]));
  }
}

TEST_CASE("Transaction: a batch that fails is committed one by one") {
  Rig rig;
  rig.submit({chains(1, 1), chains(2, 1), chains(3, 1)});
  const auto together = rig.kernel.headers();
  REQUIRE(together.size() == 5);
  rig.kernel.send(FakeKernel::error(together[2], EEXIST));
  rig.kernel.send(FakeKernel::ack(together[3]));
  for (uint32_t id = 1; id <= 3; ++id) {
    const auto sent = rig.kernel.headers();
    REQUIRE(sent.size() == 3);
    CHECK(sent[0].nlmsg_type == kBegin);
    CHECK((sent[1].nlmsg_flags & NLM_F_ACK) != 0);
    rig.kernel.send(id == 2 ? FakeKernel::error(sent[1], EEXIST) : FakeKernel::ack(sent[1]));
    const auto completed = rig.completions(1);
    CHECK(completed[0].id == id);
    CHECK(errorOf(completed[0]) == (id == 2 ? EEXIST : 0));
  }
}

TEST_CASE("Transaction: batches are bounded, and ids do not meet") {
  Rig rig;
  rig.submit({chains(1, 1, 60'000), chains(2, 1, 60'000), chains(3, 1, 60'000)});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 3);
  rig.kernel.send(FakeKernel::ack(sent[1]));
  for (int i = 0; i < 2; ++i) rig.kernel.send(FakeKernel::ack(rig.kernel.headers()[1]));
  rig.completions(3);
  auto first = chains(4, 1);
  auto second = chains(5, 1);
  auto third = chains(6, 1);
  first.transaction->hasIds = third.transaction->hasIds = true;
  rig.submit({std::move(first), std::move(second), std::move(third)});
  const auto two = rig.kernel.headers();
  REQUIRE(two.size() == 4);
  rig.kernel.send(FakeKernel::ack(two[2]));
  const auto one = rig.kernel.headers();
  REQUIRE(one.size() == 3);
  rig.kernel.send(FakeKernel::ack(one[1]));
  rig.completions(3);
}

TEST_CASE("Transaction: echoes go to those who asked") {
  Rig rig;
  auto asked = chains(2, 2);
  asked.transaction->wantsEcho = true;
  rig.submit({chains(1, 1), std::move(asked)});
  const auto sent = rig.kernel.headers();
  REQUIRE(sent.size() == 5);
  CHECK((sent[1].nlmsg_flags & NLM_F_ECHO) == 0);
  CHECK((sent[2].nlmsg_flags & NLM_F_ECHO) != 0);
  rig.kernel.send(chainMade(sent[2]) + chainMade(sent[3]));
  // What a message took along is told by messages of other types.
  rig.kernel.send(message(10 << 8 | 8, 0, sent[3].nlmsg_seq, [](Writer& writer) { writer.append(4); }));
  rig.kernel.send(FakeKernel::ack(sent[3]));
  const auto completed = rig.completions(2);
  CHECK(as<Done>(completed[0]));
  const auto* objects = as<Objects>(completed[1]);
  REQUIRE(objects);
  CHECK(objects->isLast);
  CHECK(objects->tape.objects == 2);
}

TEST_CASE("Transaction: no answer, or half of one") {
  Rig rig(50);
  rig.submit({chains(1, 1), chains(2, 1)});
  rig.kernel.headers();
  const auto completed = rig.completions(2);
  CHECK(errorOf(completed[0]) == ETIMEDOUT);
  CHECK(errorOf(completed[1]) == ETIMEDOUT);
  rig.submit({chains(3, 1)});
  const auto sent = rig.kernel.headers();
  rig.kernel.send(message(NLMSG_ERROR, 0, sent[1].nlmsg_seq, [](Writer&) {}));
  CHECK(errorOf(rig.completions(1)[0]) == EBADMSG);
}

TEST_CASE("Transaction: transactions and requests keep their order") {
  Rig rig;
  Request get{.id = 2, .operation = operation("nft.getGeneration")};
  get.message = message(get.operation->type, 0, 0, [](Writer& writer) { writer.append(4); });
  rig.submit({chains(1, 1), std::move(get), chains(3, 1)});
  const auto first = rig.kernel.headers();
  CHECK(first.size() == 3);
  CHECK(rig.kernel.isIdle());
  rig.kernel.send(FakeKernel::ack(first[1]));
  const auto second = rig.kernel.headers();
  REQUIRE(second.size() == 1);
  rig.kernel.send(message(10 << 8 | 15, 0, second[0].nlmsg_seq, [](Writer& writer) { writer.append(4); }));
  rig.kernel.send(FakeKernel::ack(rig.kernel.headers()[1]));
  const auto completed = rig.completions(3);
  for (uint32_t i = 0; i < 3; ++i) CHECK(completed[i].id == i + 1);
}

TEST_CASE("Elements in bulk: as many in an attribute as fit") {
  constexpr size_t kCount = 5000;
  const std::vector<uint8_t> keys(kCount * 6, 1);
  const std::vector<uint8_t> data(kCount * 4, 2);
  const std::vector<uint8_t> flags(kCount, 1);
  const PackedElements elements{.count = kCount, .keys = keys, .keyEnds = {}, .data = data, .flags = flags};
  REQUIRE(elements.isSound());
  size_t from = 0;
  size_t read = 0;
  while (from < kCount) {
    std::vector<uint8_t> bytes;
    Writer writer(bytes);
    const size_t next = appendElements(writer, elements, from);
    CHECK_FALSE(writer.overflow());
    REQUIRE(next > from);
    const Exact exact{Bytes(bytes)};
    AttributeReader outer(exact.bytes());
    Attribute list;
    REQUIRE(outer.next(list));
    CHECK(list.type == 3);
    AttributeReader inner(list.payload);
    for (Attribute element; inner.next(element); ++read) {
      Bytes payload;
      CHECK(findAttribute(element.payload, 1, payload));
      CHECK(payload.size() == 12);
      CHECK(findAttribute(element.payload, 2, payload));
      CHECK(findAttribute(element.payload, 3, payload));
    }
    CHECK_FALSE(inner.malformed());
    from = next;
  }
  CHECK(read == kCount);
}

TEST_CASE("Elements in bulk: columns that do not fit together") {
  const std::vector<uint8_t> bytes(130);
  const auto columns = [&](size_t count, size_t keys, size_t keyEnds, size_t data, size_t flags) {
    const Bytes all(bytes);
    return PackedElements{count, all.first(keys), all.first(keyEnds), all.first(data), all.first(flags)}.isSound();
  };
  CHECK(columns(2, 8, 8, 4, 2));
  CHECK(columns(2, 128, 0, 0, 0));
  CHECK_FALSE(columns(0, 8, 0, 0, 0));
  CHECK_FALSE(columns(2, 0, 0, 0, 0));
  CHECK_FALSE(columns(2, 7, 0, 0, 0));
  CHECK_FALSE(columns(2, 8, 7, 0, 0));
  CHECK_FALSE(columns(2, 8, 0, 3, 0));
  CHECK_FALSE(columns(2, 8, 0, 0, 1));
  CHECK_FALSE(columns(2, 130, 0, 0, 0));
}
