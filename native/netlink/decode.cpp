// The decoder half of codec.h: bytes to a Sink, and offsets to attribute names.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <vector>

#include "netlink/codec.h"
#include "netlink/text.h"

namespace netplumb {
namespace {

uint64_t loadInteger(Type type, Bytes bytes, bool& fits) {
  const auto need = [&](size_t size) { return fits = bytes.size() >= size; };
  switch (type) {
    case Type::kU8:
    case Type::kBool:
      return need(1) ? bytes[0] : 0;
    case Type::kS8:
      return need(1) ? static_cast<uint64_t>(static_cast<int64_t>(static_cast<int8_t>(bytes[0]))) : 0;
    case Type::kU16:
      return need(2) ? load<uint16_t>(bytes) : 0;
    case Type::kS16:
      return need(2) ? static_cast<uint64_t>(int64_t{load<int16_t>(bytes)}) : 0;
    case Type::kBe16:
      return need(2) ? __builtin_bswap16(load<uint16_t>(bytes)) : 0;
    case Type::kS32:
      return need(4) ? static_cast<uint64_t>(int64_t{load<int32_t>(bytes)}) : 0;
    case Type::kBe32:
      return need(4) ? __builtin_bswap32(load<uint32_t>(bytes)) : 0;
    case Type::kSBe32:
      return need(4) ? static_cast<uint64_t>(int64_t{static_cast<int32_t>(__builtin_bswap32(load<uint32_t>(bytes)))})
                     : 0;
    case Type::kU64:
    case Type::kS64:
      return need(8) ? load<uint64_t>(bytes) : 0;
    case Type::kBe64:
      return need(8) ? __builtin_bswap64(load<uint64_t>(bytes)) : 0;
    default:
      return need(4) ? load<uint32_t>(bytes) : 0;
  }
}

bool isSigned(Type type) {
  return type == Type::kS8 || type == Type::kS16 || type == Type::kS32 || type == Type::kS64 || type == Type::kSBe32;
}
bool is64(Type type) { return type == Type::kU64 || type == Type::kS64 || type == Type::kBe64; }

uint64_t largest(Type type) {
  switch (type) {
    case Type::kU8:
      return UINT8_MAX;
    case Type::kU16:
    case Type::kBe16:
      return UINT16_MAX;
    case Type::kU64:
    case Type::kBe64:
      return UINT64_MAX;
    default:
      return UINT32_MAX;
  }
}

const Choice* choose(const ValueType& value, std::string_view selected) {
  for (const auto& choice : value.choices) {
    if (choice.name == selected) return &choice;
  }
  return nullptr;
}

std::string_view asText(Bytes payload) {
  const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
  return text.substr(0, text.find('\0'));
}

// The value of the attribute that selects a kSelected one beside it.
std::string_view selectedName(const Table& table, const ValueType& value, Bytes nest) {
  const Field* selector = table.byName(value.selector);
  Bytes payload;
  if (selector && findAttribute(nest, selector->number, payload)) {
    if (selector->value.type == Type::kString) return asText(payload);
    bool fits = false;
    const uint64_t number = loadInteger(selector->value.type, payload, fits);
    for (const auto& name : selector->value.names) {
      if (fits && name.value == number) return name.name;
    }
  }
  return value.selectorDefault;
}

// Whether bytes are attributes: none has type 0, which small counters would look like.
bool isNest(Bytes bytes) {
  AttributeReader reader(bytes);
  for (Attribute attribute; reader.next(attribute);) {
    if (attribute.type == 0) return false;
  }
  return !reader.malformed();
}

class Decoder {
 public:
  Decoder(Sink& sink, LinkNames* names, Detail detail) : sink_(sink), names_(names), detail_(detail) {}

  bool object(const Object& object, Bytes payload) {
    const size_t size = object.header.size;
    if (payload.size() < size) return false;
    const Bytes outer = std::exchange(header_, payload.first(size));
    structure(object.header, header_);
    const size_t aligned = NLMSG_ALIGN(size);
    const Bytes attributes = payload.size() > aligned ? payload.subspan(aligned) : Bytes{};
    const auto outerAttributes = std::exchange(attributes_, {&object.attributes, attributes});
    nest(object.attributes, attributes);
    attributes_ = outerAttributes;
    absentPrefixes(object.attributes, attributes);
    header_ = outer;
    return !malformed_;
  }

