// Tapes and shapes: what the decoder says, laid out flat.
#include <doctest/doctest.h>

#include <bit>
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

double number(const Tape& tape, size_t slot) { return std::bit_cast<double>(tape.slots.at(slot)); }

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
  CHECK(number(tape, 0) == number(tape, 3));
  CHECK(number(tape, 1) == 1500);
  CHECK(number(tape, 7) == 1502);
  CHECK(number(tape, 2) == number(tape, 5));
  CHECK(text(tape, static_cast<size_t>(number(tape, 2))) == "eth0");
  CHECK(text(tape, static_cast<size_t>(number(tape, 8))) == "lo");
  const auto shape = shapes.get(static_cast<uint32_t>(number(tape, 0)));
  REQUIRE(shape.size() == 2);
  CHECK(shape[0].key == "mtu");
  CHECK(shape[0].valueClass == ValueClass::kNumber);
  CHECK(shape[1].valueClass == ValueClass::kString);
}

TEST_CASE("TapeWriter: another order, another class, another key is another shape") {
  Shapes shapes;
  TapeWriter writer(shapes);
  const auto shapeOf = [&](auto fill) {
    writer.beginObject({});
    fill();
    writer.endObject();
    return number(writer.take(), 0);
  };
  const double first = shapeOf([&] { writer.number(kMtu, 1), writer.number(kName, 2); });
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
  REQUIRE(tape.slots.size() == 11);
  CHECK(number(tape, 1) == 2);  // elements
  CHECK(number(tape, 2) == static_cast<double>(ValueClass::kString));
  CHECK(number(tape, 4) == static_cast<double>(ValueClass::kObject));
  CHECK(tape.slots[6] == UINT64_MAX);
  CHECK(tape.slots[7] == uint64_t{1} << 63);
  CHECK(number(tape, 8) == 3);
  CHECK(bytesOf(tape.slots[9])[0] == 0xff);
  CHECK(bytesOf(tape.slots[9])[1] == 'x');
}

TEST_CASE("TapeWriter: bytes take as many slots as they need") {
  Shapes shapes;
  TapeWriter writer(shapes);
  writer.beginObject({});
  for (const size_t size : {0u, 1u, 8u, 9u}) writer.bytes(kMtu, std::vector<uint8_t>(size, 7));
  writer.number(kName, 5);
  writer.endObject();
  const Tape tape = writer.take();
  REQUIRE(tape.slots.size() == 1 + 1 + 2 + 2 + 3 + 1);
  CHECK(number(tape, 6) == 9);
  CHECK(number(tape, 9) == 5);
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
      equal = equal && text(tape, static_cast<size_t>(number(tape, i * 4 + 1))) == "name" + std::to_string(i / 2);
    }
    CHECK(equal);
    CHECK(tape.ends.size() == 2500);
  }
  CHECK(writer.take().objects == 0);
}

TEST_CASE("Shapes: several threads get the same numbers") {
  Shapes shapes;
  constexpr std::string_view kKeys[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
  std::vector<std::vector<double>> seen(4);
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
        mine.push_back(number(writer.take(), 0));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& other : seen) CHECK(other == seen[0]);
  CHECK(shapes.get(255).size() + shapes.get(0).size() > 0);
  CHECK(shapes.get(256).empty());
}
