#include "netlink/fd.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include <utility>

using netplumb::Fd;

namespace {

bool isOpen(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

}  // namespace

TEST_CASE("Fd closes its descriptor once, and hands it over when moved") {
  int number = -1;
  {
    Fd first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    REQUIRE(first);
    number = first.get();
    Fd second(std::move(first));
    CHECK(second.get() == number);
    CHECK(isOpen(number));
    Fd third;
    CHECK_FALSE(third);
    third = std::move(second);
    CHECK(third.get() == number);
    CHECK(isOpen(number));
  }
  CHECK_FALSE(isOpen(number));
}
