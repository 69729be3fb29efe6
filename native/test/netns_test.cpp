// Network namespaces. What needs privilege happens in a mount namespace of this program's own, with a /run of its own:
// no name is ever seen outside of it. It is skipped, with a message, where that is not permitted.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "netlink/thread.h"
#include "netns/netns.h"
#include "netns/scoped_netns.h"
#include "netns/sysctl.h"
#include "netns/visitor.h"

using namespace netplumb;
using namespace std::chrono_literals;

namespace {

const std::string kDirectory(kNetnsDirectory);

/// Runs a function as a job and waits for it.
template <class Function>
auto inJob(Visitor& visitor, Function function) {
  auto task = std::make_shared<std::packaged_task<decltype(function())()>>(std::move(function));
  auto future = task->get_future();
  CHECK(visitor.post([task] { (*task)(); }));
  return future.get();
}

Result<Fd> create(Visitor& visitor, std::optional<std::string> name = {}) {
  return inJob(visitor, [&] { return createNetns(visitor, name); });
}

uint64_t inodeOf(int fd) {
  const auto inode = netnsInode(fd);
  return inode ? inode.value() : 0;
}

uint64_t ownInode() {
  const auto own = openNetns(NetnsRef::current());
  return own ? inodeOf(own.value().get()) : 0;
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  const auto entries = listNetns();
  REQUIRE(entries);
  for (const auto& entry : entries.value()) found.push_back(entry.name);
  return found;
}

size_t countLines(const char* path, const std::string& text = {}) {
  std::ifstream file(path);
  size_t count = 0;
  for (std::string line; std::getline(file, line);) count += line.find(text) != line.npos;
  return count;
}

size_t countEntries(const char* path) {
  using Iterator = std::filesystem::directory_iterator;
  return static_cast<size_t>(std::distance(Iterator(path), Iterator()));
}

/// Whether there are so many threads of visitors, now or soon: one that has been joined is to be seen for a while yet.
bool haveVisitorThreads(size_t expected) {
  for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);;) {
    size_t count = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
      count += countLines((task.path() / "comm").c_str(), "netns-");
    }
    if (count == expected) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(1ms);
  }
}

bool contains(const std::string& text, const char* part) { return text.find(part) != text.npos; }

