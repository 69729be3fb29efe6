// Messages that are alike but for a few values: encoded once, filled in as often as needed.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lane.h"

namespace netplumb {

/// What one filling of a template puts into its holes.
struct Filling {
  Bytes values;
  std::span<const std::string_view> texts;
  /// The namespace of fixups that have none.
  std::shared_ptr<const Fd> netns = {};
};

/// How a namespace is opened that is open already.
OpenDescriptor openerOf(const std::shared_ptr<const Fd>& netns);

/// Values of some bytes: what stands for each in samples, and where it is among a filling's.
struct Hole {
  std::vector<uint8_t> sample;
  size_t at = 0;
};

/// The messages of one step.
class Template {
 public:
  /// Adds a message: nlmsghdr, header, attributes. A fixup of a namespace that nothing opens is for the filling's. What
  /// stands in for one of the texts is an attribute of any length, or a comment in an element's user data.
  void add(const Operation& operation, std::vector<uint8_t> message, std::vector<Fixup> fixups, bool isOptional,
           std::span<const Hole> holes, std::span<const std::string> texts);

  /// Whether there are values and texts for all holes.
  bool isFilledBy(const Filling& filling) const;
  /// A request for each message, with the holes filled.
  std::vector<Request> requests(const Filling& filling) const;
  /// Begins a transaction with the messages.
  void fill(const Filling& filling, Request& request) const;

 private:
  struct Place {
    size_t offset;
    size_t at;
    size_t length;
  };
  struct Text {
    size_t number;
    size_t offset;
    /// Bytes of the sample's attribute, with padding.
    size_t size;
    /// Offsets of the attributes that it is in, whose lengths follow from its.
    std::vector<size_t> around;
    /// Whether it is the comment in an element's user data: type, length, text, NUL.
    bool isComment;

    size_t sizeWith(const Filling& filling) const;
  };
  struct Sample {
    const Operation* operation;
    std::vector<uint8_t> message;
    std::vector<Fixup> fixups;
    bool isOptional;
    std::vector<Place> places;
    /// In the order of their places.
    std::vector<Text> texts;

    void findText(const std::string& sample, size_t number);
    size_t sizeWith(const Filling& filling) const;
    /// Where a place of the sample is when the texts before it are written.
    size_t moved(size_t offset, const Filling& filling) const;
    void append(const Filling& filling, std::vector<uint8_t>& bytes) const;
  };

  std::vector<Sample> samples_;
  size_t valuesLength_ = 0;
  size_t textCount_ = 0;
};

}  // namespace netplumb
