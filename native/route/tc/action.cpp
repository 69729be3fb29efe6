#include "route/tc/common.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

constexpr Table kHeader{"TcActionHeader", "struct tcamsg", {}, 4};

constexpr Table kAttributes{"TcActionAttributes", "TCA_ROOT_*", {}};

}  // namespace

constinit const Object kTcAction{"TcAction", "Actions of filters, which several may share (tc-actions(8)).", kHeader,
                                 kAttributes};

}  // namespace netplumb