/// In a child process, whose exit status says whether the function returned true.
bool inChild(const std::function<bool()>& function) {
  std::cout.flush();  // or the child prints it again
  const pid_t child = fork();
  if (child == 0) _exit(function() ? 0 : 1);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool shell(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

/// Whether this thread, and threads it starts, have a /run of their own and may make network namespaces.
bool isPermitted() {
  static const bool permitted = [] {
    if (!inChild([] { return unshare(CLONE_NEWNET) == 0; })) return false;
    if (unshare(CLONE_NEWNS) != 0 || mount("", "/", "none", MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    // What strangers have mounted there is not to be counted.
    while (umount2(kDirectory.c_str(), MNT_DETACH) == 0) continue;
    return mount("tmpfs", "/run", "tmpfs", 0, "mode=755") == 0;
  }();
  if (!permitted) MESSAGE("skipped: needs CAP_SYS_ADMIN");
  return permitted;
}

bool hasIp() {
  const bool has = shell("ip -V");
  if (!has) MESSAGE("skipped: needs the program ip");
  return has;
}

/// Takes CAP_SYS_ADMIN from the calling thread only.
bool dropAdmin() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> data{};
  if (syscall(SYS_capget, &header, data.data()) != 0) return false;
  data[0].effective &= ~(1U << CAP_SYS_ADMIN);
  return syscall(SYS_capset, &header, data.data()) == 0;
}

/// Has a system call of the calling thread fail from now on; of mount(2) only that with these flags, if given.
bool denyCall(long call, std::optional<uint32_t> mountFlags, int error) {
  constexpr auto kLowHalf = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4;
  const auto deny = static_cast<uint32_t>(SECCOMP_RET_ERRNO | error);
  const uint8_t otherFlags = mountFlags ? 1 : 0;
  std::array<sock_filter, 6> filter{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(call), 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[3]) + kLowHalf),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, mountFlags.value_or(0), 0, otherFlags),
      BPF_STMT(BPF_RET | BPF_K, deny),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{filter.size(), filter.data()};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

TEST_CASE("names that cannot be a file's are refused") {
  CHECK(invalidNetnsName("web") == "");
  CHECK(invalidNetnsName("...") == "");
  CHECK(invalidNetnsName("a b\n\xff") == "");
  CHECK(invalidNetnsName(std::string(255, 'n')) == "");
  CHECK(invalidNetnsName(std::string(256, 'n')) != "");
  for (const auto* name : {"", ".", "..", "a/b", "/", "../run"}) CHECK(invalidNetnsName(name) != "");
  CHECK(invalidNetnsName(std::string("a\0b", 3)) != "");

  Visitor visitor;
  const auto own = openNetns(NetnsRef::current());
  REQUIRE(own);
  for (const std::string name : {"", "..", "../netns-escaped"}) {
    CHECK(create(visitor, name).failure().error == EINVAL);
    CHECK(pinNetns(own.value().get(), name).failure().error == EINVAL);
    CHECK(deleteNetns(name).failure().error == EINVAL);
    CHECK(openNetns(NetnsRef::byName(name)).failure().error == EINVAL);
  }
}

TEST_CASE("openNetns opens what is a network namespace, close-on-exec, and says why it doesn't open what is none") {
  auto own = openNetns(NetnsRef::current());
  REQUIRE(own);
  CHECK((fcntl(own->get(), F_GETFD) & FD_CLOEXEC) != 0);
  CHECK((fcntl(own->get(), F_GETFL) & O_ACCMODE) == O_RDONLY);
  const auto inode = inodeOf(own->get());
  CHECK(inode != 0);
  for (const auto& ref :
       {NetnsRef::byPid(getpid()), NetnsRef::byFd(own->get()), NetnsRef::byPath("/proc/self/ns/net")}) {
    const auto fd = openNetns(ref);
    REQUIRE(fd);
    CHECK(inodeOf(fd.value().get()) == inode);
    CHECK(isSameNetns(fd.value().get(), own->get()));
  }

  const auto failure = [](const NetnsRef& ref) {
    auto fd = openNetns(ref);
    return fd ? Failure{} : fd.failure();
  };
  CHECK(failure(NetnsRef::byPath("/nowhere/at/all")).error == ENOENT);
  CHECK(contains(failure(NetnsRef::byPath("/nowhere/at/all")).detail, "/nowhere/at/all"));
  for (const auto* path : {"/dev/null", "/", "/proc/self/ns/mnt", "/proc/self/status"}) {
    CHECK(failure(NetnsRef::byPath(path)).error == EINVAL);
  }
  CHECK(failure(NetnsRef::byName("no-such-netns")).error == ENOENT);
  CHECK(failure(NetnsRef::byName("no-such-netns")).detail == "no network namespace named 'no-such-netns'");
  own->reset();

  const int number = dup(STDIN_FILENO);
  CHECK(failure(NetnsRef::byFd(number)).error == EINVAL);
  close(number);
  CHECK(failure(NetnsRef::byFd(number)).error == EBADF);

  const pid_t child = fork();
  if (child == 0) _exit(0);
  siginfo_t info;
  REQUIRE(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0);
  CHECK(failure(NetnsRef::byPid(child)).error == ESRCH);  // a zombie
  REQUIRE(waitpid(child, nullptr, 0) == child);
  CHECK(failure(NetnsRef::byPid(child)).error == ESRCH);
}

TEST_CASE("openNetns does not wait for a FIFO") {
  std::string directory = "/tmp/netns_test.XXXXXX";
  REQUIRE(mkdtemp(directory.data()));
  const auto path = directory + "/fifo";
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  const auto fd = openNetns(NetnsRef::byPath(path));
  CHECK_FALSE(fd);
  CHECK(fd.failure().error == EINVAL);
  std::filesystem::remove_all(directory);
}

TEST_CASE("sysctl keys: the first separator decides") {
  const auto path = [](std::string_view key) {
    const auto found = sysctlPath(key);
    return found ? found.value() : "refused: " + std::to_string(found.failure().error);
  };
  CHECK(path("net.ipv4.ip_forward") == "net/ipv4/ip_forward");
  CHECK(path("net.ipv4.conf.eth0/100.forwarding") == "net/ipv4/conf/eth0.100/forwarding");
  CHECK(path("net/ipv4/ip_forward") == "net/ipv4/ip_forward");
  CHECK(path("net/ipv4/conf/eth0.100/forwarding") == "net/ipv4/conf/eth0.100/forwarding");

  const std::string refused = "refused: " + std::to_string(EINVAL);
  for (const auto* key :
       {"", "net", "net.", "net/", "network.x", "kernel.hostname", "vm/swappiness", "/net/ipv4/ip_forward", ".net.ipv4",
        "net..ipv4", "net//ipv4", "net.ipv4.", "net/../kernel/hostname", "net/./ipv4", "net.//.kernel.hostname",
        "net/ipv4/..", "net.ipv4.conf./.x", "netx/y"}) {
    CAPTURE(key);
    CHECK(path(key) == refused);
  }
  CHECK(path(std::string_view("net.ipv4\0.x", 11)) == refused);
  CHECK(contains(sysctlPath("kernel.hostname").failure().detail, "kernel.hostname"));
  CHECK(contains(sysctlPath("net/a\nb/../c").failure().detail, "net/a?b"));
}

TEST_CASE("sysctl failures carry the key") {
  const auto own = readSysctl("net.ipv4.ip_forward");
  REQUIRE(own);
  CHECK((own.value() == "0" || own.value() == "1"));
  CHECK(readSysctl("net/ipv4/ip_forward").value() == own.value());

  for (const auto* key : {"net.ipv4.no_such_key", "net.ipv4.ip_forward.deeper"}) {
    const auto read = readSysctl(key);
    CHECK_FALSE(read);
    CHECK(read.failure().error == ENOENT);
    CHECK(read.failure().detail == "no such sysctl key: '" + std::string(key) + "'");
    CHECK(writeSysctl(key, "1").failure().error == ENOENT);
  }
  CHECK(readSysctl("net.ipv4").failure().error == EISDIR);
  CHECK(contains(readSysctl("net.ipv4").failure().detail, "net.ipv4"));
  CHECK(writeSysctl("net.ipv4.ip_forward", std::string_view("\0", 1)).failure().error == EINVAL);
  CHECK(writeSysctl("net.ipv4.ip_forward", std::string(4096, '1')).failure().error == EINVAL);
}

TEST_CASE("a visitor runs jobs in order on one thread that gets no signals") {
  Visitor visitor;
  std::vector<int> order;
  std::vector<pid_t> threads;
  for (int i = 0; i < 100; ++i) {
    visitor.post([&, i] {
      order.push_back(i);
      threads.push_back(gettid());
    });
  }
  sigset_t blocked;
  inJob(visitor, [&] { pthread_sigmask(SIG_SETMASK, nullptr, &blocked); });
  for (const int signal : {SIGINT, SIGTERM, SIGCHLD, SIGUSR1}) CHECK(sigismember(&blocked, signal));
  sigset_t mine;
  pthread_sigmask(SIG_SETMASK, nullptr, &mine);
  CHECK_FALSE(sigismember(&mine, SIGINT));
  CHECK(order.size() == 100);
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(std::count(threads.begin(), threads.end(), threads[0]) == 100);
  CHECK(threads[0] != gettid());
}

TEST_CASE("a job aside is kept off the CPU of who asks, until a long one is posted") {
  const auto cpusOf = [](pthread_t thread) {
    cpu_set_t cpus;
    CHECK(pthread_getaffinity_np(thread, sizeof cpus, &cpus) == 0);
    return cpus;
  };
  const auto setOwn = [](const cpu_set_t& cpus) {
    CHECK(pthread_setaffinity_np(pthread_self(), sizeof cpus, &cpus) == 0);
  };
  const auto all = cpusOf(pthread_self());
  Visitor visitor;
  const auto cpusInJob = [&](JobKind kind) {
    std::promise<cpu_set_t> cpus;
    CHECK(visitor.post([&] { cpus.set_value(cpusOf(pthread_self())); }, kind));
    return cpus.get_future().get();
  };
  const auto own = cpusInJob(JobKind::kShort);
  CHECK(CPU_EQUAL(&own, &all));
  for (size_t cpu = 0, left = 2; cpu < CPU_SETSIZE && left > 0; ++cpu) {
    if (!CPU_ISSET(cpu, &all)) continue;
    --left;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    // Where the one who asks has no other CPU, so has the visitor.
    setOwn(one);
    const auto alone = cpusInJob(JobKind::kLongAside);
    CHECK(CPU_EQUAL(&alone, &all));
    if (CPU_COUNT(&all) == 1) continue;
    int here = -1;
    cpu_set_t aside;
    // The scheduler may take us elsewhere in between.
    do {
      setOwn(all);
      here = sched_getcpu();
      aside = cpusInJob(JobKind::kLongAside);
    } while (here != sched_getcpu());
    CHECK_FALSE(CPU_ISSET(static_cast<size_t>(here), &aside));
    CHECK(CPU_COUNT(&aside) == CPU_COUNT(&all) - 1);
    const auto still = cpusInJob(JobKind::kShort);
    CHECK(CPU_EQUAL(&still, &aside));
    const auto again = cpusInJob(JobKind::kLong);
    CHECK(CPU_EQUAL(&again, &all));
  }
}

TEST_CASE("a thread of ours has the CPUs of the process, wherever who starts it may be") {
  struct Look {
    cpu_set_t cpus;
    void look() { sched_getaffinity(0, sizeof cpus, &cpus); }
  };
  cpu_set_t all;
  REQUIRE(sched_getaffinity(getpid(), sizeof all, &all) == 0);
  Look look{};
  std::thread([&] {
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET(static_cast<size_t>(sched_getcpu()), &here);
    CHECK(sched_setaffinity(0, sizeof here, &here) == 0);
    pthread_t started{};
    CHECK(startThread<&Look::look>(started, &look));
    pthread_join(started, nullptr);
  }).join();
  CHECK(CPU_EQUAL(&look.cpus, &all));
}

TEST_CASE("a visitor that got no job starts no thread") {
  REQUIRE(haveVisitorThreads(0));
  Visitor visitor;
  CHECK(haveVisitorThreads(0));
  visitor.stop();
  CHECK_FALSE(visitor.post([] {}));
}

TEST_CASE("stop waits for the running job and drops the others uncalled") {
  Visitor visitor;
  // What a dropped job holds may use the visitor when it is let go.
  struct Poster {
    ~Poster() {
      visitor.post([] {});
    }
    Visitor& visitor;
  };
  std::promise<void> begun;
  std::atomic<bool> finished{false};
  std::atomic<int> called{0};
  visitor.post([&] {
    begun.set_value();
    std::this_thread::sleep_for(50ms);
    finished = true;
  });
  for (int i = 0; i < 10; ++i) {
    visitor.post([&, poster = std::make_shared<Poster>(visitor)] { ++called; });
  }
  begun.get_future().wait();
  visitor.stop();
  CHECK(finished);
  CHECK(called == 0);
  CHECK(haveVisitorThreads(0));
  CHECK_FALSE(visitor.post([&] { ++called; }));
  visitor.stop();
  CHECK(called == 0);
}

TEST_CASE("many threads post to a visitor") {
  Visitor visitor;
  int count = 0;
  std::vector<std::thread> posters;
  for (int i = 0; i < 4; ++i) {
    posters.emplace_back([&] {
      for (int j = 0; j < 250; ++j) visitor.post([&] { ++count; });
    });
  }
  for (auto& poster : posters) poster.join();
  inJob(visitor, [] {});
  CHECK(count == 1000);
}

TEST_CASE("the process can end while a job is running") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(inChild([]() -> bool {
    // Never stopped, as when a process is ended from anywhere.
    static auto* const visitor = std::make_unique<Visitor>().release();
    static std::promise<void> begun;
    visitor->post([] {
      begun.set_value();
      std::this_thread::sleep_for(60s);
    });
    begun.get_future().wait();
    std::exit(0);
  }));
  CHECK(std::chrono::steady_clock::now() - begin < 30s);
}

TEST_CASE("to be where one is already takes no privilege") {
  const auto own = openNetns(NetnsRef::current());
  REQUIRE(own);
  const auto both = [&] {
    Visitor visitor;
    bool visited = false;
    const bool could = inJob(visitor, [&] { return bool(visitor.visit(own.value().get(), [&] { visited = true; })); });
    auto scoped = ScopedNetns::enter(own.value().get());
    return could && visited && scoped && scoped->leave();
  };
  CHECK(both());
  if (geteuid() != 0) return;
  CHECK(inChild([&] { return setresuid(65534, 65534, 65534) == 0 && both(); }));
}

TEST_CASE("what is not a network namespace cannot be visited") {
  Visitor visitor;
  const Fd file(open("/dev/null", O_RDONLY | O_CLOEXEC));
  bool visited = false;
  const auto result = inJob(visitor, [&] { return visitor.visit(file.get(), [&] { visited = true; }); });
  CHECK_FALSE(result);
  CHECK_FALSE(visited);
  CHECK_FALSE(ScopedNetns::enter(file.get()));
  CHECK(pinNetns(file.get(), "pinned").failure().error == EINVAL);
  CHECK_FALSE(ScopedNetns::enter(-1));
}

TEST_CASE("without privilege a failure names the capability") {
  const auto refused = [] {
    Visitor visitor;
    const auto made = create(visitor);
    return !made && made.failure().error == EPERM && contains(made.failure().detail, "CAP_SYS_ADMIN");
  };
  if (geteuid() != 0) {
    // An unprivileged user may still be root of a user namespace.
    if (!inChild([] { return unshare(CLONE_NEWNET) == 0; })) CHECK(refused());
    return;
  }
  if (!isPermitted()) return;
  Visitor visitor;
  REQUIRE(create(visitor, "others"));
  auto others = openNetns(NetnsRef::byName("others"));
  REQUIRE(others);
  visitor.stop();
  CHECK(inChild([&] {
    if (setresuid(65534, 65534, 65534) != 0 || !refused()) return false;
    const auto entered = ScopedNetns::enter(others->get());
    if (entered || !contains(entered.failure().detail, "CAP_SYS_ADMIN")) return false;
    const auto deleted = deleteNetns("others");
    if (deleted || !contains(deleted.failure().detail, "CAP_SYS_ADMIN")) return false;
    const auto pinned = pinNetns(others->get(), "pinned");
    if (pinned || !contains(pinned.failure().detail, "CAP_SYS_ADMIN")) return false;
    const auto opened = openNetns(NetnsRef::byPid(1));
    if (opened || !contains(opened.failure().detail, "CAP_SYS_PTRACE")) return false;
    const auto written = writeSysctl("net.ipv4.ip_forward", "0");
    return !written && contains(written.failure().detail, "CAP_NET_ADMIN");
  }));
  CHECK(deleteNetns("others"));
}

TEST_CASE("named namespaces are made, listed, opened, deleted") {
  if (!isPermitted()) return;
  rmdir(kDirectory.c_str());
  umount2(kDirectory.c_str(), MNT_DETACH);
  rmdir(kDirectory.c_str());
  CHECK(names().empty());  // no directory
  CHECK(deleteNetns("one").failure().error == ENOENT);
  CHECK(deleteNetns("one").failure().detail == "no network namespace named 'one'");

  Visitor visitor;
  const auto home = ownInode();
  auto one = create(visitor, "one");
  REQUIRE(one);
  CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + " rw,relatime shared:") == 1);
  CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + "/one rw shared:") == 1);
  auto two = create(visitor, "two");
  REQUIRE(two);
  CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + " ") == 1);
  CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + "/one ") == 1);
  CHECK(std::filesystem::status(kDirectory).permissions() == std::filesystem::perms(0755));
  CHECK((fcntl(one->get(), F_GETFD) & FD_CLOEXEC) != 0);
  CHECK(inodeOf(one->get()) != inodeOf(two->get()));
  CHECK(inodeOf(one->get()) != home);
  CHECK(inJob(visitor, ownInode) == home);
  CHECK(ownInode() == home);

  const auto entries = listNetns();
  REQUIRE(entries);
  REQUIRE(entries.value().size() == 2);
  CHECK(entries.value()[0].name == "one");
  CHECK(entries.value()[0].inode == inodeOf(one->get()));
  CHECK(entries.value()[1].name == "two");
  const auto opened = openNetns(NetnsRef::byName("one"));
  REQUIRE(opened);
  CHECK(inodeOf(opened.value().get()) == inodeOf(one->get()));

  const auto again = create(visitor, "one");
  CHECK_FALSE(again);
  CHECK(again.failure().error == EEXIST);
  CHECK(pinNetns(two->get(), "one").failure().error == EEXIST);
  CHECK(inodeOf(openNetns(NetnsRef::byName("one"))->get()) == inodeOf(one->get()));

  CHECK(deleteNetns("one"));
  CHECK(deleteNetns("two"));
  CHECK(names().empty());
  CHECK(countEntries(kDirectory.c_str()) == 0);
  CHECK(countLines("/proc/self/mountinfo", kDirectory + "/") == 0);
  CHECK(deleteNetns("one").failure().error == ENOENT);
}

