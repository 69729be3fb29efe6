#include "engine/template.h"

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>

#include "netlink/writer.h"

namespace netplumb {
namespace {

/// Type and length in front of a comment, and the longest text with its NUL that the length has room for.
constexpr size_t kCommentHeader = 2;
constexpr size_t kLongestComment = 255;

}  // namespace

void Template::add(const Operation& operation, std::vector<uint8_t> message, std::vector<Fixup> fixups, bool isOptional,
                   std::span<const Hole> holes, std::span<const std::string> texts) {
  Sample sample{.operation = &operation,
                .message = std::move(message),
                .fixups = std::move(fixups),
                .isOptional = isOptional,
                .places = {},
                .text = {}};
  const auto& bytes = sample.message;
  for (const auto& hole : holes) {
    for (auto found = bytes.begin() + NLMSG_HDRLEN;; ++found) {
      found = std::search(found, bytes.end(), hole.sample.begin(), hole.sample.end());
      if (found == bytes.end()) break;
      sample.places.push_back({static_cast<size_t>(found - bytes.begin()), hole.at, hole.sample.size()});
      valuesLength_ = std::max(valuesLength_, hole.at + hole.sample.size());
    }
  }
  for (size_t number = 0; number < texts.size() && !sample.text; ++number) sample.findText(texts[number], number);
  if (sample.text) textCount_ = std::max(textCount_, sample.text->number + 1);
  samples_.push_back(std::move(sample));
}

// Goes down the attributes to the one that the text is in.
void Template::Sample::findText(const std::string& sample, size_t number) {
  const auto begin = message.begin() + NLMSG_HDRLEN;
  // Its NUL too: it might be the beginning of another one.
  const auto found = std::search(begin, message.end(), sample.data(), sample.data() + sample.size() + 1);
  if (found == message.end()) return;
  const auto place = static_cast<size_t>(found - message.begin());
  Text one{.number = number,
           .offset = 0,
           .around = {},
           .isComment = message[place - kCommentHeader] == 0 && message[place - 1] == sample.size() + 1};
  one.offset = place - NLA_HDRLEN - (one.isComment ? kCommentHeader : 0);
  const Bytes all(message);
  size_t end = all.size();
  for (size_t at = NLMSG_HDRLEN + NLMSG_ALIGN(operation->object->header.size); at + NLA_HDRLEN <= end;) {
    const size_t length = load<nlattr>(all.subspan(at)).nla_len;
    if (length < NLA_HDRLEN || at + length > end) return;
    if (at == one.offset) {
      text = std::move(one);
      return;
    }
    if (one.offset < at + length) {
      one.around.push_back(at);
      end = at + length;
      at += NLA_HDRLEN;
    } else {
      at += NLA_ALIGN(length);
    }
  }
}

size_t Template::Sample::sizeWith(const Filling& filling) const {
  return message.size() + (text ? NLA_ALIGN(filling.texts[text->number].size() + kCommentHeader + 1) : 0);
}

ptrdiff_t Template::Sample::append(const Filling& filling, std::vector<uint8_t>& bytes) const {
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
  for (const auto& hole : places) {
    const size_t moved = text && hole.offset > text->offset ? static_cast<size_t>(shift) : 0;
    std::memcpy(bytes.data() + start + hole.offset + moved, filling.values.data() + hole.at, hole.length);
  }
  const auto length = static_cast<uint32_t>(bytes.size() - start);
  Writer(bytes).put(start, nlmsghdr{length, operation->type, 0, 0, 0});
  return shift;
}

bool Template::isFilledBy(const Filling& filling) const {
  if (filling.values.size() < valuesLength_ || filling.texts.size() < textCount_) return false;
  return std::all_of(samples_.begin(), samples_.end(), [&](const Sample& sample) {
    return !sample.text || !sample.text->isComment || filling.texts[sample.text->number].size() < kLongestComment;
  });
}

std::vector<Request> Template::requests(const Filling& filling) const {
  std::vector<Request> requests;
  requests.reserve(samples_.size());
  for (const auto& sample : samples_) {
    auto& request = requests.emplace_back();
    request.operation = sample.operation;
    request.isOptional = sample.isOptional;
    request.message.reserve(sample.sizeWith(filling));
    const ptrdiff_t shift = sample.append(filling, request.message);
    request.fixups = sample.fixups;
    for (auto& fixup : request.fixups) {
      if (sample.text && fixup.offset > sample.text->offset) fixup.offset += static_cast<uint32_t>(shift);
      if (!fixup.open && fixup.linkName.empty()) fixup.open = filling.openNetns;
    }
  }
  return requests;
}

void Template::fill(const Filling& filling, Request& request) const {
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
