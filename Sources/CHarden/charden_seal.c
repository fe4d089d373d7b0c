#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "charden_seal.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
static int result(long status) { return status < 0 ? -errno : (int)status; }

int charden_fork(void) { return result(fork()); }

int charden_no_dump(void) { return result(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

int charden_no_new_privileges(void) { return result(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }

// Landlock. The structure has grown with the versions of the interface; headers may be older.
struct ruleset {
  uint64_t files, network, scopes;
};
// Everything but reading files and directories: execute and all that writes, makes, removes and
// moves, by the version of the interface that first knew it.
static const uint64_t file_rights[] = {0x1FF3, 1 << 13, 1 << 14, 0, 1 << 15};

// What linux/landlock.h calls landlock_path_beneath_attr.
struct beneath {
  uint64_t rights;
  int32_t file;
} __attribute__((packed));

// What is written into them is a question about the policy, and changes nothing.
static const char *const asked[] = {
    "/sys/fs/selinux/context", "/sys/fs/selinux/create", "/sys/fs/selinux/access",
};

int charden_landlock(void) {
  long version = syscall(444, NULL, 0, 1);
  if (version < 0) return -errno;
  if (version < 1) return -ENOSYS;
  struct ruleset rules = {0, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
  for (size_t at = 0; at < COUNT(file_rights) && at < (size_t)version; at++)
    rules.files |= file_rights[at];
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int number = result(syscall(444, &rules, size, 0));
  if (number < 0) return number;
  for (size_t at = 0; at < COUNT(asked); at++) {
    struct beneath rule = {1 << 1, open(asked[at], O_PATH | O_CLOEXEC)};
    if (rule.file < 0) continue;
    syscall(445, number, 1, &rule, 0);
    close(rule.file);
  }
  int status = result(syscall(446, number, 0));
  close(number);
  return status < 0 ? status : (int)version;
}

// Calls that change files, which are denied whatever Landlock knows of them.
static const int changing[] = {
#ifdef __NR_open
    __NR_creat, __NR_mkdir, __NR_rmdir, __NR_unlink, __NR_rename, __NR_link, __NR_symlink,
    __NR_mknod, __NR_chmod, __NR_chown, __NR_lchown, __NR_utime, __NR_utimes, __NR_futimesat,
    __NR_fork, __NR_vfork,
#endif
#ifdef __NR_renameat
    __NR_renameat,
#endif
    __NR_truncate, __NR_ftruncate, __NR_fallocate, __NR_mkdirat, __NR_unlinkat, __NR_renameat2,
    __NR_linkat, __NR_symlinkat, __NR_mknodat, __NR_fchmod, __NR_fchmodat, 452 /* fchmodat2 */,
    __NR_fchown, __NR_fchownat, __NR_setxattr, __NR_lsetxattr, __NR_fsetxattr, __NR_removexattr,
    __NR_lremovexattr, __NR_fremovexattr, 463 /* setxattrat */, 466 /* removexattrat */,
    469 /* file_setattr */, __NR_utimensat, __NR_quotactl, 443 /* quotactl_fd */, __NR_swapon,
    __NR_swapoff, __NR_acct,
    // Mounts and namespaces.
    __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot, 428 /* open_tree */,
    429 /* move_mount */, 430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */, 433 /* fspick */,
    442 /* mount_setattr */, 467 /* open_tree_attr */, __NR_unshare, __NR_setns,
    // The kernel and its clock.
    __NR_init_module, __NR_finit_module, __NR_delete_module, __NR_kexec_load,
#ifdef __NR_kexec_file_load
    __NR_kexec_file_load,
#endif
    __NR_reboot, __NR_bpf, __NR_perf_event_open, __NR_settimeofday, __NR_clock_settime,
    __NR_adjtimex, __NR_clock_adjtime, __NR_sethostname, __NR_setdomainname, __NR_add_key,
    __NR_request_key, __NR_keyctl, 425 /* io_uring_setup */,
#ifdef __NR_iopl
    __NR_iopl, __NR_ioperm,
#endif
    // Other processes, and new ones.
    __NR_ptrace, __NR_process_vm_writev, 438 /* pidfd_getfd */, __NR_kill, __NR_tkill,
    __NR_rt_sigqueueinfo, __NR_rt_tgsigqueueinfo, 424 /* pidfd_send_signal */, __NR_execve,
    __NR_execveat, __NR_clone, 435 /* clone3 */, __NR_setuid, __NR_setgid, __NR_setreuid,
    __NR_setregid, __NR_setresuid, __NR_setresgid, __NR_setfsuid, __NR_setfsgid, __NR_setgroups,
    __NR_setpriority, __NR_sched_setscheduler, __NR_prlimit64,
};
// Ways to others; they are needed until what they tell is known.
static const int talking[] = {
    __NR_socket, __NR_socketpair, __NR_connect, __NR_bind, __NR_listen, __NR_accept, __NR_accept4,
    __NR_capset,
};
// What descriptors are asked without being changed.
static const unsigned asking[] = {
    0x5401 /* TCGETS */, 0x5413 /* TIOCGWINSZ */, FS_IOC_GETFLAGS, 0x801C581F /* FS_IOC_FSGETXATTR */,
};

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef ARCHITECTURE
int charden_deny_changes(void) { return -ENOSYS; }
int charden_deny_talking(void) { return -ENOSYS; }
#else
enum { MOST = 512 };
struct program {
  struct sock_filter lines[MOST];
  unsigned short count;
};

static void add(struct program *program, struct sock_filter line) {
  if (program->count < MOST) program->lines[program->count++] = line;
}
#define DENY (SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA))
static void answer(struct program *program, unsigned verdict) {
  add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}
static void load(struct program *program, size_t offset) {
  add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}
// The line after this one is passed over unless the loaded value is `value`.
static void unless(struct program *program, unsigned value) {
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
}

static void begin(struct program *program) {
  program->count = 0;
  load(program, offsetof(struct seccomp_data, arch));
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
  // Numbers mean other calls there.
  answer(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  answer(program, DENY);
#endif
}

static void deny(struct program *program, const int *calls, size_t count) {
  for (size_t at = 0; at < count; at++) {
    unless(program, (unsigned)calls[at]);
    answer(program, DENY);
  }
}

static int install(struct program *program) {
  answer(program, SECCOMP_RET_ALLOW);
  if (program->count >= MOST) return -E2BIG;
  struct sock_fprog filter = {program->count, program->lines};
  return result(syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter));
}

// Denies opening for more than reading; openat2 hides its flags from filters and is Landlock's.
static void deny_writing(struct program *program, unsigned call, size_t argument) {
  const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
  load(program, offsetof(struct seccomp_data, args) + 8 * argument);
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writing, 0, 1));
  answer(program, DENY);
  load(program, offsetof(struct seccomp_data, nr));
}

int charden_deny_changes(void) {
  static struct program program;
  begin(&program);
  deny(&program, changing, COUNT(changing));
#ifdef __NR_open
  deny_writing(&program, __NR_open, 1);
#endif
  deny_writing(&program, __NR_openat, 2);
  // Descriptors may be asked, and told nothing.
  add(&program, (struct sock_filter)BPF_JUMP(
                    BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, (unsigned char)(2 * COUNT(asking) + 2)));
  load(&program, offsetof(struct seccomp_data, args) + 8);
  for (size_t at = 0; at < COUNT(asking); at++) {
    unless(&program, asking[at]);
    answer(&program, SECCOMP_RET_ALLOW);
  }
  answer(&program, DENY);
  return install(&program);
}

int charden_deny_talking(void) {
  static struct program program;
  begin(&program);
  deny(&program, talking, COUNT(talking));
  return install(&program);
}
#endif

int charden_keep_capabilities(uint64_t kept) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(__NR_capget, &header, data) < 0) return -errno;
  int count = 0;
  for (int half = 0; half < 2; half++) {
    uint32_t mask = (uint32_t)(kept >> (32 * half));
    data[half].effective &= mask;
    data[half].permitted &= mask;
    data[half].inheritable = 0;
    count += __builtin_popcount(data[half].effective);
  }
  return syscall(__NR_capset, &header, data) < 0 ? -errno : count;
}