TEST_CASE("an anonymous namespace gets a name later, and another") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto fd = create(visitor);
  REQUIRE(fd);
  CHECK(names().empty());
  REQUIRE(pinNetns(fd->get(), "first"));
  REQUIRE(pinNetns(fd->get(), "second"));
  const auto inode = inodeOf(fd->get());
  fd->reset();
  CHECK(deleteNetns("first"));
  CHECK(names() == std::vector<std::string>{"second"});
  CHECK(inodeOf(openNetns(NetnsRef::byName("second"))->get()) == inode);
  CHECK(deleteNetns("second"));
}

TEST_CASE("what fails half-way leaves nothing") {
  if (!isPermitted()) return;
  Visitor visitor;
  REQUIRE(create(visitor, "shared"));
  REQUIRE(deleteNetns("shared"));
  const auto mounts = countLines("/proc/self/mountinfo");
  const auto fds = countEntries("/proc/self/fd");
  const auto home = ownInode();
  const auto fails = [&](long call, std::optional<uint32_t> mountFlags, int error) {
    Visitor denied;
    inJob(denied, [&] { CHECK(denyCall(call, mountFlags, error)); });
    const auto made = create(denied, "half");
    CHECK_FALSE(made);
    CHECK(made.failure().error == error);
    CHECK(countEntries(kDirectory.c_str()) == 0);
    CHECK(countLines("/proc/self/mountinfo") == mounts);
    CHECK(inJob(denied, ownInode) == home);
    return made.failure().detail;
  };
  CHECK(contains(fails(SYS_unshare, {}, ENOSPC), "user.max_net_namespaces"));
  CHECK(contains(fails(SYS_unshare, {}, EPERM), "CAP_SYS_ADMIN"));
  CHECK(contains(fails(SYS_mount, MS_BIND, ENOMEM), "/half"));
  CHECK(contains(fails(SYS_mount, {}, EPERM), "CAP_SYS_ADMIN"));
  CHECK(countEntries("/proc/self/fd") == fds);
}

