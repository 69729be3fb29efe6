// Virtual tunnel interfaces for IPsec, over IPv4 (vti) and over IPv6 (vti6).
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "IFLA_VTI_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_VTI_IKEY", "ikey", be32(), "Mark that policies know received packets by."},
    {3, "IFLA_VTI_OKEY", "okey", be32(), "Mark that policies know sent packets by."},
    {4, "IFLA_VTI_LOCAL", "local", ipv4(), "Address of this end."},
    {5, "IFLA_VTI_REMOTE", "remote", ipv4(), "Address of the remote end."},
    {6, "IFLA_VTI_FWMARK", "fwmark", u32(), "Mark of sent packets."},
};

constexpr Field kFields6[] = {
    {1, "IFLA_VTI_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_VTI_IKEY", "ikey", be32(), "Mark that policies know received packets by."},
    {3, "IFLA_VTI_OKEY", "okey", be32(), "Mark that policies know sent packets by."},
    {4, "IFLA_VTI_LOCAL", "local", ipv6(), "Address of this end."},
    {5, "IFLA_VTI_REMOTE", "remote", ipv6(), "Address of the remote end."},
    {6, "IFLA_VTI_FWMARK", "fwmark", u32(), "Mark of sent packets."},
};

}  // namespace

constinit const Table kVtiOptions{"VtiOptions", "Options of a 'vti' link.", kFields};
constinit const Table kVti6Options{"Vti6Options", "Options of a 'vti6' link.", kFields6};

}  // namespace netplumb
