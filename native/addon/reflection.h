// The tables as JavaScript values, and the codec by itself: for type generation, tests and the curious.
#pragma once

#include <napi.h>

namespace netplumb {

void installReflection(Napi::Env env, Napi::Object exports);

}  // namespace netplumb
