/// Running programs: what happens between fork(2) and execve(2) must be async-signal-safe, which no
/// Swift function is.
///
/// Every function returns -errno on failure.
#ifndef CHARDEN_PROCESS_H
#define CHARDEN_PROCESS_H

#include <stddef.h>
#include <stdint.h>

/// One program to run to its end, at most for `milliseconds`.
struct charden_command {
  /// The arguments, each with its NUL, `count` of them; the first is the program's path.
  const char *words;
  uint32_t count;
  uint32_t user, group;
  const uint32_t *groups;
  uint32_t group_count;
  /// Whether it may gain privileges by executing set-id programs (PR_SET_NO_NEW_PRIVS otherwise).
  int gains;
  int milliseconds;
};

/// How it ended: `status` is the exit status, or 128 and the number of the signal.
struct charden_ending {
  int status, timed_out;
};

/// Runs the command in a session and, where it can be made, a cgroup of its own, below a process that
/// adopts whatever it leaves behind; when it ends, when its time is over, or when the caller dies, all
/// of them are killed. The first `capacity` bytes of what it prints go to `output`, the rest is read
/// and dropped. Returns the number of bytes.
int64_t charden_run(const struct charden_command *command, char *output, size_t capacity,
                    struct charden_ending *ending);

/// Starts a program that outlives the caller: no terminal, no descriptor of the caller, session of
/// its own. Returns its process id once it has been executed.
int charden_detach(const char *words, uint32_t count);

/// Connects to a numeric address; sends `length` bytes if any, then reads until the other end
/// closes, `capacity` is full or the time is over. Returns the number of bytes read.
int charden_ask(const char *address, uint16_t port, const char *request, size_t length, char *reply,
                size_t capacity, int milliseconds);

/// Hands one datagram to the socket at `path`; waits a second at most for room. sockaddr_un is filled
/// by its bytes.
int charden_send_datagram(const char *path, const void *bytes, size_t size);

/// The session of a process, getsid(2).
int charden_session(int process);
/// Milliseconds since this machine began to boot, sleep included; clock_gettime(2) with CLOCK_BOOTTIME.
int64_t charden_uptime(void);
/// Opens an unnamed file in a directory and writes one byte: whether anything can be written there.
int charden_try_writing(int directory);

#endif
