// Addresses as text and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "netlink/reader.h"
#include "netlink/table.h"

namespace netplumb {

/// An IPv4 (4 bytes) or IPv6 (16 bytes) address.
struct IpAddress {
  uint8_t bytes[16] = {};
  uint8_t size = 0;
  uint8_t family() const;
  uint8_t bits() const { return static_cast<uint8_t>(size * 8); }
};

bool parseIp(std::string_view text, IpAddress& address);
bool parseMac(std::string_view text, uint8_t (&mac)[6]);
/// Parses decimal digits only; false for anything else or above `max`.
bool parseDecimal(std::string_view text, uint32_t max, uint32_t& value);

/// Formats into `out` (of at least kIpText bytes) and returns the text; empty unless bytes are 4 or 16.
inline constexpr size_t kIpText = 64;
std::string_view formatIp(Bytes bytes, char (&out)[kIpText]);
std::string formatHex(Bytes bytes, char separator);
/// Formats a link-layer address, of at most kMacBytes bytes, into `out` and returns the text.
inline constexpr size_t kMacBytes = 32;
inline constexpr size_t kMacText = kMacBytes * 3;
std::string_view formatMac(Bytes bytes, char (&out)[kMacText]);

/// Parses a tc string: a number with a unit, case being ignored. Without a unit a rate is in bit/s, a size in bytes, a
/// time in the kernel's unit, which goes `perMillisecond` times into one. `amount` is in the kernel's unit (bytes/s,
/// bytes, 1/perMillisecond ms) and may have a fraction, which the kernel's tools cut off.
bool parseQuantity(Unit unit, std::string_view text, uint32_t perMillisecond, double& amount);

/// Parses '1:10', '1:' or ':10'. Digits without a colon are a major number where a qdisc is meant, else the whole
/// handle.
bool parseHandle(std::string_view text, bool isMajor, uint32_t& handle);
/// Formats a handle into `out` as tc shows it: '1:10', '1:', ':10', '0:'.
inline constexpr size_t kHandleText = 12;
std::string_view formatHandle(uint32_t handle, char (&out)[kHandleText]);

}  // namespace netplumb