TEST_CASE("stale files are not namespaces, and can be deleted") {
  if (!isPermitted()) return;
  Visitor visitor;
  REQUIRE(create(visitor, "live"));
  const auto stale = kDirectory + "/stale";
  { const Fd file(open(stale.c_str(), O_CREAT | O_RDONLY | O_CLOEXEC, 0)); }
  REQUIRE(mkfifo((kDirectory + "/fifo").c_str(), 0600) == 0);
  REQUIRE(symlink("/proc/self/ns/net", (kDirectory + "/link").c_str()) == 0);
  REQUIRE(symlink("/nowhere", (kDirectory + "/dangling").c_str()) == 0);
  // A link to a process's namespace is a name like others: people make them for containers.
  CHECK(names() == std::vector<std::string>{"link", "live"});
  const auto opened = openNetns(NetnsRef::byName("stale"));
  CHECK_FALSE(opened);
  CHECK(opened.failure().error == EINVAL);
  CHECK(contains(opened.failure().detail, "stale file"));
  CHECK(create(visitor, "stale").failure().error == EEXIST);
  for (const auto* name : {"stale", "fifo", "link", "dangling", "live"}) CHECK(deleteNetns(name));
  CHECK(countEntries(kDirectory.c_str()) == 0);
}

TEST_CASE("a name is deleted though it is mounted over, in use, or captured by another mount namespace") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto fd = create(visitor, "busy");
  REQUIRE(fd);
  const auto path = kDirectory + "/busy";
  REQUIRE(mount("/proc/thread-self/ns/net", path.c_str(), "none", MS_BIND, nullptr) == 0);
  int ready[2];
  int done[2];
  REQUIRE(pipe2(ready, O_CLOEXEC) == 0);
  REQUIRE(pipe2(done, O_CLOEXEC) == 0);
  const pid_t captor = fork();
  if (captor == 0) {
    close(done[1]);
    char byte = 0;
    const bool ok = unshare(CLONE_NEWNS) == 0 && mount("", "/", "none", MS_REC | MS_PRIVATE, nullptr) == 0 &&
                    write(ready[1], "x", 1) == 1 && read(done[0], &byte, 1) == 0;
    _exit(ok ? 0 : 1);
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  CHECK(deleteNetns("busy"));
  CHECK(countEntries(kDirectory.c_str()) == 0);
  for (const int end : {ready[0], ready[1], done[0], done[1]}) close(end);
  int status = -1;
  REQUIRE(waitpid(captor, &status, 0) == captor);
  CHECK(status == 0);
}

