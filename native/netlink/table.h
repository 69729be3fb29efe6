// Attribute tables: the one declaration of every netlink object.
//
// A Table lists the fields of a netlink attribute nest or of a fixed C struct. From it come the encoder, the decoder,
// the attribute names in kernel errors, the debug print and (through reflection) the TypeScript types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace netplumb {

struct Table;
struct Object;

/// How the bytes of a value are laid out, and which kind of caller's value they stand for.
enum class Type : uint8_t {
  kPad,         ///< alignment only; never shown
  kU8,          ///< number
  kU16,         ///< number
  kU32,         ///< number
  kU64,         ///< bigint
  kS8,          ///< number
  kS16,         ///< number
  kS32,         ///< number
  kS64,         ///< bigint
  kBe16,        ///< number, big endian on the wire
  kBe32,        ///< number, big endian on the wire
  kBe64,        ///< bigint, big endian on the wire
  kSBe32,       ///< signed number, big endian on the wire
  kBool,        ///< boolean in a u8
  kBool32,      ///< boolean in a u32
  kFlag,        ///< boolean: the attribute is there (no payload) or not
  kString,      ///< NUL-terminated text of at most maxLength bytes
  kMac,         ///< link-layer address as colon-separated hex; written only with 6 bytes
  kIp,          ///< IPv4 or IPv6 address, told apart by length; sets the family of the message
  kIpv4,        ///< IPv4 address
  kIpv6,        ///< IPv6 address
  kPrefix,      ///< 'address/length'; the length is the u8 of the header at lengthOffset
  kVia,         ///< address with its own family in front (struct rtvia)
  kLink,        ///< u32 ifindex; the caller may give a name, the decoder shows the name
  kNetns,       ///< u32 file descriptor of a namespace; written only
  kNested,      ///< attributes of `table`
  kSelected,    ///< attributes of one of `choices`, selected by the value of the field named `selector`
  kList,        ///< nest whose members are elements of type *element, each numbered elementNumber (0: 1, 2, 3...)
  kRecords,     ///< array of records: struct `object->header` whose first u16 is its length, then `object->attributes`
  kObject,      ///< a whole message's payload: `object->header`, then `object->attributes`
  kStruct,      ///< fixed C struct; `table` gives the members, Field::number being their byte offset
  kStructs,     ///< array of fixed C structs, one after the other; `table` as for kStruct
  kBitfield32,  ///< struct nla_bitfield32 { value, selector } with flag names
  kBinary,      ///< bytes
  kArray,       ///< array of fixed-size integers of type *element; in a struct it takes maxLength bytes
  kProgram,     ///< u32 file descriptor of a BPF program: { fd } or { path } of a pinned one; written only
  kHandle,      ///< u32 name of a traffic control object, '1:10': major and minor number in hex
};

/// What a number measures. Such fields take tc's strings ('10mbit', '32kb', '25ms') beside numbers.
enum class Unit : uint8_t {
  kNone,
  kRate,  ///< caller's: bit/s; kernel's: bytes/s
  kSize,  ///< bytes
  kTime,  ///< caller's: ms; kernel's: 1/divisor ms
};

/// A value of an enumeration, or a bit of a flags word, with its name.
struct Name {
  uint64_t value;
  std::string_view name;
};

/// What a kind's options are: attributes, a struct (a table with a size), or a struct with attributes after it.
struct Choice {
  std::string_view name;
  const Table* table;
  const Object* object = nullptr;
};

