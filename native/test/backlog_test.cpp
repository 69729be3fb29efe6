// What is decoded beside receiving: in order, all of it, by whoever can.
#include "engine/backlog.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>
#include <latch>
#include <set>
#include <thread>

#include "engine/engine.h"

using namespace netplumb;

namespace {

constexpr uint32_t kMany = 1000;

/// Adds many datagrams, each beginning with its number and of another size; returns the numbers as they were decoded.
std::vector<uint32_t> pass(Engine& engine, std::set<std::thread::id>& threads) {
  std::vector<uint32_t> decoded;
  std::vector<uint8_t> buffer;
  Backlog backlog(engine, [&](Bytes datagram) {
    const auto number = load<uint32_t>(datagram);
    CHECK(datagram.size() == 4 + number % 100);
    decoded.push_back(number);
    threads.insert(std::this_thread::get_id());
  });
  for (uint32_t i = 0; i < kMany; ++i) {
    // The helper is to have the time to come.
    if (i < 100) std::this_thread::sleep_for(std::chrono::microseconds(200));
    buffer.resize(200);
    std::memcpy(buffer.data(), &i, sizeof i);
    backlog.add(buffer, 4 + i % 100);
  }
  backlog.finish();
  return decoded;
}

void checkAll(const std::vector<uint32_t>& decoded) {
  REQUIRE(decoded.size() == kMany);
  for (uint32_t i = 0; i < kMany; ++i) CHECK(decoded[i] == i);
}

}  // namespace

TEST_CASE("Backlog: what a long answer tells is decoded in order, by two") {
  Engine engine([] {});
  std::set<std::thread::id> threads;
  checkAll(pass(engine, threads));
  CHECK(threads.size() == 2);
  // Again, with the same helper.
  checkAll(pass(engine, threads));
}

TEST_CASE("Backlog: where nobody is idle the receiver decodes all") {
  Engine engine([] {});
  std::latch begun(4);
  std::latch released(1);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(engine.lend([&] {
      begun.count_down();
      released.wait();
    }));
  }
  begun.wait();
  std::set<std::thread::id> threads;
  checkAll(pass(engine, threads));
  CHECK(threads == std::set{std::this_thread::get_id()});
  released.count_down();
}

TEST_CASE("Backlog: and where the engine has stopped") {
  Engine engine([] {});
  engine.stop();
  std::set<std::thread::id> threads;
  checkAll(pass(engine, threads));
  CHECK(threads == std::set{std::this_thread::get_id()});
}

TEST_CASE("Backlog: nothing, and little") {
  Engine engine([] {});
  int decoded = 0;
  {
    Backlog backlog(engine, [&](Bytes) { ++decoded; });
    backlog.finish();
    std::vector<uint8_t> buffer(8);
    backlog.add(buffer, 8);
    CHECK(decoded == 1);
    CHECK(buffer.size() == 8);
  }
  CHECK(decoded == 1);
}