 private:
  // A route without RTA_DST is the default route.
  void absentPrefixes(const Table& table, Bytes attributes) {
    if (!table.hasDefaultables) return;
    for (const auto& field : table.fields) {
      Bytes ignored;
      if (field.value.isDefaultable && header_[field.value.lengthOffset] == 0 &&
          !findAttribute(attributes, field.number, ignored)) {
        sink_.word(field.name, "default");
      }
    }
  }

  // Shows the attributes of a nest. `within` names one whose members stand in their parent's object.
  void nest(const Table& table, Bytes bytes, std::string_view within = {}) {
    if (++depth_ > kMaxDepth) {
      malformed_ = true;
      --depth_;
      return;
    }
    std::vector<Unknown> outer;
    if (within.empty()) outer.swap(unknown_);
    AttributeReader reader(bytes);
    for (Attribute attribute; reader.next(attribute);) {
      if (plain(table, attribute)) continue;
      const Field* field = table.byNumber(attribute.type);
      if (!field || !member(table, *field, attribute.payload, bytes)) unknown_.push_back({within, attribute});
    }
    if (reader.malformed()) malformed_ = true;
    if (within.empty()) {
      if (!unknown_.empty()) showUnknown();
      unknown_.swap(outer);
    }
    --depth_;
  }

  // Shows an attribute that needs no look at its field; false where it does.
  bool plain(const Table& table, const Attribute& attribute) {
    if (attribute.type >= Table::kIndexed) return false;
    const Way way = table.ways[attribute.type];
    if (way == Way::kFull) return false;
    if (way == Way::kSkip) return true;
    const Bytes payload = attribute.payload;
    const auto& name = table.fields[table.index[attribute.type] - 1].name;
    if (way == Way::kU32 && payload.size() >= 4) {
      sink_.integer(name, load<uint32_t>(payload));
    } else if (way == Way::kU8 && !payload.empty()) {
      sink_.integer(name, payload[0]);
    } else if (way == Way::kU16 && payload.size() >= 2) {
      sink_.integer(name, load<uint16_t>(payload));
    } else if (way == Way::kBool && !payload.empty()) {
      sink_.boolean(name, payload[0] != 0);
    } else if (way == Way::kText) {
      sink_.string(name, asText(payload));
    } else {
      return false;
    }
    return true;
  }

  // What no table names, or what is too short for its type, is kept by number and bytes.
  void showUnknown() {
    sink_.beginArray("unknown");
    for (const auto& [within, attribute] : unknown_) {
      sink_.beginObject({});
      sink_.number("type", attribute.type);
      sink_.bytes("data", attribute.payload);
      if (!within.empty()) sink_.word("nest", within);
      sink_.endObject();
    }
    sink_.endArray();
  }

  bool isHidden(const ValueType& value) const {
    return value.isWriteOnly || (value.isOnRequest && detail_ == Detail::kUsual);
  }

  static bool fits(const ValueType& value, Bytes payload) {
    switch (value.type) {
      case Type::kPad:
      case Type::kFlag:
      case Type::kString:
      case Type::kMac:
      case Type::kNested:
      case Type::kSelected:
      case Type::kList:
      case Type::kRecords:
      case Type::kBinary:
      case Type::kArray:
      case Type::kStruct:
      case Type::kStructs:
      case Type::kNetns:
      case Type::kProgram:
        return true;
      case Type::kIp:
      case Type::kPrefix:
        return payload.size() == 4 || payload.size() == 16;
      case Type::kIpv4:
        return payload.size() == 4;
      case Type::kIpv6:
        return payload.size() == 16;
      case Type::kVia:
        return payload.size() == 6 || payload.size() == 18;
      case Type::kObject:
        return payload.size() >= value.object->header.size;
      case Type::kBitfield32:
        return payload.size() >= 8;
      default: {
        bool enough = false;
        loadInteger(value.type, payload, enough);
        return enough;
      }
    }
  }

