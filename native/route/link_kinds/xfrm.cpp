// An interface that IPsec policies refer to by id.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "IFLA_XFRM_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_XFRM_IF_ID", "ifId", u32(), "Id that policies and states refer to."},
    {3, "IFLA_XFRM_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give the id of each packet (external)."},
};

}  // namespace

constinit const Table kXfrmOptions{"XfrmOptions", "Options of an 'xfrm' link.", kFields};

}  // namespace netplumb