/// The type of one field, with its bounds. Built by the functions below; the methods return changed copies. What the
/// decoder looks at comes first, to lie together.
struct ValueType {
  Type type = Type::kBinary;
  bool isFlags = false;  ///< `names` are bits
  bool isReadOnly =
      false;  ///< told by the kernel; accepted from a caller (so that what was read can be given back), not sent
  bool isWriteOnly = false;  ///< asked of the kernel; never decoded
  bool isOnRequest = false;  ///< told in detailed answers only
  bool isInfinite = false;   ///< the largest value is shown as Infinity
  bool isInverted = false;   ///< for kBit: a set bit means false
  bool isBit = false;  ///< boolean: bit `bit` of the u32 at the field's offset (and of the change mask 4 bytes on)
  bool isDefaultable = false;  ///< kPrefix: a zero length is shown as 'default'
  bool isOfFamily = false;     ///< kIpv4, kIpv6: a field of the same name takes the addresses of the other family
  bool isLinkName = false;     ///< kString: must be what the kernel takes as a device's name
  bool isMajor = false;        ///< kHandle: a qdisc's, whose minor number is 0
  bool isRepeated = false;     ///< each element of the caller's array is an attribute of its own, beside the others
  bool isTrailing = false;     ///< of a struct: what follows it, to the attribute's end
  bool isCounted = false;      ///< kStructs, trailing: the u8 at lengthOffset of the struct has their number
  bool isEmptiable = false;    ///< true to the caller where the attribute is there without a value
  Unit unit = Unit::kNone;
  uint8_t numberBits = 0;
  uint8_t bitShift = 0;        ///< of a struct's member that shares its integer with others
  uint8_t bitCount = 0;        ///< likewise; 0: the whole integer
  uint16_t maskNumber = 0;     ///< sibling attribute with the bits that count; the caller writes 'value/mask'
  uint16_t foreignNumber = 0;  ///< kLink: where this sibling attribute is there, the index belongs to another namespace
  uint32_t multiplier = 1;     ///< caller's unit = kernel's unit * multiplier / divisor
  uint32_t divisor = 1;
  uint32_t bias = 0;  ///< caller's value = kernel's value + bias
  std::span<const Name> names{};
  std::span<const Name> numberedNames{};  ///< values whose low numberBits are a number after the name: 'jump 2'
  const Table* table = nullptr;
  const Object* object = nullptr;
  std::span<const Choice> choices{};
  std::string_view selector{};
  std::string_view selectorDefault{};
  const ValueType* element = nullptr;
  uint16_t elementNumber = 0;
  uint16_t lengthOffset = 0;
  uint32_t maxLength = std::numeric_limits<uint16_t>::max() - 4;
  int64_t min = std::numeric_limits<int64_t>::min();  ///< in the caller's unit
  int64_t max = std::numeric_limits<int64_t>::max();  ///< in the caller's unit
  uint64_t readOnlyBits = 0;  ///< flags that the kernel only tells: accepted from a caller, not sent
  uint32_t bit = 0;
  uint64_t fallback = 0;  ///< for a struct's member that was not given

