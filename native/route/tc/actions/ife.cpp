// Packs metadata into Ethernet frames (ForCES inter-FE), and takes it out again.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {{0, "decode"}, {1, "encode"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "flags", "mode", enumeration(u16(), kModes), "'encode' or 'decode'."},
};
constexpr Table kParms{"IfeParms", "struct tc_ife", kParmsFields, 24};

constexpr Field kMetaFields[] = {
    {1, "IFE_META_SKBMARK", "mark", u32().orEmpty(), "Mark: this one ('use'), or true for the packet's ('allow')."},
    {2, "IFE_META_HASHID", "hash", u32().orEmpty(), "Hash, likewise."},
    {3, "IFE_META_PRIO", "prio", u32().orEmpty(), "Priority, likewise."},
    {4, "IFE_META_QMAP", "qmap", u16().orEmpty(), "Queue, likewise."},
    {5, "IFE_META_TCINDEX", "tcindex", u16().orEmpty(), "Traffic control index, likewise."},
};
constexpr Table kMeta{"IfeMetadata", "Metadata of an 'ife' action.", kMetaFields};

constexpr Field kFields[] = {
    {1, "TCA_IFE_PARMS", "", structure(kParms), ""},
    {2, "TCA_IFE_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_IFE_DMAC", "dst", mac(), "Destination of the frame."},
    {4, "TCA_IFE_SMAC", "src", mac(), "Source of the frame."},
    {5, "TCA_IFE_TYPE", "type", u16(), "Ethernet type of the frame; 0xed3e if left out."},
    {6, "TCA_IFE_METALST", "meta", nested(kMeta), "Metadata to pack."},
    {7, "TCA_IFE_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kIfeAction{"IfeAction", "Options of an 'ife' action.", kFields};

}  // namespace netplumb
