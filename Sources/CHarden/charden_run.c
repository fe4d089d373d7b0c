#define _GNU_SOURCE
#include "charden_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_words = 256, life_end = 3, report_end = 4, output_end = 5 };

static char *const fixed_environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                          "HOME=/", NULL};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static int remaining(int64_t deadline) {
  int64_t left = deadline - now();
  return left < 0 ? 0 : left > 1000000000 ? 1000000000 : (int)left;
}

static int split(const char *words, uint32_t count, char *arguments[most_words + 1]) {
  if (count == 0 || count > most_words) return -E2BIG;
  for (uint32_t index = 0; index < count; index++, words += strlen(words) + 1)
    arguments[index] = (char *)words;
  arguments[count] = NULL;
  return 0;
}

// What a program gets whatever harden itself was started with.
static void settle(void) {
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  umask(022);
  if (chdir("/") < 0) _exit(127);
}

static _Noreturn void fail(const char *what) {
  const char *why = strerrordesc_np(errno);
  if (write(2, what, strlen(what)) < 0 || !why || write(2, why, strlen(why)) < 0) _exit(127);
  _exit(127);
}

static _Noreturn void become(const struct charden_command *command, char **arguments) {
  setsid();
  int null = open("/dev/null", O_RDWR);
  dup2(null, 0);
  dup2(output_end, 1);
  dup2(output_end, 2);
  syscall(SYS_close_range, 3u, ~0u, 0u);
  settle();
  if (geteuid() == 0 &&
      (setgroups(command->group_count, command->groups) < 0 ||
       setresgid(command->group, command->group, command->group) < 0 ||
       setresuid(command->user, command->user, command->user) < 0))
    fail("cannot become the user: ");
  if (!command->gains && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) fail("cannot be confined: ");
  execve(arguments[0], arguments, fixed_environment);
  fail("cannot be executed: ");
}

// Everything below this process: what its own child leaves behind is adopted by it.
static void kill_all(pid_t child) {
  kill(-child, SIGKILL);
  for (;;) {
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {}
    if (ended < 0) return;
    char list[8192];
    int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, list, sizeof list - 1);
    if (file >= 0) close(file);
    list[length < 0 ? 0 : length] = 0;
    for (char *at = list; *at;) {
      pid_t process = 0;
      for (; *at >= '0' && *at <= '9'; at++) process = process * 10 + (*at - '0');
      // The last number may be cut off in the middle; it comes again whole.
      if (*at == ' ' && process > 0) kill(process, SIGKILL);
      if (*at) at++;
    }
    struct timespec pause = {.tv_nsec = 500000};
    nanosleep(&pause, NULL);
  }
}

static _Noreturn void supervise(const struct charden_command *command, char **arguments) {
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  struct rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  signal(SIGCHLD, SIG_DFL);
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_SETMASK, &children, NULL);
  int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  int64_t deadline = now() + command->milliseconds;
  struct charden_ending ending = {.status = 127};
  pid_t child = fork();
  if (child == 0) become(command, arguments);
  close(output_end);
  struct pollfd events[2] = {{.fd = life_end}, {.fd = signals, .events = POLLIN}};
  for (int ended = child < 0; !ended;) {
    int count = poll(events, 2, remaining(deadline));
    if (count < 0 && errno != EINTR) break;
    if (events[0].revents) break;
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) > 0) {}
    int raw;
    for (pid_t process; (process = waitpid(-1, &raw, WNOHANG)) > 0;) {
      if (process != child) continue;
      ending.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
      ended = 1;
    }
    if (!ended && remaining(deadline) == 0) {
      ending.timed_out = 1;
      break;
    }
  }
  if (child > 0) kill_all(child);
  _exit(write(report_end, &ending, sizeof ending) == sizeof ending ? 0 : 1);
}

// Gives the supervisor its three ends under fixed numbers and closes everything else.
static void keep(int life, int report, int output) {
  int high[3] = {fcntl(life, F_DUPFD, 10), fcntl(report, F_DUPFD, 10), fcntl(output, F_DUPFD, 10)};
  for (int index = 0; index < 3; index++) dup2(high[index], life_end + index);
  syscall(SYS_close_range, 6u, ~0u, 0u);
}

