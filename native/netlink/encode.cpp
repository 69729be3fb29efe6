// The encoder half of codec.h: caller's values to bytes, with type and range checks.
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <bitset>
#include <charconv>
#include <cmath>

#include "netlink/bpf.h"
#include "netlink/codec.h"
#include "netlink/text.h"

namespace netplumb {
namespace {

using Kind = Input::Kind;
using Handle = Input::Handle;

struct Bounds {
  int64_t low;
  uint64_t high;
};

Bounds boundsOf(Type type) {
  switch (type) {
    case Type::kU8:
      return {0, UINT8_MAX};
    case Type::kU16:
    case Type::kBe16:
      return {0, UINT16_MAX};
    case Type::kS8:
      return {INT8_MIN, INT8_MAX};
    case Type::kS16:
      return {INT16_MIN, INT16_MAX};
    case Type::kS32:
    case Type::kSBe32:
      return {INT32_MIN, INT32_MAX};
    case Type::kS64:
      return {INT64_MIN, INT64_MAX};
    case Type::kU64:
    case Type::kBe64:
      return {0, UINT64_MAX};
    default:
      return {0, UINT32_MAX};
  }
}

size_t sizeOf(Type type) {
  switch (type) {
    case Type::kU8:
    case Type::kS8:
    case Type::kBool:
      return 1;
    case Type::kU16:
    case Type::kS16:
    case Type::kBe16:
      return 2;
    case Type::kU64:
    case Type::kS64:
    case Type::kBe64:
    case Type::kBitfield32:
      return 8;
    default:
      return 4;
  }
}

/// A whole number of either sign.
struct Integer {
  uint64_t magnitude = 0;
  bool negative = false;
  bool between(int64_t low, uint64_t high) const {
    if (!negative) return magnitude <= high && (low < 0 || magnitude >= static_cast<uint64_t>(low));
    return low < 0 && magnitude <= static_cast<uint64_t>(-(low + 1)) + 1;
  }
  uint64_t bits() const { return negative ? ~magnitude + 1 : magnitude; }
};

/// Positions in a table's fields; a table has at most 255.
using Positions = std::bitset<256>;

class Encoder {
 public:
  Encoder(Input& input, Writer& writer, size_t start, std::vector<Fixup>& fixups)
      : input_(input), writer_(writer), start_(start), fixups_(fixups) {}

  std::optional<InputError> run(const Object& object, Handle value) {
    if (encodeObject(object, value)) {
      if (writer_.overflow()) {
        fail(InputError::Code::kOutOfRange, "The message holds an attribute of more than 65,535 bytes");
      }
    }
    // Wherever reading has thrown, the caller's exception is what counts.
    if (input_.threw()) thrown();
    return std::move(error_);
  }

 private:
  // The header comes first, so each key is looked at twice: once for header fields, once for attributes.
  bool encodeObject(const Object& object, Handle value) {
    const size_t header = writer_.append(object.header.size);
    fillStruct(object.header, header);
    const auto outerFamily = std::exchange(familyAt_, std::nullopt);
    const size_t outerHeader = std::exchange(header_, header);
    if (object.familyOffset >= 0) {
      familyAt_ = header + static_cast<size_t>(object.familyOffset);
      for (const auto& field : object.header.fields) {
        if (field.number != object.familyOffset || field.name.empty()) continue;
        const Handle family = input_.property(value, field.name);
        if (input_.threw()) return thrown();
        const Path path(*this, field.name);
        if (isGiven(family) && !encodeMember(field, family, header)) return false;
      }
    }
    const bool done = encodeFields(object.attributes, &object.header, header, value);
    header_ = outerHeader;
    familyAt_ = outerFamily;
    return done;
  }

  bool isGiven(Handle value) {
    const auto kind = input_.kind(value);
    return kind != Kind::kUndefined;
  }

  // Finds a key in a table or in the tables whose members stand in their parent.
  static const Field* find(const Table& table, std::string_view key) {
    if (key.empty()) return nullptr;  // what has no name is nobody's
    for (const auto& field : table.fields) {
      if (field.name == key) return &field;
      if (field.name.empty() && field.value.table && find(*field.value.table, key)) return &field;
      // A link's index beside its name: told by the kernel, so taken and not sent.
      if (field.value.type == Type::kLink && key.size() == field.name.size() + 5 && key.starts_with(field.name) &&
          key.ends_with("Index")) {
        return &kIgnored;
      }
    }
    return nullptr;
  }

  // Encodes the object's own keys into attributes (and header members). Keys of flattened nests are gathered first,
  // so that each nest is written once.
  bool encodeFields(const Table& table, const Table* header, size_t headerAt, Handle value) {
    // Tables may hold themselves, and a caller's object too.
    if (depth_ == kMaxDepth) return fail(InputError::Code::kArgValue, describe() + " is nested too deeply");
    ++depth_;
    const bool done = encodeOwnFields(table, header, headerAt, value);
    --depth_;
    return done;
  }

  bool encodeOwnFields(const Table& table, const Table* header, size_t headerAt, Handle value) {
    const auto kind = input_.kind(value);
    if (kind != Kind::kObject) return wrongType("an object", value);
    const Handle keys = input_.keys(value);
    if (input_.threw()) return thrown();
    const uint32_t count = input_.length(keys);
    Positions flattened;
    std::string key;
    for (uint32_t i = 0; i < count; ++i) {
      const Handle keyHandle = input_.element(keys, i);
      input_.string(keyHandle, key);
      const Field* inHeader = header ? find(*header, key) : nullptr;
      const Field* field = inHeader ? inHeader : find(table, key);
      if (!field) {
        if (key == "unknown") continue;  // what the decoder kept aside for want of a name
        if (!refuse(key, keyHandle, value)) return false;
        continue;
      }
      if (field->name.empty()) {
        flattened.set(static_cast<size_t>(field - table.fields.data()));
        continue;
      }
      if (field->value.isReadOnly) continue;
      const Handle member = input_.property(value, keyHandle);
      if (input_.threw()) return thrown();
      if (!isGiven(member)) continue;
      const Path path(*this, field->name);
      if (!inHeader) field = &variant(table, *field, member);
      const bool done =
          inHeader ? encodeMember(*field, member, headerAt) : encodeValue(field->value, field->number, member, value);
      if (!done) return false;
    }
    return encodeFlattened(table, flattened, value);
  }

