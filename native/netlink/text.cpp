#include "netlink/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace netplumb {
namespace {

struct Suffix {
  std::string_view name;  ///< in lower case
  double scale;
};

constexpr double kKi = 1024;
constexpr double kMi = 1024 * kKi;
constexpr double kGi = 1024 * kMi;
constexpr double kTi = 1024 * kGi;

// Bits per second. The prefixes with an i are binary.
constexpr Suffix kRateSuffixes[] = {
    {"", 1},
    {"bit", 1},
    {"kbit", 1e3},
    {"mbit", 1e6},
    {"gbit", 1e9},
    {"tbit", 1e12},
    {"bps", 8},
    {"kibit", kKi},
    {"mibit", kMi},
    {"gibit", kGi},
    {"tibit", kTi},
    {"kbps", 8e3},
    {"mbps", 8e6},
    {"gbps", 8e9},
    {"tbps", 8e12},
    {"kibps", 8 * kKi},
    {"mibps", 8 * kMi},
    {"gibps", 8 * kGi},
    {"tibps", 8 * kTi},
};
// Bytes. All prefixes are binary.
constexpr Suffix kSizeSuffixes[] = {
    {"", 1},    {"b", 1},    {"k", kKi},        {"kb", kKi},       {"m", kMi},        {"mb", kMi},
    {"g", kGi}, {"gb", kGi}, {"kbit", kKi / 8}, {"mbit", kMi / 8}, {"gbit", kGi / 8},
};
// Milliseconds.
constexpr Suffix kTimeSuffixes[] = {
    {"s", 1e3},   {"sec", 1e3},   {"secs", 1e3},   {"ms", 1},    {"msec", 1},    {"msecs", 1},
    {"us", 1e-3}, {"usec", 1e-3}, {"usecs", 1e-3}, {"ns", 1e-6}, {"nsec", 1e-6}, {"nsecs", 1e-6},
};

constexpr char kDigits[] = "0123456789abcdef";

std::span<const Suffix> suffixesOf(Unit unit) {
  switch (unit) {
    case Unit::kRate:
      return kRateSuffixes;
    case Unit::kSize:
      return kSizeSuffixes;
    default:
      return kTimeSuffixes;
  }
}

// At most four hex digits; none are zero.
bool parseHex16(std::string_view digits, uint32_t& value) {
  value = 0;
  if (digits.empty()) return true;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return result.ec == std::errc() && result.ptr == digits.data() + digits.size() && value <= UINT16_MAX;
}

}  // namespace

uint8_t IpAddress::family() const { return size == 4 ? AF_INET : AF_INET6; }

bool parseIp(std::string_view text, IpAddress& address) {
  char buffer[INET6_ADDRSTRLEN + 1];
  if (text.empty() || text.size() >= sizeof buffer) return false;
  text.copy(buffer, text.size());
  buffer[text.size()] = '\0';
  if (text.find('\0') != text.npos) return false;
  const bool isIpv6 = text.find(':') != text.npos;
  address.size = isIpv6 ? 16 : 4;
  return inet_pton(isIpv6 ? AF_INET6 : AF_INET, buffer, address.bytes) == 1;
}

bool parseMac(std::string_view text, uint8_t (&mac)[6]) {
  if (text.size() != 17) return false;
  for (size_t i = 0; i < 6; ++i) {
    const char* first = text.data() + i * 3;
    if (i < 5 && first[2] != ':') return false;
    const auto result = std::from_chars(first, first + 2, mac[i], 16);
    if (result.ec != std::errc() || result.ptr != first + 2) return false;
  }
  return true;
}

bool parseDecimal(std::string_view text, uint32_t max, uint32_t& value) {
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value, 10);
  return !text.empty() && result.ec == std::errc() && result.ptr == end && value <= max;
}

std::string_view formatIp(Bytes bytes, char (&out)[kIpText]) {
  if (bytes.size() == 4) {
    // inet_ntop's printf costs more than the rest of a route's decoding.
    char* position = out;
    for (size_t i = 0; i < 4; ++i) {
      if (i > 0) *position++ = '.';
      position = std::to_chars(position, out + kIpText, bytes[i]).ptr;
    }
    return {out, static_cast<size_t>(position - out)};
  }
  if (bytes.size() == 16 && std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; })) {
    out[0] = out[1] = ':';
    return {out, 2};
  }
  if (bytes.size() == 16 && inet_ntop(AF_INET6, bytes.data(), out, kIpText)) return out;
  return {};
}

std::string formatHex(Bytes bytes, char separator) {
  std::string text;
  text.reserve(bytes.size() * 3);
  for (const auto byte : bytes) {
    if (!text.empty() && separator) text += separator;
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string_view formatMac(Bytes bytes, char (&out)[kMacText]) {
  char* end = out;
  for (const auto byte : bytes.first(std::min(bytes.size(), kMacBytes))) {
    if (end != out) *end++ = ':';
    *end++ = kDigits[byte >> 4];
    *end++ = kDigits[byte & 15];
  }
  return {out, static_cast<size_t>(end - out)};
}

bool parseQuantity(Unit unit, std::string_view text, uint32_t perMillisecond, double& amount) {
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, amount);
  if (parsed.ec != std::errc() || !(amount >= 0) || std::isinf(amount)) return false;
  std::string suffix(parsed.ptr, end);
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  if (unit == Unit::kTime && suffix.empty()) return true;
  const auto suffixes = suffixesOf(unit);
  const auto found =
      std::find_if(suffixes.begin(), suffixes.end(), [&](const Suffix& candidate) { return candidate.name == suffix; });
  if (found == suffixes.end()) return false;
  if (unit == Unit::kTime) {
    // The factor as a whole number where it is one, so that 1.1ms are 1,100 us and not 1,099.
    amount = found->scale >= 1 ? amount * (found->scale * perMillisecond)
                               : amount * perMillisecond / (found->scale < 1e-5 ? 1e6 : 1e3);
  } else {
    amount *= found->scale;
    if (unit == Unit::kRate) amount /= 8;
  }
  return true;
}

bool parseHandle(std::string_view text, bool isMajor, uint32_t& handle) {
  const auto colon = text.find(':');
  uint32_t high = 0;
  uint32_t low = 0;
  if (colon == text.npos) {
    if (text.empty() || !parseHex16(text, low)) return false;
    handle = isMajor ? low << 16 : low;
    return true;
  }
  if (text.size() == 1 || !parseHex16(text.substr(0, colon), high) || !parseHex16(text.substr(colon + 1), low)) {
    return false;
  }
  handle = high << 16 | low;
  return !isMajor || low == 0;
}

std::string_view formatHandle(uint32_t handle, char (&out)[kHandleText]) {
  char* end = out;
  const uint32_t high = handle >> 16;
  const uint32_t low = handle & UINT16_MAX;
  if (high != 0 || low == 0) end = std::to_chars(end, out + kHandleText, high, 16).ptr;
  *end++ = ':';
  if (low != 0) end = std::to_chars(end, out + kHandleText, low, 16).ptr;
  return {out, static_cast<size_t>(end - out)};
}

}  // namespace netplumb
