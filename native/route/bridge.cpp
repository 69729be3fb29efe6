#include "route/bridge.h"

#include "route/names.h"

namespace netplumb {
namespace {

constexpr uint64_t kAfBridge = 7;

constexpr Name kVlanFlags[] = {
    {0x01, "master"},   {0x02, "pvid"},        {0x04, "untagged"},    {0x08, "rangeBegin"},
    {0x10, "rangeEnd"}, {0x20, "bridgeEntry"}, {0x40, "onlyOptions"},
};
constexpr Name kStates[] = {{0, "disabled"}, {1, "listening"}, {2, "learning"}, {3, "forwarding"}, {4, "blocking"}};
constexpr Name kRouters[] = {{0, "disabled"}, {1, "query"}, {2, "permanent"}, {3, "temporary"}};
// The same numbers as message types.
constexpr Name kTunnelCommands[] = {{17, "delete"}, {19, "set"}};
constexpr Name kDumpFlags[] = {{0x1, "stats"}, {0x2, "global"}};

constexpr Field kVlansHeaderFields[] = {
    {0, "family", "", u8().otherwise(kAfBridge), ""},
    {4, "ifindex", "link", link(), "The port, or the bridge itself."},
};
constexpr Table kVlansHeader{"BridgeVlansHeader", "struct br_vlan_msg", kVlansHeaderFields, 8};

constexpr Field kVlanInfoFields[] = {
    {0, "flags", "flags", flags(u16(), kVlanFlags), "What the VLAN is on this port."},
    {2, "vid", "vid", u16().range(1, 4094), "The VLAN's id."},
};
constexpr Table kVlanInfo{"BridgeVlanInfo", "struct bridge_vlan_info", kVlanInfoFields, 4};

constexpr Field kVlanTunnelFields[] = {
    {1, "BRIDGE_VLANDB_TINFO_ID", "id", u32().range(0, 0xffffff), "The tunnel id."},
    {2, "BRIDGE_VLANDB_TINFO_CMD", "command", enumeration(u32(), kTunnelCommands).writeOnly(), "What is to be done."},
};
constexpr Table kVlanTunnel{"BridgeVlanTunnel", "The tunnel id that a VLAN is mapped to.", kVlanTunnelFields};

constexpr Field kVlanStatsFields[] = {
    {1, "BRIDGE_VLANDB_STATS_RX_BYTES", "rxBytes", u64(), "Bytes received."},
    {2, "BRIDGE_VLANDB_STATS_RX_PACKETS", "rxPackets", u64(), "Packets received."},
    {3, "BRIDGE_VLANDB_STATS_TX_BYTES", "txBytes", u64(), "Bytes sent."},
    {4, "BRIDGE_VLANDB_STATS_TX_PACKETS", "txPackets", u64(), "Packets sent."},
    {5, "BRIDGE_VLANDB_STATS_PAD", "", pad(), ""},
};
constexpr Table kVlanStats{"BridgeVlanStats", "Traffic of a VLAN.", kVlanStatsFields};

constexpr Field kVlanFields[] = {
    {1, "BRIDGE_VLANDB_ENTRY_INFO", "", structure(kVlanInfo), ""},
    {2, "BRIDGE_VLANDB_ENTRY_RANGE", "rangeEnd", u16().range(1, 4094), "Last id of a range that begins with vid."},
    {3, "BRIDGE_VLANDB_ENTRY_STATE", "state", enumeration(u8(), kStates), "State in the spanning tree."},
    {4, "BRIDGE_VLANDB_ENTRY_TUNNEL_INFO", "tunnel", nested(kVlanTunnel), "The tunnel id it is mapped to."},
    {5, "BRIDGE_VLANDB_ENTRY_STATS", "stats", nested(kVlanStats).readOnly(), "Traffic."},
    {6, "BRIDGE_VLANDB_ENTRY_MCAST_ROUTER", "mcastRouter", enumeration(u8(), kRouters),
     "Whether a multicast router is behind the port."},
    {7, "BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS", "mcastNGroups", u32().readOnly(), "Multicast groups joined."},
    {8, "BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS", "mcastMaxGroups", u32(), "Most multicast groups; 0: no limit."},
    {9, "BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS", "neighSuppress", boolean(), "ARP and ND of known neighbours stay out."},
    {10, "BRIDGE_VLANDB_ENTRY_NEIGH_FORWARD_GRAT", "neighForwardGrat", boolean(),
     "Gratuitous ARP and unsolicited ND go out for all of that."},
};
constexpr Table kVlan{"BridgeVlanEntry", "A VLAN, or a range of VLANs, of a port or bridge.", kVlanFields};

constexpr Field kVlansFields[] = {
    {1, "BRIDGE_VLANDB_ENTRY", "entries", nested(kVlan).repeated(), "VLANs."},
    {2, "BRIDGE_VLANDB_GLOBAL_OPTIONS", "", pad(), ""},
};
constexpr Table kVlansAttributes{"BridgeVlansAttributes", "BRIDGE_VLANDB_*", kVlansFields};

constexpr Name kMdbStates[] = {{0, "temporary"}, {1, "permanent"}};
constexpr Name kMdbFlags[] = {{0x1, "offload"}, {0x2, "fastLeave"},    {0x4, "starExcl"},
                              {0x8, "blocked"}, {0x10, "addedByStar"}, {0x20, "offloadFailed"}};
constexpr Name kMdbProtocols[] = {{0, "mac"}, {0x0800, "ip"}, {0x86dd, "ipv6"}};
constexpr Name kFilterModes[] = {{0, "exclude"}, {1, "include"}};

constexpr Field kMdbHeaderFields[] = {
    {0, "family", "", u8().otherwise(kAfBridge), ""},
    {4, "ifindex", "link", link(), "The bridge, or a VXLAN that has a database of its own."},
};
constexpr Table kMdbHeader{"MdbHeader", "struct br_port_msg", kMdbHeaderFields, 8};

constexpr Field kMdbEntryFields[] = {
    {0, "ifindex", "port", link(), "The port that the group's packets go to; the bridge itself for hosts."},
    {4, "state", "state", enumeration(u8(), kMdbStates), "Whether it is forgotten after some time."},
    {5, "flags", "flags", flags(u8(), kMdbFlags), "What is known of it."},
    {6, "vid", "vid", u16().range(0, 4095), "VLAN; 0: none."},
    {8, "addr.u.ip4", "groupIp", ipv4(), "The group, where protocol is 'ip'."},
    {8, "addr.u.ip6", "groupIpv6", ipv6(), "The group, where protocol is 'ipv6'."},
    {8, "addr.u.mac_addr", "groupMac", mac(), "The group, where protocol is 'mac'."},
    {24, "addr.proto", "protocol", enumeration(be16(), kMdbProtocols), "What kind of address the group has."},
};
constexpr Table kMdbEntry{"MdbEntryHeader", "struct br_mdb_entry", kMdbEntryFields, 28};

constexpr Field kMdbSourceFields[] = {
    {1, "MDBA_MDB_SRCATTR_ADDRESS", "address", ip(), "The source."},
    {2, "MDBA_MDB_SRCATTR_TIMER", "timer", u32().scaled(10), "Milliseconds until it is forgotten."},
};
constexpr Table kMdbSource{"MdbSource", "A source of a group.", kMdbSourceFields};
constexpr auto kMdbSourceNest = nested(kMdbSource);

constexpr Field kMdbEntryAttributeFields[] = {
    {1, "MDBA_MDB_EATTR_TIMER", "timer", u32().scaled(10), "Milliseconds until it is forgotten."},
    {2, "MDBA_MDB_EATTR_SRC_LIST", "sources", list(kMdbSourceNest, 1), "Sources that listeners want, or do not."},
    {3, "MDBA_MDB_EATTR_GROUP_MODE", "filterMode", enumeration(u8(), kFilterModes), "Whether sources are wanted."},
    {4, "MDBA_MDB_EATTR_SOURCE", "source", ip(), "Only packets of this source."},
    {5, "MDBA_MDB_EATTR_RTPROT", "routeProtocol", enumeration(u8(), kRouteProtocols), "Who made the entry."},
    {6, "MDBA_MDB_EATTR_DST", "dst", ip(), "Of a VXLAN: the remote end."},
    {7, "MDBA_MDB_EATTR_DST_PORT", "dstPort", u16(), "Of a VXLAN: the remote end's port."},
    {8, "MDBA_MDB_EATTR_VNI", "vni", u32(), "Of a VXLAN: VNI to send with."},
    {9, "MDBA_MDB_EATTR_IFINDEX", "viaLink", link(), "Of a VXLAN: link to send by."},
    {10, "MDBA_MDB_EATTR_SRC_VNI", "srcVni", u32(), "Of a VXLAN: VNI that the entry is for."},
};
constexpr Table kMdbEntryAttributes{"MdbEntryAttributes", "MDBA_MDB_EATTR_*", kMdbEntryAttributeFields};
constexpr Object kMdbEntryObject{"MdbEntry", "Where the packets of a multicast group go.", kMdbEntry,
                                 kMdbEntryAttributes};
constexpr auto kMdbInfo = object(kMdbEntryObject);
constexpr auto kMdbInfos = list(kMdbInfo, 1);

constexpr Field kMdbFields[] = {
    {1, "MDBA_MDB", "entries", list(kMdbInfos, 1).readOnly(), "Groups and their ports."},
    {2, "MDBA_ROUTER", "", pad(), ""},
};
constexpr Table kMdbAttributes{"MdbAttributes", "MDBA_*", kMdbFields};

constexpr Field kMdbChangeAttributeFields[] = {
    {1, "MDBE_ATTR_SOURCE", "source", ip(), "Only packets of this source."},
    {3, "MDBE_ATTR_GROUP_MODE", "filterMode", enumeration(u8(), kFilterModes), "Whether sources are wanted."},
    {4, "MDBE_ATTR_RTPROT", "routeProtocol", enumeration(u8(), kRouteProtocols), "Who makes the entry."},
    {5, "MDBE_ATTR_DST", "dst", ip(), "Of a VXLAN: the remote end."},
    {6, "MDBE_ATTR_DST_PORT", "dstPort", u16(), "Of a VXLAN: the remote end's port."},
    {7, "MDBE_ATTR_VNI", "vni", u32(), "Of a VXLAN: VNI to send with."},
    {8, "MDBE_ATTR_IFINDEX", "viaLink", link(), "Of a VXLAN: link to send by."},
    {9, "MDBE_ATTR_SRC_VNI", "srcVni", u32(), "Of a VXLAN: VNI that the entry is for."},
};
constexpr Table kMdbChangeEntry{"MdbChangeEntry", "MDBE_ATTR_*", kMdbChangeAttributeFields};

constexpr Field kMdbChangeFields[] = {
    {1, "MDBA_SET_ENTRY", "", structure(kMdbEntry), ""},
    {2, "MDBA_SET_ENTRY_ATTRS", "", nested(kMdbChangeEntry), ""},
};
constexpr Table kMdbChangeAttributes{"MdbChangeAttributes", "MDBA_SET_*", kMdbChangeFields};

constexpr Field kVnisHeaderFields[] = {
    {0, "family", "", u8().otherwise(kAfBridge), ""},
    {1, "flags", "dump", flags(u8(), kDumpFlags).writeOnly(), "What a dump tells besides."},
    {4, "ifindex", "link", link(), "The VXLAN."},
};
constexpr Table kVnisHeader{"VxlanVnisHeader", "struct tunnel_msg", kVnisHeaderFields, 8};

constexpr Field kVniStatsFields[] = {
    {1, "VNIFILTER_ENTRY_STATS_RX_BYTES", "rxBytes", u64(), "Bytes received."},
    {2, "VNIFILTER_ENTRY_STATS_RX_PKTS", "rxPackets", u64(), "Packets received."},
    {3, "VNIFILTER_ENTRY_STATS_RX_DROPS", "rxDrops", u64(), "Packets received and dropped."},
    {4, "VNIFILTER_ENTRY_STATS_RX_ERRORS", "rxErrors", u64(), "Errors in receiving."},
    {5, "VNIFILTER_ENTRY_STATS_TX_BYTES", "txBytes", u64(), "Bytes sent."},
    {6, "VNIFILTER_ENTRY_STATS_TX_PKTS", "txPackets", u64(), "Packets sent."},
    {7, "VNIFILTER_ENTRY_STATS_TX_DROPS", "txDrops", u64(), "Packets dropped in sending."},
    {8, "VNIFILTER_ENTRY_STATS_TX_ERRORS", "txErrors", u64(), "Errors in sending."},
    {9, "VNIFILTER_ENTRY_STATS_PAD", "", pad(), ""},
};
constexpr Table kVniStats{"VxlanVniStats", "Traffic of a VNI.", kVniStatsFields};

constexpr Field kVniFields[] = {
    {1, "VXLAN_VNIFILTER_ENTRY_START", "vni", u32().range(0, 0xffffff), "The VNI, or the first of a range."},
    {2, "VXLAN_VNIFILTER_ENTRY_END", "rangeEnd", u32().range(0, 0xffffff), "Last VNI of a range."},
    {3, "VXLAN_VNIFILTER_ENTRY_GROUP", "group", ipv4(), "Multicast group, or remote end, of it."},
    {4, "VXLAN_VNIFILTER_ENTRY_GROUP6", "group6", ipv6(), "The same of IPv6."},
    {5, "VXLAN_VNIFILTER_ENTRY_STATS", "stats", nested(kVniStats).readOnly(), "Traffic."},
};
constexpr Table kVni{"VxlanVniEntry", "A VNI, or a range of VNIs, that a VXLAN takes packets of.", kVniFields};

constexpr Field kVnisFields[] = {
    {1, "VXLAN_VNIFILTER_ENTRY", "entries", nested(kVni).repeated(), "VNIs."},
};
constexpr Table kVnisAttributes{"VxlanVnisAttributes", "VXLAN_VNIFILTER_*", kVnisFields};

}  // namespace

constinit const Object kBridgeVlans{"BridgeVlans", "VLANs of a port or bridge.", kVlansHeader, kVlansAttributes};
constinit const Object kMdb{"Mdb", "Multicast groups of a bridge.", kMdbHeader, kMdbAttributes};
constinit const Object kMdbChange{"MdbChange", "A change of a bridge's multicast groups.", kMdbHeader,
                                  kMdbChangeAttributes};
constinit const Object kVxlanVnis{"VxlanVnis", "VNIs that a VXLAN takes packets of.", kVnisHeader, kVnisAttributes};

}  // namespace netplumb