  // Rows of one name are the same thing's attributes by address family.
  const Field& variant(const Table& table, const Field& field, Handle given) {
    if (field.value.type != Type::kIpv4 || !text(given) || scratch_.find(':') == std::string::npos) return field;
    for (const auto& other : table.fields) {
      if (other.name == field.name && other.value.type == Type::kIpv6) return other;
    }
    return field;
  }

  bool encodeFlattened(const Table& table, const Positions& positions, Handle parent) {
    for (size_t i = 0; positions.any() && i < table.fields.size(); ++i) {
      if (positions.test(i) && !encodeFlattened(table.fields[i], parent)) return false;
    }
    return true;
  }

  // A nest or struct whose members stand in the parent's object.
  bool encodeFlattened(const Field& field, Handle parent) {
    const auto& value = field.value;
    if (value.isReadOnly) return true;
    if (value.type == Type::kStruct) {
      const size_t at = writer_.attribute(field.number, value.table->size);
      fillStruct(*value.table, at);
      bool any = false;
      if (!encodeStructMembers(*value.table, parent, at, any)) return false;
      if (!encodeTrailing(*value.table, parent, at, any)) return false;
      if (!any) writer_.cancel(at - NLA_HDRLEN);
      return true;
    }
    const size_t mark = writer_.begin(static_cast<uint16_t>(field.number | NLA_F_NESTED));
    Positions flattened;
    for (const auto& member : value.table->fields) {
      if (member.name.empty()) {
        if (member.value.table) flattened.set(static_cast<size_t>(&member - value.table->fields.data()));
        continue;
      }
      if (member.value.isReadOnly) continue;
      const Handle given = input_.property(parent, member.name);
      if (input_.threw()) return thrown();
      if (!isGiven(given)) continue;
      const Path path(*this, member.name);
      if (!encodeValue(member.value, member.number, given, parent)) return false;
    }
    if (!encodeFlattened(*value.table, flattened, parent)) return false;
    if (writer_.size() == mark + NLA_HDRLEN) {
      writer_.cancel(mark);
    } else {
      writer_.end(mark);
    }
    return true;
  }

  void fillStruct(const Table& table, size_t at) {
    for (const auto& member : table.fields) {
      if (member.value.type == Type::kStruct) fillStruct(*member.value.table, at + member.number);
      if (member.value.fallback) store(member.value.type, at + member.number, member.value.fallback);
    }
  }

  bool encodeStructMembers(const Table& table, Handle parent, size_t at, bool& any) {
    for (const auto& member : table.fields) {
      if (member.value.isReadOnly || member.value.isTrailing) continue;
      if (member.name.empty()) {
        if (member.value.type != Type::kStruct) continue;
        if (!encodeStructMembers(*member.value.table, parent, at + member.number, any)) return false;
        continue;
      }
      const Handle given = input_.property(parent, member.name);
      if (input_.threw()) return thrown();
      if (!isGiven(given)) continue;
      any = true;
      const Path path(*this, member.name);
      if (!encodeMember(member, given, at)) return false;
    }
    return true;
  }

  // What follows a struct, which is an attribute's payload or the beginning of one.
  bool encodeTrailing(const Table& table, Handle parent, size_t at, bool& any) {
    const Field* field = table.trailing();
    if (!field || field->value.isReadOnly) return true;
    const Handle given = input_.property(parent, field->name);
    if (input_.threw()) return thrown();
    if (!isGiven(given)) return true;
    any = true;
    const Path path(*this, field->name);
    const auto& value = field->value;
    const size_t before = writer_.size();
    size_t size = 0;
    if (value.type == Type::kBinary) {
      if (input_.kind(given) != Kind::kBytes) return wrongType("a Uint8Array", given);
      const auto bytes = input_.bytes(given);
      size = bytes.size();
      std::copy(bytes.begin(), bytes.end(), writer_.at(writer_.append(size)));
    } else if (value.type == Type::kStructs) {
      if (!encodeStructs(value, given)) return false;
      if (value.isCounted) {
        const uint32_t count = input_.length(given);
        if (count > UINT8_MAX) return fail(InputError::Code::kArgValue, describe() + " has more than 255 elements");
        writer_.put(at + value.lengthOffset, static_cast<uint8_t>(count));
      }
      size = writer_.size() - before;
    } else {
      if (!encodeSelectedTrailing(value, given, parent, size)) return false;
      if (size == 0) size = writer_.size() - before;
    }
    // The attribute began as long as the struct; what comes in parts is padded only at its end.
    const size_t length = before - at + size + NLA_HDRLEN;
    if (length > UINT16_MAX) return fail(InputError::Code::kOutOfRange, describe() + " is too large");
    writer_.put(at - NLA_HDRLEN, static_cast<uint16_t>(length));
    return true;
  }

  // Attributes, or a struct, without an attribute around them; `size` where that is not what was written.
  bool encodeSelectedTrailing(const ValueType& value, Handle given, Handle parent, size_t& size) {
    const Handle selector = input_.property(parent, value.selector);
    if (input_.threw()) return thrown();
    const bool isText = text(selector);
    const auto choice = std::find_if(value.choices.begin(), value.choices.end(),
                                     [&](const Choice& one) { return isText && one.name == scratch_; });
    if (choice == value.choices.end()) {
      if (input_.kind(given) != Kind::kBytes) return wrongType("a Uint8Array, as its kind is not known", given);
      const auto bytes = input_.bytes(given);
      size = bytes.size();
      std::copy(bytes.begin(), bytes.end(), writer_.at(writer_.append(size)));
      return true;
    }
    if (!choice->table->isStruct()) return encodeFields(*choice->table, nullptr, 0, given);
    const size_t mark = writer_.size();
    if (!encodeValue(structure(*choice->table), 0, given, parent)) return false;
    // The same without the attribute's header.
    const auto length = load<uint16_t>({writer_.at(mark), 2});
    size = length - NLA_HDRLEN;
    std::copy(writer_.at(mark + NLA_HDRLEN), writer_.at(writer_.size()), writer_.at(mark));
    writer_.cancel(writer_.size() - NLA_HDRLEN);
    return true;
  }

