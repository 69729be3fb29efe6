// The decoder over a hundred thousand broken messages of every object, each in a buffer of exactly its size.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <string>

#include "netlink/codec.h"
#include "netlink/text.h"
#include "protocols.h"
#include "route/operations.h"
#include "test/bytes.h"

using namespace netplumb;

namespace {

/// Checks that what begins ends, and that strings and bytes can be read.
class CheckingSink final : public Sink {
 public:
  ~CheckingSink() override { CHECK(depth_ == 0); }
  void beginObject(std::string_view) override { ++depth_; }
  void endObject() override { --depth_; }
  void beginArray(std::string_view) override { ++depth_; }
  void endArray() override { --depth_; }
  void number(std::string_view, double) override {}
  void boolean(std::string_view, bool) override {}
  void unsigned64(std::string_view, uint64_t) override {}
  void signed64(std::string_view, int64_t) override {}
  void string(std::string_view, std::string_view value) override { touch(bytesOf(value)); }
  void bytes(std::string_view, std::span<const uint8_t> value) override { touch(value); }

  uint64_t sum = 0;

 private:
  void touch(Bytes bytes) {
    for (const auto byte : bytes) sum += byte;
  }
  int depth_ = 0;
};

using Random = std::mt19937;

size_t below(Random& random, size_t limit) { return limit == 0 ? 0 : random() % limit; }

/// Writes a message that has every attribute of its tables, down to a few levels, with payloads of plausible sizes.
class Generator {
 public:
  explicit Generator(Random& random) : random_(random) {}

  std::vector<uint8_t> object(const Object& object) {
    std::vector<uint8_t> bytes;
    Writer writer(bytes);
    whole(writer, object, 0);
    return bytes;
  }

 private:
  void whole(Writer& writer, const Object& object, int depth) {
    fill(writer, writer.append(object.header.size), object.header.size);
    nest(writer, object.attributes, depth);
  }

  void nest(Writer& writer, const Table& table, int depth) {
    std::map<std::string_view, std::string_view> selected;
    for (const auto& field : table.fields) {
      if (field.value.type == Type::kSelected) {
        // What a nest's kind is may stand in the message around it.
        if (table.byName(field.value.selector)) {
          kinds_[field.value.selector] = field.value.choices[below(random_, field.value.choices.size())].name;
        }
        selected[field.value.selector] = kinds_[field.value.selector];
      }
    }
    for (const auto& field : table.fields) {
      const auto choice = selected.find(field.name);
      // A kind is never left out, as what it selects could not be read.
      if (choice == selected.end() && below(random_, 4) == 0) continue;
      if (!field.name.empty() && choice != selected.end()) {
        select(writer, field, choice->second);
      } else if (field.value.type == Type::kSelected) {
        const size_t mark = writer.begin(field.number);
        for (const auto& candidate : field.value.choices) {
          if (candidate.name == selected[field.value.selector] && depth < kDepth) options(writer, candidate, depth);
        }
        writer.end(mark);
      } else {
        value(writer, field.value, field.number, depth);
      }
    }
  }

  void options(Writer& writer, const Choice& choice, int depth) {
    if (choice.object) {
      whole(writer, *choice.object, depth + 1);
    } else if (choice.table && choice.table->size) {
      fill(writer, writer.append(choice.table->size), choice.table->size);
    } else if (choice.table) {
      nest(writer, *choice.table, depth + 1);
    }
  }

  void select(Writer& writer, const Field& field, std::string_view name) {
    if (field.value.type == Type::kString) {
      const std::string text = std::string(name) + '\0';
      writer.attribute(field.number, bytesOf(std::string_view(text)));
      return;
    }
    for (const auto& candidate : field.value.names) {
      if (candidate.name == name) writer.put(writer.attribute(field.number, 4), static_cast<uint32_t>(candidate.value));
    }
  }

  void value(Writer& writer, const ValueType& value, uint16_t number, int depth) {
    const size_t mark = writer.begin(number);
    switch (value.type) {
      case Type::kNested:
        if (depth < kDepth) nest(writer, *value.table, depth + 1);
        break;
      case Type::kList:
        for (uint16_t i = 0; i < 2 && depth < kDepth; ++i) {
          this->value(writer, *value.element, value.elementNumber ? value.elementNumber : i, depth + 1);
        }
        break;
      case Type::kRecords:
        for (int i = 0; i < 2 && depth < kDepth; ++i) {
          const size_t record = writer.size();
          whole(writer, *value.object, depth + 1);
          writer.put(record, static_cast<uint16_t>(writer.size() - record));
        }
        break;
      case Type::kObject:
        if (depth < kDepth) whole(writer, *value.object, depth + 1);
        break;
      case Type::kStruct:
      case Type::kStructs:
        fill(writer, writer.append(value.table->size), value.table->size);
        break;
      default: {
        constexpr size_t kSizes[] = {0, 1, 2, 4, 4, 4, 6, 8, 8, 16, 20};
        const size_t size = kSizes[below(random_, std::size(kSizes))];
        fill(writer, writer.append(size), size);
        break;
      }
    }
    writer.end(mark);
  }

