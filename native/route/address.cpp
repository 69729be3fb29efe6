#include "route/address.h"

#include "route/names.h"

namespace netplumb {
namespace {

// 0x01 is IFA_F_SECONDARY to IPv4 and IFA_F_TEMPORARY to IPv6: one name for both.
constexpr Name kFlags[] = {
    {0x001, "secondary"},  {0x002, "nodad"},         {0x004, "optimistic"}, {0x008, "dadfailed"},
    {0x010, "home"},       {0x020, "deprecated"},    {0x040, "tentative"},  {0x080, "permanent"},
    {0x100, "mngtmpaddr"}, {0x200, "noprefixroute"}, {0x400, "autojoin"},   {0x800, "stablePrivacy"},
};

constexpr Name kProtocols[] = {
    {0, "unspec"},
    {1, "kernelLo"},
    {2, "kernelRa"},
    {3, "kernelLl"},
};

constexpr Field kHeaderFields[] = {
    {0, "ifa_family", "family", enumeration(u8(), kFamilies), "Address family; follows from the address if left out."},
    {3, "ifa_scope", "scope", enumeration(u8(), kRouteScopes), "How far the address is valid."},
    {4, "ifa_index", "link", link(), "The link that has the address."},
};
constexpr Table kHeader{"AddressHeader", "struct ifaddrmsg", kHeaderFields, 8};

// A lifetime that is not given is infinite.
constexpr auto kLifetime = u32().scaled(1000).infinite().otherwise(0xffffffff);

constexpr Field kCacheInfoFields[] = {
    {0, "ifa_prefered", "preferredLifetime", kLifetime,
     "Milliseconds (whole seconds) until the address is deprecated, or Infinity; at most validLifetime."},
    {4, "ifa_valid", "validLifetime", kLifetime,
     "Milliseconds (whole seconds) until the address is removed, or Infinity; not 0."},
    {8, "cstamp", "created", u32().scaled(10).readOnly(), "When it was added: milliseconds since boot."},
    {12, "tstamp", "updated", u32().scaled(10).readOnly(), "When it was last changed: milliseconds since boot."},
};
constexpr Table kCacheInfo{"AddressCacheInfo", "struct ifa_cacheinfo", kCacheInfoFields, 16};

constexpr Field kFields[] = {
    {1, "IFA_ADDRESS", "address", prefix(1), "Address with prefix length; the peer's on a point-to-point link."},
    {2, "IFA_LOCAL", "local", prefix(1), "The link's own address, with the same prefix length; needed for IPv4."},
    {3, "IFA_LABEL", "label", string(15), "IPv4 only: label, by custom the link's name with a suffix."},
    {4, "IFA_BROADCAST", "broadcast", ip(), "IPv4 only: broadcast address."},
    {5, "IFA_ANYCAST", "anycast", ip().readOnly(), "IPv6 anycast address."},
    {6, "IFA_CACHEINFO", "", structure(kCacheInfo), ""},
    {7, "IFA_MULTICAST", "multicast", ip().readOnly(), "IPv6 multicast address."},
    {8, "IFA_FLAGS", "flags", flags(u32(), kFlags),
     "State and options. 'secondary' on IPv6 says that it is a temporary (privacy) address."},
    {9, "IFA_RT_PRIORITY", "metric", u32(), "Metric of the prefix route that comes with the address."},
    {10, "IFA_TARGET_NETNSID", "targetNetnsId", s32().range(0, 0x7fffffff),
     "Id of the namespace that is asked instead of the socket's own."},
    {11, "IFA_PROTO", "protocol", enumeration(u8(), kProtocols), "Who made the address."},
    {12, "IFA_MC_USERS", "multicastUsers", u32().readOnly(), "How many have joined the multicast address."},
};
constexpr Table kAttributes{"AddressAttributes", "IFA_*", kFields};

}  // namespace

constinit const Object kAddress{"Address", "An IPv4 or IPv6 address of a link.", kHeader, kAttributes, 0};

}  // namespace netplumb