  // A member of a header or struct that begins at `base`.
  bool encodeMember(const Field& field, Handle given, size_t base) {
    const auto& value = field.value;
    const size_t at = base + field.number;
    if (value.isReadOnly) return true;
    if (value.isBit) {
      if (input_.kind(given) != Kind::kBoolean) return wrongType("a boolean", given);
      const bool set = input_.boolean(given) != value.isInverted;
      const auto word = load<uint32_t>({writer_.at(at), 4});
      const auto mask = load<uint32_t>({writer_.at(at + 4), 4});
      writer_.put(at, set ? word | value.bit : word & ~value.bit);
      writer_.put(at + 4, mask | value.bit);
      return true;
    }
    if (value.type == Type::kStruct) {
      if (input_.kind(given) != Kind::kObject) return wrongType("an object", given);
      if (!checkKeys(*value.table, given)) return false;
      bool any = false;
      return encodeStructMembers(*value.table, given, at, any);
    }
    return encodeScalar(value, given, at);
  }

  // A fixed-size value at `at`, where its bytes have been appended.
  bool encodeScalar(const ValueType& value, Handle given, size_t at) {
    switch (value.type) {
      case Type::kBool:
        if (input_.kind(given) != Kind::kBoolean) return wrongType("a boolean", given);
        writer_.put<uint8_t>(at, input_.boolean(given) ? 1 : 0);
        return true;
      case Type::kBool32:
        if (input_.kind(given) != Kind::kBoolean) return wrongType("a boolean", given);
        writer_.put<uint32_t>(at, input_.boolean(given) ? 1 : 0);
        return true;
      case Type::kLink:
        return encodeLink(given, at);
      case Type::kMac: {
        uint8_t mac[6];
        if (!text(given)) return wrongType("a string", given);
        if (!parseMac(scratch_, mac)) return badValue("a MAC address such as '02:00:00:00:00:01'", given);
        std::copy(mac, mac + 6, writer_.at(at));
        return true;
      }
      case Type::kIpv4:
      case Type::kIpv6: {
        IpAddress address;
        if (!encodeIp(given, address)) return false;
        if ((value.type == Type::kIpv4) != (address.size == 4)) {
          return badValue(value.type == Type::kIpv4 ? "an IPv4 address" : "an IPv6 address", given);
        }
        std::copy(address.bytes, address.bytes + address.size, writer_.at(at));
        return true;
      }
      case Type::kBinary: {
        if (input_.kind(given) != Kind::kBytes) return wrongType("a Uint8Array", given);
        const auto bytes = input_.bytes(given);
        if (bytes.size() > value.maxLength) return tooLong(value.maxLength, given);
        std::copy(bytes.begin(), bytes.end(), writer_.at(at));
        return true;
      }
      case Type::kString:
        if (!text(given)) return wrongType("a string", given);
        if (scratch_.size() > value.maxLength) return tooLong(value.maxLength, given);
        std::copy(scratch_.begin(), scratch_.end(), writer_.at(at));
        return true;
      case Type::kArray:
        return checkArray(value, given) && encodeArray(value, given, at);
      case Type::kHandle:
        return encodeHandle(value, given, at);
      default: {
        uint64_t bits = 0;
        if (!encodeInteger(value, given, bits)) return false;
        if (value.bitCount) {
          if (bits >> value.bitCount) return outOfRange(value, given, "of " + std::to_string(value.bitCount) + " bits");
          bits = bits << value.bitShift | loadInteger(value.type, at);
        }
        store(value.type, at, bits);
        return true;
      }
    }
  }

  uint64_t loadInteger(Type type, size_t at) {
    return sizeOf(type) == 1 ? *writer_.at(at) : load<uint16_t>({writer_.at(at), 2});
  }

  void store(Type type, size_t at, uint64_t bits) {
    switch (type) {
      case Type::kBe16:
        return writer_.put(at, __builtin_bswap16(static_cast<uint16_t>(bits)));
      case Type::kBe32:
      case Type::kSBe32:
        return writer_.put(at, __builtin_bswap32(static_cast<uint32_t>(bits)));
      case Type::kBe64:
        return writer_.put(at, __builtin_bswap64(bits));
      default:
        break;
    }
    switch (sizeOf(type)) {
      case 1:
        return writer_.put(at, static_cast<uint8_t>(bits));
      case 2:
        return writer_.put(at, static_cast<uint16_t>(bits));
      case 8:
        return writer_.put(at, bits);
      default:
        return writer_.put(at, static_cast<uint32_t>(bits));
    }
  }

  bool checkArray(const ValueType& value, Handle given) {
    if (input_.kind(given) != Kind::kArray) return wrongType("an array", given);
    const size_t most = value.maxLength / sizeOf(value.element->type);
    if (input_.length(given) <= most) return true;
    return fail(InputError::Code::kArgValue,
                describe() + " must have at most " + std::to_string(most) + " elements" + received(given));
  }

  // Integers one after the other at `at`, where there is room for them.
  bool encodeArray(const ValueType& value, Handle given, size_t at) {
    const size_t size = sizeOf(value.element->type);
    for (uint32_t i = 0, count = input_.length(given); i < count; ++i) {
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      const Path path(*this, i);
      if (!encodeScalar(*value.element, element, at + i * size)) return false;
    }
    return true;
  }