  constexpr ValueType readOnly() const {
    return with([](ValueType& v) { v.isReadOnly = true; });
  }
  constexpr ValueType writeOnly() const {
    return with([](ValueType& v) { v.isWriteOnly = true; });
  }
  /// Decoded only where details were asked for: what costs more than it is usually worth.
  constexpr ValueType onRequest() const {
    return with([](ValueType& v) { v.isOnRequest = true; });
  }
  /// The largest value is Infinity to the caller.
  constexpr ValueType infinite() const {
    return with([](ValueType& v) { v.isInfinite = true; });
  }
  constexpr ValueType range(int64_t low, int64_t high) const {
    return with([=](ValueType& v) { v.min = low, v.max = high; });
  }
  /// The caller's unit is the kernel's times `by` over `over`: a clock_t shown in milliseconds is scaled(10).
  constexpr ValueType scaled(uint32_t by, uint32_t over = 1) const {
    return with([=](ValueType& v) { v.multiplier = by, v.divisor = over; });
  }
  /// The caller's value is the kernel's plus `by`.
  constexpr ValueType plus(uint32_t by) const {
    return with([=](ValueType& v) { v.bias = by; });
  }
  /// These flags are the kernel's to tell.
  constexpr ValueType telling(uint64_t bits) const {
    return with([=](ValueType& v) { v.readOnlyBits = bits; });
  }
  /// Where that sibling attribute is there, the link is in another namespace.
  constexpr ValueType foreignBy(uint16_t number) const {
    return with([=](ValueType& v) { v.foreignNumber = number; });
  }
  /// An array to the caller, each element of which is one attribute.
  constexpr ValueType repeated() const {
    return with([](ValueType& v) { v.isRepeated = true; });
  }
  /// A mask, in that attribute, may stand after the value: 'value/mask', '192.0.2.0/24'. Flags with a mask are an array
  /// of names with a sign: '+set', '-clear'.
  constexpr ValueType masked(uint16_t number) const {
    return with([=](ValueType& v) { v.maskNumber = number; });
  }
  /// Values above `numberBitCount` bits have these names, with the number in the bits below after them: 'jump 2'.
  constexpr ValueType numbered(std::span<const Name> itsNames, uint8_t numberBitCount) const {
    return with([=](ValueType& v) { v.numberedNames = itsNames, v.numberBits = numberBitCount; });
  }
  /// `count` bits from `shift` on of the integer, the others being other members of the struct.
  constexpr ValueType bits(uint8_t shift, uint8_t count) const {
    return with([=](ValueType& v) { v.bitShift = shift, v.bitCount = count; });
  }
  /// What follows a struct.
  constexpr ValueType trailing() const {
    return with([](ValueType& v) { v.isTrailing = true; });
  }
  /// Structs that follow a struct, whose u8 at that offset has their number.
  constexpr ValueType trailing(uint16_t countOffset) const {
    return with([=](ValueType& v) { v.isTrailing = v.isCounted = true, v.lengthOffset = countOffset; });
  }
  /// `true` stands for the attribute without a value.
  constexpr ValueType orEmpty() const {
    return with([](ValueType& v) { v.isEmptiable = true; });
  }
  /// Of two fields with one name the one that takes this family's addresses; they set the family of the message.
  constexpr ValueType ofFamily() const {
    return with([](ValueType& v) { v.isOfFamily = true; });
  }
  /// What a struct's member is when it is not given.
  constexpr ValueType otherwise(uint64_t value) const {
    return with([=](ValueType& v) { v.fallback = value; });
  }

 private:
  template <class Change>
  constexpr ValueType with(Change change) const {
    ValueType changed = *this;
    change(changed);
    return changed;
  }
};

