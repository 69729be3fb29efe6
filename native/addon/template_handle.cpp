#include "addon/template_handle.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "addon/js_input.h"
#include "netlink/writer.h"
#include "protocols.h"

namespace netplumb {

void TemplateHandle::install(Napi::Env env, Napi::Object exports) {
  exports.Set("Template", DefineClass(env, "Template", {}));
}

TemplateHandle::TemplateHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  JsInput input(info.Env());
  const auto numbersOf = [&](Input::Handle list) {
    std::vector<size_t> numbers;
    for (uint32_t i = 0, length = input.length(list); i < length; ++i) {
      numbers.push_back(static_cast<size_t>(input.number(input.element(list, i))) + NLMSG_HDRLEN);
    }
    return numbers;
  };
  const auto messages = JsInput::handle(info[0]);
  for (uint32_t i = 0, count = input.length(messages); i < count; ++i) {
    const auto message = input.element(messages, i);
    const auto* operation = operationByNumber(static_cast<uint32_t>(input.number(input.element(message, 0))));
    const auto payload = input.element(message, 1);
    if (input.threw() || !operation || input.kind(payload) != Input::Kind::kBytes) {
      Napi::TypeError::New(info.Env(), "A template's message is malformed").ThrowAsJavaScriptException();
      return;
    }
    Sample sample{.operation = operation, .message = {}, .places = {}, .holes = {}, .textAt = 0};
    const Bytes bytes = input.bytes(payload);
    Writer writer(sample.message);
    writer.append(NLMSG_HDRLEN);
    sample.message.insert(sample.message.end(), bytes.begin(), bytes.end());
    if (const int offset = operation->object->familyOffset;
        offset >= 0 && bytes.size() > static_cast<size_t>(offset) && bytes[static_cast<size_t>(offset)] == AF_UNSPEC) {
      writer.put(NLMSG_HDRLEN + static_cast<size_t>(offset), operation->familyOtherwise);
    }
    sample.places = numbersOf(input.element(message, 2));
    const auto holes = numbersOf(input.element(message, 3));
    for (size_t hole = 0; hole + 2 < holes.size(); hole += 3) {
      sample.holes.push_back({holes[hole], holes[hole + 1] - NLMSG_HDRLEN, holes[hole + 2] - NLMSG_HDRLEN});
    }
    const double textAt = input.number(input.element(message, 4));
    if (textAt >= 0) sample.textAt = static_cast<size_t>(textAt) + NLMSG_HDRLEN;
    const auto fits = [&](size_t offset, size_t length) { return offset + length <= sample.message.size(); };
    const bool isSound =
        bytes.size() >= operation->object->header.size &&
        std::all_of(sample.places.begin(), sample.places.end(),
                    [&](size_t place) { return fits(place, sizeof(uint32_t)); }) &&
        std::all_of(sample.holes.begin(), sample.holes.end(),
                    [&](const Hole& hole) { return fits(hole.offset, hole.length); }) &&
        (sample.textAt == 0 ||
         (fits(sample.textAt, NLA_HDRLEN) &&
          fits(sample.textAt, NLA_ALIGN(load<nlattr>(Bytes(sample.message).subspan(sample.textAt)).nla_len))));
    if (input.threw() || !isSound) {
      Napi::RangeError::New(info.Env(), "A template's message does not fit together").ThrowAsJavaScriptException();
      return;
    }
    for (const auto& hole : sample.holes) valuesLength_ = std::max(valuesLength_, hole.at + hole.length);
    samples_.push_back(std::move(sample));
  }
}

bool TemplateHandle::fill(uint32_t id, Bytes values, const std::string& text, const OpenDescriptor& openNetns,
                          std::vector<Request>& requests) const {
  if (values.size() < valuesLength_) return false;
  for (const auto& sample : samples_) {
    Request request{.id = id, .operation = sample.operation};
    auto& message = request.message;
    // What comes behind the text moves with its length.
    size_t shift = 0;
    if (sample.textAt == 0) {
      message = sample.message;
    } else {
      message.reserve(sample.message.size() + NLA_ALIGN(text.size() + 1));
      const auto attribute = load<nlattr>(Bytes(sample.message).subspan(sample.textAt));
      const auto at = sample.message.begin() + static_cast<ptrdiff_t>(sample.textAt);
      message.assign(sample.message.begin(), at);
      Writer(message).attribute(attribute.nla_type,
                                Bytes(reinterpret_cast<const uint8_t*>(text.c_str()), text.size() + 1));
      message.insert(message.end(), at + NLA_ALIGN(attribute.nla_len), sample.message.end());
      shift = message.size() - sample.message.size();
    }
    const auto placeOf = [&](size_t offset) {
      return sample.textAt > 0 && offset > sample.textAt ? offset + shift : offset;
    };
    for (const auto& hole : sample.holes) {
      std::memcpy(message.data() + placeOf(hole.offset), values.data() + hole.at, hole.length);
    }
    for (const size_t place : sample.places) {
      request.fixups.push_back(
          {.offset = static_cast<uint32_t>(placeOf(place)), .field = "netns", .linkName = {}, .open = openNetns});
    }
    Writer(message).put(0, nlmsghdr{static_cast<uint32_t>(message.size()), sample.operation->type, 0, 0, 0});
    requests.push_back(std::move(request));
  }
  return true;
}

}  // namespace netplumb
