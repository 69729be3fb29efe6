// Traffic control: qdiscs, classes, filters, chains and actions (RTM_NEWQDISC and its kin).
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kQdisc;
extern constinit const Object kTcClass;
extern constinit const Object kTcFilter;
extern constinit const Object kTcChain;
extern constinit const Object kTcActions;

}  // namespace netplumb
