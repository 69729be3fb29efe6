#include "route/nsid.h"

namespace netplumb {
namespace {

// The family, its only member, is always 0.
constexpr Table kHeader{"NetnsIdHeader", "struct rtgenmsg", {}, 1};

constexpr Field kFields[] = {
    {1, "NETNSA_NSID", "id", s32().range(-1, 0x7fffffff), "The id; -1: none, or, given, one that the kernel chooses."},
    {2, "NETNSA_PID", "pid", u32().writeOnly(), "A process in the namespace."},
    {3, "NETNSA_FD", "netns", netns(), "The namespace."},
    {4, "NETNSA_TARGET_NSID", "targetNetnsId", s32().writeOnly(),
     "Id of the namespace that is asked instead of the socket's own."},
    {5, "NETNSA_CURRENT_NSID", "currentNetnsId", s32().readOnly(),
     "What the socket's own namespace calls it, where another one was asked; -1: nothing."},
};
constexpr Table kAttributes{"NetnsIdAttributes", "NETNSA_*", kFields};

}  // namespace

constinit const Object kNetnsId{"NetnsId", "The id by which a network namespace calls another one.", kHeader,
                                kAttributes};

}  // namespace netplumb