  // Apart from the loop over attributes, which it would slow down.
  [[gnu::noinline]] bool member(const Table& table, const Field& field, Bytes payload, Bytes siblings) {
    const auto& value = field.value;
    if (value.isEmptiable && payload.empty()) {
      sink_.boolean(field.name, true);
      return true;
    }
    if (!fits(value, payload)) return false;
    if (value.type == Type::kNested && field.name.empty()) {
      nest(*value.table, payload, field.attribute);
      return true;
    }
    if (isHidden(value)) return true;
    if (value.type == Type::kLink && value.foreignNumber) {
      Bytes ignored;
      const bool foreign = findAttribute(siblings, value.foreignNumber, ignored);
      link(field.name, load<uint32_t>(payload), foreign);
      return true;
    }
    if (value.isRepeated) {
      // All of them at the first, which is where the payload is.
      Bytes first;
      if (findAttribute(siblings, field.number, first) && first.data() == payload.data()) repeated(field, siblings);
      return true;
    }
    if (value.maskNumber && masked(field, payload, siblings)) return true;
    if (value.type == Type::kSelected) {
      // What a nest's kind is may stand beside the nest: statistics.
      const bool isBeside = table.byName(value.selector) != nullptr || !attributes_.first;
      const Choice* choice = choose(value, isBeside ? selectedName(table, value, siblings)
                                                    : selectedName(*attributes_.first, value, attributes_.second));
      const bool isKnown = choice && (choice->object || choice->table);
      // A newer kernel's structure, as far as it cannot be shown by its attributes, is unknown as a whole.
      if (!isKnown && !isNest(payload)) return false;
      sink_.beginObject(field.name);
      selected(choice, payload);
      sink_.endObject();
      return true;
    }
    show(field.name, value, payload);
    return true;
  }

  // A value with a mask that leaves something out, or flags; false where the value says it all.
  bool masked(const Field& field, Bytes payload, Bytes siblings) {
    const auto& value = field.value;
    Bytes mask;
    if (!findAttribute(siblings, value.maskNumber, mask) || !fits(value, mask)) return false;
    if (value.isFlags) {
      signedFlags(field, payload, mask);
      return true;
    }
    const size_t size = fixedSize(value);
    if (std::all_of(mask.begin(), mask.begin() + static_cast<ptrdiff_t>(size), [](uint8_t b) { return b == 0xff; })) {
      return false;
    }
    std::string shown;
    if (value.type == Type::kMac) {
      shown = formatHex(payload, ':') + '/' + formatHex(mask, ':');
    } else if (value.type == Type::kIpv4 || value.type == Type::kIpv6) {
      char text[kIpText];
      shown = std::string(formatIp(payload, text)) + '/';
      size_t length = 0;
      while (length < size * 8 && (mask[length / 8] >> (7 - length % 8) & 1)) ++length;
      bool isPrefix = true;
      for (size_t i = length; i < size * 8; ++i) isPrefix = isPrefix && (mask[i / 8] >> (7 - i % 8) & 1) == 0;
      shown += isPrefix ? std::to_string(length) : std::string(formatIp(mask, text));
    } else {
      bool enough = false;
      shown = hex(loadInteger(value.type, payload, enough)) + '/' + hex(loadInteger(value.type, mask, enough));
    }
    sink_.string(field.name, shown);
    return true;
  }

  static std::string hex(uint64_t bits) {
    char text[2 + 16] = {'0', 'x'};
    return {text, static_cast<size_t>(std::to_chars(text + 2, text + sizeof text, bits, 16).ptr - text)};
  }

  void signedFlags(const Field& field, Bytes payload, Bytes mask) {
    bool enough = false;
    const uint64_t bits = loadInteger(field.value.type, payload, enough);
    const uint64_t maskBits = loadInteger(field.value.type, mask, enough);
    sink_.beginArray(field.name);
    for (uint64_t bit = 1, left = maskBits; left != 0; bit <<= 1) {
      if ((left & bit) == 0) continue;
      left &= ~bit;
      const auto& names = field.value.names;
      const auto name = std::find_if(names.begin(), names.end(), [&](const Name& one) { return one.value == bit; });
      sink_.string({}, (bits & bit ? '+' : '-') + (name == names.end() ? hex(bit) : std::string(name->name)));
    }
    sink_.endArray();
  }

