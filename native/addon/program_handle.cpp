#include "addon/program_handle.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <utility>

#include "addon/environment.h"
#include "addon/js_input.h"
#include "addon/lane_handle.h"
#include "addon/netns_handle.h"
#include "netns/netns.h"

namespace netplumb {
namespace {

Outcome outcomeOf(const Result<void>& result) {
  if (!result) return requestError(result.failure());
  return Done{};
}

/// What JavaScript hands over as one text, NULs in between.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> texts;
  texts.reserve(static_cast<size_t>(std::count(text.begin(), text.end(), '\0')) + 1);
  for (;;) {
    const size_t end = text.find('\0');
    texts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return texts;
    text.remove_prefix(end + 1);
  }
}

/// Makes a namespace, with a lane into it.
std::function<Outcome(Visitor&)> spaceMaker(Engine& engine) {
  return [&engine](Visitor& visitor) -> Outcome {
    std::optional<Result<Socket>> socket;
    auto fd = createNetns(visitor, {}, [&] { socket = Socket::open(NETLINK_ROUTE, Socket::kSmall); });
    if (!fd) return requestError(fd.failure());
    if (!socket || !*socket) return requestError(socket->failure());
    const auto inode = netnsInode(fd->get());
    if (!inode) return requestError(inode.failure());
    return OpenedSpace{{std::make_shared<const Fd>(std::move(*fd)), inode.value(),
                        std::make_shared<Lane>(engine, std::move(**socket))}};
  };
}

/// beginSpace(name?): what makes a namespace, begun. Where there is a file of that name it ends with EEXIST; to look is
/// left to the visitor, as it takes a while.
Napi::Value beginSpace(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  std::function<Outcome(Visitor&)> job = spaceMaker(engine);
  if (info[0].IsString()) {
    job = [name = info[0].As<Napi::String>().Utf8Value(), make = std::move(job)](Visitor& visitor) -> Outcome {
      if (isNetnsNamed(name)) return RequestError{EEXIST, "open", "there is a file for '" + name + "'", {}, {}};
      return make(visitor);
    };
  }
  const auto ahead = std::make_shared<Ahead>();
  ahead->begin(engine, std::move(job), JobKind::kLongAside);
  return NetnsHandle::seal(info.Env(), {{}, ahead});
}

// Without a conversion, which fails where the environment is ending.
bool isTrue(const Napi::Value& value) { return value.IsBoolean() && value.As<Napi::Boolean>().Value(); }

}  // namespace

/// What is under way. Its steps are filled when they begin, by the threads that send them.
class ProgramHandle::Run : public Sequence {
 public:
  Run(Engine& engine, std::shared_ptr<const std::vector<ProgramHandle::Step>> steps, Bytes values, std::string text)
      : Sequence(engine),
        steps_(std::move(steps)),
        values_(values.begin(), values.end()),
        text_(std::move(text)),
        texts_(split(text_)) {}

  const std::vector<ProgramHandle::Step>& steps() const { return *steps_; }
  Filling filling() const { return {values_, texts_, netns.fd}; }

  /// Adds a step of it, which gets the run.
  template <class Begin>
  void addOwn(Begin begin) {
    add([begin](const std::shared_ptr<Sequence>& self) { begin(static_cast<Run&>(*self)); });
  }
  template <class Job>
  void addOwnVisit(Job job) {
    addVisit([job](Visitor& visitor, Sequence& self) -> Outcome { return job(visitor, static_cast<Run&>(self)); });
  }

  /// Carries out the messages of a step.
  void request(const ProgramHandle::Step& step) {
    if (step.kind == Kind::kRequests) return submit(step.lane, step.messages.requests(filling()));
    std::vector<Request> requests;
    for (const auto& text : texts_) {
      auto some = step.messages.requests({values_, {&text, 1}, netns.fd});
      std::move(some.begin(), some.end(), std::back_inserter(requests));
    }
    submit(step.lane, std::move(requests));
  }

  /// Begins a transaction with the messages of a step.
  Request transaction(const ProgramHandle::Step& step) const {
    Request request;
    request.transaction = std::make_shared<Transaction>();
    step.messages.fill(filling(), request);
    return request;
  }
  void transact(const ProgramHandle::Step& step) {
    std::vector<Request> requests;
    requests.push_back(transaction(step));
    submit(step.lane, std::move(requests));
  }

 private:
  void letGo() override { steps_.reset(); }

