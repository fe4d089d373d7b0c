/// System calls and constants that Swift's Glibc module does not show, because the importer does
/// not define _GNU_SOURCE, or that are macros, inline or variadic.
///
/// Every function returns -errno on failure, so that errno never crosses into Swift.
#ifndef CHARDEN_H
#define CHARDEN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "charden_process.h"
#include "charden_seal.h"
#include "charden_systemd.h"

/// openat2(2); glibc has no wrapper.
int charden_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
/// openat(2), variadic in C.
int charden_openat(int directory, const char *path, int flags, unsigned mode);
/// statx(2) with AT_EMPTY_PATH allowed: what harden needs of an inode.
struct charden_stat {
  uint64_t inode, size, mount_id;
  uint32_t mode, uid, gid, links, major, minor;
  int64_t modified_seconds, changed_seconds;
  uint32_t modified_nanoseconds, changed_nanoseconds;
};
int charden_stat(int directory, const char *path, int follow, struct charden_stat *result);
/// The xattr family by descriptor path; hidden without _GNU_SOURCE.
ssize_t charden_listxattr(int fd, char *names, size_t size);
ssize_t charden_getxattr(int fd, const char *name, void *value, size_t size);
int charden_setxattr(int fd, const char *name, const void *value, size_t size);
int charden_removexattr(int fd, const char *name);
/// FS_IOC_GETFLAGS and FS_IOC_SETFLAGS: ioctl(2) is variadic, the requests are macros.
int charden_getflags(int fd, uint32_t *flags);
int charden_setflags(int fd, uint32_t flags);
/// renameat2(2).
int charden_rename(int directory, const char *from, int to_directory, const char *to, unsigned flags);
/// fcntl(2) with F_OFD_SETLK, variadic and hidden: an exclusive lock without waiting.
int charden_ofd_lock(int fd);
/// fcntl(2) with F_GETLK: the process that holds a record lock; 0 when nobody does, -1 when the lock
/// belongs to an open file and to no process.
int charden_lock_holder(int fd, int *pid);
/// utimensat(2) on a descriptor: sets the modification time, leaves the access time.
int charden_set_modified(int fd, int64_t seconds, long nanoseconds);
/// uname(2): release, machine and node name, whose fixed arrays import as tuples.
int charden_uname(char release[65], char machine[65], char node[65]);
/// statfs(2) f_type, to tell persistent file systems from tmpfs.
int charden_fstype(int fd, int64_t *type);
/// readdir(3): the next name, 0 at the end, 1 when `name` is filled.
void *charden_opendir(int fd);
int charden_readdir(void *directory, char name[256], unsigned char *type);
void charden_closedir(void *directory);
/// fallocate(2), hidden without _GNU_SOURCE.
int charden_fallocate(int fd, int mode, int64_t offset, int64_t length);
/// fnmatch(3) with FNM_PATHNAME|FNM_PERIOD, the matching behind glob(3); 1 when it matches.
int charden_fnmatch(const char *pattern, const char *text);

/// mount_setattr(2) on the mount that a descriptor was opened through.
int charden_mount_setattr(int mount, uint64_t set, uint64_t clear);
/// open_tree(2), a detached copy of the one mount that `path` below `directory` shows.
int charden_clone_mount(int directory);
/// move_mount(2): puts a detached mount where a descriptor points.
int charden_attach_mount(int mount, int place);
/// umount2(2) of the mount that a descriptor was opened through, once nobody uses it.
int charden_detach_mount(int mount);

/// pipe2(2) with O_CLOEXEC, hidden without _GNU_SOURCE.
int charden_pipe(int ends[2]);
/// delete_module(2) with O_NONBLOCK, for which the C library has no function.
int charden_delete_module(const char *name);
/// memfd_create(2), hidden without _GNU_SOURCE.
int charden_memory_file(void);
/// posix_spawn(3) of `count` words that follow each other, each with its NUL: `input` (or /dev/null
/// where it is negative) as input, `output` as output and errors, everything else closed, a fixed
/// environment, default signals but SIGPIPE, which stays ignored so that the child outlives its
/// reader, and a session of its own. With an input it stays in the caller's SELinux domain.
int charden_spawn(const unsigned char *words, int count, int input, int output, pid_t *child);
/// socket(2) for NETLINK_AUDIT, or for NETLINK_ROUTE: sockaddr_nl and the family's constants are not
/// in the Glibc module.
int charden_netlink_socket(int audit);
/// sendto(2) the kernel.
ssize_t charden_netlink_send(int fd, const void *bytes, size_t size);
/// poll(2) and recvfrom(2); what others than the kernel sent is skipped, 0 when nothing came.
ssize_t charden_netlink_receive(int fd, void *bytes, size_t size, int milliseconds);

/// sigaction(2) with a handler that only sets a flag: Swift has no async-signal-safe function.
void charden_catch_signals(void);
int charden_signal_came(void);

extern const int charden_O_PATH;
extern const int charden_O_TMPFILE;
extern const int charden_ENODATA;
extern const unsigned charden_RENAME_NOREPLACE;
#endif
