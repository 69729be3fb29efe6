// GPRS tunnelling protocol, user plane.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kRoles[] = {{0, "ggsn"}, {1, "sgsn"}};

constexpr Field kFields[] = {
    {1, "IFLA_GTP_FD0", "fd0", u32().writeOnly(), "File descriptor of the caller's UDP socket for GTPv0."},
    {2, "IFLA_GTP_FD1", "fd1", u32().writeOnly(), "File descriptor of the caller's UDP socket for GTPv1."},
    {3, "IFLA_GTP_PDP_HASHSIZE", "pdpHashsize", u32(), "Size of the table of contexts."},
    {4, "IFLA_GTP_ROLE", "role", enumeration(u32(), kRoles), "Which side of the tunnels this is."},
    {5, "IFLA_GTP_CREATE_SOCKETS", "createSockets", boolean().writeOnly(), "The kernel makes the sockets."},
    {6, "IFLA_GTP_RESTART_COUNT", "restartCount", u8(), "Restart counter told in echo responses."},
    {7, "IFLA_GTP_LOCAL", "local", ipv4(), "Address that the kernel's sockets are bound to."},
    {8, "IFLA_GTP_LOCAL6", "local6", ipv6(), "IPv6 address that the kernel's sockets are bound to."},
};

}  // namespace

constinit const Table kGtpOptions{"GtpOptions", "Options of a 'gtp' link.", kFields};

}  // namespace netplumb
