// The wire: readers over bytes of every kind, the writer's limits, the kernel's answers.
#include <doctest/doctest.h>
#include <linux/rtnetlink.h>

#include <string>

#include "netlink/answer.h"
#include "netlink/codec.h"
#include "netlink/text.h"
#include "route/link.h"
#include "route/route.h"
#include "test/bytes.h"

using namespace netplumb;

namespace {

size_t countAttributes(Bytes bytes, bool& malformed) {
  AttributeReader reader(bytes);
  size_t count = 0;
  for (Attribute attribute; reader.next(attribute);) ++count;
  malformed = reader.malformed();
  return count;
}

constexpr uint16_t kCapped = 0x100;
constexpr uint16_t kAckTlvs = 0x200;

/// The message in bytes, as a reader finds it.
Message only(Bytes bytes) {
  MessageReader reader(bytes);
  Message found;
  REQUIRE(reader.next(found));
  return found;
}

}  // namespace

TEST_CASE("AttributeReader: nothing, whole attributes, padding left out at the end") {
  bool malformed = false;
  CHECK(countAttributes({}, malformed) == 0);
  CHECK_FALSE(malformed);
  const Exact two({4, 0, 1, 0, 5, 0, 2, 0, 0xaa});
  CHECK(countAttributes(two.bytes(), malformed) == 2);
  CHECK_FALSE(malformed);

  AttributeReader reader(two.bytes());
  Attribute attribute;
  REQUIRE(reader.next(attribute));
  CHECK(attribute.type == 1);
  CHECK(attribute.payload.empty());
  REQUIRE(reader.next(attribute));
  CHECK(attribute.type == 2);
  REQUIRE(attribute.payload.size() == 1);
  CHECK(attribute.payload[0] == 0xaa);
  CHECK_FALSE(reader.next(attribute));
  CHECK_FALSE(reader.next(attribute));
}

TEST_CASE("AttributeReader: the bits for nested and byte order are no part of the type") {
  const Exact bytes({4, 0, 0x12, 0xc0});
  AttributeReader reader(bytes.bytes());
  Attribute attribute;
  REQUIRE(reader.next(attribute));
  CHECK(attribute.type == 0x12);
}

TEST_CASE("AttributeReader: cut off, overlapping and zero lengths end it") {
  bool malformed = false;
  for (const Exact& bytes : {Exact({4}), Exact({4, 0}), Exact({4, 0, 1}), Exact({0, 0, 1, 0}), Exact({3, 0, 1, 0}),
                             Exact({5, 0, 1, 0}), Exact({0xff, 0xff, 1, 0, 0, 0, 0, 0})}) {
    CHECK(countAttributes(bytes.bytes(), malformed) == 0);
    CHECK(malformed);
  }
  // After a whole one, too.
  CHECK(countAttributes(Exact({4, 0, 1, 0, 8, 0, 2, 0, 1, 2, 3}).bytes(), malformed) == 1);
  CHECK(malformed);
  // Every cut of a nest of three.
  const Exact whole({5, 0, 1, 0, 1, 0, 0, 0, 8, 0, 2, 0, 1, 2, 3, 4, 4, 0, 3, 0});
  for (size_t size = 0; size < whole.size(); ++size) {
    const Exact cut(whole.bytes().first(size));
    CHECK(countAttributes(cut.bytes(), malformed) < 3);
  }
}

TEST_CASE("findAttribute finds the first of a type") {
  const Exact bytes({5, 0, 1, 0, 7, 0, 0, 0, 5, 0, 2, 0, 8, 0, 0, 0, 5, 0, 2, 0, 9, 0, 0, 0});
  Bytes payload;
  REQUIRE(findAttribute(bytes.bytes(), 2, payload));
  CHECK(payload[0] == 8);
  CHECK_FALSE(findAttribute(bytes.bytes(), 3, payload));
  CHECK_FALSE(findAttribute({}, 1, payload));
}

