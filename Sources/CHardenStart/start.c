#include "charden_start.h"

// Runs before libc has run a constructor and before any Swift code: replaces the environment by a
// fixed one. What only the program itself would read is replaced in place, where the kernel laid it
// out; what the dynamic loader has read already needs the program executed again, which costs as
// much as the rest of its start.
//
// The Swift runtime runs a program named by SWIFT_BACKTRACE or SWIFT_ROOT when it traps, and the
// dynamic loader runs what LD_PRELOAD names; harden runs as root, so neither may reach it. Only raw
// system calls are used, since nothing of libc is set up yet.

#include <stddef.h>
#include <sys/syscall.h>

static long call3(long number, long a, long b, long c) {
#if defined(__x86_64__)
  long value;
  __asm__ volatile("syscall" : "=a"(value) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return value;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
#else
#error "harden runs on x86_64 and aarch64"
#endif
}

static int begins(const char *entry, const char *name) {
  while (*name && *name == *entry) name++, entry++;
  return !*name;
}

static char fixed_path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
static char fixed_locale[] = "LC_ALL=C.UTF-8";
static char fixed_backtrace[] = "SWIFT_BACKTRACE=enable=no";

// What may pass, when it is short and printable.
static const char *const passing[] = {"TERM=", "NO_COLOR=", "NOTIFY_SOCKET=", "TRACEPARENT="};
enum { fixed_count = 3, passing_count = 4, longest = 200 };

static int passes(const char *entry) {
  for (int index = 0; index < passing_count; index++) {
    if (!begins(entry, passing[index])) continue;
    const char *at = entry;
    while (*at++ != '=');
    for (int length = 0; *at; at++, length++)
      if (*at < 0x20 || *at > 0x7e || length == longest) return 0;
    return 1;
  }
  return 0;
}

// What the loader reads before this code runs: ld.so(8).
static const char *const loaders[] = {"LD_", "GLIBC_TUNABLES=", "MALLOC_"};
enum { loaders_count = 3 };

static int loader_reads(const char *entry) {
  for (int index = 0; index < loaders_count; index++)
    if (begins(entry, loaders[index])) return 1;
  return 0;
}

// Puts `clean`, `kept` entries, in the place of `environment`; 0 where it does not fit or comes late.
static int replace(char **environment, char **clean, int kept) {
  int had = 0;
  for (; environment[had]; had++)
    if (loader_reads(environment[had])) return 0;
  if (had < kept) return 0;
  // What is dropped may be a secret: it is in /proc/self/environ and in a core as long as it is there.
  for (int index = 0; index < had; index++) {
    int stays = 0;
    for (int other = fixed_count; other < kept; other++) stays |= clean[other] == environment[index];
    if (stays) continue;
    for (volatile char *at = environment[index]; *at; at++) *at = 0;
  }
  for (int index = 0; index <= kept; index++) environment[index] = clean[index];
  return 1;
}

static void scrub(int count, char **arguments, char **environment) {
  (void)count;
  char *clean[fixed_count + passing_count + 1] = {fixed_path, fixed_locale, fixed_backtrace};
  int kept = fixed_count;
  for (char **entry = environment; *entry; entry++) {
    if (!passes(*entry)) continue;
    int twice = 0;
    for (int index = fixed_count; index < kept; index++) {
      const char *one = clean[index], *other = *entry;
      while (*one == *other && *one != '=') one++, other++;
      twice |= *one == '=' && *other == '=';
    }
    if (!twice) clean[kept++] = *entry;
  }
  clean[kept] = NULL;

  // What was executed again has exactly this environment, which fits.
  if (replace(environment, clean, kept)) return;

  call3(SYS_execve, (long)"/proc/self/exe", (long)arguments, (long)clean);
  // Without /proc the program cannot find itself; going on with a foreign environment is no option.
  static const char message[] = "harden: cannot clean the environment: /proc is not mounted\n";
  call3(SYS_write, 2, (long)message, sizeof message - 1);
  call3(SYS_exit_group, 125, 0, 0);
}

__attribute__((section(".preinit_array"), used)) static void (*const start)(int, char **, char **) = scrub;
