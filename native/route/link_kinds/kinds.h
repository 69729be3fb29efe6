// The options of each kind of link (IFLA_INFO_DATA), and of what is a port of one (IFLA_INFO_SLAVE_DATA).
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Table kAmtOptions;
extern constinit const Table kBareudpOptions;
extern constinit const Table kBatadvOptions;
extern constinit const Table kBondOptions;
extern constinit const Table kBondPort;
extern constinit const Table kBridgeOptions;
extern constinit const Table kBridgePort;
extern constinit const Table kGeneveOptions;
extern constinit const Table kGre6Options;
extern constinit const Table kGreOptions;
extern constinit const Table kGtpOptions;
extern constinit const Table kHsrOptions;
extern constinit const Table kIp6TunnelOptions;
extern constinit const Table kIpTunnelOptions;
extern constinit const Table kIpvlanOptions;
extern constinit const Table kMacsecOptions;
extern constinit const Table kMacvlanOptions;
extern constinit const Table kNetkitOptions;
extern constinit const Table kOvpnOptions;
extern constinit const Table kTunOptions;
extern constinit const Table kVethOptions;
extern constinit const Table kVlanOptions;
extern constinit const Table kVrfOptions;
extern constinit const Table kVrfPort;
extern constinit const Table kVti6Options;
extern constinit const Table kVtiOptions;
extern constinit const Table kVxlanOptions;
extern constinit const Table kXfrmOptions;

/// The Ethernet types of VLAN tags (ETH_P_8021Q, ETH_P_8021AD).
inline constexpr Name kVlanProtocols[] = {{0x8100, "802.1Q"}, {0x88a8, "802.1ad"}};

/// What a tunnel's packets are wrapped in besides (TUNNEL_ENCAP_*).
inline constexpr Name kTunnelEncaps[] = {{0, "none"}, {1, "fou"}, {2, "gue"}, {3, "mpls"}};

/// Options of that wrapping (TUNNEL_ENCAP_FLAG_*).
inline constexpr Name kTunnelEncapFlags[] = {{0x1, "csum"}, {0x2, "csum6"}, {0x4, "remcsum"}};

/// Options of a tunnel over IPv6 (IP6_TNL_F_*).
inline constexpr Name kIp6TunnelFlags[] = {
    {0x01, "ignoreEncapLimit"},
    {0x02, "inheritTclass"},
    {0x04, "inheritFlowLabel"},
    {0x08, "mip6"},
    {0x10, "rcvDscpCopy"},
    {0x20, "inheritFwmark"},
    {0x40, "allowLocalRemote"},
    // Told only: what the addresses allow.
    {0x10000, "capXmit"},
    {0x20000, "capRcv"},
    {0x40000, "capPerPacket"},
};

/// Whether the outer header's don't-fragment bit is set (VXLAN_DF_*, GENEVE_DF_*).
inline constexpr Name kDontFragment[] = {{0, "unset"}, {1, "set"}, {2, "inherit"}};

/// struct ifla_vxlan_port_range and struct ifla_geneve_port_range.
inline constexpr Field kPortRangeFields[] = {
    {0, "low", "low", be16(), "First port."},
    {2, "high", "high", be16(), "Last port."},
};
inline constexpr Table kPortRange{"PortRange", "A range of UDP ports.", kPortRangeFields, 4};

}  // namespace netplumb