TEST_CASE("MessageReader: several messages, the last one unpadded") {
  std::vector<uint8_t> bytes = message(16, 0, 7, [](Writer& writer) { writer.put<uint32_t>(writer.append(4), 42); });
  const auto second = message(17, 0, 8, [](Writer& writer) { writer.append(4); });
  bytes.insert(bytes.end(), second.begin(), second.end());
  bytes.resize(bytes.size() - 3);
  bytes[20] = NLMSG_HDRLEN + 1;  // nlmsg_len of the second
  const Exact exact(bytes);
  MessageReader reader(exact.bytes());
  Message one;
  REQUIRE(reader.next(one));
  CHECK(one.header.nlmsg_seq == 7);
  CHECK(load<uint32_t>(one.payload) == 42);
  REQUIRE(reader.next(one));
  CHECK(one.header.nlmsg_type == 17);
  CHECK(one.payload.size() == 1);
  CHECK_FALSE(reader.next(one));
  CHECK_FALSE(reader.malformed());
}

TEST_CASE("MessageReader: lengths that cannot be") {
  const auto whole = message(16, 0, 7, [](Writer& writer) { writer.append(8); });
  for (size_t size = 0; size < whole.size(); ++size) {
    const Exact cut(Bytes(whole).first(size));
    MessageReader reader(cut.bytes());
    Message none;
    CHECK_FALSE(reader.next(none));
    CHECK(reader.malformed() == (size > 0));
  }
  for (const uint32_t length : {0u, 1u, 15u, 25u, 0x7fffffffu, 0xfffffff0u, 0xffffffffu}) {
    Exact wrong{Bytes(whole)};
    std::memcpy(&wrong[0], &length, sizeof length);
    MessageReader reader(wrong.bytes());
    Message none;
    CHECK_FALSE(reader.next(none));
    CHECK(reader.malformed());
  }
}

TEST_CASE("Writer: padding is zero, nests are closed, what is cancelled is gone") {
  std::vector<uint8_t> bytes;
  Writer writer(bytes);
  const size_t mark = writer.begin(1 | NLA_F_NESTED);
  writer.attribute(2, bytesOf(std::string_view("abcde")));
  writer.end(mark);
  const size_t other = writer.begin(3);
  writer.attribute(4, 100);
  writer.cancel(other);
  CHECK(bytes == std::vector<uint8_t>{16, 0, 1, 0x80, 9, 0, 2, 0, 'a', 'b', 'c', 'd', 'e', 0, 0, 0});
  CHECK_FALSE(writer.overflow());
}

