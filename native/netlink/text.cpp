#include "netlink/text.h"

#include <arpa/inet.h>

#include <charconv>

namespace netplumb {

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
  if (bytes.size() == 16 && inet_ntop(AF_INET6, bytes.data(), out, kIpText)) return out;
  return {};
}

std::string formatHex(Bytes bytes, char separator) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 3);
  for (const auto byte : bytes) {
    if (!text.empty() && separator) text += separator;
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace netplumb
