// Elements of maps, as fast as the kernel takes and tells them.
#pragma once

namespace bench {

/// `nft add COUNT NETNS`: adds COUNT elements to an empty map, in one batch. `nft one EXISTING NETNS`: adds single
/// elements to a map that has EXISTING, a batch each. `nft list COUNT NETNS`: dumps a map with COUNT elements. Prints
/// the seconds that one of them took.
int nft(int argc, char** argv);

}  // namespace bench