  void selected(const Choice* choice, Bytes payload) {
    if (!choice || (!choice->object && !choice->table)) return nest(kNothing, payload);
    if (choice->object) {
      if (!object(*choice->object, payload)) malformed_ = true;
    } else if (choice->table->size) {
      structure(*choice->table, payload);
    } else {
      nest(*choice->table, payload);
    }
  }

  void repeated(const Field& field, Bytes siblings) {
    sink_.beginArray(field.name);
    AttributeReader reader(siblings);
    for (Attribute attribute; reader.next(attribute);) {
      if (attribute.type != field.number || !fits(field.value, attribute.payload)) continue;
      if (field.value.type == Type::kNested) {
        nests(field.value, attribute.payload);
      } else {
        show({}, field.value, attribute.payload, true);
      }
    }
    sink_.endArray();
  }

  // The kernel tells in one nest what it takes in several: the first attribute's number begins each anew.
  void nests(const ValueType& value, Bytes payload) {
    size_t begin = 0;
    int first = -1;
    AttributeReader reader(payload);
    for (Attribute attribute; reader.next(attribute);) {
      const auto at = static_cast<size_t>(attribute.payload.data() - payload.data()) - NLA_HDRLEN;
      if (first < 0) first = attribute.type;
      if (attribute.type != first || at == begin) continue;
      show({}, value, payload.subspan(begin, at - begin), true);
      begin = at;
    }
    show({}, value, payload.subspan(begin), true);
  }

  void array(std::string_view name, const ValueType& value, Bytes bytes) {
    sink_.beginArray(name);
    const size_t size = fixedSize(*value.element);
    for (; bytes.size() >= size; bytes = bytes.subspan(size)) show({}, *value.element, bytes.first(size));
    sink_.endArray();
  }

  void show(std::string_view name, const ValueType& value, Bytes payload) {
    switch (value.type) {
      case Type::kPad:
      case Type::kNetns:
      case Type::kProgram:
        return;
      case Type::kBool:
        return sink_.boolean(name, payload[0] != 0);
      case Type::kBool32:
        return sink_.boolean(name, load<uint32_t>(payload) != 0);
      case Type::kFlag:  // of some the kernel tells a value
        return sink_.boolean(name, payload.empty() || payload[0] != 0);
      case Type::kString:
        return sink_.string(name, asText(payload));
      case Type::kMac:
        return mac(name, payload);
      case Type::kIp:
      case Type::kIpv4:
      case Type::kIpv6: {
        char text[kIpText];
        return sink_.string(name, formatIp(payload, text));
      }
      case Type::kPrefix:
        return prefix(name, value, payload);
      case Type::kVia: {
        char text[kIpText];
        return sink_.string(name, formatIp(payload.subspan(2), text));
      }
      case Type::kLink:
        return link(name, load<uint32_t>(payload), false);
      case Type::kNested:
        sink_.beginObject(name);
        nest(*value.table, payload);
        return sink_.endObject();
      case Type::kList: {
        if (!name.empty()) sink_.beginArray(name);
        AttributeReader reader(payload);
        for (Attribute attribute; reader.next(attribute);) {
          if (value.elementNumber && attribute.type != value.elementNumber) continue;
          if (fits(*value.element, attribute.payload)) show({}, *value.element, attribute.payload, true);
        }
        if (reader.malformed()) malformed_ = true;
        if (!name.empty()) sink_.endArray();
        return;
      }
      case Type::kRecords:
        return records(name, *value.object, payload);
      case Type::kObject: {
        sink_.beginObject(name);
        if (!object(*value.object, payload)) malformed_ = true;
        sink_.endObject();
        return;
      }
      case Type::kStruct:
        if (!name.empty()) sink_.beginObject(name);
        structure(*value.table, payload);
        if (!name.empty()) sink_.endObject();
        return;
      case Type::kStructs:
        sink_.beginArray(name);
        for (size_t at = 0; at + value.table->size <= payload.size(); at += value.table->size) {
          sink_.beginObject({});
          structure(*value.table, payload.subspan(at, value.table->size));
          sink_.endObject();
        }
        return sink_.endArray();
      case Type::kBinary:
        return sink_.bytes(name, payload);
      case Type::kArray:
        return array(name, value, payload);
      case Type::kHandle:
        return handle(name, value, load<uint32_t>(payload));
      default: {
        bool enough = false;
        uint64_t bits = loadInteger(value.type, payload, enough);
        if (value.bitCount) bits = bits >> value.bitShift & ((uint64_t{1} << value.bitCount) - 1);
        return integer(name, value, bits);
      }
    }
  }