int64_t charden_run(const struct charden_command *command, char *output, size_t capacity,
                    struct charden_ending *ending) {
  char *arguments[most_words + 1];
  int error = split(command->words, command->count, arguments);
  if (error) return error;
  int life[2] = {-1, -1}, report[2] = {-1, -1}, text[2] = {-1, -1};
  if (pipe2(life, O_CLOEXEC) < 0 || pipe2(report, O_CLOEXEC) < 0 ||
      pipe2(text, O_CLOEXEC) < 0)
    error = -errno;
  pid_t supervisor = error ? -1 : fork();
  if (supervisor == 0) {
    keep(life[0], report[1], text[1]);
    supervise(command, arguments);
  }
  if (!error && supervisor < 0) error = -errno;
  int theirs[3] = {life[0], report[1], text[1]};
  for (int index = 0; index < 3; index++)
    if (theirs[index] >= 0) close(theirs[index]);

  size_t length = 0;
  if (!error) {
    // The supervisor keeps the time; a little more is granted for killing.
    int64_t deadline = now() + command->milliseconds + 10000;
    struct pollfd events[2] = {{.fd = text[0], .events = POLLIN}, {.fd = report[0], .events = POLLIN}};
    while (events[0].fd >= 0 || events[1].fd >= 0) {
      int count = poll(events, 2, remaining(deadline));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        error = -ETIMEDOUT;
        break;
      }
      if (events[0].revents) {
        char piece[65536];
        ssize_t got = read(text[0], piece, sizeof piece);
        if (got > 0) {
          size_t room = capacity - length, taken = (size_t)got < room ? (size_t)got : room;
          memcpy(output + length, piece, taken);
          length += taken;
        } else if (got == 0 || errno != EINTR) {
          events[0].fd = -1;
        }
      }
      if (events[1].revents) {
        if (read(report[0], ending, sizeof *ending) != sizeof *ending) error = -ECHILD;
        events[1].fd = -1;
      }
    }
    close(life[1]);
    if (error == -ETIMEDOUT) kill(supervisor, SIGKILL);
    while (waitpid(supervisor, NULL, 0) < 0 && errno == EINTR) {}
  } else if (life[1] >= 0) {
    close(life[1]);
  }
  if (report[0] >= 0) close(report[0]);
  if (text[0] >= 0) close(text[0]);
  return error ? error : (int64_t)length;
}

int charden_detach(const char *words, uint32_t count) {
  char *arguments[most_words + 1];
  int error = split(words, count, arguments);
  if (error) return error;
  int report[2];
  if (pipe2(report, O_CLOEXEC) < 0) return -errno;
  pid_t first = fork();
  if (first < 0) error = -errno;
  if (first == 0) {
    setsid();
    pid_t second = fork();
    if (second != 0) _exit(second < 0);
    int end = fcntl(report[1], F_DUPFD_CLOEXEC, 10);
    int null = open("/dev/null", O_RDWR);
    for (int stream = 0; stream < 3; stream++) dup2(null, stream);
    dup2(end, 3);
    fcntl(3, F_SETFD, FD_CLOEXEC);
    syscall(SYS_close_range, 4u, ~0u, 0u);
    settle();
    int said[2] = {getpid(), 0};
    if (write(3, said, sizeof said) < 0) _exit(127);
    execve(arguments[0], arguments, fixed_environment);
    said[1] = errno;
    _exit(write(3, said, sizeof said) < 0 ? 127 : 127);
  }
  close(report[1]);
  int said[2] = {-1, 0}, answer = error;
  while (!error && read(report[0], said, sizeof said) == sizeof said)
    answer = said[1] ? -said[1] : said[0];
  close(report[0]);
  if (first > 0) while (waitpid(first, NULL, 0) < 0 && errno == EINTR) {}
  return answer ? answer : -ECHILD;
}

int charden_session(int process) {
  int session = getsid(process);
  return session < 0 ? -errno : session;
}

int64_t charden_uptime(void) {
  struct timespec time;
  clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

int charden_try_writing(int directory) {
  int file = openat(directory, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return -errno;
  int result = write(file, "", 1) == 1 ? 0 : -errno;
  close(file);
  return result;
}