constexpr ValueType pad() { return {.type = Type::kPad}; }
constexpr ValueType u8() { return {.type = Type::kU8}; }
constexpr ValueType u16() { return {.type = Type::kU16}; }
constexpr ValueType u32() { return {.type = Type::kU32}; }
constexpr ValueType u64() { return {.type = Type::kU64}; }
constexpr ValueType s8() { return {.type = Type::kS8}; }
constexpr ValueType s16() { return {.type = Type::kS16}; }
constexpr ValueType s32() { return {.type = Type::kS32}; }
constexpr ValueType s64() { return {.type = Type::kS64}; }
constexpr ValueType be16() { return {.type = Type::kBe16}; }
constexpr ValueType be32() { return {.type = Type::kBe32}; }
constexpr ValueType be64() { return {.type = Type::kBe64}; }
constexpr ValueType sbe32() { return {.type = Type::kSBe32}; }
constexpr ValueType boolean() { return {.type = Type::kBool}; }
constexpr ValueType boolean32() { return {.type = Type::kBool32}; }
constexpr ValueType flag() { return {.type = Type::kFlag}; }
constexpr ValueType string(uint32_t maxLength) { return {.type = Type::kString, .maxLength = maxLength}; }
constexpr ValueType linkName() { return {.type = Type::kString, .isLinkName = true, .maxLength = 15}; }
constexpr ValueType altLinkName() { return {.type = Type::kString, .isLinkName = true, .maxLength = 127}; }
constexpr ValueType mac() { return {.type = Type::kMac}; }
constexpr ValueType ip() { return {.type = Type::kIp}; }
constexpr ValueType ipv4() { return {.type = Type::kIpv4}; }
constexpr ValueType ipv6() { return {.type = Type::kIpv6}; }
constexpr ValueType prefix(uint16_t lengthOffset) { return {.type = Type::kPrefix, .lengthOffset = lengthOffset}; }
/// Like prefix(), a zero length being called 'default'.
constexpr ValueType prefixOrDefault(uint16_t lengthOffset) {
  return {.type = Type::kPrefix, .isDefaultable = true, .lengthOffset = lengthOffset};
}
constexpr ValueType via() { return {.type = Type::kVia}; }
constexpr ValueType link() { return {.type = Type::kLink}; }
constexpr ValueType netns() { return {.type = Type::kNetns, .isWriteOnly = true}; }
constexpr ValueType program() { return {.type = Type::kProgram, .isWriteOnly = true}; }
constexpr ValueType nested(const Table& table) { return {.type = Type::kNested, .table = &table}; }
constexpr ValueType selected(std::span<const Choice> choices, std::string_view selector,
                             std::string_view otherwise = {}) {
  return {.type = Type::kSelected, .choices = choices, .selector = selector, .selectorDefault = otherwise};
}
constexpr ValueType list(const ValueType& element, uint16_t elementNumber = 0) {
  return {.type = Type::kList, .element = &element, .elementNumber = elementNumber};
}
constexpr ValueType records(const Object& object) { return {.type = Type::kRecords, .object = &object}; }
constexpr ValueType object(const Object& object) { return {.type = Type::kObject, .object = &object}; }
constexpr ValueType structures(const Table& table) { return {.type = Type::kStructs, .table = &table}; }
constexpr ValueType structure(const Table& table) { return {.type = Type::kStruct, .table = &table}; }
constexpr ValueType bitfield32(std::span<const Name> names) {
  return {.type = Type::kBitfield32, .isFlags = true, .names = names};
}
constexpr ValueType binary(uint32_t maxLength = std::numeric_limits<uint16_t>::max() - 4) {
  return {.type = Type::kBinary, .maxLength = maxLength};
}
/// An integer whose values have names. A value without a name is shown, and may be given, as a number.
constexpr ValueType enumeration(ValueType base, std::span<const Name> names) {
  base.names = names;
  return base;
}
/// An integer whose bits have names, shown as an array of names. Bits without a name are shown as one hex string
/// ('0x1000').
constexpr ValueType flags(ValueType base, std::span<const Name> names) {
  base.names = names;
  base.isFlags = true;
  return base;
}
/// Bytes per second to the kernel; bits per second, or a tc string such as '10mbit', to the caller.
constexpr ValueType rate(ValueType base) {
  base.unit = Unit::kRate;
  base.multiplier = 8;
  return base;
}
/// Bytes; the caller may give a tc string such as '32kb'.
constexpr ValueType size(ValueType base) {
  base.unit = Unit::kSize;
  return base;
}
/// A time of which the kernel's unit goes `perMillisecond` times into one; milliseconds, or a tc string such as
/// '25ms', to the caller.
constexpr ValueType time(ValueType base, uint32_t perMillisecond) {
  base.unit = Unit::kTime;
  base.divisor = perMillisecond;
  return base;
}
/// A class's handle, such as '1:10'; names stand for special ones.
constexpr ValueType classHandle(std::span<const Name> names = {}) { return {.type = Type::kHandle, .names = names}; }
/// A qdisc's handle, such as '1:'.
constexpr ValueType qdiscHandle() { return {.type = Type::kHandle, .isMajor = true}; }
/// Integers one after the other, in at most `maxLength` bytes.
constexpr ValueType array(const ValueType& element, uint32_t maxLength) {
  return {.type = Type::kArray, .element = &element, .maxLength = maxLength};
}
/// One bit of the flags word at a header's offset, shown as a boolean. Writing it also sets the bit of the change
/// mask that follows the word.
constexpr ValueType bit(uint32_t mask, bool inverted = false) {
  return {.type = Type::kU32, .isInverted = inverted, .isBit = true, .bit = mask};
}

