#include "route/tc/common.h"

namespace netplumb {
namespace {

constexpr Name kLinkLayers[] = {{0, "unaware"}, {1, "ethernet"}, {2, "atm"}};

constexpr Field kRateSpecFields[] = {
    {0, "cell_log", "cellLog", u8(), "Binary logarithm of the rate table's cell in bytes."},
    {1, "linklayer", "linkLayer", enumeration(u8(), kLinkLayers), "What the packets' cost on the wire is that of."},
    {2, "overhead", "overhead", u16(), "Bytes on the wire beside each packet's own."},
    {4, "cell_align", "cellAlign", s16(), "Bytes that are added before a cell is looked up."},
    {6, "mpu", "mpu", u16(), "Least bytes that a packet counts for."},
    {8, "rate", "rate", rate(u32()), "The rate."},
};

constexpr Field kBasicFields[] = {
    {0, "bytes", "bytes", u64(), "Bytes seen."},
    {8, "packets", "packets", u32(), "Packets seen."},
};
constexpr Field kRateFields[] = {
    {0, "bps", "rate", rate(u32()), "Estimated rate."},
    {4, "pps", "packetRate", u32(), "Estimated packets per second."},
};
constexpr Field kRate64Fields[] = {
    {0, "bps", "rate", rate(u64()), "Estimated rate."},
    {8, "pps", "packetRate", u64(), "Estimated packets per second."},
};
constexpr Field kQueueFields[] = {
    {0, "qlen", "qlen", u32(), "Packets waiting."},
    {4, "backlog", "backlog", u32(), "Bytes waiting."},
    {8, "drops", "drops", u32(), "Packets dropped."},
    {12, "requeues", "requeues", u32(), "Packets put back because the device was busy."},
    {16, "overlimits", "overlimits", u32(), "Times that a packet had to wait for its turn, or was marked."},
};

constexpr Field kEstimatorFields[] = {
    {0, "interval", "interval", s8().range(-2, 3), "Binary logarithm of the seconds between samples."},
    {1, "ewma_log", "ewmaLog", u8().range(1, 31), "Binary logarithm of the inverse weight of a sample."},
};

constexpr Name kSizeLinkLayers[] = {{0, "unaware"}, {1, "ethernet"}, {2, "atm"}};
constexpr Field kSizeSpecFields[] = {
    {0, "cell_log", "cellLog", u8(), "Binary logarithm of a cell in bytes."},
    {1, "size_log", "sizeLog", u8(), "Binary logarithm of the unit of `data`."},
    {2, "cell_align", "cellAlign", s16(), "Bytes that are added before a cell is looked up."},
    {4, "overhead", "overhead", s32(), "Bytes on the wire beside each packet's own; may be negative."},
    {8, "linklayer", "linkLayer", enumeration(u32(), kSizeLinkLayers), "What the packets' cost is that of."},
    {12, "mpu", "mpu", u32(), "Least bytes that a packet counts for."},
    {16, "mtu", "mtu", u32(), "Largest packet that the table knows."},
    {20, "tsize", "tsize", u32(), "Number of the table's cells."},
};
constexpr Table kSizeSpec{"SizeSpec", "struct tc_sizespec", kSizeSpecFields, 24};
constexpr auto kU16 = u16();
constexpr Field kSizeTableFields[] = {
    {1, "TCA_STAB_BASE", "", structure(kSizeSpec), ""},
    {2, "TCA_STAB_DATA", "data", array(kU16, 65528), "Size on the wire of a packet of each cell."},
};

}  // namespace

constinit const Table kRateSpec{"RateSpec", "A rate and how packets are counted, struct tc_ratespec.", kRateSpecFields,
                                12};
constinit const Table kStatsBasic{"StatsBasic", "Traffic seen, struct gnet_stats_basic.", kBasicFields, 16};
constinit const Table kStatsRate{"StatsRate", "Estimated rate, struct gnet_stats_rate_est.", kRateFields, 8};
constinit const Table kStatsRate64{"StatsRate64", "Estimated rate, struct gnet_stats_rate_est64.", kRate64Fields, 16};
constinit const Table kStatsQueue{"StatsQueue", "State of the queue, struct gnet_stats_queue.", kQueueFields, 20};
constinit const Table kEstimator{"Estimator", "How a rate is to be estimated, struct tc_estimator.", kEstimatorFields,
                                 2};
constinit const Table kSizeTable{"SizeTable", "What packets cost on the wire (tc-stab(8)).", kSizeTableFields};

}  // namespace netplumb
