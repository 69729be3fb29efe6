// Tapes and shapes: what the decoder says, laid out flat.
#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/tape.h"
#include "test/bytes.h"

using namespace netplumb;

namespace {

constexpr std::string_view kMtu = "mtu";
constexpr std::string_view kName = "name";
constexpr std::string_view kList = "list";

int32_t slot(const Tape& tape, size_t at) { return tape.slots.at(at); }

template <class T>
T pair(const Tape& tape, size_t at) {
  return std::bit_cast<T>(std::array{tape.slots.at(at), tape.slots.at(at + 1)});
}

std::string text(const Tape& tape, size_t index) {
  const auto begin = index ? tape.ends.at(index - 1) : 0;
  return tape.text.substr(begin, tape.ends.at(index) - begin);
}

}  // namespace

TEST_CASE("TapeWriter: objects of one shape share its number, equal strings are kept once") {
  Shapes shapes;
  TapeWriter writer(shapes);
  for (int i = 0; i < 3; ++i) {
    writer.beginObject({});
    writer.number(kMtu, 1500 + i);
    writer.string(kName, i < 2 ? "eth0" : "lo");
    writer.endObject();
  }
  CHECK(writer.objects() == 3);
  const Tape tape = writer.take();
  CHECK(tape.objects == 3);
  REQUIRE(tape.slots.size() == 9);
  CHECK(slot(tape, 0) == slot(tape, 3));
  CHECK(slot(tape, 1) == 1500);
  CHECK(slot(tape, 7) == 1502);
  CHECK(slot(tape, 2) == slot(tape, 5));
  CHECK(text(tape, static_cast<size_t>(slot(tape, 2))) == "eth0");
  CHECK(text(tape, static_cast<size_t>(slot(tape, 8))) == "lo");
  const auto shape = shapes.get(static_cast<uint32_t>(slot(tape, 0)));
  REQUIRE(shape.size() == 2);
  CHECK(shape[0].key == "mtu");
  CHECK(shape[0].valueClass == ValueClass::kInteger);
  CHECK(shape[1].valueClass == ValueClass::kString);
}

TEST_CASE("TapeWriter: another order, another class, another key is another shape") {
  Shapes shapes;
  TapeWriter writer(shapes);
  const auto shapeOf = [&](auto fill) {
    writer.beginObject({});
    fill();
    writer.endObject();
    return slot(writer.take(), 0);
  };
  const int32_t first = shapeOf([&] { writer.number(kMtu, 1), writer.number(kName, 2); });
  CHECK(shapeOf([&] { writer.number(kMtu, 5), writer.number(kName, 6); }) == first);
  CHECK(shapeOf([&] { writer.number(kName, 1), writer.number(kMtu, 2); }) != first);
  CHECK(shapeOf([&] { writer.number(kMtu, 1), writer.boolean(kName, true); }) != first);
  CHECK(shapeOf([&] { writer.number(kMtu, 1); }) != first);
  CHECK(shapeOf([] {}) != first);
  CHECK(shapes.get(1000).empty());
}

TEST_CASE("TapeWriter: arrays, nested objects, 64 bits, bytes") {
  Shapes shapes;
  TapeWriter writer(shapes);
  writer.beginObject({});
  writer.beginArray(kList);
  writer.string({}, "x");
  writer.beginObject({});
  writer.unsigned64(kMtu, UINT64_MAX);
  writer.signed64(kName, INT64_MIN);
  writer.endObject();
  writer.endArray();
  const uint8_t bytes[] = {0xff, 'x', 0};
  writer.bytes(kName, bytes);
  writer.boolean(kMtu, false);
  writer.endObject();
  const Tape tape = writer.take();
  CHECK(tape.objects == 1);
  REQUIRE(tape.slots.size() == 13);
  CHECK(slot(tape, 1) == 2);  // elements
  CHECK(slot(tape, 2) == static_cast<int32_t>(ValueClass::kString));
  CHECK(slot(tape, 4) == static_cast<int32_t>(ValueClass::kObject));
  CHECK(pair<uint64_t>(tape, 6) == UINT64_MAX);
  CHECK(pair<int64_t>(tape, 8) == INT64_MIN);
  CHECK(slot(tape, 10) == 3);
  CHECK(bytesOf(tape.slots[11])[0] == 0xff);
  CHECK(bytesOf(tape.slots[11])[1] == 'x');
}

TEST_CASE("TapeWriter: bytes take as many slots as they need") {
  Shapes shapes;
  TapeWriter writer(shapes);
  writer.beginObject({});
  for (const size_t size : {0u, 1u, 4u, 5u}) writer.bytes(kMtu, std::vector<uint8_t>(size, 7));
  writer.number(kName, 5);
  writer.endObject();
  const Tape tape = writer.take();
  REQUIRE(tape.slots.size() == 1 + 1 + 2 + 2 + 3 + 1);
  CHECK(slot(tape, 6) == 5);
  CHECK(slot(tape, 9) == 5);
}

