// Messages that are alike but for a few values, encoded once: what the addon makes of lib/template.ts.
#pragma once

#include <napi.h>

#include <span>
#include <string>
#include <vector>

#include "engine/lane.h"
#include "netlink/input.h"

namespace netplumb {

/// What one filling of a template puts into its holes.
struct Filling {
  Bytes values;
  std::span<const std::string> texts;
  OpenDescriptor openNetns = {};
};

/// new Template([[operation, payload, places, holes, texts, isOptional], ...]): payloads are what encode() gave;
/// `places` is where a namespace's descriptor belongs, `holes` are threes of offset in the payload, offset in the
/// values, and length; `texts` is empty, or the offset of the one attribute that holds a text of any length, and that
/// text's number.
class TemplateHandle : public Napi::ObjectWrap<TemplateHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);

  explicit TemplateHandle(const Napi::CallbackInfo& info);

  /// Whether there are values and texts for all holes.
  bool isFilledBy(const Filling& filling) const;
  /// Appends a request for each message, with the holes filled.
  void fill(uint32_t id, const Filling& filling, std::vector<Request>& requests) const;
  /// Begins a transaction with the messages.
  void fill(const Filling& filling, Request& request) const;

 private:
  struct Hole {
    size_t offset;
    size_t at;
    size_t length;
  };
  struct Text {
    size_t number;
    size_t offset;
    /// Offsets of the attributes that it is in, whose lengths follow from its.
    std::vector<size_t> around;
    /// Whether it is the comment in an element's user data: type, length, text, NUL.
    bool isComment;
  };
  struct Sample {
    const Operation* operation;
    std::vector<uint8_t> message;  ///< nlmsghdr, header, attributes
    std::vector<size_t> places;
    std::vector<Hole> holes;
    std::optional<Text> text;
    bool isOptional;

    bool findText(size_t offset, size_t number);
    size_t sizeWith(const Filling& filling) const;
    /// Appends the message; tells how far what is behind the text has been shifted.
    ptrdiff_t append(const Filling& filling, std::vector<uint8_t>& bytes) const;
  };

  std::vector<Sample> samples_;
  size_t valuesLength_ = 0;
  size_t textCount_ = 0;
};

}  // namespace netplumb