TEST_CASE("names appear and disappear in other mount namespaces") {
  if (!isPermitted()) return;
  Visitor visitor;
  REQUIRE(create(visitor, "early"));
  int ask[2];
  int tell[2];
  REQUIRE(pipe2(ask, O_CLOEXEC) == 0);
  REQUIRE(pipe2(tell, O_CLOEXEC) == 0);
  const pid_t witness = fork();
  if (witness == 0) {
    close(ask[1]);
    unshare(CLONE_NEWNS);
    char question = 0;
    do {
      const auto count = static_cast<char>(countLines("/proc/self/mountinfo", kDirectory + "/"));
      if (write(tell[1], &count, 1) != 1) _exit(1);
    } while (read(ask[0], &question, 1) == 1);
    _exit(0);
  }
  char count = 0;
  REQUIRE(read(tell[0], &count, 1) == 1);
  CHECK(count == 1);
  REQUIRE(create(visitor, "late"));
  REQUIRE(write(ask[1], "?", 1) == 1);
  REQUIRE(read(tell[0], &count, 1) == 1);
  CHECK(count == 2);
  CHECK(deleteNetns("early"));
  CHECK(deleteNetns("late"));
  REQUIRE(write(ask[1], "?", 1) == 1);
  REQUIRE(read(tell[0], &count, 1) == 1);
  CHECK(count == 0);
  for (const int end : {ask[0], ask[1], tell[0], tell[1]}) close(end);
  REQUIRE(waitpid(witness, nullptr, 0) == witness);
}

