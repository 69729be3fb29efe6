#include "netfilter/elements.h"

#include <linux/netlink.h>

#include <algorithm>

#include "netfilter/expression.h"
#include "netfilter/nftables.h"

namespace netplumb {
namespace {

constexpr size_t kLongestValue = 64;      // NFT_DATA_VALUE_MAXLEN
constexpr size_t kLongestUserdata = 256;  // NFT_USERDATA_MAXLEN

uint16_t numberOf(const Table& table, std::string_view name) {
  const Field* field = table.byName(name);
  return field ? field->number : 0;
}

/// The attributes' numbers, from the tables.
struct Numbers {
  uint16_t elements = numberOf(kNfElements.attributes, "elements");
  uint16_t key = numberOf(kNfElement, "key");
  uint16_t keyEnd = numberOf(kNfElement, "keyEnd");
  uint16_t data = numberOf(kNfElement, "data");
  uint16_t flags = numberOf(kNfElement, "flags");
  uint16_t userdata = numberOf(kNfElement, "userdata");
  uint16_t value = numberOf(kNfData, "value");
};

constexpr uint16_t nest(uint16_t number) { return static_cast<uint16_t>(number | NLA_F_NESTED); }

/// One column: the bytes of each value, and how much the attribute takes that holds it.
struct Column {
  Bytes bytes;
  size_t width;
  uint16_t number;

  Column(Bytes all, size_t count, uint16_t itsNumber) : bytes(all), width(all.size() / count), number(itsNumber) {}
  size_t size() const { return width ? 2 * NLA_HDRLEN + NLA_ALIGN(width) : 0; }
  void append(Writer& writer, size_t index, uint16_t value) const {
    if (width == 0) return;
    const size_t mark = writer.begin(nest(number));
    writer.attribute(value, bytes.subspan(index * width, width));
    writer.end(mark);
  }
};

}  // namespace

bool PackedElements::isSound() const {
  const auto fits = [this](Bytes column) {
    return column.empty() || (column.size() % count == 0 && column.size() / count <= kLongestValue);
  };
  return count > 0 && !keys.empty() && fits(keys) && fits(keyEnds) && fits(data) &&
         (flags.empty() || flags.size() == count) && userdata.size() <= kLongestUserdata;
}

size_t appendElements(Writer& writer, const PackedElements& elements, size_t from) {
  static const Numbers kNumbers;
  const Column key(elements.keys, elements.count, kNumbers.key);
  const Column keyEnd(elements.keyEnds, elements.count, kNumbers.keyEnd);
  const Column data(elements.data, elements.count, kNumbers.data);
  constexpr size_t kFlagsSize = NLA_HDRLEN + sizeof(uint32_t);
  const size_t userdataSize = elements.userdata.empty() ? 0 : NLA_HDRLEN + NLA_ALIGN(elements.userdata.size());
  const size_t each =
      NLA_HDRLEN + key.size() + keyEnd.size() + data.size() + userdataSize + (elements.flags.empty() ? 0 : kFlagsSize);
  const size_t fit = (UINT16_MAX - NLA_HDRLEN) / each;
  const size_t to = std::min(elements.count, from + fit);
  const size_t list = writer.begin(nest(kNumbers.elements));
  for (size_t i = from; i < to; ++i) {
    const size_t element = writer.begin(nest(static_cast<uint16_t>(i - from + 1)));
    if (!elements.flags.empty() && elements.flags[i]) {
      writer.put(writer.attribute(kNumbers.flags, 4), __builtin_bswap32(elements.flags[i]));
    }
    key.append(writer, i, kNumbers.value);
    keyEnd.append(writer, i, kNumbers.value);
    data.append(writer, i, kNumbers.value);
    if (!elements.userdata.empty()) writer.attribute(kNumbers.userdata, elements.userdata);
    writer.end(element);
  }
  writer.end(list);
  return to;
}

}  // namespace netplumb
