#include "netfilter/operations.h"

#include <linux/netlink.h>

#include "netfilter/conntrack.h"
#include "netfilter/names.h"
#include "netfilter/nftables.h"

namespace netplumb {
namespace {

constexpr uint16_t kAdd = NLM_F_CREATE;
constexpr uint16_t kCreate = NLM_F_CREATE | NLM_F_EXCL;
constexpr uint16_t kAppend = NLM_F_CREATE | NLM_F_APPEND;

constexpr auto kAck = Answer::kAck;
constexpr auto kOne = Answer::kOne;
constexpr auto kEach = Answer::kEach;
constexpr auto kDump = Answer::kDump;

// Those that change something go in transactions only.
const Operation kOperations[] = {
    {"nft.addTable", "NFT_MSG_NEWTABLE", &kNfTable, nftType(0), kAdd, kAck},
    {"nft.createTable", "NFT_MSG_NEWTABLE", &kNfTable, nftType(0), kCreate, kAck},
    {"nft.deleteTable", "NFT_MSG_DELTABLE", &kNfTable, nftType(2), 0, kAck},
    {"nft.destroyTable", "NFT_MSG_DESTROYTABLE", &kNfTable, nftType(26), 0, kAck},
    {"nft.getTable", "NFT_MSG_GETTABLE", &kNfTable, nftType(1), 0, kOne},
    {"nft.getTables", "NFT_MSG_GETTABLE", &kNfTable, nftType(1), 0, kDump},

    {"nft.addChain", "NFT_MSG_NEWCHAIN", &kNfChain, nftType(3), kAdd, kAck},
    {"nft.createChain", "NFT_MSG_NEWCHAIN", &kNfChain, nftType(3), kCreate, kAck},
    {"nft.renameChain", "NFT_MSG_NEWCHAIN", &kNfChain, nftType(3), 0, kAck},
    {"nft.deleteChain", "NFT_MSG_DELCHAIN", &kNfChain, nftType(5), 0, kAck},
    {"nft.destroyChain", "NFT_MSG_DESTROYCHAIN", &kNfChain, nftType(27), 0, kAck},
    {"nft.getChain", "NFT_MSG_GETCHAIN", &kNfChain, nftType(4), 0, kOne},
    {"nft.getChains", "NFT_MSG_GETCHAIN", &kNfChain, nftType(4), 0, kDump},

    {"nft.addRule", "NFT_MSG_NEWRULE", &kNfRule, nftType(6), kAppend, kAck},
    {"nft.insertRule", "NFT_MSG_NEWRULE", &kNfRule, nftType(6), kAdd, kAck},
    {"nft.replaceRule", "NFT_MSG_NEWRULE", &kNfRule, nftType(6), NLM_F_REPLACE, kAck},
    {"nft.deleteRule", "NFT_MSG_DELRULE", &kNfRule, nftType(8), 0, kAck},
    {"nft.destroyRule", "NFT_MSG_DESTROYRULE", &kNfRule, nftType(28), 0, kAck},
    {"nft.getRule", "NFT_MSG_GETRULE", &kNfRule, nftType(7), 0, kOne},
    {"nft.getRules", "NFT_MSG_GETRULE", &kNfRule, nftType(7), 0, kDump},
    {"nft.resetRule", "NFT_MSG_GETRULE_RESET", &kNfRule, nftType(25), 0, kOne},
    {"nft.resetRules", "NFT_MSG_GETRULE_RESET", &kNfRule, nftType(25), 0, kDump},

    {"nft.addSet", "NFT_MSG_NEWSET", &kNfSet, nftType(9), kAdd, kAck},
    {"nft.createSet", "NFT_MSG_NEWSET", &kNfSet, nftType(9), kCreate, kAck},
    {"nft.deleteSet", "NFT_MSG_DELSET", &kNfSet, nftType(11), 0, kAck},
    {"nft.destroySet", "NFT_MSG_DESTROYSET", &kNfSet, nftType(29), 0, kAck},
    {"nft.getSet", "NFT_MSG_GETSET", &kNfSet, nftType(10), 0, kOne},
    {"nft.getSets", "NFT_MSG_GETSET", &kNfSet, nftType(10), 0, kDump},

    {"nft.addElements", "NFT_MSG_NEWSETELEM", &kNfElements, nftType(12), kAdd, kAck},
    {"nft.createElements", "NFT_MSG_NEWSETELEM", &kNfElements, nftType(12), kCreate, kAck},
    {"nft.deleteElements", "NFT_MSG_DELSETELEM", &kNfElements, nftType(14), 0, kAck},
    {"nft.destroyElements", "NFT_MSG_DESTROYSETELEM", &kNfElements, nftType(30), 0, kAck},
    {"nft.getElement", "NFT_MSG_GETSETELEM", &kNfElements, nftType(13), 0, kOne},
    {"nft.getEachElement", "NFT_MSG_GETSETELEM", &kNfElements, nftType(13), 0, kEach},
    {"nft.getElements", "NFT_MSG_GETSETELEM", &kNfElements, nftType(13), 0, kDump},
    {"nft.resetElement", "NFT_MSG_GETSETELEM_RESET", &kNfElements, nftType(33), 0, kOne},
    {"nft.resetElements", "NFT_MSG_GETSETELEM_RESET", &kNfElements, nftType(33), 0, kDump},

    {"nft.addObject", "NFT_MSG_NEWOBJ", &kNfObject, nftType(18), kAdd, kAck},
    {"nft.createObject", "NFT_MSG_NEWOBJ", &kNfObject, nftType(18), kCreate, kAck},
    {"nft.deleteObject", "NFT_MSG_DELOBJ", &kNfObject, nftType(20), 0, kAck},
    {"nft.destroyObject", "NFT_MSG_DESTROYOBJ", &kNfObject, nftType(31), 0, kAck},
    {"nft.getObject", "NFT_MSG_GETOBJ", &kNfObject, nftType(19), 0, kOne},
    {"nft.getObjects", "NFT_MSG_GETOBJ", &kNfObject, nftType(19), 0, kDump},
    {"nft.resetObject", "NFT_MSG_GETOBJ_RESET", &kNfObject, nftType(21), 0, kOne},
    {"nft.resetObjects", "NFT_MSG_GETOBJ_RESET", &kNfObject, nftType(21), 0, kDump},

    {"nft.addFlowtable", "NFT_MSG_NEWFLOWTABLE", &kNfFlowtable, nftType(22), kAdd, kAck},
    {"nft.createFlowtable", "NFT_MSG_NEWFLOWTABLE", &kNfFlowtable, nftType(22), kCreate, kAck},
    {"nft.deleteFlowtable", "NFT_MSG_DELFLOWTABLE", &kNfFlowtable, nftType(24), 0, kAck},
    {"nft.destroyFlowtable", "NFT_MSG_DESTROYFLOWTABLE", &kNfFlowtable, nftType(32), 0, kAck},
    {"nft.getFlowtable", "NFT_MSG_GETFLOWTABLE", &kNfFlowtable, nftType(23), 0, kOne},
    {"nft.getFlowtables", "NFT_MSG_GETFLOWTABLE", &kNfFlowtable, nftType(23), 0, kDump},

    {"nft.getGeneration", "NFT_MSG_GETGEN", &kNfGeneration, nftType(16), 0, kOne},

    {"conntrack.add", "IPCTNL_MSG_CT_NEW", &kConntrackEntry, conntrackType(0), kCreate, kAck},
    {"conntrack.set", "IPCTNL_MSG_CT_NEW", &kConntrackEntry, conntrackType(0), 0, kAck},
    {"conntrack.get", "IPCTNL_MSG_CT_GET", &kConntrackEntry, conntrackType(1), 0, kOne},
    {"conntrack.list", "IPCTNL_MSG_CT_GET", &kConntrackEntry, conntrackType(1), 0, kDump},
    {"conntrack.listAndZero", "IPCTNL_MSG_CT_GET_CTRZERO", &kConntrackEntry, conntrackType(3), 0, kDump},
    {"conntrack.delete", "IPCTNL_MSG_CT_DELETE", &kConntrackEntry, conntrackType(2), 0, kAck},
    {"conntrack.cpuStats", "IPCTNL_MSG_CT_GET_STATS_CPU", &kConntrackCpuStats, conntrackType(4), 0, kDump},
    {"conntrack.stats", "IPCTNL_MSG_CT_GET_STATS", &kConntrackStats, conntrackType(5), 0, kOne},

    {"expectations.add", "IPCTNL_MSG_EXP_NEW", &kConntrackExpectation, expectationType(0), kCreate, kAck},
    {"expectations.list", "IPCTNL_MSG_EXP_GET", &kConntrackExpectation, expectationType(1), 0, kDump},
    {"expectations.delete", "IPCTNL_MSG_EXP_DELETE", &kConntrackExpectation, expectationType(2), 0, kAck},
    {"expectations.cpuStats", "IPCTNL_MSG_EXP_GET_STATS_CPU", &kExpectationCpuStats, expectationType(3), 0, kDump},
};

}  // namespace

std::span<const Operation> netfilterOperations() { return kOperations; }

}  // namespace netplumb
