#define _GNU_SOURCE
#include "charden_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_words = 256, life_end = 3, report_end = 4, output_end = 5, group_end = 6 };

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

// Cgroups. A command gets one of its own below the caller's, since only so all that it starts can be
// ended at once, however fast it starts more; without cgroup2, or the right to it, there is none.
struct cgroup {
  char path[4200];
  int folder;
};

static void make_group(struct cgroup *group) {
  static atomic_uint count;
  static const char *const mounts[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
  group->folder = -1;
  char text[4096];
  int file = open("/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (file >= 0) close(file);
  if (length < 0) return;
  text[length] = 0;
  char *own = strncmp(text, "0::", 3) ? strstr(text, "\n0::") : text;
  if (!own) return;
  own = strchr(own, '/');
  char *end = own ? strchr(own, '\n') : NULL;
  if (!end || strstr(own, "/..")) return;
  *end = 0;
  for (size_t at = 0; at < sizeof mounts / sizeof *mounts && group->folder < 0; at++) {
    struct statfs found;
    if (statfs(mounts[at], &found) < 0 || found.f_type != 0x63677270 /* cgroup2 */) continue;
    snprintf(group->path, sizeof group->path, "%s%s/harden-%d-%u", mounts[at],
             own[1] ? own : "", getpid(), atomic_fetch_add(&count, 1));
    if (mkdir(group->path, 0755) < 0) continue;
    group->folder = open(group->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (group->folder < 0) rmdir(group->path);
  }
}

static void tell_group(int folder, const char *name, const char *word) {
  int file = folder < 0 ? -1 : openat(folder, name, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  // Where the kernel takes no such word, processes are ended one by one.
  if (write(file, word, strlen(word)) < 0) {}
  close(file);
}

static void remove_group(struct cgroup *group) {
  if (group->folder < 0) return;
  tell_group(group->folder, "cgroup.kill", "1");
  close(group->folder);
  // It is busy as long as one of them ends.
  for (int round = 0; round < 1000 && rmdir(group->path) < 0 && errno == EBUSY; round++)
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static _Noreturn void become(const struct charden_command *command, char **arguments) {
  setsid();
  tell_group(group_end, "cgroup.procs", "0");
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
  tell_group(group_end, "cgroup.kill", "1");
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

static _Noreturn void supervise(const struct charden_command *command, char **arguments,
                                struct cgroup *group) {
  setsid();
  if (group->folder >= 0) group->folder = group_end;
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
  remove_group(group);
  _exit(write(report_end, &ending, sizeof ending) == sizeof ending ? 0 : 1);
}

// Gives the supervisor its ends under fixed numbers, a number that is closed where it has no cgroup,
// and closes everything else.
static void keep(int life, int report, int output, int group) {
  int given[4] = {life, report, output, group}, high[4];
  for (int index = 0; index < 4; index++) high[index] = fcntl(given[index], F_DUPFD, 10);
  for (int index = 0; index < 4; index++) {
    if (high[index] < 0) close(life_end + index);
    else dup2(high[index], life_end + index);
  }
  syscall(SYS_close_range, 7u, ~0u, 0u);
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
  struct cgroup group = {.folder = -1};
  if (!error) make_group(&group);
  pid_t supervisor = error ? -1 : fork();
  if (supervisor == 0) {
    keep(life[0], report[1], text[1], group.folder);
    supervise(command, arguments, &group);
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
        events[1].fd = -1;
        // Somebody has killed it, and what it had started may have the pipe for long.
        if (read(report[0], ending, sizeof *ending) != sizeof *ending) {
          error = -ECHILD;
          break;
        }
      }
    }
    close(life[1]);
    if (error == -ETIMEDOUT) kill(supervisor, SIGKILL);
    while (waitpid(supervisor, NULL, 0) < 0 && errno == EINTR) {}
  } else if (life[1] >= 0) {
    close(life[1]);
  }
  // Also when the command has ended who was to end it.
  remove_group(&group);
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
