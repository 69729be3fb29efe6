#include "addon/template_handle.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "addon/js_input.h"
#include "netlink/writer.h"
#include "protocols.h"

namespace netplumb {
namespace {

/// Type and length in front of a comment, and the longest text with its NUL that the length has room for.
constexpr size_t kCommentHeader = 2;
constexpr size_t kLongestComment = 255;

}  // namespace

void TemplateHandle::install(Napi::Env env, Napi::Object exports) {
  exports.Set("Template", DefineClass(env, "Template", {}));
}

TemplateHandle::TemplateHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  JsInput input(info.Env());
  const auto numbersOf = [&](Input::Handle list) {
    std::vector<size_t> numbers;
    for (uint32_t i = 0, length = input.length(list); i < length; ++i) {
      numbers.push_back(static_cast<size_t>(input.number(input.element(list, i))));
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
    Sample sample{.operation = operation,
                  .message = {},
                  .places = {},
                  .holes = {},
                  .text = {},
                  .isOptional = input.boolean(input.element(message, 5))};
    const Bytes bytes = input.bytes(payload);
    Writer writer(sample.message);
    writer.append(NLMSG_HDRLEN);
    sample.message.insert(sample.message.end(), bytes.begin(), bytes.end());
    if (const int offset = operation->object->familyOffset;
        offset >= 0 && bytes.size() > static_cast<size_t>(offset) && bytes[static_cast<size_t>(offset)] == AF_UNSPEC) {
      writer.put(NLMSG_HDRLEN + static_cast<size_t>(offset), operation->familyOtherwise);
    }
    for (const size_t place : numbersOf(input.element(message, 2))) sample.places.push_back(place + NLMSG_HDRLEN);
    const auto holes = numbersOf(input.element(message, 3));
    for (size_t hole = 0; hole + 2 < holes.size(); hole += 3) {
      sample.holes.push_back({holes[hole] + NLMSG_HDRLEN, holes[hole + 1], holes[hole + 2]});
    }
    const auto text = numbersOf(input.element(message, 4));
    const auto fits = [&](size_t offset, size_t length) { return offset + length <= sample.message.size(); };
    const bool isSound = bytes.size() >= operation->object->header.size &&
                         std::all_of(sample.places.begin(), sample.places.end(),
                                     [&](size_t place) { return fits(place, sizeof(uint32_t)); }) &&
                         std::all_of(sample.holes.begin(), sample.holes.end(),
                                     [&](const Hole& hole) { return fits(hole.offset, hole.length); }) &&
                         (text.size() < 2 || sample.findText(text[0] + NLMSG_HDRLEN, text[1]));
    if (input.threw() || !isSound) {
      Napi::RangeError::New(info.Env(), "A template's message does not fit together").ThrowAsJavaScriptException();
      return;
    }
    for (const auto& hole : sample.holes) valuesLength_ = std::max(valuesLength_, hole.at + hole.length);
    if (sample.text) textCount_ = std::max(textCount_, sample.text->number + 1);
    samples_.push_back(std::move(sample));
  }
}

// Goes down the attributes to the one at an offset.
bool TemplateHandle::Sample::findText(size_t offset, size_t number) {
  Text found{.number = number, .offset = offset, .around = {}, .isComment = false};
  const Bytes all(message);
  size_t end = all.size();
  for (size_t at = NLMSG_HDRLEN + NLMSG_ALIGN(operation->object->header.size); at + NLA_HDRLEN <= end;) {
    const size_t length = load<nlattr>(all.subspan(at)).nla_len;
    if (length < NLA_HDRLEN || at + length > end) return false;
    if (at == offset) {
      // A text begins with a letter, a comment with its type, which is 0.
      found.isComment = length > NLA_HDRLEN + kCommentHeader && all[at + NLA_HDRLEN] == 0;
      text = std::move(found);
      return true;
    }
    if (offset < at + length) {
      found.around.push_back(at);
      end = at + length;
      at += NLA_HDRLEN;
    } else {
      at += NLA_ALIGN(length);
    }
  }
  return false;
}

size_t TemplateHandle::Sample::sizeWith(const Filling& filling) const {
  return message.size() + (text ? NLA_ALIGN(filling.texts[text->number].size() + kCommentHeader + 1) : 0);
}

ptrdiff_t TemplateHandle::Sample::append(const Filling& filling, std::vector<uint8_t>& bytes) const {
  const size_t start = bytes.size();
  ptrdiff_t shift = 0;
  if (!text) {
    bytes.insert(bytes.end(), message.begin(), message.end());
  } else {
    const auto& written = filling.texts[text->number];
    const auto sample = load<nlattr>(Bytes(message).subspan(text->offset));
    const size_t header = text->isComment ? kCommentHeader : 0;
    const auto at = message.begin() + static_cast<ptrdiff_t>(text->offset);
    bytes.insert(bytes.end(), message.begin(), at);
    const size_t attribute = bytes.size();
    const size_t length = NLA_HDRLEN + header + written.size() + 1;
    bytes.resize(attribute + NLA_ALIGN(length));
    Writer(bytes).put(attribute, nlattr{static_cast<uint16_t>(length), sample.nla_type});
    if (header) bytes[attribute + NLA_HDRLEN + 1] = static_cast<uint8_t>(written.size() + 1);
    std::memcpy(bytes.data() + attribute + NLA_HDRLEN + header, written.data(), written.size());
    bytes.insert(bytes.end(), at + NLA_ALIGN(sample.nla_len), message.end());
    shift = static_cast<ptrdiff_t>(bytes.size() - start) - static_cast<ptrdiff_t>(message.size());
    for (const size_t around : text->around) {
      auto outer = load<nlattr>(Bytes(message).subspan(around));
      outer.nla_len = static_cast<uint16_t>(outer.nla_len + shift);
      Writer(bytes).put(start + around, outer);
    }
  }
  for (const auto& hole : holes) {
    const size_t moved = text && hole.offset > text->offset ? static_cast<size_t>(shift) : 0;
    std::memcpy(bytes.data() + start + hole.offset + moved, filling.values.data() + hole.at, hole.length);
  }
  const auto length = static_cast<uint32_t>(bytes.size() - start);
  Writer(bytes).put(start, nlmsghdr{length, operation->type, 0, 0, 0});
  return shift;
}

bool TemplateHandle::isFilledBy(const Filling& filling) const {
  if (filling.values.size() < valuesLength_ || filling.texts.size() < textCount_) return false;
  return std::all_of(samples_.begin(), samples_.end(), [&](const Sample& sample) {
    return !sample.text || !sample.text->isComment || filling.texts[sample.text->number].size() < kLongestComment;
  });
}

void TemplateHandle::fill(uint32_t id, const Filling& filling, std::vector<Request>& requests) const {
  for (const auto& sample : samples_) {
    Request request{.id = id, .operation = sample.operation, .isOptional = sample.isOptional};
    request.message.reserve(sample.sizeWith(filling));
    const ptrdiff_t shift = sample.append(filling, request.message);
    for (const size_t place : sample.places) {
      const size_t moved = sample.text && place > sample.text->offset ? static_cast<size_t>(shift) : 0;
      request.fixups.push_back({.offset = static_cast<uint32_t>(place + moved),
                                .field = "netns",
                                .linkName = {},
                                .open = filling.openNetns});
    }
    requests.push_back(std::move(request));
  }
}

void TemplateHandle::fill(const Filling& filling, Request& request) const {
  size_t size = 0;
  for (const auto& sample : samples_) size += sample.sizeWith(filling);
  request.message.reserve(size + request.message.capacity());
  if (!samples_.empty()) request.operation = samples_.front().operation;
  for (const auto& sample : samples_) {
    const auto command = static_cast<uint32_t>(request.transaction->parts.size());
    request.transaction->parts.push_back({sample.operation, static_cast<uint32_t>(request.message.size()), command, 0});
    sample.append(filling, request.message);
  }
}

}  // namespace netplumb