  std::shared_ptr<const std::vector<ProgramHandle::Step>> steps_;
  const std::vector<uint8_t> values_;
  const std::string text_;
  const std::vector<std::string_view> texts_;
};

void ProgramHandle::install(Napi::Env env, Napi::Object exports) {
  auto& environment = Environment::of(env);
  environment.itsNetns = Napi::Persistent(Napi::Object::New(env));
  exports.Set("itsNetns", environment.itsNetns.Value());
  exports.Set("beginSpace", Napi::Function::New<&beginSpace>(env, "beginSpace"));
  exports.Set("Program", DefineClass(env, "Program", {InstanceMethod<&ProgramHandle::start>("start")}));
}

ProgramHandle::ProgramHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const auto env = info.Env();
  JsInput input(env);
  const auto list = info[1].As<Napi::Array>();
  std::vector<Hole> holes;
  // Nothing can be read where the environment is ending, here and below.
  for (uint32_t i = 0; i + 1 < list.Length(); i += 2) {
    const Napi::Value given = list.Get(i);
    const Napi::Value at = list.Get(i + 1);
    if (given.IsEmpty() || at.IsEmpty()) return;
    const Bytes sample = input.bytes(JsInput::handle(given));
    holes.push_back({{sample.begin(), sample.end()}, at.As<Napi::Number>().Uint32Value()});
  }
  const auto words = info[2].As<Napi::Array>();
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < words.Length(); ++i) {
    const Napi::Value word = words.Get(i);
    if (word.IsEmpty()) return;
    texts.push_back(word.As<Napi::String>().Utf8Value());
  }
  const auto steps = info[0].As<Napi::Array>();
  isForOnce_ = isTrue(info[3]);
  for (uint32_t i = 0; i < steps.Length(); ++i) {
    Step step;
    const Napi::Value given = steps.Get(i);
    if (given.IsEmpty() || !parse(given.As<Napi::Array>(), holes, texts, step)) return;
    if (step.word && step.word->number) textCount_ = std::max(textCount_, *step.word->number + 1);
    steps_->push_back(std::move(step));
  }
}

bool ProgramHandle::parse(Napi::Array from, std::span<const Hole> holes, std::span<const std::string> texts,
                          Step& step) {
  const auto env = from.Env();
  std::array<Napi::Value, 4> at;
  for (uint32_t i = 0; i < at.size(); ++i) {
    at[i] = from.Get(i);
    if (at[i].IsEmpty()) return false;
  }
  const auto wordAt = [&](uint32_t place) -> std::optional<Word> {
    const auto& value = at[place];
    if (value.IsNumber()) return Word{value.As<Napi::Number>().Uint32Value(), {}};
    if (value.IsString()) return Word{{}, value.As<Napi::String>().Utf8Value()};
    return {};
  };
  step.kind = static_cast<Kind>(at[0].As<Napi::Number>().Uint32Value());
  switch (step.kind) {
    case Kind::kTransaction:
    case Kind::kRequests:
    case Kind::kForEach: {
      step.flag = isTrue(at[3]);
      if (!step.flag) {
        const auto* lane = LaneHandle::Unwrap(at[1].As<Napi::Object>());
        if (!lane) return false;
        step.lane = lane->lane();
      }
      return addMessages(at[2].As<Napi::Array>(), holes, texts, step.messages);
    }
    case Kind::kNetns:
      step.word = wordAt(1);
      step.flag = isTrue(at[2]);
      return true;
    case Kind::kProbe:
    case Kind::kSysctl:
    case Kind::kAddress:
      // What is run again and again must not keep a namespace open that its owner has closed.
      if (!NetnsHandle::parseOrThrow(at[1], "netns", step.open, !isForOnce_)) return false;
      if (step.kind == Kind::kProbe) return true;
      step.word = wordAt(2);
      if (step.kind == Kind::kAddress) return true;
      step.value = at[3].As<Napi::String>().Utf8Value();
      return true;
  }
  Napi::TypeError::New(env, "No such step").ThrowAsJavaScriptException();
  return false;
}