  bool encodeHandle(const ValueType& value, Handle given, size_t at) {
    uint32_t handle = 0;
    if (text(given)) {
      const auto name = std::find_if(value.names.begin(), value.names.end(),
                                     [&](const Name& candidate) { return candidate.name == scratch_; });
      if (name != value.names.end()) {
        handle = static_cast<uint32_t>(name->value);
      } else if (!parseHandle(scratch_, value.isMajor, handle)) {
        std::string expected = value.isMajor ? "a qdisc's handle such as '1:'" : "a handle such as '1:10' (hex)";
        for (const auto& candidate : value.names) expected += ", '" + std::string(candidate.name) + "'";
        return badValue(expected, given);
      }
    } else {
      if (input_.kind(given) != Kind::kNumber) return wrongType("a handle (string)", given);
      uint64_t bits = 0;
      if (!encodeInteger(u32(), given, bits)) return false;
      handle = static_cast<uint32_t>(bits);
    }
    writer_.put(at, handle);
    return true;
  }

  // An element of the caller's array for each attribute.
  bool encodeRepeated(const ValueType& value, uint16_t number, Handle given) {
    if (input_.kind(given) != Kind::kArray) return wrongType("an array", given);
    ValueType single = value;
    single.isRepeated = false;
    for (uint32_t i = 0, count = input_.length(given); i < count; ++i) {
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      const Path path(*this, i);
      if (!encodeValue(single, number, element, given)) return false;
    }
    return true;
  }

  bool encodeValue(const ValueType& value, uint16_t number, Handle given, Handle parent) {
    if (value.isRepeated) return encodeRepeated(value, number, given);
    if (value.isEmptiable && input_.kind(given) == Kind::kBoolean && input_.boolean(given)) {
      writer_.attribute(number, 0);
      return true;
    }
    if (value.maskNumber) {
      if (value.isFlags && input_.kind(given) == Kind::kArray) return encodeSignedFlags(value, number, given);
      if (text(given) && scratch_.find('/') != std::string::npos) return encodeMasked(value, number, given);
    }
    const auto nest = static_cast<uint16_t>(number | NLA_F_NESTED);
    switch (value.type) {
      case Type::kPad:
        return true;
      case Type::kFlag:
        if (input_.kind(given) != Kind::kBoolean) return wrongType("a boolean", given);
        if (input_.boolean(given)) writer_.attribute(number, 0);
        return true;
      case Type::kString:
        return encodeString(value, number, given);
      case Type::kMac:
        return encodeScalar(value, given, writer_.attribute(number, 6));
      case Type::kIpv4:
        return value.isOfFamily ? encodeOfFamily(number, 4, given)
                                : encodeScalar(value, given, writer_.attribute(number, 4));
      case Type::kIpv6:
        return value.isOfFamily ? encodeOfFamily(number, 16, given)
                                : encodeScalar(value, given, writer_.attribute(number, 16));
      case Type::kIp: {
        IpAddress address;
        if (!encodeIp(given, address) || !agreeOnFamily(address, given)) return false;
        writer_.attribute(number, std::span<const uint8_t>(address.bytes, address.size));
        return true;
      }
      case Type::kPrefix:
        return encodePrefix(value, number, given);
      case Type::kVia: {
        IpAddress address;
        if (!encodeIp(given, address)) return false;
        const size_t at = writer_.attribute(number, size_t{2} + address.size);
        writer_.put(at, static_cast<uint16_t>(address.family()));
        std::copy(address.bytes, address.bytes + address.size, writer_.at(at + 2));
        return true;
      }
      case Type::kNetns: {
        Fixup fixup;
        fixup.field = path_;
        std::string reason;
        if (!input_.netns(given, fixup.open, reason)) {
          if (input_.threw()) return thrown();
          return fail(InputError::Code::kArgType, describe() + " must be " + reason + received(given));
        }
        fixup.offset = static_cast<uint32_t>(writer_.attribute(number, 4) - start_);
        fixups_.push_back(std::move(fixup));
        return true;
      }
      case Type::kProgram:
        return encodeProgram(number, given);
      case Type::kNested: {
        const size_t mark = writer_.begin(nest);
        if (!encodeFields(*value.table, nullptr, 0, given)) return false;
        writer_.end(mark);
        return true;
      }
      case Type::kSelected:
        return encodeSelected(value, number, given, parent);
      case Type::kList: {
        if (input_.kind(given) != Kind::kArray) return wrongType("an array", given);
        const size_t mark = writer_.begin(nest);
        const uint32_t count = input_.length(given);
        for (uint32_t i = 0; i < count; ++i) {
          const Handle element = input_.element(given, i);
          if (input_.threw()) return thrown();
          const Path path(*this, i);
          const uint16_t elementNumber = value.elementNumber ? value.elementNumber : static_cast<uint16_t>(i + 1);
          if (!encodeValue(*value.element, elementNumber, element, given)) return false;
        }
        writer_.end(mark);
        return true;
      }
      case Type::kRecords:
        return encodeRecords(value, number, given);
      case Type::kObject: {
        const size_t mark = writer_.begin(number);
        if (!encodeObject(*value.object, given)) return false;
        writer_.end(mark);
        return true;
      }
      case Type::kStruct: {
        if (input_.kind(given) != Kind::kObject) return wrongType("an object", given);
        const size_t at = writer_.attribute(number, value.table->size);
        fillStruct(*value.table, at);
        if (!checkKeys(*value.table, given)) return false;
        bool any = false;
        return encodeStructMembers(*value.table, given, at, any) && encodeTrailing(*value.table, given, at, any);
      }
      case Type::kStructs: {
        const size_t mark = writer_.begin(number);
        if (!encodeStructs(value, given)) return false;
        writer_.end(mark);
        return true;
      }
      case Type::kArray:
        if (!checkArray(value, given)) return false;
        return encodeArray(value, given, writer_.attribute(number, input_.length(given) * sizeOf(value.element->type)));
      case Type::kBitfield32: {
        uint64_t bits = 0;
        if (!encodeInteger(value, given, bits)) return false;
        const size_t at = writer_.attribute(number, 8);
        uint32_t selector = 0;
        for (const auto& name : value.names) selector |= static_cast<uint32_t>(name.value);
        writer_.put(at, static_cast<uint32_t>(bits));
        writer_.put(at + 4, selector | static_cast<uint32_t>(bits));
        return true;
      }
      case Type::kBinary: {
        if (input_.kind(given) != Kind::kBytes) return wrongType("a Uint8Array", given);
        const auto bytes = input_.bytes(given);
        if (bytes.size() > value.maxLength) return tooLong(value.maxLength, given);
        writer_.attribute(number, bytes);
        return true;
      }
      default:
        return encodeScalar(value, given, writer_.attribute(number, sizeOf(value.type)));
    }
  }