  // An element of an array: nests and structs in it are objects though they have no key.
  void show(std::string_view name, const ValueType& value, Bytes payload, bool isElement) {
    if (isElement && value.type == Type::kStruct) {
      sink_.beginObject({});
      structure(*value.table, payload);
      return sink_.endObject();
    }
    show(name, value, payload);
  }

  void structure(const Table& table, Bytes bytes) {
    for (const auto& field : table.fields) {
      if (isHidden(field.value) || field.number >= bytes.size()) continue;
      const Bytes rest = bytes.subspan(field.number);
      const auto& value = field.value;
      if (value.isTrailing) {
        trailing(table, field, bytes, rest);
        continue;
      }
      if (value.isBit) {
        if (rest.size() >= 4) sink_.boolean(field.name, ((load<uint32_t>(rest) & value.bit) != 0) != value.isInverted);
      } else if (const size_t size = fixedSize(value); rest.size() >= size) {
        show(field.name, value, rest.first(size));
      }
    }
  }

  // What follows a struct.
  void trailing(const Table& table, const Field& field, Bytes bytes, Bytes rest) {
    const auto& value = field.value;
    if (value.type != Type::kSelected) return show(field.name, value, rest);
    std::string_view name;
    const Field* selector = table.byName(value.selector);
    bool enough = false;
    const uint64_t number = selector ? loadInteger(selector->value.type, bytes.subspan(selector->number), enough) : 0;
    for (const auto& candidate : selector ? selector->value.names : std::span<const Name>{}) {
      if (candidate.value == number) name = candidate.name;
    }
    const Choice* choice = choose(value, name);
    if (!choice) return sink_.bytes(field.name, rest);
    sink_.beginObject(field.name);
    if (choice->table->isStruct()) {
      structure(*choice->table, rest);
    } else {
      nest(*choice->table, rest);
    }
    sink_.endObject();
  }

  static size_t fixedSize(const ValueType& value) {
    switch (value.type) {
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
        return 8;
      case Type::kMac:
        return 6;
      case Type::kIpv6:
        return 16;
      case Type::kStruct:
        return value.table->size;
      case Type::kString:
      case Type::kBinary:
      case Type::kArray:
        return value.maxLength;
      default:
        return 4;
    }
  }

  void records(std::string_view name, const Object& object, Bytes bytes) {
    sink_.beginArray(name);
    const size_t size = object.header.size;
    while (bytes.size() >= size) {
      const size_t length = load<uint16_t>(bytes);
      if (length < size || length > bytes.size()) {
        malformed_ = true;
        break;
      }
      sink_.beginObject({});
      structure(object.header, bytes.first(size));
      nest(object.attributes, bytes.subspan(size, length - size));
      sink_.endObject();
      const size_t aligned = NLMSG_ALIGN(length);
      bytes = aligned < bytes.size() ? bytes.subspan(aligned) : Bytes{};
    }
    sink_.endArray();
  }

  void prefix(std::string_view name, const ValueType& value, Bytes payload) {
    const uint8_t length = header_[value.lengthOffset];
    if (value.isDefaultable && length == 0) return sink_.word(name, "default");
    char text[kIpText];
    const auto address = formatIp(payload, text);
    char* end = text + address.size();
    *end++ = '/';
    end = std::to_chars(end, text + kIpText, length).ptr;
    sink_.string(name, {text, static_cast<size_t>(end - text)});
  }

  void mac(std::string_view name, Bytes payload) {
    char text[kMacText];
    if (payload.size() <= kMacBytes) return sink_.string(name, formatMac(payload, text));
    sink_.string(name, formatHex(payload, ':'));
  }

  void handle(std::string_view name, const ValueType& value, uint32_t number) {
    for (const auto& candidate : value.names) {
      if (candidate.value == number) return sink_.word(name, candidate.name);
    }
    char text[kHandleText];
    sink_.string(name, formatHandle(number, text));
  }

