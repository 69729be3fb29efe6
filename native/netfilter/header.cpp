#include "netfilter/names.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {0, "nfgen_family", "family", enumeration(u8(), kNfFamilies), "Protocol family."},
    {2, "res_id", "resId", be16().readOnly().onRequest(),
     "Of nftables: the generation's lowest 16 bits, when the message was made."},
};

}  // namespace

constinit const Table kNfHeader{"NfHeader", "struct nfgenmsg", kFields, 4};

}  // namespace netplumb
