// Automatic multicast tunneling (RFC 7450).
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {{0, "gateway"}, {1, "relay"}};

constexpr Field kFields[] = {
    {1, "IFLA_AMT_MODE", "mode", enumeration(u32(), kModes), "Which end this is."},
    {2, "IFLA_AMT_RELAY_PORT", "relayPort", be16(), "UDP port of the relay; 2268 if left out."},
    {3, "IFLA_AMT_GATEWAY_PORT", "gatewayPort", be16(), "UDP port of the gateway; 2268 if left out."},
    {4, "IFLA_AMT_LINK", "link", link(), "Link to send by (dev)."},
    {5, "IFLA_AMT_LOCAL_IP", "localIp", ipv4(), "Address of this end (local)."},
    {6, "IFLA_AMT_REMOTE_IP", "remoteIp", ipv4().readOnly(), "Address of the relay that was found (remote)."},
    {7, "IFLA_AMT_DISCOVERY_IP", "discoveryIp", ipv4(), "Address that relays are searched at (discovery)."},
    {8, "IFLA_AMT_MAX_TUNNELS", "maxTunnels", u32(), "Most tunnels of a relay."},
};

}  // namespace

constinit const Table kAmtOptions{"AmtOptions", "Options of an 'amt' link.", kFields};

}  // namespace netplumb
