// Messages that are alike but for a few values, encoded once: what the addon makes of lib/template.ts.
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "engine/lane.h"
#include "netlink/input.h"

namespace netplumb {

/// new Template([[operation, payload, places, holes, textAt], ...]): payloads are what encode() gave; `places` is where
/// a namespace's descriptor belongs, `holes` are threes of offset in the payload, offset in the values, and length,
/// `textAt` is the offset of the one attribute that holds a text of any length, or -1.
class TemplateHandle : public Napi::ObjectWrap<TemplateHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);

  explicit TemplateHandle(const Napi::CallbackInfo& info);

  /// Appends a request for each message, with the holes filled. False: the values are too short.
  bool fill(uint32_t id, Bytes values, const std::string& text, const OpenDescriptor& openNetns,
            std::vector<Request>& requests) const;

 private:
  struct Hole {
    size_t offset;
    size_t at;
    size_t length;
  };
  struct Sample {
    const Operation* operation;
    std::vector<uint8_t> message;  ///< nlmsghdr, header, attributes
    std::vector<size_t> places;
    std::vector<Hole> holes;
    size_t textAt;  ///< 0: none
  };

  std::vector<Sample> samples_;
  size_t valuesLength_ = 0;
};

}  // namespace netplumb
