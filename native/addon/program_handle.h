// A program as a JavaScript object: what the addon makes of lib/program.ts.
#pragma once

#include <napi.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sequence.h"
#include "engine/template.h"
#include "netlink/input.h"

namespace netplumb {

/// new Program([[kind, ...], ...], [sample, at, ...], [text, ...], isForOnce): the steps, by their kinds,
///   transaction  lane, messages
///   requests     lane, messages, isInside: in the namespace that the program makes
///   forEach      lane, messages: again and again, for each text
///   netns        the number of the text that names it, gives
///   probe        netns
///   sysctl       netns, key or the number of a text, value
///   address      netns, the number of a text
/// and the holes in their messages: [operation, spec, isOptional, isLiteral (has no holes), ...]. start() may be called
/// any number of times, unless it isForOnce: then it lets go of lanes and namespaces at once. itsNetns stands for the
/// namespace that it makes wherever a namespace is asked for.
class ProgramHandle : public Napi::ObjectWrap<ProgramHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);

  explicit ProgramHandle(const Napi::CallbackInfo& info);

 private:
  /// As lib/program.ts has them.
  enum class Kind : uint8_t { kTransaction, kRequests, kForEach, kNetns, kProbe, kSysctl, kAddress };
  /// A text of each start's, or one that is always the same.
  struct Word {
    std::optional<size_t> number;
    std::string text;

    std::string in(const Filling& filling) const { return number ? std::string(filling.texts[*number]) : text; }
  };
  struct Step {
    Kind kind = Kind::kTransaction;
    std::shared_ptr<Lane> lane = {};
    Template messages = {};
    bool flag = false;         ///< isInside or gives
    OpenDescriptor open = {};  ///< unless it is the program's
    std::optional<Word> word = {};
    std::string value = {};
  };

  class Run;

  bool parse(Napi::Array from, std::span<const Hole> holes, std::span<const std::string> texts, Step& step);
  bool addMessages(Napi::Array from, std::span<const Hole> holes, std::span<const std::string> texts, Template& to);
  Napi::Value start(const Napi::CallbackInfo& info);
  bool isFilledBy(const Filling& filling) const;

  std::shared_ptr<std::vector<Step>> steps_ = std::make_shared<std::vector<Step>>();
  size_t textCount_ = 0;
  bool isForOnce_ = false;
};

}  // namespace netplumb
