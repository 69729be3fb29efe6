// Socket over a socket pair: datagrams of all sizes, time-outs, signals.
#include "netlink/socket.h"

#include <doctest/doctest.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "test/fake_kernel.h"

using namespace netplumb;

namespace {

std::vector<uint8_t> pattern(size_t size) {
  std::vector<uint8_t> bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i * 7);
  return bytes;
}

}  // namespace

TEST_CASE("Socket: datagrams come whole, the buffer grows as needed and is kept") {
  FakeKernel kernel;
  Socket socket = kernel.socket();
  std::vector<uint8_t> buffer;
  for (const size_t size : {size_t{20}, size_t{65'536}, size_t{65'537}, size_t{150'000}, size_t{20}}) {
    kernel.send(pattern(size));
    const auto received = socket.receive(buffer, 1000);
    REQUIRE(received);
    CHECK(std::vector<uint8_t>(received.value().begin(), received.value().end()) == pattern(size));
  }
  CHECK(buffer.size() == 150'000);
  CHECK(socket.send(pattern(1000)));
  CHECK(kernel.receive() == pattern(1000));
}

TEST_CASE("Socket: none comes in time") {
  FakeKernel kernel;
  Socket socket = kernel.socket();
  std::vector<uint8_t> buffer;
  const auto begin = std::chrono::steady_clock::now();
  const auto received = socket.receive(buffer, 50);
  REQUIRE_FALSE(received);
  CHECK(received.failure().error == ETIMEDOUT);
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(45));
}

TEST_CASE("Socket: a signal does not end the waiting") {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, &before);
  FakeKernel kernel;
  Socket socket = kernel.socket();
  std::atomic<bool> received{false};
  std::thread waiting([&] {
    std::vector<uint8_t> buffer;
    received = static_cast<bool>(socket.receive(buffer, 10'000));
  });
  for (int i = 0; i < 5; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    pthread_kill(waiting.native_handle(), SIGUSR1);
  }
  kernel.send(pattern(20));
  waiting.join();
  CHECK(received);
  sigaction(SIGUSR1, &before, nullptr);
}

TEST_CASE("Socket: closed and moved") {
  FakeKernel kernel;
  Socket first = kernel.socket();
  Socket second = std::move(first);
  CHECK(first.fd() == -1);
  CHECK(second.fd() >= 0);
  second.close();
  CHECK_FALSE(second.send(pattern(4)));
  std::vector<uint8_t> buffer;
  const auto received = second.receive(buffer, 10);
  REQUIRE_FALSE(received);
  CHECK(received.failure().error == EBADF);
}