TEST_CASE("of many creators of one name one succeeds, and the directory is mounted once") {
  if (!isPermitted()) return;
  for (int round = 0; round < 20; ++round) {
    umount2(kDirectory.c_str(), MNT_DETACH);
    rmdir(kDirectory.c_str());
    std::array<Visitor, 6> visitors;
    std::atomic<int> succeeded{0};
    std::atomic<int> taken{0};
    std::latch start(visitors.size());
    for (auto& visitor : visitors) {
      visitor.post([&] {
        start.arrive_and_wait();
        const auto made = createNetns(visitor, "contested");
        if (made) {
          ++succeeded;
        } else if (made.failure().error == EEXIST) {
          ++taken;
        }
      });
    }
    for (auto& visitor : visitors) inJob(visitor, [] {});
    CHECK(succeeded == 1);
    CHECK(taken == 5);
    CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + " ") == 1);
    CHECK(deleteNetns("contested"));
  }
}

TEST_CASE("a visit is in the other namespace, and over when it returns") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto fd = create(visitor);
  REQUIRE(fd);
  const auto home = ownInode();
  uint64_t there = 0;
  Result<void> nested;
  const auto visited = inJob(visitor, [&] {
    return visitor.visit(fd->get(), [&] {
      there = ownInode();
      nested = visitor.visit(fd->get(), [] {});
    });
  });
  CHECK(visited);
  CHECK(there == inodeOf(fd->get()));
  CHECK_FALSE(nested);
  CHECK(nested.failure().error == EBUSY);
  CHECK(inJob(visitor, ownInode) == home);
}