  bool encodeStructs(const ValueType& value, Handle given) {
    if (input_.kind(given) != Kind::kArray) return wrongType("an array", given);
    for (uint32_t i = 0, count = input_.length(given); i < count; ++i) {
      const Path path(*this, i);
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      if (input_.kind(element) != Kind::kObject) return wrongType("an object", element);
      if (!checkKeys(*value.table, element)) return false;
      const size_t at = writer_.append(value.table->size);
      fillStruct(*value.table, at);
      bool any = false;
      if (!encodeStructMembers(*value.table, element, at, any)) return false;
    }
    return true;
  }

  // 'value/mask' into two attributes; without a mask only the first is written, and the kernel compares all bits.
  bool encodeMasked(const ValueType& value, uint16_t number, Handle given) {
    const std::string whole = scratch_;
    const auto slash = whole.find('/');
    const auto left = std::string_view(whole).substr(0, slash);
    const auto right = std::string_view(whole).substr(slash + 1);
    switch (value.type) {
      case Type::kMac: {
        uint8_t mac[6];
        uint8_t mask[6];
        if (!parseMac(left, mac) || !parseMac(right, mask))
          return badValue("a MAC address, or two as 'address/mask'", given);
        writer_.attribute(number, mac);
        writer_.attribute(value.maskNumber, mask);
        return true;
      }
      case Type::kIpv4:
      case Type::kIpv6: {
        IpAddress address;
        IpAddress mask;
        const uint8_t size = value.type == Type::kIpv4 ? 4 : 16;
        uint32_t length = 0;
        bool isRight = parseIp(left, address) && address.size == size;
        if (isRight && parseDecimal(right, address.bits(), length)) {
          mask.size = size;
          for (uint32_t i = 0; i < size; ++i) {
            const uint32_t here = std::min<uint32_t>(length, 8);
            mask.bytes[i] = static_cast<uint8_t>(0xff00U >> here);
            length -= here;
          }
        } else {
          isRight = isRight && parseIp(right, mask) && mask.size == size;
        }
        if (!isRight) return badValue("an address, or a prefix such as '192.0.2.0/24'", given);
        writer_.attribute(number, std::span<const uint8_t>(address.bytes, size));
        writer_.attribute(value.maskNumber, std::span<const uint8_t>(mask.bytes, size));
        return true;
      }
      default: {
        uint64_t bits = 0;
        uint64_t mask = 0;
        const uint64_t high = value.max == INT64_MAX ? boundsOf(value.type).high : static_cast<uint64_t>(value.max);
        if (!parseNumber(value, left, bits) || bits > high || !parseNumber(value, right, mask) ||
            mask > boundsOf(value.type).high) {
          return badValue("a number, or two as '0x10/0xf0'", given);
        }
        store(value.type, writer_.attribute(number, sizeOf(value.type)), bits);
        store(value.type, writer_.attribute(value.maskNumber, sizeOf(value.type)), mask);
        return true;
      }
    }
  }

  static bool parseNumber(const ValueType& value, std::string_view digits, uint64_t& number) {
    for (const auto& name : value.names) {
      if (name.name == digits) {
        number = name.value;
        return true;
      }
    }
    const bool isHex = digits.starts_with("0x");
    if (isHex) digits.remove_prefix(2);
    const char* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, number, isHex ? 16 : 10);
    return !digits.empty() && parsed.ec == std::errc() && parsed.ptr == end;
  }

  // Flags that must be set ('+a') and that must not be ('-b'), into a value and a mask.
  bool encodeSignedFlags(const ValueType& value, uint16_t number, Handle given) {
    uint64_t bits = 0;
    uint64_t mask = 0;
    for (uint32_t i = 0, count = input_.length(given); i < count; ++i) {
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      const Path path(*this, i);
      if (!text(element)) return wrongType("a string", element);
      const bool isSigned = scratch_.starts_with('+') || scratch_.starts_with('-');
      const auto wanted = std::string_view(scratch_).substr(isSigned ? 1 : 0);
      uint64_t bit = 0;
      if (!parseNumber(value, wanted, bit) || bit > boundsOf(value.type).high) {
        std::string names;
        for (const auto& name : value.names) names += (names.empty() ? "'+" : ", '+") + std::string(name.name) + "'";
        return badValue("one of " + names + ", or the same with '-'", element);
      }
      mask |= bit;
      if (!scratch_.starts_with('-')) bits |= bit;
    }
    store(value.type, writer_.attribute(number, sizeOf(value.type)), bits);
    store(value.type, writer_.attribute(value.maskNumber, sizeOf(value.type)), mask);
    return true;
  }

  bool encodeSelected(const ValueType& value, uint16_t number, Handle given, Handle parent) {
    std::string selected(value.selectorDefault);
    const Handle selector = input_.property(parent, value.selector);
    if (input_.threw()) return thrown();
    if (isGiven(selector)) {
      if (!text(selector)) return wrongType("a string", selector);
      selected = scratch_;
    }
    if (selected.empty()) {
      return fail(InputError::Code::kArgValue,
                  describe() + " cannot be understood without \"" + std::string(value.selector) + "\"");
    }
    const auto choice = std::find_if(value.choices.begin(), value.choices.end(),
                                     [&](const Choice& candidate) { return candidate.name == selected; });
    if (choice != value.choices.end() && choice->object)
      return encodeValue(object(*choice->object), number, given, parent);
    if (choice != value.choices.end() && choice->table && choice->table->size) {
      return encodeValue(structure(*choice->table), number, given, parent);
    }
    const size_t mark = writer_.begin(static_cast<uint16_t>(number | NLA_F_NESTED));
    if (choice != value.choices.end() && choice->table) {
      if (!encodeFields(*choice->table, nullptr, 0, given)) return false;
    } else if (!encodeUnknown(selected, given)) {
      return false;
    }
    writer_.end(mark);
    return true;
  }