/// One attribute of a nest (number = attribute type) or one member of a struct (number = byte offset).
struct Field {
  uint16_t number;
  std::string_view attribute;  ///< the kernel's name, such as IFLA_MTU
  std::string_view name;       ///< the caller's name; empty: members of this nest or struct stand in the parent itself
  ValueType value;
  std::string_view doc;  ///< one or two sentences, units included; becomes the TypeScript doc comment
};

/// What the decoder has to do with an attribute. Most need next to nothing, and are told apart from the others once.
enum class Way : uint8_t {
  kFull,  ///< look at all of the field
  kSkip,  ///< nothing
  kU8,    ///< show the number as it is
  kU16,   ///< likewise
  kU32,   ///< likewise
  kBool,  ///< likewise
  kText,  ///< show the text as it is
};

constexpr Way wayOf(const ValueType& value) {
  if (value.isEmptiable || value.isRepeated || value.isWriteOnly || value.isOnRequest || value.isFlags ||
      value.isInfinite || value.maskNumber || value.bitCount || value.bias || value.multiplier != value.divisor ||
      !value.names.empty() || !value.numberedNames.empty()) {
    return value.type == Type::kNetns || value.type == Type::kProgram ? Way::kSkip : Way::kFull;
  }
  switch (value.type) {
    case Type::kPad:
      return Way::kSkip;
    case Type::kU8:
      return Way::kU8;
    case Type::kU16:
      return Way::kU16;
    case Type::kU32:
      return Way::kU32;
    case Type::kBool:
      return Way::kBool;
    case Type::kString:
      return Way::kText;
    default:
      return Way::kFull;
  }
}

struct Table {
  std::string_view name;  ///< the TypeScript interface's name, such as BridgeOptions
  std::string_view doc;
  std::span<const Field> fields;
  uint16_t size = 0;             ///< of a struct, in bytes; the kernel may send fewer (older) or more (newer)
  bool hasDefaultables = false;  ///< some attribute's absence is told
  static constexpr size_t kIndexed = 128;
  uint8_t index[kIndexed] = {};  ///< attribute number -> 1 + position in fields
  Way ways[kIndexed] = {};       ///< attribute number -> what to do with it

  constexpr Table(std::string_view itsName, std::string_view itsDoc, std::span<const Field> itsFields,
                  uint16_t itsSize = 0)
      : name(itsName), doc(itsDoc), fields(itsFields), size(itsSize) {
    for (size_t i = 0; i < fields.size() && i < 255; ++i) {
      const auto number = fields[i].number;
      hasDefaultables = hasDefaultables || fields[i].value.isDefaultable;
      if (number < kIndexed && index[number] == 0) {
        index[number] = static_cast<uint8_t>(i + 1);
        ways[number] = wayOf(fields[i].value);
      }
    }
  }

  /// What follows the struct, or nullptr.
  constexpr const Field* trailing() const {
    return !fields.empty() && fields.back().value.isTrailing ? &fields.back() : nullptr;
  }
  /// Whether it is a struct's table, not a nest's.
  constexpr bool isStruct() const { return size > 0 || trailing(); }

  /// The field of an attribute number, or nullptr. Not for structs, where several fields may share an offset.
  constexpr const Field* byNumber(uint16_t number) const {
    if (number < kIndexed) return index[number] ? &fields[index[number] - 1] : nullptr;
    for (const auto& field : fields) {
      if (field.number == number) return &field;
    }
    return nullptr;
  }

  constexpr const Field* byName(std::string_view wanted) const {
    for (const auto& field : fields) {
      if (field.name == wanted) return &field;
    }
    return nullptr;
  }
};

/// What one kind of netlink message carries: a fixed header, then attributes. Fields of both stand in one caller's
/// object.
struct Object {
  std::string_view name;  ///< the TypeScript interface's name, such as Link
  std::string_view doc;
  const Table& header;
  const Table& attributes;
  int16_t familyOffset = -1;  ///< offset in the header of the u8 address family, which addresses given decide; -1: none
  uint16_t nameNumber = 0;    ///< of what is a link itself: the attribute with its name; 0: it is none
  uint16_t indexOffset = 0;   ///< likewise: offset in the header of its u32 index
};

}  // namespace netplumb
