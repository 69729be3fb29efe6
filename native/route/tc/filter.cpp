#include "route/tc/filters/filters.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

/// A block's filters are addressed by this in the place of a link (TCM_IFINDEX_MAGIC_BLOCK), the block in that of the
/// parent.
constexpr Name kFilterParents[] = {{0xffffffff, "root"}, {0, "none"}, {0xfffffff2, "ingress"}, {0xfffffff3, "egress"}};

constexpr Field kHeaderFields[] = {
    {4, "tcm_ifindex", "link", link(), "The link; left out for filters of a shared block."},
    {4, "tcm_ifindex", "ifindex", s32().writeOnly(), "-1 (TCM_IFINDEX_MAGIC_BLOCK): the filters of a shared block."},
    {8, "tcm_handle", "handle", u32(), "Handle; what it means depends on the kind."},
    {12, "tcm_parent", "parent", classHandle(kFilterParents),
     "The qdisc or class whose packets are looked at, 'ingress' or 'egress' of a clsact qdisc."},
    {12, "tcm_block_index", "block", u32().writeOnly(), "The shared block."},
    {16, "TC_H_MIN(tcm_info)", "protocol", enumeration(be16(), kEtherTypes), "Protocol of the packets, such as 'ip'."},
    {18, "TC_H_MAJ(tcm_info)", "prio", u16(), "Priority: filters with lower numbers are tried first."},
};
constexpr Table kFilterHeader{"TcFilterHeader", "struct tcmsg", kHeaderFields, 20};

constexpr Choice kKinds[] = {
    {"basic", &kBasicFilter},       {"bpf", &kBpfFilter},       {"cgroup", &kCgroupFilter},
    {"flow", &kFlowFilter},         {"flower", &kFlowerFilter}, {"fw", &kFwFilter},
    {"matchall", &kMatchallFilter}, {"route", &kRouteFilter},   {"u32", &kU32Filter},
};

constexpr Field kFields[] = {
    {1, "TCA_KIND", "kind", string(15), "Kind of the filter, such as 'u32'."},
    {2, "TCA_OPTIONS", "options", selected(kKinds, "kind"), "The kind's own options."},
    {3, "TCA_STATS", "", pad(), ""},
    {4, "TCA_XSTATS", "", pad(), ""},
    {5, "TCA_RATE", "estimator", structure(kEstimator).writeOnly(), "Have the rate estimated."},
    {9, "TCA_PAD", "", pad(), ""},
    {11, "TCA_CHAIN", "chain", u32(), "The chain that the filter is in; 0 is where packets begin."},
    {15, "TCA_DUMP_FLAGS", "dump", bitfield32({}).writeOnly(), "What a dump tells."},
    {16, "TCA_EXT_WARN_MSG", "warning", string(255).readOnly(), "The kernel's warning about the filter."},
};
constexpr Table kAttributes{"TcFilterAttributes", "TCA_*", kFields};

constexpr Table kChainAttributes{"TcChainAttributes", "TCA_*", kFields};

}  // namespace

constinit const Object kTcFilter{"TcFilter", "A filter: what becomes of which packets (tc(8)).", kFilterHeader,
                                 kAttributes};
constinit const Object kTcChain{"TcChain", "A chain of filters, with the template that they must fit.", kFilterHeader,
                                kChainAttributes};

}  // namespace netplumb