  void link(std::string_view name, uint32_t index, bool foreign) {
    if (index == 0) return;
    const auto linkName = names_ && !foreign ? names_->name(index) : std::string_view{};
    if (linkName.empty()) {
      sink_.integer(name, index);
    } else {
      sink_.string(name, linkName);
    }
    if (!name.empty()) sink_.integer(indexName(name), index);
  }

  void integer(std::string_view name, const ValueType& value, uint64_t bits) {
    if (value.isFlags) {
      sink_.beginArray(name);
      for (const auto& flag : value.names) {
        if ((bits & flag.value) == 0 || (bits & flag.value) != flag.value) continue;
        sink_.word({}, flag.name);
        bits &= ~flag.value;
      }
      if (bits) {
        char hex[2 + 16] = {'0', 'x'};
        const auto result = std::to_chars(hex + 2, hex + sizeof hex, bits, 16);
        sink_.string({}, {hex, static_cast<size_t>(result.ptr - hex)});
      }
      return sink_.endArray();
    }
    // Most stand where their value says.
    if (bits < value.names.size() && value.names[bits].value == bits) return sink_.word(name, value.names[bits].name);
    for (const auto& candidate : value.names) {
      if (candidate.value == bits) return sink_.word(name, candidate.name);
    }
    for (const auto& candidate : value.numberedNames) {
      if (candidate.value == bits >> value.numberBits << value.numberBits) {
        return sink_.string(name, std::string(candidate.name) + ' ' + std::to_string(bits - candidate.value));
      }
    }
    if (value.isInfinite && bits == largest(value.type)) return sink_.number(name, HUGE_VAL);
    if (value.multiplier != 1 || value.divisor != 1) {
      const auto number =
          isSigned(value.type) ? static_cast<double>(static_cast<int64_t>(bits)) : static_cast<double>(bits);
      return sink_.number(name, number * value.multiplier / value.divisor);
    }
    if (is64(value.type)) {
      return value.type == Type::kS64 ? sink_.signed64(name, static_cast<int64_t>(bits)) : sink_.unsigned64(name, bits);
    }
    sink_.number(name, isSigned(value.type) ? static_cast<double>(static_cast<int64_t>(bits))
                                            : static_cast<double>(bits + value.bias));
  }

  struct Unknown {
    std::string_view within;
    Attribute attribute;
  };

  static constexpr int kMaxDepth = 16;
  static constexpr Table kNothing{"Unknown", "", {}};