  // A kind without a table: its attributes by number and bytes, as the decoder shows them.
  bool encodeUnknown(const std::string& selected, Handle given) {
    if (input_.kind(given) != Kind::kObject) return wrongType("an object", given);
    const Handle list = input_.property(given, "unknown");
    if (input_.threw()) return thrown();
    if (input_.kind(list) != Kind::kArray) {
      return fail(InputError::Code::kArgValue,
                  describe() + " of kind '" + selected + "' is not known here: give { unknown: [{ type, data }] }");
    }
    const Path outer(*this, "unknown");
    const uint32_t count = input_.length(list);
    for (uint32_t i = 0; i < count; ++i) {
      const Path path(*this, i);
      const Handle element = input_.element(list, i);
      if (input_.kind(element) != Kind::kObject) return wrongType("an object", element);
      const Handle type = input_.property(element, "type");
      const Handle data = input_.property(element, "data");
      if (input_.threw()) return thrown();
      uint64_t number = 0;
      if (!encodeInteger(u16().range(0, 0x3fff), type, number)) return false;
      if (input_.kind(data) != Kind::kBytes) return wrongType("a Uint8Array", data);
      writer_.attribute(static_cast<uint16_t>(number), input_.bytes(data));
    }
    return true;
  }

  bool encodeRecords(const ValueType& value, uint16_t number, Handle given) {
    if (input_.kind(given) != Kind::kArray) return wrongType("an array", given);
    const size_t mark = writer_.begin(number);
    const uint32_t count = input_.length(given);
    for (uint32_t i = 0; i < count; ++i) {
      const Path path(*this, i);
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      const size_t record = writer_.append(value.object->header.size);
      fillStruct(value.object->header, record);
      if (!encodeFields(value.object->attributes, &value.object->header, record, element)) return false;
      const size_t length = writer_.size() - record;
      if (length > UINT16_MAX) return fail(InputError::Code::kOutOfRange, describe() + " is too large");
      writer_.put(record, static_cast<uint16_t>(length));
    }
    writer_.end(mark);
    return true;
  }

  bool encodeProgram(uint16_t number, Handle given) {
    if (input_.kind(given) != Kind::kObject) return wrongType("a BPF program: { fd } or { path }", given);
    if (!checkKeys(kProgram, given)) return false;
    const Handle path = input_.property(given, "path");
    const Handle fd = input_.property(given, "fd");
    if (input_.threw()) return thrown();
    if (isGiven(path) == isGiven(fd)) return badValue("a BPF program: either { fd } or { path }", given);
    const size_t at = writer_.attribute(number, 4);
    if (isGiven(fd)) {
      const Path inner(*this, "fd");
      uint64_t bits = 0;
      if (!encodeInteger(u32().range(0, INT32_MAX), fd, bits)) return false;
      writer_.put(at, static_cast<uint32_t>(bits));
      return true;
    }
    const Path inner(*this, "path");
    if (!text(path)) return wrongType("a string", path);
    if (scratch_.empty() || scratch_.find('\0') != std::string::npos) return badValue("a path", path);
    Fixup fixup;
    fixup.field = path_;
    fixup.offset = static_cast<uint32_t>(at - start_);
    fixup.open = [name = scratch_] { return openPinned(name); };
    fixups_.push_back(std::move(fixup));
    return true;
  }

  bool encodeLink(Handle given, size_t at) {
    if (input_.kind(given) == Kind::kString) {
      text(given);
      if (!isLinkName(scratch_, 127)) return badValue("the name or the index of a link", given);
      fixups_.push_back(
          {.offset = static_cast<uint32_t>(at - start_), .field = path_, .linkName = scratch_, .open = nullptr});
      return true;
    }
    if (input_.kind(given) == Kind::kNull) return true;  // no link: index 0
    if (input_.kind(given) != Kind::kNumber) return wrongType("the name (string) or index (number) of a link", given);
    uint64_t bits = 0;
    if (!encodeInteger(u32().range(0, INT32_MAX), given, bits)) return false;
    writer_.put(at, static_cast<uint32_t>(bits));
    return true;
  }

  static bool isLinkName(std::string_view name, size_t maxLength) {
    return !name.empty() && name.size() <= maxLength && name != "." && name != ".." &&
           std::none_of(name.begin(), name.end(), [](unsigned char c) {
             return c == '/' || c == ':' || c == '\0' || c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
           });
  }

  bool encodeString(const ValueType& value, uint16_t number, Handle given) {
    if (!text(given)) return wrongType("a string", given);
    if (value.isLinkName && !isLinkName(scratch_, value.maxLength)) {
      return badValue("a link's name: 1 to " + std::to_string(value.maxLength) +
                          " bytes without '/', ':' and white space, and neither '.' nor '..'",
                      given);
    }
    if (scratch_.size() > value.maxLength) return tooLong(value.maxLength, given);
    if (scratch_.find('\0') != std::string::npos) return badValue("a string without NUL", given);
    const size_t at = writer_.attribute(number, scratch_.size() + 1);
    std::copy(scratch_.begin(), scratch_.end(), writer_.at(at));
    return true;
  }

  bool encodeIp(Handle given, IpAddress& address) {
    if (!text(given)) return wrongType("a string", given);
    if (!parseIp(scratch_, address)) return badValue("an IPv4 or IPv6 address", given);
    return true;
  }

  bool encodePrefix(const ValueType& value, uint16_t number, Handle given) {
    if (!text(given)) return wrongType("a string", given);
    const size_t lengthAt = header_ + value.lengthOffset;
    if (value.isDefaultable && scratch_ == "default") {
      writer_.put<uint8_t>(lengthAt, 0);
      return true;
    }
    IpAddress address;
    const auto slash = scratch_.find('/');
    uint32_t length = 0;
    const bool parsed = parseIp(std::string_view(scratch_).substr(0, slash), address);
    if (slash == std::string::npos) {
      length = address.bits();
    } else if (parsed && !parseDecimal(std::string_view(scratch_).substr(slash + 1), address.bits(), length)) {
      return badValue("a prefix of at most /" + std::to_string(address.bits()), given);
    }
    if (!parsed) return badValue("an address such as '192.0.2.0/24' or '2001:db8::/64'", given);
    if (!agreeOnFamily(address, given)) return false;
    writer_.put(lengthAt, static_cast<uint8_t>(length));
    writer_.attribute(number, std::span<const uint8_t>(address.bytes, address.size));
    return true;
  }

