#include "route/tc/common.h"
#include "route/tc/qdiscs/kinds.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

constexpr Field kHeaderFields[] = {
    {4, "tcm_ifindex", "link", link(), "The link."},
    {8, "tcm_handle", "classid", classHandle(), "Handle, such as '1:10'."},
    {12, "tcm_parent", "parent", classHandle(kClassNames),
     "The class above, or the qdisc ('1:'); told as 'root' for a qdisc's uppermost classes."},
    {16, "tcm_info", "leaf", qdiscHandle().readOnly(), "The qdisc that holds the class's packets; '0:': none."},
};
constexpr Table kHeader{"TcClassHeader", "struct tcmsg", kHeaderFields, 20};

constexpr Choice kKinds[] = {
    {"drr", &kDrrClassOptions}, {"ets", &kEtsClassOptions}, {"hfsc", &kHfscClassOptions},
    {"htb", &kHtbClassOptions}, {"qfq", &kQfqClassOptions},
};
constexpr Choice kXstats[] = {
    {"cake", &kCakeXstats},      {"drr", &kDrrClassXstats}, {"fq_codel", &kFqCodelClassXstats},
    {"hfsc", &kHfscClassXstats}, {"htb", &kHtbClassXstats}, {"qfq", &kQfqClassXstats},
    {"sfq", &kSfqClassXstats},
};

constexpr auto kStatsFields = statsFields(kXstats);
constexpr Table kStats{"TcClassStats", "Counters of a class, TCA_STATS2.", kStatsFields};

constexpr Field kFields[] = {
    {1, "TCA_KIND", "kind", string(15), "Kind of the qdisc that the class belongs to, such as 'htb'."},
    {2, "TCA_OPTIONS", "options", selected(kKinds, "kind"), "The kind's own options."},
    {3, "TCA_STATS", "", pad(), ""},
    {4, "TCA_XSTATS", "", pad(), ""},
    {5, "TCA_RATE", "estimator", structure(kEstimator).writeOnly(), "Have the rate estimated."},
    {7, "TCA_STATS2", "stats", nested(kStats).readOnly().onRequest(), "Counters."},
    {9, "TCA_PAD", "", pad(), ""},
    {12, "TCA_HW_OFFLOAD", "offloaded", boolean().readOnly(), "Whether hardware does it."},
    {16, "TCA_EXT_WARN_MSG", "warning", string(255).readOnly(), "The kernel's warning about the class."},
};
constexpr Table kAttributes{"TcClassAttributes", "TCA_*", kFields};

}  // namespace

constinit const Object kTcClass{"TcClass", "A class of a qdisc (tc(8)).", kHeader, kAttributes};

}  // namespace netplumb