TEST_CASE("Writer: an attribute of more than 65,535 bytes is an overflow") {
  std::vector<uint8_t> bytes;
  Writer fits(bytes);
  fits.attribute(1, UINT16_MAX - NLA_HDRLEN);
  CHECK_FALSE(fits.overflow());
  CHECK(load<uint16_t>(bytes) == UINT16_MAX);

  bytes.clear();
  Writer tooLarge(bytes);
  const size_t at = tooLarge.attribute(1, UINT16_MAX - NLA_HDRLEN + 1);
  CHECK(tooLarge.overflow());
  // There is room for the payload all the same: who writes it need not look.
  CHECK(at + UINT16_MAX - NLA_HDRLEN + 1 <= bytes.size());

  bytes.clear();
  Writer nest(bytes);
  const size_t mark = nest.begin(1);
  for (int i = 0; i < 3; ++i) nest.attribute(2, 30'000);
  CHECK_FALSE(nest.overflow());
  nest.end(mark);
  CHECK(nest.overflow());
}

TEST_CASE("parseAnswer: success and plain errors") {
  KernelAnswer answer;
  const auto error = [](int32_t value, uint16_t flags, uint16_t type = NLMSG_ERROR) {
    return message(type, flags, 1, [&](Writer& writer) {
      writer.put(writer.append(4), value);
      if (type == NLMSG_ERROR) writer.put(writer.append(sizeof(nlmsghdr)), nlmsghdr{40, 16, 0, 1, 0});
    });
  };
  CHECK(parseAnswer(only(error(0, 0)), answer));
  CHECK(answer.error == 0);
  CHECK(parseAnswer(only(error(-17, kCapped)), answer));
  CHECK(answer.error == 17);
  CHECK(parseAnswer(only(error(INT32_MIN, kCapped)), answer));
  CHECK(answer.error == INT32_MAX);
  CHECK(parseAnswer(only(error(-95, 0, NLMSG_DONE)), answer));
  CHECK(answer.error == 95);

  KernelAnswer fresh;
  const auto bare = message(NLMSG_DONE, 0, 1, [](Writer&) {});
  CHECK(parseAnswer(only(bare), fresh));
  CHECK(fresh.error == 0);
  const auto empty = message(NLMSG_ERROR, 0, 1, [](Writer&) {});
  CHECK_FALSE(parseAnswer(only(empty), fresh));
}

TEST_CASE("parseAnswer: the extended ACK in all layouts, and cut off anywhere") {
  const auto request = message(16, 0, 9, [](Writer& writer) { writer.append(33); });
  const auto append = [](Writer& writer) {
    writer.attribute(1, bytesOf(std::string_view("no such thing\0", 14)));
    writer.put<uint32_t>(writer.attribute(2, 4), 32);
    writer.put<uint32_t>(writer.attribute(5, 4), 7);
    writer.put<uint32_t>(writer.attribute(6, 4), 48);
    writer.attribute(99, 4);
  };
  const auto capped = message(NLMSG_ERROR, kCapped | kAckTlvs, 9, [&](Writer& writer) {
    writer.put<int32_t>(writer.append(4), -22);
    std::copy_n(request.begin(), sizeof(nlmsghdr), writer.at(writer.append(sizeof(nlmsghdr))));
    append(writer);
  });
  const auto uncapped = message(NLMSG_ERROR, kAckTlvs, 9, [&](Writer& writer) {
    writer.put<int32_t>(writer.append(4), -22);
    std::copy(request.begin(), request.end(), writer.at(writer.append(request.size())));
    append(writer);
  });
  const auto done = message(NLMSG_DONE, kAckTlvs, 9, [&](Writer& writer) {
    writer.put<int32_t>(writer.append(4), -22);
    append(writer);
  });
  for (const auto& bytes : {capped, uncapped, done}) {
    KernelAnswer answer;
    CHECK(parseAnswer(only(Exact(bytes).bytes()), answer));
    CHECK(answer.error == 22);
    CHECK(answer.text == "no such thing");
    CHECK(answer.offset == 32);
    CHECK(answer.hasMissing);
    CHECK(answer.missingType == 7);
    CHECK(answer.missingNest == 48);
    for (size_t size = NLMSG_HDRLEN; size < bytes.size(); ++size) {
      Exact cut(Bytes(bytes).first(size));
      const auto length = static_cast<uint32_t>(size);
      std::memcpy(&cut[0], &length, sizeof length);
      KernelAnswer some;
      parseAnswer(only(cut.bytes()), some);
    }
  }
  // Without its flag it is not looked for.
  auto plain = capped;
  plain[7] = kCapped >> 8;
  KernelAnswer answer;
  CHECK(parseAnswer(only(plain), answer));
  CHECK(answer.text.empty());
  // A length of the echo that leads out of the message.
  auto lying = uncapped;
  const uint32_t huge = 0xffffffff;
  std::memcpy(lying.data() + NLMSG_HDRLEN + 4, &huge, sizeof huge);
  CHECK(parseAnswer(only(Exact(lying).bytes()), answer));
}

TEST_CASE("attributePath names what is at an offset") {
  // IFLA_LINKINFO { IFLA_INFO_KIND vxlan, IFLA_INFO_DATA { IFLA_VXLAN_TTL, IFLA_VXLAN_ID } }
  size_t kind = 0;
  size_t data = 0;
  size_t id = 0;
  size_t info = 0;
  const auto bytes = message(RTM_NEWLINK, 0, 1, [&](Writer& writer) {
    writer.append(sizeof(ifinfomsg));
    writer.attribute(IFLA_MTU, 4);
    info = writer.begin(IFLA_LINKINFO | NLA_F_NESTED);
    kind = writer.attribute(1, bytesOf(std::string_view("vxlan\0", 6))) - NLA_HDRLEN;
    data = writer.begin(2 | NLA_F_NESTED);
    writer.attribute(5, 1);
    id = writer.attribute(1, 4) - NLA_HDRLEN;
    writer.end(data);
    writer.end(info);
  });
  const auto path = [&](size_t offset) { return attributePath(kLink, bytes, offset); };
  CHECK(path(id) == "IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_VXLAN_ID");
  CHECK(path(id + NLA_HDRLEN) == "IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_VXLAN_ID");
  CHECK(path(id + NLA_HDRLEN + 3) == "IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_VXLAN_ID");
  CHECK(path(kind) == "IFLA_LINKINFO.IFLA_INFO_KIND");
  CHECK(path(data) == "IFLA_LINKINFO.IFLA_INFO_DATA");
  CHECK(path(info) == "IFLA_LINKINFO");
  CHECK(path(NLMSG_HDRLEN + sizeof(ifinfomsg)) == "IFLA_MTU");
  CHECK(path(NLMSG_HDRLEN + 4) == "ifi_index");
  CHECK(path(NLMSG_HDRLEN) == "ifi_family");
  CHECK(path(3).empty());
  CHECK(path(bytes.size()).empty());
  CHECK(path(1'000'000).empty());

  CHECK(missingAttributePath(kLink, bytes, 1, data) == "IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_VXLAN_ID");
  CHECK(missingAttributePath(kLink, bytes, 1, info) == "IFLA_LINKINFO.IFLA_INFO_KIND");
  CHECK(missingAttributePath(kLink, bytes, 3, 0) == "IFLA_IFNAME");
  CHECK(missingAttributePath(kLink, bytes, 999, 0) == "#999");
}

TEST_CASE("attributePath goes into peers, and into next hops") {
  size_t name = 0;
  const auto veth = message(RTM_NEWLINK, 0, 1, [&](Writer& writer) {
    writer.append(sizeof(ifinfomsg));
    const size_t info = writer.begin(IFLA_LINKINFO | NLA_F_NESTED);
    writer.attribute(1, bytesOf(std::string_view("veth\0", 5)));
    const size_t data = writer.begin(2 | NLA_F_NESTED);
    const size_t peer = writer.begin(1);
    writer.append(sizeof(ifinfomsg));
    name = writer.attribute(IFLA_IFNAME, bytesOf(std::string_view("eth0\0", 5))) - NLA_HDRLEN;
    writer.end(peer);
    writer.end(data);
    writer.end(info);
  });
  CHECK(attributePath(kLink, veth, name) == "IFLA_LINKINFO.IFLA_INFO_DATA.VETH_INFO_PEER.IFLA_IFNAME");

  size_t gateway = 0;
  size_t second = 0;
  const auto route = message(RTM_NEWROUTE, 0, 1, [&](Writer& writer) {
    writer.append(sizeof(rtmsg));
    const size_t multipath = writer.begin(RTA_MULTIPATH);
    for (size_t* at : {&gateway, &second}) {
      const size_t record = writer.append(sizeof(rtnexthop));
      *at = writer.attribute(RTA_GATEWAY, 4) - NLA_HDRLEN;
      writer.put(record, static_cast<uint16_t>(writer.size() - record));
    }
    writer.end(multipath);
  });
  CHECK(attributePath(kRoute, route, gateway) == "RTA_MULTIPATH.RTA_GATEWAY");
  CHECK(attributePath(kRoute, route, second) == "RTA_MULTIPATH.RTA_GATEWAY");
}

TEST_CASE("a missing attribute is named by the table that its kind selects") {
  size_t data = 0;
  const auto bytes = message(RTM_NEWLINK, 0, 1, [&](Writer& writer) {
    writer.append(sizeof(ifinfomsg));
    const size_t info = writer.begin(IFLA_LINKINFO | NLA_F_NESTED);
    data = writer.begin(2 | NLA_F_NESTED);  // before the kind, as a caller may order it
    writer.end(data);
    writer.attribute(1, bytesOf(std::string_view("vlan\0", 5)));
    writer.end(info);
  });
  CHECK(missingAttributePath(kLink, bytes, 1, data) == "IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_VLAN_ID");
}

TEST_CASE("paths of mutated messages never read beyond") {
  auto bytes = message(RTM_NEWLINK, 0, 1, [&](Writer& writer) {
    writer.append(sizeof(ifinfomsg));
    const size_t info = writer.begin(IFLA_LINKINFO | NLA_F_NESTED);
    writer.attribute(1, bytesOf(std::string_view("veth\0", 5)));
    const size_t data = writer.begin(2 | NLA_F_NESTED);
    const size_t peer = writer.begin(1);
    writer.append(sizeof(ifinfomsg));
    writer.attribute(IFLA_IFNAME, bytesOf(std::string_view("eth0\0", 5)));
    writer.end(peer);
    writer.end(data);
    writer.end(info);
  });
  uint32_t random = 1;
  for (int i = 0; i < 20'000; ++i) {
    random = random * 1664525 + 1013904223;
    const size_t size = NLMSG_HDRLEN + random % (bytes.size() - NLMSG_HDRLEN + 1);
    Exact mutated(Bytes(bytes).first(size));
    random = random * 1664525 + 1013904223;
    mutated[random % size] = static_cast<uint8_t>(random >> 24);
    attributePath(kLink, mutated.bytes(), random >> 16 & 0xff);
    missingAttributePath(kLink, mutated.bytes(), 1, random >> 16 & 0xff);
  }
}

TEST_CASE("addresses as text and back") {
  IpAddress address;
  char text[kIpText];
  CHECK(parseIp("192.0.2.1", address));
  CHECK(address.size == 4);
  CHECK(formatIp(Bytes(address.bytes, 4), text) == "192.0.2.1");
  CHECK(parseIp("2001:db8::1", address));
  CHECK(address.size == 16);
  CHECK(formatIp(Bytes(address.bytes, 16), text) == "2001:db8::1");
  CHECK(formatIp(Bytes(address.bytes, 5), text).empty());
  for (const std::string_view wrong : {"", "1.2.3", "1.2.3.4.5", "::g", "1.2.3.4/8", ":", " 1.2.3.4", "::1%lo"}) {
    CHECK_FALSE(parseIp(wrong, address));
  }
  CHECK_FALSE(parseIp(std::string(1000, ':'), address));
  CHECK_FALSE(parseIp(std::string_view("1.2.3.4\0", 8), address));
  uint8_t mac[6];
  CHECK(parseMac("02:00:00:00:00:FF", mac));
  CHECK(mac[5] == 0xff);
  CHECK_FALSE(parseMac("02:00:00:00:00", mac));
  CHECK_FALSE(parseMac("02:00:00:00:00:-1", mac));
  uint32_t number = 0;
  CHECK(parseDecimal("0", 0, number));
  CHECK_FALSE(parseDecimal("1", 0, number));
  CHECK_FALSE(parseDecimal("", 9, number));
  CHECK_FALSE(parseDecimal("4294967296", UINT32_MAX, number));
  CHECK(formatHex(Exact({0, 0xa5}).bytes(), ':') == "00:a5");
}
