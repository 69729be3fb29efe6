// The objects of nftables: NFT_MSG_NEWTABLE and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kNfTable;
extern constinit const Object kNfChain;
extern constinit const Object kNfRule;
extern constinit const Object kNfSet;
extern constinit const Object kNfElements;
extern constinit const Table kNfElement;  ///< one of them
extern constinit const Object kNfObject;
extern constinit const Object kNfFlowtable;
extern constinit const Object kNfGeneration;

}  // namespace netplumb