TEST_CASE("a thread that cannot get home runs no other job") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto fd = create(visitor);
  REQUIRE(fd);
  const auto home = ownInode();
  const auto first = inJob(visitor, gettid);
  pid_t second = 0;
  uint64_t after = 0;
  Result<void> again;
  Result<void> atHome;
  std::promise<void> bothQueued;
  const auto own = openNetns(NetnsRef::current());
  visitor.post([&] {
    bothQueued.get_future().wait();
    static_cast<void>(visitor.visit(fd->get(), [] { CHECK(dropAdmin()); }));
    again = visitor.visit(fd->get(), [] {});
    atHome = visitor.visit(own.value().get(), [] {});
  });
  // It is queued before the thread is lost, and has to be run all the same.
  visitor.post([&] {
    second = gettid();
    after = ownInode();
  });
  bothQueued.set_value();
  inJob(visitor, [] {});
  CHECK_FALSE(again);
  CHECK_FALSE(atHome);
  CHECK(second != first);
  CHECK(second != 0);
  CHECK(after == home);
  CHECK(inJob(visitor, [&] { return bool(visitor.visit(fd->get(), [] {})); }));
  CHECK(haveVisitorThreads(2));
}

TEST_CASE("home is where the visitor was made, wherever its first job comes from") {
  if (!isPermitted()) return;
  const auto home = ownInode();
  Visitor maker;
  auto fd = create(maker);
  REQUIRE(fd);
  Visitor visitor;
  auto scoped = ScopedNetns::enter(fd->get());
  REQUIRE(scoped);
  CHECK(ownInode() == inodeOf(fd->get()));
  CHECK(inJob(visitor, ownInode) == home);
  CHECK(scoped->leave());
  CHECK(ownInode() == home);
  CHECK(scoped->leave());
}

TEST_CASE("entering is nested") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto one = create(visitor);
  auto two = create(visitor);
  REQUIRE(one);
  REQUIRE(two);
  const auto home = ownInode();
  auto outer = ScopedNetns::enter(one->get());
  REQUIRE(outer);
  auto inner = ScopedNetns::enter(two->get());
  REQUIRE(inner);
  CHECK(ownInode() == inodeOf(two->get()));
  CHECK(inner->leave());
  CHECK(ownInode() == inodeOf(one->get()));
  CHECK(outer->leave());
  CHECK(ownInode() == home);
}

