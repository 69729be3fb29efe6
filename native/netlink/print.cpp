#include "netlink/print.h"

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "netlink/answer.h"
#include "netlink/codec.h"
#include "netlink/text.h"

namespace netplumb {
namespace {

/// Writes what the decoder shows as one line, in the manner of a JavaScript literal.
class LineSink final : public Sink {
 public:
  explicit LineSink(std::string& line) : line_(line) {}

  void beginObject(std::string_view key) override { open(key, '{'); }
  void endObject() override { close('}'); }
  void beginArray(std::string_view key) override { open(key, '['); }
  void endArray() override { close(']'); }
  void number(std::string_view key, double value) override {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    put(key, {text, static_cast<size_t>(end - text)});
  }
  void boolean(std::string_view key, bool value) override { put(key, value ? "true" : "false"); }
  void unsigned64(std::string_view key, uint64_t value) override { put(key, std::to_string(value) + "n"); }
  void signed64(std::string_view key, int64_t value) override { put(key, std::to_string(value) + "n"); }
  void string(std::string_view key, std::string_view value) override {
    std::string quoted = "'";
    for (const char c : value) {
      // What would make a terminal do something is shown, not done.
      if (static_cast<unsigned char>(c) < ' ' || c == '\'' || c == '\\' || c == 127) {
        quoted += "\\x" + formatHex({reinterpret_cast<const uint8_t*>(&c), 1}, 0);
      } else {
        quoted += c;
      }
    }
    put(key, quoted + "'");
  }
  void bytes(std::string_view key, std::span<const uint8_t> value) override {
    put(key, "<" + formatHex(value, 0) + ">");
  }

 private:
  void put(std::string_view key, std::string_view value) {
    if (needsComma_) line_ += ", ";
    if (!key.empty()) line_.append(key).append(": ");
    line_ += value;
    needsComma_ = true;
  }
  void open(std::string_view key, char bracket) {
    put(key, {&bracket, 1});
    needsComma_ = false;
  }
  void close(char bracket) {
    line_ += bracket;
    needsComma_ = true;
  }

  std::string& line_;
  bool needsComma_ = false;
};

}  // namespace

bool isPrinting() {
  static const bool printing = [] {
    const char* value = std::getenv("NETPLUMB_DEBUG");
    return value && *value && std::strcmp(value, "0") != 0;
  }();
  return printing;
}

void printMessage(const char* direction, const Message& message, const Object* object, int socket) {
  const auto& header = message.header;
  char start[160];
  std::snprintf(start, sizeof start, "netplumb[%d] %s fd=%d type=%u flags=0x%x seq=%u len=%u ", getpid(), direction,
                socket, header.nlmsg_type, header.nlmsg_flags, header.nlmsg_seq, header.nlmsg_len);
  std::string line = start;
  LineSink sink(line);
  if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
    KernelAnswer answer;
    parseAnswer(message, answer);
    line += header.nlmsg_type == NLMSG_DONE ? "done " : answer.error ? "error " : "ack ";
    sink.beginObject({});
    sink.number("error", answer.error);
    if (!answer.text.empty()) sink.string("text", answer.text);
    if (answer.offset) sink.number("offset", answer.offset);
    sink.endObject();
  } else if (object) {
    line.append(object->name) += ' ';
    sink.beginObject({});
    if (!decode(*object, message.payload, sink, nullptr, Detail::kAll)) sink.boolean("malformed", true);
    sink.endObject();
  }
  line += '\n';
  // One write, so that lines of several threads do not mix.
  static_cast<void>(!::write(STDERR_FILENO, line.data(), line.size()));
}

void printMessage(const char* direction, Bytes message, const Object* object, int socket) {
  MessageReader reader(message);
  for (Message one; reader.next(one);) printMessage(direction, one, object, socket);
}

}  // namespace netplumb