  void fill(Writer& writer, size_t at, size_t size) {
    for (size_t i = 0; i < size; ++i) *writer.at(at + i) = static_cast<uint8_t>(random_());
  }

  static constexpr int kDepth = 3;
  Random& random_;
  std::map<std::string_view, std::string_view> kinds_;
};

std::set<const Object*> allObjects() {
  std::set<const Object*> objects;
  for (const auto& protocol : protocols()) {
    for (const auto& operation : protocol.operations) objects.insert(operation.object);
  }
  return objects;
}

void decodeExactly(const Object& object, Bytes bytes, Detail detail, uint64_t& sum) {
  const Exact exact(bytes);
  CheckingSink sink;
  sink.beginObject({});
  decode(object, exact.bytes(), sink, nullptr, detail);
  sink.endObject();
  sum += sink.sum;
}

}  // namespace

TEST_CASE("decode: whole messages of every object") {
  Random random(1);
  uint64_t sum = 0;
  for (const Object* object : allObjects()) {
    for (int i = 0; i < 200; ++i) {
      const auto bytes = Generator(random).object(*object);
      CheckingSink sink;
      sink.beginObject({});
      const Exact exact{Bytes(bytes)};
      INFO(std::string(object->name), ' ', formatHex(Bytes(bytes).first(std::min<size_t>(bytes.size(), 200)), 0));
      CHECK(decode(*object, exact.bytes(), sink, nullptr, Detail::kAll));
      sink.endObject();
      sum += sink.sum;
    }
  }
  CHECK(sum > 0);
}

TEST_CASE("decode: every cut of a message") {
  Random random(2);
  uint64_t sum = 0;
  for (const Object* object : allObjects()) {
    const auto bytes = Generator(random).object(*object);
    for (size_t size = 0; size <= bytes.size(); ++size)
      decodeExactly(*object, Bytes(bytes).first(size), Detail::kAll, sum);
    CheckingSink sink;
    CHECK_FALSE(decode(*object, Bytes(bytes).first(object->header.size - 1), sink, nullptr, Detail::kAll));
  }
}

TEST_CASE("decode: 100,000 mutations") {
  Random random(3);
  uint64_t sum = 0;
  const auto objects = allObjects();
  const int each = 100'000 / static_cast<int>(objects.size()) + 1;
  for (const Object* object : objects) {
    std::vector<uint8_t> original;
    for (int i = 0; i < each; ++i) {
      if (i % 100 == 0) original = Generator(random).object(*object);
      auto bytes = original;
      for (size_t count = 1 + below(random, 8); count > 0; --count) {
        const size_t at = below(random, bytes.size());
        switch (below(random, 4)) {
          case 0:
            bytes[at] = static_cast<uint8_t>(random());
            break;
          case 1:
            bytes[at] ^= static_cast<uint8_t>(1u << below(random, 8));
            break;
          case 2:  // lengths stand at multiples of four
            bytes[at & ~size_t{3}] = static_cast<uint8_t>(below(random, 24));
            break;
          default:
            bytes.resize(1 + below(random, bytes.size()));
            break;
        }
      }
      decodeExactly(*object, bytes, i % 2 ? Detail::kAll : Detail::kUsual, sum);
    }
  }
  CHECK(sum > 0);
}

TEST_CASE("decode: noise") {
  Random random(4);
  uint64_t sum = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<uint8_t> bytes(below(random, 120));
    for (auto& byte : bytes) byte = static_cast<uint8_t>(below(random, 2) ? below(random, 16) : random());
    for (const Object* object : allObjects()) decodeExactly(*object, bytes, Detail::kAll, sum);
  }
}

TEST_CASE("routeOperationByType finds the object of every message type") {
  for (const auto& operation : routeOperations()) {
    const auto* found = routeOperationByType(operation.type);
    REQUIRE(found);
    CHECK(found->object == operation.object);
  }
  CHECK(routeOperationByType(0) == nullptr);
  CHECK(routeOperationByType(9999) == nullptr);
}
