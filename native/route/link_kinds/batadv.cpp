// B.A.T.M.A.N. advanced: a mesh on layer 2.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "IFLA_BATADV_ALGO_NAME", "algoName", string(19), "Routing algorithm (ra), such as 'BATMAN_V'."},
};

}  // namespace

constinit const Table kBatadvOptions{"BatadvOptions", "Options of a 'batadv' link.", kFields};

}  // namespace netplumb
