// Endpoints by the best known sequence of the kernel's own operations.
#pragma once

namespace bench {

/// Arguments are NAME=VALUE, numbers all of them but the first:
///
///   mode      bridge: ends are ports of br0; routed: a host route to each
///   count     how many endpoints
///   ports     published ports of each, from 10000 on
///   threads   that make them
///   pool      1: their namespaces are there before the clock starts
///   singles   so many times one more is attached and detached alone
///
/// The scene is set by whoever starts it: br0 (bridge) or any link (routed) with 10.88.0.1, forwarding, and the
/// nftables map `ip bench published`. Prints a line of JSON when it is ready and after each phase (up, singles if asked
/// for, down), and waits for a line of input before each.
int endpoints(int argc, char** argv);

}  // namespace bench