TEST_CASE("TapeWriter: numbers lie as whole ones of 32 bits, or as doubles") {
  Shapes shapes;
  TapeWriter writer(shapes);
  const auto written = [&](auto write) {
    writer.beginObject({});
    write();
    writer.endObject();
    Tape tape = writer.take();
    return std::pair(shapes.get(static_cast<uint32_t>(slot(tape, 0))).at(0).valueClass, std::move(tape));
  };
  for (const double value : {0.0, -1.0, double{INT32_MAX}, double{INT32_MIN}}) {
    const auto [valueClass, tape] = written([&] { writer.number(kMtu, value); });
    CHECK(valueClass == ValueClass::kInteger);
    CHECK(slot(tape, 1) == value);
  }
  for (const double value : {0.5, INT32_MAX + 1.0, INT32_MIN - 1.0, HUGE_VAL}) {
    const auto [valueClass, tape] = written([&] { writer.number(kMtu, value); });
    CHECK(valueClass == ValueClass::kNumber);
    CHECK(pair<double>(tape, 1) == value);
  }
  for (const uint32_t value : {0u, uint32_t{INT32_MAX}, uint32_t{INT32_MAX} + 1, UINT32_MAX}) {
    const auto [valueClass, tape] = written([&] { writer.integer(kMtu, value); });
    CHECK((valueClass == ValueClass::kInteger) == (value <= INT32_MAX));
    CHECK((valueClass == ValueClass::kInteger ? slot(tape, 1) : pair<double>(tape, 1)) == value);
  }
}

TEST_CASE("TapeWriter: objects that differ from those before them, here and inside of them") {
  Shapes shapes;
  TapeWriter writer(shapes);
  // Each bit of a pattern is a field that is there or not; the same pattern has the same shape whatever came before.
  std::map<int, int32_t> numbers;
  for (int i = 0; i < 200; ++i) {
    const int pattern = i * 37 % 64;
    writer.beginObject({});
    if (pattern & 1) writer.number(kMtu, i);
    writer.beginObject(kList);
    if (pattern & 2) writer.string(kName, "inner");
    if (pattern & 4) writer.boolean(kMtu, true);
    writer.endObject();
    if (pattern & 8) writer.word(kName, "outer");
    if (pattern & 16) writer.number(kList, i + 0.5);
    if (pattern & 32) writer.unsigned64(kMtu, 1);
    writer.endObject();
    const auto number = slot(writer.take(), 0);
    const auto known = numbers.emplace(pattern & ~6, number).first;
    CHECK(known->second == number);
  }
  std::set<int32_t> different;
  for (const auto& [pattern, number] : numbers) different.insert(number);
  CHECK(different.size() == numbers.size());
}

TEST_CASE("TapeWriter: a word is kept once on each tape, as a string is") {
  static constexpr std::string_view kWord = "up";
  Shapes shapes;
  TapeWriter writer(shapes);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3; ++i) {
      writer.beginObject({});
      if (round == 1 && i == 0) writer.string(kList, "first");
      writer.word(kName, kWord);
      writer.string(kMtu, "up");
      writer.endObject();
    }
    const Tape tape = writer.take();
    CHECK(tape.ends.size() == (round == 0 ? 1 : 2));
    CHECK(text(tape, static_cast<size_t>(slot(tape, tape.slots.size() - 2))) == "up");
    CHECK(slot(tape, tape.slots.size() - 2) == slot(tape, tape.slots.size() - 1));
  }
}

TEST_CASE("TapeWriter: thousands of strings, and beginning anew") {
  Shapes shapes;
  TapeWriter writer(shapes);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5000; ++i) {
      writer.beginObject({});
      writer.string(kName, "name" + std::to_string(i / 2));
      writer.bytes(kMtu, bytesOf(std::string_view("name7")));
      writer.endObject();
    }
    const Tape tape = writer.take();
    CHECK(tape.objects == 5000);
    bool equal = true;
    for (size_t i = 0; i < 5000; ++i) {
      equal = equal && text(tape, static_cast<size_t>(slot(tape, i * 5 + 1))) == "name" + std::to_string(i / 2);
    }
    CHECK(equal);
    CHECK(tape.ends.size() == 2500);
  }
  CHECK(writer.take().objects == 0);
}

TEST_CASE("Shapes: several threads get the same numbers") {
  Shapes shapes;
  constexpr std::string_view kKeys[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
  std::vector<std::vector<int32_t>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&] {
      TapeWriter writer(shapes);
      for (int i = 0; i < 256; ++i) {
        writer.beginObject({});
        for (size_t bit = 0; bit < 8; ++bit) {
          if (i >> bit & 1) writer.number(kKeys[bit], 0);
        }
        writer.endObject();
        mine.push_back(slot(writer.take(), 0));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& other : seen) CHECK(other == seen[0]);
  CHECK(shapes.get(255).size() + shapes.get(0).size() > 0);
  CHECK(shapes.get(256).empty());
}
