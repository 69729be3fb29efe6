// Encrypted Ethernet (IEEE 802.1AE) on a parent link.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

// The second is an older number of the first, and the one that the kernel tells.
constexpr Name kCipherSuites[] = {
    {0x0080c20001000001, "gcm-aes-128"},     {0x0080020001000001, "gcm-aes-128"},
    {0x0080c20001000002, "gcm-aes-256"},     {0x0080c20001000003, "gcm-aes-xpn-128"},
    {0x0080c20001000004, "gcm-aes-xpn-256"},
};
constexpr Name kValidations[] = {{0, "disabled"}, {1, "check"}, {2, "strict"}};
constexpr Name kOffloads[] = {{0, "off"}, {1, "phy"}, {2, "mac"}};

constexpr Field kFields[] = {
    {1, "IFLA_MACSEC_SCI", "sci", be64(), "Secure channel identifier: MAC address and port."},
    {2, "IFLA_MACSEC_PORT", "port", be16().writeOnly(), "Port part of the secure channel identifier."},
    {3, "IFLA_MACSEC_ICV_LEN", "icvLen", u8().range(8, 16), "Length of the integrity check value in bytes."},
    {4, "IFLA_MACSEC_CIPHER_SUITE", "cipherSuite", enumeration(u64(), kCipherSuites), "Cipher suite."},
    {5, "IFLA_MACSEC_WINDOW", "window", u32(), "Size of the replay window in packets."},
    {6, "IFLA_MACSEC_ENCODING_SA", "encodingSa", u8().range(0, 3), "Secure association that is sent by."},
    {7, "IFLA_MACSEC_ENCRYPT", "encrypt", boolean(), "Frames are encrypted, not authenticated only."},
    {8, "IFLA_MACSEC_PROTECT", "protect", boolean(), "Sent frames are protected."},
    {9, "IFLA_MACSEC_INC_SCI", "incSci", boolean(), "Sent frames carry the secure channel identifier."},
    {10, "IFLA_MACSEC_ES", "es", boolean(), "End station bit."},
    {11, "IFLA_MACSEC_SCB", "scb", boolean(), "Single copy broadcast bit."},
    {12, "IFLA_MACSEC_REPLAY_PROTECT", "replayProtect", boolean(), "Replayed frames are dropped; needs window."},
    {13, "IFLA_MACSEC_VALIDATION", "validation", enumeration(u8(), kValidations), "How received frames are checked."},
    {14, "IFLA_MACSEC_PAD", "", pad(), ""},
    {15, "IFLA_MACSEC_OFFLOAD", "offload", enumeration(u8(), kOffloads), "What hardware does the work."},
};

}  // namespace

constinit const Table kMacsecOptions{"MacsecOptions", "Options of a 'macsec' link.", kFields};

}  // namespace netplumb
