#include "route/tc/common.h"
#include "route/tc/qdiscs/kinds.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

constexpr Field kHeaderFields[] = {
    {4, "tcm_ifindex", "link", link(), "The link."},
    {8, "tcm_handle", "handle", qdiscHandle(), "Handle, such as '1:'; chosen by the kernel if left out."},
    {12, "tcm_parent", "parent", classHandle(kClassNames),
     "'root', or the class that the qdisc is the leaf of, such as '1:10'; 'ffff:fff1' for ingress and clsact."},
    {16, "tcm_info", "refCount", u32().readOnly(), "References to the qdisc."},
};
constexpr Table kHeader{"QdiscHeader", "struct tcmsg", kHeaderFields, 20};

constexpr Table kNoOptions{"NoQdiscOptions", "This kind of qdisc has no options.", {}};

constexpr Choice kKinds[] = {
    {"bfifo", &kBfifoOptions},
    {"cake", &kCakeOptions},
    {"cake_mq", &kCakeOptions},
    {"cbs", &kCbsOptions},
    {"choke", &kChokeOptions},
    {"clsact", &kNoOptions},
    {"codel", &kCodelOptions},
    {"drr", &kNoOptions},
    {"dualpi2", &kDualpi2Options},
    {"etf", &kEtfOptions},
    {"ets", &kEtsOptions},
    {"fq", &kFqOptions},
    {"fq_codel", &kFqCodelOptions},
    {"fq_pie", &kFqPieOptions},
    {"gred", &kGredOptions},
    {"hfsc", &kHfscOptions},
    {"hhf", &kHhfOptions},
    {"htb", &kHtbOptions},
    {"ingress", &kNoOptions},
    {"mq", &kNoOptions},
    {"mqprio", nullptr, &kMqprioOptions},
    {"multiq", &kMultiqOptions},
    {"netem", nullptr, &kNetemOptions},
    {"noqueue", &kNoOptions},
    {"pfifo", &kPfifoOptions},
    {"pfifo_fast", &kPrioOptions},
    {"pfifo_head_drop", &kPfifoOptions},
    {"pie", &kPieOptions},
    {"plug", &kPlugOptions},
    {"prio", &kPrioOptions},
    {"qfq", &kNoOptions},
    {"red", &kRedOptions},
    {"sfb", &kSfbOptions},
    {"sfq", &kSfqOptions},
    {"skbprio", &kSkbprioOptions},
    {"taprio", &kTaprioOptions},
    {"tbf", &kTbfOptions},
};

constexpr Choice kXstats[] = {
    {"cake", &kCakeXstats},     {"choke", &kChokeXstats},      {"codel", &kCodelXstats},  {"dualpi2", &kDualpi2Xstats},
    {"fq", &kFqXstats},         {"fq_codel", &kFqCodelXstats}, {"fq_pie", &kFqPieXstats}, {"hhf", &kHhfXstats},
    {"netem", &kNetemXstats},   {"pie", &kPieXstats},          {"red", &kRedXstats},      {"sfb", &kSfbXstats},
    {"taprio", &kTaprioXstats},
};

constexpr auto kStatsFields = statsFields(kXstats);
constexpr Table kStats{"QdiscStats", "Counters of a qdisc, TCA_STATS2.", kStatsFields};

constexpr Field kFields[] = {
    {1, "TCA_KIND", "kind", string(15), "Kind of the qdisc, such as 'htb'."},
    {2, "TCA_OPTIONS", "options", selected(kKinds, "kind"), "The kind's own options."},
    {3, "TCA_STATS", "", pad(), ""},
    {4, "TCA_XSTATS", "", pad(), ""},
    {5, "TCA_RATE", "estimator", structure(kEstimator).writeOnly(), "Have the rate estimated."},
    {7, "TCA_STATS2", "stats", nested(kStats).readOnly().onRequest(), "Counters."},
    {8, "TCA_STAB", "stab", nested(kSizeTable), "What packets cost on the wire."},
    {9, "TCA_PAD", "", pad(), ""},
    {10, "TCA_DUMP_INVISIBLE", "invisible", flag(), "In a dump: tell of default qdiscs, too; told of those."},
    {12, "TCA_HW_OFFLOAD", "offloaded", boolean().readOnly(), "Whether hardware does it."},
    {13, "TCA_INGRESS_BLOCK", "ingressBlock", u32(), "Shared block of filters of incoming packets."},
    {14, "TCA_EGRESS_BLOCK", "egressBlock", u32(), "Shared block of filters of outgoing packets."},
    {16, "TCA_EXT_WARN_MSG", "warning", string(255).readOnly(), "The kernel's warning about the qdisc."},
};
constexpr Table kAttributes{"QdiscAttributes", "TCA_*", kFields};

}  // namespace

constinit const Object kQdisc{"Qdisc", "A queueing discipline (tc(8)).", kHeader, kAttributes};

}  // namespace netplumb