  // All addresses of a message are of one family, which its header names.
  // An address of the other family is the namesake's to write.
  bool encodeOfFamily(uint16_t number, size_t size, Handle given) {
    IpAddress address;
    if (!encodeIp(given, address)) return false;
    if (address.size != size) return true;
    if (!agreeOnFamily(address, given)) return false;
    writer_.attribute(number, std::span<const uint8_t>(address.bytes, address.size));
    return true;
  }
  bool agreeOnFamily(const IpAddress& address, Handle given) {
    if (!familyAt_) return true;
    const uint8_t family = *writer_.at(*familyAt_);
    if (family == AF_UNSPEC) {
      writer_.put<uint8_t>(*familyAt_, address.family());
      return true;
    }
    if (family == address.family() || (family != AF_INET && family != AF_INET6)) return true;
    return badValue(family == AF_INET ? "an IPv4 address, as the others here" : "an IPv6 address, as the others here",
                    given);
  }

  bool encodeInteger(const ValueType& value, Handle given, uint64_t& bits) {
    const auto kind = input_.kind(given);
    if (value.isFlags && kind == Kind::kArray) {
      if (!encodeFlagNames(value, given, bits)) return false;
      bits &= ~value.readOnlyBits;
      return true;
    }
    if (!value.names.empty() && !value.isFlags && kind == Kind::kString) {
      text(given);
      for (const auto& name : value.names) {
        if (name.name == scratch_) {
          bits = name.value;
          return true;
        }
      }
      for (const auto& name : value.numberedNames) {
        if (!scratch_.starts_with(name.name) || scratch_.size() < name.name.size() + 2) continue;
        uint32_t number = 0;
        const auto digits = std::string_view(scratch_).substr(name.name.size() + 1);
        if (scratch_[name.name.size()] == ' ' && parseDecimal(digits, (1U << value.numberBits) - 1, number)) {
          bits = name.value | number;
          return true;
        }
      }
      std::string names;
      for (const auto& name : value.names) {
        names += (names.empty() ? "'" : ", '") + std::string(name.name) + "'";
      }
      for (const auto& name : value.numberedNames) names += ", '" + std::string(name.name) + " N'";
      return badValue("one of " + names + " (or a number)", given);
    }
    if (value.unit != Unit::kNone && (kind == Kind::kString || kind == Kind::kNumber)) {
      return encodeQuantity(value, given, bits);
    }
    Integer integer;
    if (kind == Kind::kBigint) {
      if (!input_.bigint(given, integer.magnitude, integer.negative)) return outOfRange(value, given);
      if (integer.magnitude > UINT64_MAX / value.divisor) return outOfRange(value, given);
      integer.magnitude *= value.divisor;
    } else if (kind == Kind::kNumber) {
      // A kernel's unit that is finer than the caller's leaves fractions.
      const double number = input_.number(given) * value.divisor;
      if (value.isInfinite && number == HUGE_VAL) {
        bits = boundsOf(value.type).high;
        return true;
      }
      if (std::isnan(number) || std::isinf(number)) return outOfRange(value, given);
      if (number != std::trunc(number)) {
        return outOfRange(value, given,
                          value.divisor == 1 ? "a whole number" : "a multiple of 1/" + std::to_string(value.divisor));
      }
      if (std::fabs(number) > 9007199254740991.0) return outOfRange(value, given, "a safe integer, or a bigint");
      integer.negative = number < 0;
      integer.magnitude = static_cast<uint64_t>(std::fabs(number));
    } else {
      return wrongType(value.isFlags         ? "an array of flag names"
                       : value.names.empty() ? "a number"
                                             : "a string or a number",
                       given);
    }
    if (value.min != INT64_MIN || value.max != INT64_MAX) {
      if (!integer.between(value.min, static_cast<uint64_t>(value.max))) return outOfRange(value, given);
    }
    if (integer.magnitude % value.multiplier != 0) {
      return outOfRange(value, given, "a multiple of " + std::to_string(value.multiplier));
    }
    integer.magnitude /= value.multiplier;
    if (value.bias && (integer.negative || integer.magnitude < value.bias)) return outOfRange(value, given);
    integer.magnitude -= value.bias;
    const auto bounds = boundsOf(value.type);
    if (!integer.between(bounds.low, bounds.high)) return outOfRange(value, given);
    bits = integer.bits();
    return true;
  }

  // A rate, size or time. Of strings the fraction is cut off, as tc does it; times given as numbers are rounded, as
  // they are quotients often.
  bool encodeQuantity(const ValueType& value, Handle given, uint64_t& bits) {
    double amount = 0;
    if (text(given)) {
      if (!parseQuantity(value.unit, scratch_, value.divisor, amount)) {
        return badValue(value.unit == Unit::kRate   ? "bits per second, or a rate such as '10mbit'"
                        : value.unit == Unit::kSize ? "bytes, or a size such as '32kb'"
                                                    : "milliseconds, or a time such as '25ms'",
                        given);
      }
      amount = std::trunc(amount);
    } else {
      const double number = input_.number(given);
      if (value.isInfinite && number == HUGE_VAL) {
        bits = boundsOf(value.type).high;
        return true;
      }
      if (value.unit == Unit::kSize && number != std::trunc(number)) return outOfRange(value, given, "a whole number");
      // Before it becomes nothing by rounding.
      if (number < 0 && boundsOf(value.type).low >= 0) return outOfRange(value, given);
      amount = value.unit == Unit::kRate   ? std::trunc(number / value.multiplier)
               : value.unit == Unit::kSize ? number
                                           : std::round(number * value.divisor);
    }
    const auto bounds = boundsOf(value.type);
    const auto low = static_cast<double>(std::max(bounds.low, value.min));
    if (!(amount >= low) || amount >= 0x1p64 || amount > static_cast<double>(bounds.high))
      return outOfRange(value, given);
    if (value.max != INT64_MAX && amount > static_cast<double>(value.max)) return outOfRange(value, given);
    bits = amount < 0 ? static_cast<uint64_t>(static_cast<int64_t>(amount)) : static_cast<uint64_t>(amount);
    return true;
  }