  Sink& sink_;
  LinkNames* names_;
  Detail detail_;
  Bytes header_;
  std::pair<const Table*, Bytes> attributes_{};  ///< of the object that is being shown
  std::vector<Unknown> unknown_;                 ///< of the object that is being shown
  int depth_ = 0;
  bool malformed_ = false;
};

void extend(std::string& path, const Field* field, uint16_t number) {
  if (!path.empty()) path += '.';
  path += field ? std::string(field->attribute) : '#' + std::to_string(number);
}

// Follows nests towards the attribute at `offset`, which counts from the beginning of `nest`. Returns the table of what
// is in that attribute; nullptr where no attribute or no table is.
const Table* descend(const Table& table, Bytes nest, size_t offset, std::string& path, size_t firstElement = 0) {
  AttributeReader reader(nest);
  for (Attribute attribute; reader.next(attribute);) {
    const Bytes payload = attribute.payload;
    const auto payloadAt = static_cast<size_t>(payload.data() - nest.data());
    if (offset + NLA_HDRLEN < payloadAt || offset >= payloadAt + payload.size()) continue;
    const Field* field = table.byNumber(attribute.type);
    extend(path, field, attribute.type);
    if (!field) return nullptr;
    const auto& value = field->value;
    const bool isHere = offset < payloadAt;
    const size_t inside = isHere ? 0 : offset - payloadAt;
    switch (value.type) {
      case Type::kNested:
        return isHere ? value.table : descend(*value.table, payload, inside, path);
      case Type::kSelected: {
        const Choice* choice = choose(value, selectedName(table, value, nest));
        if (!choice || (!choice->object && (!choice->table || choice->table->size))) return nullptr;
        const size_t header = choice->object ? NLMSG_ALIGN(static_cast<size_t>(choice->object->header.size)) : 0;
        const Table* selected = choice->object ? &choice->object->attributes : choice->table;
        if (isHere || inside < header || payload.size() <= header) return selected;
        return descend(*selected, payload.subspan(header), inside - header, path);
      }
      case Type::kObject: {
        const Table& attributes = value.object->attributes;
        const size_t header = NLMSG_ALIGN(static_cast<size_t>(value.object->header.size));
        if (isHere || inside < header || payload.size() <= header) return &attributes;
        return descend(attributes, payload.subspan(header), inside - header, path);
      }
      case Type::kList: {
        if (isHere || value.element->type != Type::kNested) return nullptr;
        AttributeReader elements(payload);
        size_t index = firstElement;
        for (Attribute element; elements.next(element); ++index) {
          const auto at = static_cast<size_t>(element.payload.data() - payload.data());
          if (inside >= at + element.payload.size()) continue;
          path += '[' + std::to_string(index) + ']';
          return inside < at ? value.element->table
                             : descend(*value.element->table, element.payload, inside - at, path);
        }
        return nullptr;
      }
      case Type::kRecords: {
        const size_t header = value.object->header.size;
        for (size_t at = 0; !isHere && at + header <= payload.size();) {
          const size_t length = load<uint16_t>(payload, at);
          if (length < header || length > payload.size() - at) break;
          if (inside >= at + header && inside < at + length) {
            return descend(value.object->attributes, payload.subspan(at + header, length - header),
                           inside - at - header, path);
          }
          at += NLMSG_ALIGN(length);
        }
        return nullptr;
      }
      default:
        return nullptr;
    }
  }
  return nullptr;
}

Bytes attributesOf(const Object& object, Bytes message) {
  const size_t header = NLMSG_HDRLEN + NLMSG_ALIGN(static_cast<size_t>(object.header.size));
  return message.size() > header ? message.subspan(header) : Bytes{};
}

}  // namespace

bool decode(const Object& object, Bytes payload, Sink& sink, LinkNames* names, Detail detail) {
  return Decoder(sink, names, detail).object(object, payload);
}

std::pair<uint32_t, std::string_view> linkOf(const Object& object, Bytes payload) {
  const size_t header = NLMSG_ALIGN(size_t{object.header.size});
  Bytes name;
  if (object.nameNumber == 0 || payload.size() < header ||
      !findAttribute(payload.subspan(header), object.nameNumber, name)) {
    return {};
  }
  return {load<uint32_t>(payload, object.indexOffset), asText(name)};
}

std::string attributePath(const Object& object, Bytes message, size_t offset, size_t firstElement) {
  std::string path;
  const size_t header = NLMSG_HDRLEN + NLMSG_ALIGN(static_cast<size_t>(object.header.size));
  if (offset < header) {
    for (const auto& field : object.header.fields) {
      if (offset >= NLMSG_HDRLEN && field.number == offset - NLMSG_HDRLEN) return std::string(field.attribute);
    }
    return path;
  }
  descend(object.attributes, attributesOf(object, message), offset - header, path, firstElement);
  return path;
}

std::string missingAttributePath(const Object& object, Bytes message, uint16_t type, size_t nestOffset) {
  std::string path;
  const Table* table = &object.attributes;
  const size_t header = NLMSG_HDRLEN + NLMSG_ALIGN(static_cast<size_t>(object.header.size));
  if (nestOffset >= header) table = descend(*table, attributesOf(object, message), nestOffset - header, path);
  extend(path, table ? table->byNumber(type) : nullptr, type);
  return path;
}

std::string_view indexName(std::string_view name) {
  // Few names, asked for often and from several threads: each thread keeps what it has seen.
  static std::mutex mutex;
  static std::map<std::string, std::string, std::less<>> names;
  thread_local std::map<const char*, std::string_view> seen;
  const auto known = seen.find(name.data());
  if (known != seen.end()) return known->second;
  const std::lock_guard lock(mutex);
  const auto [entry, isNew] = names.try_emplace(std::string(name));
  if (isNew) entry->second = std::string(name) + "Index";
  seen.emplace(name.data(), entry->second);
  return entry->second;
}

}  // namespace netplumb