bool ProgramHandle::addMessages(Napi::Array from, std::span<const Hole> holes, std::span<const std::string> texts,
                                Template& to) {
  const auto env = from.Env();
  constexpr uint32_t kStride = 4;
  for (uint32_t i = 0; i + kStride <= from.Length(); i += kStride) {
    Request request;
    const Napi::Value number = from.Get(i);
    const Napi::Value spec = from.Get(i + 1);
    const Napi::Value isOptional = from.Get(i + 2);
    const Napi::Value isLiteral = from.Get(i + 3);
    if (number.IsEmpty() || spec.IsEmpty() || isOptional.IsEmpty() || isLiteral.IsEmpty()) return false;
    if (!LaneHandle::encodeRequest(env, number, spec, request)) return false;
    const bool hasHoles = !isTrue(isLiteral);
    to.add(*request.operation, std::move(request.message), std::move(request.fixups), isTrue(isOptional),
           hasHoles ? holes : std::span<const Hole>{}, hasHoles ? texts : std::span<const std::string>{});
  }
  return true;
}

bool ProgramHandle::isFilledBy(const Filling& filling) const {
  return steps_ && filling.texts.size() >= textCount_ &&
         std::all_of(steps_->begin(), steps_->end(),
                     [&](const Step& step) { return step.messages.isFilledBy(filling); });
}

// start(id, isPatient, values?, texts?, ports?, space?, messages?): whether its end can be told with others', the
// values and texts for the holes, the ports that are looked at, a namespace that has been begun or that another program
// has given to be taken, if it has not been yet, instead of one that is made, and messages that come behind those of
// the first transaction.
Napi::Value ProgramHandle::start(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  JsInput input(env);
  const auto run = std::make_shared<Run>(Environment::of(env).engine(), steps_,
                                         info[2].IsTypedArray() ? input.bytes(JsInput::handle(info[2])) : Bytes{},
                                         info[3].IsString() ? info[3].As<Napi::String>().Utf8Value() : std::string());
  run->isPatient = isTrue(info[1]);
  if (!isFilledBy(run->filling())) {
    Napi::RangeError::New(env, "The program has holes for other values").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  if (isForOnce_) steps_.reset();
  const auto& steps = run->steps();
  bool isFirst = true;
  for (const auto& step : steps) {
    switch (step.kind) {
      case Kind::kTransaction: {
        if (!std::exchange(isFirst, false) || !info[6].IsArray()) {
          run->addOwn([&step](Run& self) { self.transact(step); });
          break;
        }
        Request request = run->transaction(step);
        if (!LaneHandle::addMessages(env, info[6].As<Napi::Array>(), request)) return env.Undefined();
        std::vector<Request> requests;
        requests.push_back(std::move(request));
        run->add(step.lane, std::move(requests));
        break;
      }
      case Kind::kRequests:
      case Kind::kForEach:
        run->addOwn([&step](Run& self) { self.request(step); });
        if (step.flag) run->addOwn([](Run& self) { self.closeInside(); });
        break;
      case Kind::kNetns:
        if (auto* space = NetnsHandle::unseal(info[5]); space && space->ahead) {
          run->add([ahead = std::move(space->ahead)](const std::shared_ptr<Sequence>& self) { ahead->await(self); });
        } else if (space && space->netns.fd) {
          run->add([netns = std::exchange(space->netns, {})](const std::shared_ptr<Sequence>& self) {
            self->advance(OpenedSpace{netns});
          });
        } else {
          run->addAhead(spaceMaker(run->engine()), JobKind::kLong);
        }
        // Only now it gets its name: an earlier step may fail, and is to leave none.
        run->givesNetns = step.flag;
        run->addOwn([&step](Run& self) {
          self.advance(step.word ? outcomeOf(pinOwnNetns(self.netns.fd->get(), step.word->in(self.filling())))
                                 : Done{});
        });
        break;
      case Kind::kProbe:
        run->addAhead([open = step.open, bindable = NetnsHandle::parsePorts(info[4], SocketUse::kProbe)](
                          Visitor& visitor) { return NetnsHandle::bindAll(visitor, open, bindable); });
        break;
      case Kind::kAddress:
        run->addOwnVisit([&step](Visitor& visitor, Run& self) {
          const auto filling = self.filling();
          IpAddress address;
          parseIp(step.word->in(filling), address);
          return NetnsHandle::awaitAddressIn(visitor, step.open ? step.open : openerOf(filling.netns), address);
        });
        break;
      case Kind::kSysctl:
        run->addOwnVisit([&step](Visitor& visitor, Run& self) {
          const auto filling = self.filling();
          const auto open = step.open ? step.open : openerOf(filling.netns);
          return NetnsHandle::useSysctl(visitor, open, step.word->in(filling), step.value);
        });
        break;
    }
  }
  // From here on the steps keep it.
  run->start(info[0].As<Napi::Number>().Uint32Value());
  return env.Undefined();
}

}  // namespace netplumb
