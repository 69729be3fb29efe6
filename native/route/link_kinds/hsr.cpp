// High-availability seamless redundancy: a ring (HSR) or two networks (PRP).
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kProtocols[] = {{0, "hsr"}, {1, "prp"}};

constexpr Field kFields[] = {
    {1, "IFLA_HSR_SLAVE1", "slave1", link(), "First port."},
    {2, "IFLA_HSR_SLAVE2", "slave2", link(), "Second port."},
    {3, "IFLA_HSR_MULTICAST_SPEC", "multicastSpec", u8().writeOnly(), "Last byte of the supervision address."},
    {4, "IFLA_HSR_SUPERVISION_ADDR", "supervisionAddr", mac().readOnly(), "Address that supervision frames go to."},
    {5, "IFLA_HSR_SEQ_NR", "seqNr", u16().readOnly(), "Sequence number of the next frame."},
    {6, "IFLA_HSR_VERSION", "version", u8().range(0, 1), "Version of HSR: 0 (2010) or 1 (2012)."},
    {7, "IFLA_HSR_PROTOCOL", "protocol", enumeration(u8(), kProtocols), "Ring or two networks."},
    {8, "IFLA_HSR_INTERLINK", "interlink", link(), "Port to a network without redundancy."},
};

}  // namespace

constinit const Table kHsrOptions{"HsrOptions", "Options of an 'hsr' link.", kFields};

}  // namespace netplumb
