// Routes: RTM_NEWROUTE and its kin. Lightweight tunnels are here too, as nexthops have them as well.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kRoute;

extern constinit const Table kMplsEncap;
extern constinit const Table kIpEncap;
extern constinit const Table kIlaEncap;
extern constinit const Table kIp6Encap;
extern constinit const Table kSeg6Encap;
extern constinit const Table kBpfEncap;
extern constinit const Table kSeg6LocalEncap;
extern constinit const Table kRplEncap;
extern constinit const Table kIoam6Encap;
extern constinit const Table kXfrmEncap;

/// Kinds of lightweight tunnels (LWTUNNEL_ENCAP_*).
inline constexpr Name kEncapTypes[] = {
    {0, "none"}, {1, "mpls"},      {2, "ip"},  {3, "ila"},   {4, "ip6"},   {5, "seg6"},
    {6, "bpf"},  {7, "seg6local"}, {8, "rpl"}, {9, "ioam6"}, {10, "xfrm"},
};

/// What a lightweight tunnel's attributes are, by its kind.
inline constexpr Choice kEncaps[] = {
    {"mpls", &kMplsEncap},   {"ip", &kIpEncap},     {"ila", &kIlaEncap}, {"ip6", &kIp6Encap},
    {"seg6", &kSeg6Encap},   {"bpf", &kBpfEncap},   {"rpl", &kRplEncap}, {"seg6local", &kSeg6LocalEncap},
    {"ioam6", &kIoam6Encap}, {"xfrm", &kXfrmEncap},
};

}  // namespace netplumb
