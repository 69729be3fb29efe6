#include "engine/template.h"

#include <linux/netlink.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "netlink/writer.h"

namespace netplumb {
namespace {

/// Type and length in front of a comment, and the longest text with its NUL that the length has room for.
constexpr size_t kCommentHeader = 2;
constexpr size_t kLongestComment = 255;

}  // namespace

OpenDescriptor openerOf(const std::shared_ptr<const Fd>& netns) {
  return [netns]() -> Result<std::shared_ptr<const Fd>> {
    if (!netns) return Failure{EBADF, "setns", "no namespace has been opened"};
    return netns;
  };
}

void Template::add(const Operation& operation, std::vector<uint8_t> message, std::vector<Fixup> fixups, bool isOptional,
                   std::span<const Hole> holes, std::span<const std::string> texts) {
  Sample sample{.operation = &operation,
                .message = std::move(message),
                .fixups = std::move(fixups),
                .isOptional = isOptional,
                .places = {},
                .texts = {}};
  const auto& bytes = sample.message;
  for (const auto& hole : holes) {
    for (auto found = bytes.begin() + NLMSG_HDRLEN;; ++found) {
      found = std::search(found, bytes.end(), hole.sample.begin(), hole.sample.end());
      if (found == bytes.end()) break;
      sample.places.push_back({static_cast<size_t>(found - bytes.begin()), hole.at, hole.sample.size()});
      valuesLength_ = std::max(valuesLength_, hole.at + hole.sample.size());
    }
  }
  for (size_t number = 0; number < texts.size(); ++number) sample.findText(texts[number], number);
  std::sort(sample.texts.begin(), sample.texts.end(), [](const Text& a, const Text& b) { return a.offset < b.offset; });
  for (const auto& text : sample.texts) textCount_ = std::max(textCount_, text.number + 1);
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
           .size = 0,
           .around = {},
           .isComment = message[place - kCommentHeader] == 0 && message[place - 1] == sample.size() + 1};
  one.offset = place - NLA_HDRLEN - (one.isComment ? kCommentHeader : 0);
  const Bytes all(message);
  size_t end = all.size();
  for (size_t at = NLMSG_HDRLEN + NLMSG_ALIGN(operation->object->header.size); at + NLA_HDRLEN <= end;) {
    const size_t length = load<nlattr>(all.subspan(at)).nla_len;
    if (length < NLA_HDRLEN || at + length > end) return;
    if (at == one.offset) {
      one.size = NLA_ALIGN(length);
      texts.push_back(std::move(one));
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

size_t Template::Text::sizeWith(const Filling& filling) const {
  return NLA_ALIGN(NLA_HDRLEN + (isComment ? kCommentHeader : 0) + filling.texts[number].size() + 1);
}

size_t Template::Sample::moved(size_t offset, const Filling& filling) const {
  size_t at = offset;
  for (const auto& text : texts) {
    if (text.offset < offset) at = at + text.sizeWith(filling) - text.size;
  }
  return at;
}

size_t Template::Sample::sizeWith(const Filling& filling) const { return moved(message.size(), filling); }

void Template::Sample::append(const Filling& filling, std::vector<uint8_t>& bytes) const {
  const size_t start = bytes.size();
  const auto sampleAt = [&](size_t offset) { return message.begin() + static_cast<ptrdiff_t>(offset); };
  size_t copied = 0;
  for (const auto& text : texts) {
    bytes.insert(bytes.end(), sampleAt(copied), sampleAt(text.offset));
    copied = text.offset + text.size;
    const auto& written = filling.texts[text.number];
    const size_t header = text.isComment ? kCommentHeader : 0;
    const size_t attribute = bytes.size();
    bytes.resize(attribute + text.sizeWith(filling));
    const auto length = static_cast<uint16_t>(NLA_HDRLEN + header + written.size() + 1);
    Writer(bytes).put(attribute, nlattr{length, load<nlattr>(Bytes(message).subspan(text.offset)).nla_type});
    if (header) bytes[attribute + NLA_HDRLEN + 1] = static_cast<uint8_t>(written.size() + 1);
    std::memcpy(bytes.data() + attribute + NLA_HDRLEN + header, written.data(), written.size());
  }
  bytes.insert(bytes.end(), sampleAt(copied), message.end());
  for (const auto& text : texts) {
    for (const size_t around : text.around) {
      const size_t at = start + moved(around, filling);
      auto outer = load<nlattr>(Bytes(bytes).subspan(at));
      outer.nla_len = static_cast<uint16_t>(outer.nla_len + text.sizeWith(filling) - text.size);
      Writer(bytes).put(at, outer);
    }
  }
  for (const auto& hole : places) {
    std::memcpy(bytes.data() + start + moved(hole.offset, filling), filling.values.data() + hole.at, hole.length);
  }
  const auto length = static_cast<uint32_t>(bytes.size() - start);
  Writer(bytes).put(start, nlmsghdr{length, operation->type, 0, 0, 0});
}

bool Template::isFilledBy(const Filling& filling) const {
  if (filling.values.size() < valuesLength_ || filling.texts.size() < textCount_) return false;
  return std::all_of(samples_.begin(), samples_.end(), [&](const Sample& sample) {
    return std::all_of(sample.texts.begin(), sample.texts.end(), [&](const Text& text) {
      return !text.isComment || filling.texts[text.number].size() < kLongestComment;
    });
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
    sample.append(filling, request.message);
    request.fixups = sample.fixups;
    for (auto& fixup : request.fixups) {
      fixup.offset = static_cast<uint32_t>(sample.moved(fixup.offset, filling));
      if (!fixup.open && fixup.linkName.empty()) fixup.open = openerOf(filling.netns);
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