TEST_CASE("a sysctl is that of the namespace visited") {
  if (!isPermitted()) return;
  Visitor visitor;
  auto fd = create(visitor);
  REQUIRE(fd);
  const auto there = [&](auto function) {
    return inJob(visitor, [&] {
      std::optional<decltype(function())> result;
      CHECK(visitor.visit(fd->get(), [&] { result.emplace(function()); }));
      return std::move(*result);
    });
  };
  const auto read = [&](const char* key) {
    const auto value = there([&] { return readSysctl(key); });
    return value ? value.value() : value.failure().detail;
  };
  const auto write = [&](const char* key, const char* value) { return there([&] { return writeSysctl(key, value); }); };

  const auto own = readSysctl("net.ipv4.ip_forward").value();
  const char* other = own == "0" ? "1" : "0";
  CHECK(write("net.ipv4.ip_forward", other));
  CHECK(read("net.ipv4.ip_forward") == other);
  CHECK(readSysctl("net.ipv4.ip_forward").value() == own);
  CHECK(write("net.ipv4.ip_local_port_range", "20000 30000"));
  CHECK(read("net/ipv4/ip_local_port_range") == "20000\t30000");
  CHECK(write("net.ipv4.ip_local_reserved_ports", "8080,9000-9005"));
  CHECK(read("net.ipv4.ip_local_reserved_ports") == "8080,9000-9005");
  CHECK(write("net.ipv4.ip_local_reserved_ports", ""));
  CHECK(read("net.ipv4.ip_local_reserved_ports") == "");
  const auto wrong = write("net.ipv4.ip_forward", "yes");
  CHECK_FALSE(wrong);
  CHECK(wrong.failure().error == EINVAL);
  CHECK(contains(wrong.failure().detail, "net.ipv4.ip_forward"));

  REQUIRE(pinNetns(fd->get(), "dotted"));
  if (shell("ip -n dotted link add eth0.100 type veth peer name peer")) {
    CHECK(write("net.ipv4.conf.eth0/100.rp_filter", "2"));
    CHECK(read("net/ipv4/conf/eth0.100/rp_filter") == "2");
  } else {
    MESSAGE("skipped: no link with a dot in its name can be made");
  }
  CHECK(deleteNetns("dotted"));
}

TEST_CASE("ip netns and we see, enter and delete what the other made") {
  if (!isPermitted() || !hasIp()) return;
  Visitor visitor;
  auto ours = create(visitor, "ours");
  REQUIRE(ours);
  CHECK(shell("ip netns list | grep -qw ours"));
  CHECK(shell("ip netns exec ours ip link show lo"));
  CHECK(shell("test $(ip netns exec ours stat -Lc %i /proc/self/ns/net) = " + std::to_string(inodeOf(ours->get()))));
  CHECK_FALSE(shell("ip netns add ours"));
  CHECK(shell("ip netns delete ours"));
  CHECK(names().empty());

  CHECK(shell("ip netns add theirs"));
  CHECK(names() == std::vector<std::string>{"theirs"});
  CHECK(create(visitor, "theirs").failure().error == EEXIST);
  auto theirs = openNetns(NetnsRef::byName("theirs"));
  REQUIRE(theirs);
  CHECK(shell("ip netns exec theirs sysctl -qw net.ipv4.ip_default_ttl=77"));
  inJob(visitor, [&] {
    CHECK(visitor.visit(theirs->get(), [] { CHECK(readSysctl("net.ipv4.ip_default_ttl").value() == "77"); }));
  });
  CHECK(deleteNetns("theirs"));
  CHECK_FALSE(shell("ip netns exec theirs true"));
  CHECK(countEntries(kDirectory.c_str()) == 0);
  CHECK(countLines("/proc/self/mountinfo", " " + kDirectory + " ") == 1);
}

TEST_CASE("a thousand namespaces come and go, and nothing stays") {
  if (!isPermitted()) return;
  Visitor visitor;
  REQUIRE(create(visitor, "churn"));
  REQUIRE(deleteNetns("churn"));
  const auto fds = countEntries("/proc/self/fd");
  const auto mounts = countLines("/proc/self/mountinfo");
  int failed = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto made = create(visitor, "churn");
    if (!made || !deleteNetns("churn")) ++failed;
  }
  CHECK(failed == 0);
  CHECK(countEntries("/proc/self/fd") == fds);
  CHECK(haveVisitorThreads(2));
  CHECK(countLines("/proc/self/mountinfo") == mounts);
}