  bool encodeFlagNames(const ValueType& value, Handle given, uint64_t& bits) {
    const uint32_t count = input_.length(given);
    bits = 0;
    for (uint32_t i = 0; i < count; ++i) {
      const Handle element = input_.element(given, i);
      if (input_.threw()) return thrown();
      const Path path(*this, i);
      if (!text(element)) return wrongType("a string", element);
      const auto name = std::find_if(value.names.begin(), value.names.end(),
                                     [&](const Name& candidate) { return candidate.name == scratch_; });
      if (name != value.names.end()) {
        bits |= name->value;
        continue;
      }
      // Bits that have no name are shown, and may be given, in hex.
      uint64_t other = 0;
      const char* end = scratch_.data() + scratch_.size();
      const bool isHex = scratch_.size() > 2 && scratch_.starts_with("0x");
      const auto parsed = std::from_chars(scratch_.data() + (isHex ? 2 : 0), end, other, 16);
      if (!isHex || parsed.ptr != end || parsed.ec != std::errc() || other > boundsOf(value.type).high) {
        std::string names;
        for (const auto& candidate : value.names) {
          names += (names.empty() ? "'" : ", '") + std::string(candidate.name) + "'";
        }
        return badValue("one of " + names, element);
      }
      bits |= other;
    }
    return true;
  }

  bool checkKeys(const Table& table, Handle given) {
    const Handle keys = input_.keys(given);
    if (input_.threw()) return thrown();
    std::string key;
    for (uint32_t i = 0, count = input_.length(keys); i < count; ++i) {
      const Handle keyHandle = input_.element(keys, i);
      input_.string(keyHandle, key);
      if (!find(table, key) && !refuse(key, keyHandle, given)) return false;
    }
    return true;
  }

  bool text(Handle given) {
    if (input_.kind(given) != Kind::kString) return false;
    input_.string(given, scratch_);
    return true;
  }

  // Errors, each a whole sentence in Node's own words.

  std::string describe() const { return path_.empty() ? "The argument" : "The \"" + path_ + "\" field"; }
  std::string received(Handle given) { return ". Received " + input_.show(given); }

  bool fail(InputError::Code code, std::string message) {
    error_ = InputError{code, path_, std::move(message)};
    return false;
  }
  bool thrown() { return fail(InputError::Code::kThrown, {}); }
  bool wrongType(const std::string& expected, Handle given) {
    return fail(InputError::Code::kArgType, describe() + " must be " + expected + received(given));
  }
  bool badValue(const std::string& expected, Handle given) {
    return fail(InputError::Code::kArgValue, describe() + " must be " + expected + received(given));
  }
  bool tooLong(uint32_t maxLength, Handle given) {
    return fail(InputError::Code::kArgValue,
                describe() + " must be at most " + std::to_string(maxLength) + " bytes long" + received(given));
  }
  bool outOfRange(const ValueType& value, Handle given, std::string expected = {}) {
    if (expected.empty()) {
      const auto bounds = boundsOf(value.type);
      const auto low = std::max(bounds.low, value.min);
      const auto high = value.max == INT64_MAX ? bounds.high : std::min(bounds.high, static_cast<uint64_t>(value.max));
      expected = ">= " + std::to_string(low + value.bias) + " and <= " + std::to_string(high + value.bias);
      if (value.multiplier != 1 || value.divisor != 1) {
        const uint64_t limit =
            value.max == INT64_MAX ? bounds.high / value.divisor * value.multiplier : static_cast<uint64_t>(value.max);
        expected = ">= " + std::to_string(low) + " and <= " + std::to_string(limit);
      }
    }
    return fail(InputError::Code::kOutOfRange,
                "The value of the \"" + path_ + "\" field is out of range. It must be " + expected + received(given));
  }
  bool refuse(const std::string& key, Handle keyHandle, Handle value) {
    const Path path(*this, key);
    const Handle given = input_.property(value, keyHandle);
    if (input_.threw()) return thrown();
    if (!isGiven(given)) return true;
    return fail(InputError::Code::kArgValue, "The \"" + path_ + "\" field is not known" + received(given));
  }

  /// Extends the path of the current field for as long as it lives.
  class Path {
   public:
    Path(Encoder& encoder, std::string_view name) : path_(encoder.path_), length_(path_.size()) {
      if (!path_.empty()) path_ += '.';
      path_ += name;
    }
    Path(Encoder& encoder, uint32_t index) : path_(encoder.path_), length_(path_.size()) {
      path_ += '[' + std::to_string(index) + ']';
    }
    ~Path() { path_.resize(length_); }
    Path(const Path&) = delete;
    Path& operator=(const Path&) = delete;

   private:
    std::string& path_;
    size_t length_;
  };

  // Objects in objects, such as the peer of a veth: an object that holds itself must end somewhere.
  static constexpr int kMaxDepth = 16;
  static constexpr Field kProgramFields[] = {{0, "fd", "fd", u32(), ""}, {0, "pathname", "path", string(255), ""}};
  static constexpr Table kProgram{"BpfProgram", "", kProgramFields};
  static constexpr Field kIgnored{0, "", "ignored", ValueType{.isReadOnly = true}, ""};

  Input& input_;
  Writer& writer_;
  const size_t start_;
  std::vector<Fixup>& fixups_;
  std::optional<InputError> error_;
  std::optional<size_t> familyAt_;
  size_t header_ = 0;
  int depth_ = 0;
  std::string path_;
  std::string scratch_;
};

}  // namespace

std::optional<InputError> encode(const Object& object, Input& input, Handle value, Writer& writer, size_t start,
                                 std::vector<Fixup>& fixups) {
  return Encoder(input, writer, start, fixups).run(object, value);
}

}  // namespace netplumb
