// Sets or removes the metadata by which tunnel links send packets.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {{1, "set"}, {2, "unset"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "t_action", "action", enumeration(s32(), kActions), "'set' or 'unset' the metadata."},
};
constexpr Table kParms{"TunnelKeyParms", "struct tc_tunnel_key", kParmsFields, 24};

constexpr Field kGeneveFields[] = {
    {1, "GENEVE_CLASS", "class", be16(), "Namespace of the option's type."},
    {2, "GENEVE_TYPE", "type", u8(), "Type of the option."},
    {3, "GENEVE_DATA", "data", binary(128), "Content: a multiple of 4 bytes."},
};
constexpr Table kGeneve{"TunnelGeneveOption", "A Geneve option.", kGeneveFields};

constexpr Field kVxlanFields[] = {
    {1, "VXLAN_GBP", "gbp", u32(), "Group policy id."},
};
constexpr Table kVxlan{"TunnelVxlanOption", "VXLAN's group policy.", kVxlanFields};

constexpr Field kErspanFields[] = {
    {1, "ERSPAN_VER", "ver", u8().range(1, 2), "Version: 1 or 2."},
    {2, "ERSPAN_INDEX", "index", be32(), "Version 1: index of the mirrored port."},
    {3, "ERSPAN_DIR", "dir", u8(), "Version 2: direction, 0 ingress and 1 egress."},
    {4, "ERSPAN_HWID", "hwid", u8(), "Version 2: id of the ERSPAN engine."},
};
constexpr Table kErspan{"TunnelErspanOption", "ERSPAN's metadata.", kErspanFields};

constexpr Field kGtpFields[] = {
    {1, "GTP_PDU_TYPE", "pduType", u8(), "PDU type."},
    {2, "GTP_QFI", "qfi", u8(), "QoS flow identifier."},
};
constexpr Table kGtp{"TunnelGtpOption", "GTP's metadata (flower only).", kGtpFields};

constexpr Field kPfcpFields[] = {
    {1, "PFCP_TYPE", "type", u8(), "Message type: 0 node, 1 session."},
    {2, "PFCP_SEID", "seid", be64(), "Session endpoint identifier."},
};
constexpr Table kPfcp{"TunnelPfcpOption", "PFCP's metadata (flower only).", kPfcpFields};

constexpr Field kTunnelOptionsFields[] = {
    {1, "ENC_OPTS_GENEVE", "geneve", nested(kGeneve).repeated(), "Geneve options, in order."},
    {2, "ENC_OPTS_VXLAN", "vxlan", nested(kVxlan), "VXLAN's."},
    {3, "ENC_OPTS_ERSPAN", "erspan", nested(kErspan), "ERSPAN's."},
    {4, "ENC_OPTS_GTP", "gtp", nested(kGtp), "GTP's, of the flower filter only."},
    {5, "ENC_OPTS_PFCP", "pfcp", nested(kPfcp), "PFCP's, of the flower filter only."},
};

constexpr Field kFields[] = {
    {1, "TCA_TUNNEL_KEY_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_TUNNEL_KEY_PARMS", "", structure(kParms), ""},
    {3, "TCA_TUNNEL_KEY_ENC_IPV4_SRC", "srcIp", ipv4(), "Outer source."},
    {4, "TCA_TUNNEL_KEY_ENC_IPV4_DST", "dstIp", ipv4(), "Outer destination."},
    {5, "TCA_TUNNEL_KEY_ENC_IPV6_SRC", "srcIp", ipv6(), "Outer source."},
    {6, "TCA_TUNNEL_KEY_ENC_IPV6_DST", "dstIp", ipv6(), "Outer destination."},
    {7, "TCA_TUNNEL_KEY_ENC_KEY_ID", "id", be32(), "Tunnel id, such as a VNI."},
    {8, "TCA_TUNNEL_KEY_PAD", "", pad(), ""},
    {9, "TCA_TUNNEL_KEY_ENC_DST_PORT", "dstPort", be16(), "Outer UDP destination port."},
    {10, "TCA_TUNNEL_KEY_NO_CSUM", "nocsum", boolean(), "No outer UDP checksum."},
    {11, "TCA_TUNNEL_KEY_ENC_OPTS", "options", nested(kTunnelOptions), "Options of the tunnel: of one kind only."},
    {12, "TCA_TUNNEL_KEY_ENC_TOS", "tos", u8(), "Outer type of service."},
    {13, "TCA_TUNNEL_KEY_ENC_TTL", "ttl", u8(), "Outer time to live."},
    {14, "TCA_TUNNEL_KEY_NO_FRAG", "nofrag", flag(), "The outer don't-fragment bit is set."},
};

}  // namespace

constinit const Table kTunnelOptions{"TunnelOptions", "Options of a tunnel's header.", kTunnelOptionsFields};
constinit const Table kTunnelKeyAction{"TunnelKeyAction", "Options of a 'tunnel_key' action.", kFields};

}  // namespace netplumb
