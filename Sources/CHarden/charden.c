#define _GNU_SOURCE
#include "charden.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/audit.h>
#include <linux/fs.h>
#include <linux/netlink.h>
#include <signal.h>
#include <spawn.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/xattr.h>
#include <unistd.h>

const int charden_O_PATH = O_PATH;
const int charden_O_TMPFILE = O_TMPFILE;
const int charden_ENODATA = ENODATA;
const unsigned charden_RENAME_NOREPLACE = RENAME_NOREPLACE;

static int result(long value) { return value < 0 ? -errno : (int)value; }

int charden_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
  struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
  return result(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

int charden_openat(int directory, const char *path, int flags, unsigned mode) {
  return result(openat(directory, path, flags, mode));
}

int charden_stat(int directory, const char *path, int follow, struct charden_stat *out) {
  struct statx x;
  int flags = AT_EMPTY_PATH | AT_NO_AUTOMOUNT | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (statx(directory, path, flags, STATX_BASIC_STATS | STATX_MNT_ID, &x) < 0) return -errno;
  *out = (struct charden_stat){
      .inode = x.stx_ino, .size = x.stx_size, .mount_id = x.stx_mnt_id, .mode = x.stx_mode,
      .uid = x.stx_uid, .gid = x.stx_gid, .links = x.stx_nlink, .major = x.stx_dev_major,
      .minor = x.stx_dev_minor, .modified_seconds = x.stx_mtime.tv_sec,
      .changed_seconds = x.stx_ctime.tv_sec, .modified_nanoseconds = x.stx_mtime.tv_nsec,
      .changed_nanoseconds = x.stx_ctime.tv_nsec};
  return 0;
}

// The xattr calls by descriptor refuse O_PATH descriptors; the path of the descriptor below /proc
// reaches the very same inode without walking any name again.
static void fd_path(int fd, char path[32]) { snprintf(path, 32, "/proc/self/fd/%d", fd); }

ssize_t charden_listxattr(int fd, char *names, size_t size) {
  ssize_t count = flistxattr(fd, names, size);
  if (count < 0 && errno == EBADF) {
    char path[32];
    fd_path(fd, path);
    count = listxattr(path, names, size);
  }
  return count < 0 ? -errno : count;
}

ssize_t charden_getxattr(int fd, const char *name, void *value, size_t size) {
  ssize_t count = fgetxattr(fd, name, value, size);
  if (count < 0 && errno == EBADF) {
    char path[32];
    fd_path(fd, path);
    count = getxattr(path, name, value, size);
  }
  return count < 0 ? -errno : count;
}

int charden_setxattr(int fd, const char *name, const void *value, size_t size) {
  return result(fsetxattr(fd, name, value, size, 0));
}

int charden_removexattr(int fd, const char *name) { return result(fremovexattr(fd, name)); }

int charden_getflags(int fd, uint32_t *flags) {
  // The kernel writes an int although the request is named after a long.
  long value = 0;
  int status = ioctl(fd, FS_IOC_GETFLAGS, &value);
  *flags = (uint32_t)value;
  return result(status);
}

int charden_setflags(int fd, uint32_t flags) {
  long value = flags;
  return result(ioctl(fd, FS_IOC_SETFLAGS, &value));
}

int charden_rename(int directory, const char *from, int to_directory, const char *to, unsigned flags) {
  return result(syscall(SYS_renameat2, directory, from, to_directory, to, flags));
}

int charden_ofd_lock(int fd) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return result(fcntl(fd, F_OFD_SETLK, &lock));
}

int charden_lock_holder(int fd, int *pid) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  int done = result(fcntl(fd, F_GETLK, &lock));
  *pid = done < 0 || lock.l_type == F_UNLCK ? 0 : lock.l_pid;
  return done;
}

int charden_set_modified(int fd, int64_t seconds, long nanoseconds) {
  struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = seconds, .tv_nsec = nanoseconds}};
  return result(futimens(fd, times));
}

int charden_uname(char release[65], char machine[65], char node[65]) {
  struct utsname name;
  if (uname(&name) < 0) return -errno;
  memcpy(release, name.release, 65);
  memcpy(machine, name.machine, 65);
  memcpy(node, name.nodename, 65);
  return 0;
}

int charden_fstype(int fd, int64_t *type) {
  struct statfs status;
  if (fstatfs(fd, &status) < 0) return -errno;
  *type = status.f_type;
  return 0;
}

void *charden_opendir(int fd) { return fdopendir(fd); }

int charden_readdir(void *directory, char name[256], unsigned char *type) {
  errno = 0;
  struct dirent *entry = readdir(directory);
  if (!entry) return errno ? -errno : 0;
  strncpy(name, entry->d_name, 255);
  name[255] = 0;
  *type = entry->d_type;
  return 1;
}

void charden_closedir(void *directory) { closedir(directory); }

int charden_fnmatch(const char *pattern, const char *text) {
  return fnmatch(pattern, text, FNM_PATHNAME | FNM_PERIOD) == 0;
}

int charden_fallocate(int fd, int mode, int64_t offset, int64_t length) {
  return result(fallocate(fd, mode, offset, length));
}

static volatile sig_atomic_t signal_came = 0;

static void note_signal(int number) { signal_came = number; }

void charden_catch_signals(void) {
  struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART}, inherited;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // nohup(1) has it ignored, and so it stays.
  if (sigaction(SIGHUP, NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
    sigaction(SIGHUP, &action, NULL);
}

int charden_signal_came(void) { return signal_came; }

int charden_mount_setattr(int mount, uint64_t set, uint64_t clear) {
  struct mount_attr attr = {.attr_set = set, .attr_clr = clear};
  return result(syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH, &attr, sizeof attr));
}

int charden_clone_mount(int directory) {
  return result(syscall(SYS_open_tree, directory, "",
                        AT_EMPTY_PATH | OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
}

int charden_attach_mount(int mount, int place) {
  return result(syscall(SYS_move_mount, mount, "", place, "",
                        MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
}

int charden_detach_mount(int mount) {
  // umount2 wants a path; that of the descriptor is the mount itself, whatever lies over it now.
  char path[32];
  fd_path(mount, path);
  return result(syscall(SYS_umount2, path, 2 /* MNT_DETACH */));
}

int charden_pipe(int ends[2]) { return result(pipe2(ends, O_CLOEXEC)); }

int charden_delete_module(const char *name) { return result(syscall(SYS_delete_module, name, O_NONBLOCK)); }

int charden_memory_file(void) { return result(memfd_create("harden", MFD_CLOEXEC)); }

// setexeccon(3): with `stays`, what is started next stays in the caller's domain; 0 without SELinux.
static int stay_in_domain(int stays) {
  if (access("/sys/fs/selinux/enforce", F_OK) < 0) return 0;
  char context[4096];
  ssize_t size = 0;
  if (stays) {
    int current = open("/proc/thread-self/attr/current", O_RDONLY | O_CLOEXEC);
    size = current < 0 ? -1 : read(current, context, sizeof context);
    if (current >= 0) close(current);
    if (size < 0) return -errno;
  }
  int next = open("/proc/thread-self/attr/exec", O_WRONLY | O_CLOEXEC);
  if (next < 0) return -errno;
  int status = result(write(next, context, (size_t)size));
  close(next);
  return status < 0 ? status : 0;
}

int charden_spawn(const unsigned char *words, int count, int input, int output, pid_t *child) {
  char *arguments[64], *environment[] = {
    "LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
  if (count < 1 || count >= 64) return -E2BIG;
  for (int i = 0; i < count; i++) {
    arguments[i] = (char *)words;
    words += strlen(arguments[i]) + 1;
  }
  arguments[count] = NULL;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, usual;
  sigemptyset(&none);
  sigfillset(&usual);
  sigdelset(&usual, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (input < 0) posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  else posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, output, 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  // A program with a domain of its own, as sshd, would find an input that its policy keeps from it to
  // be /dev/null, and call that right.
  int status = input < 0 ? 0 : stay_in_domain(1);
  if (!status)
    status = -posix_spawn(child, arguments[0], &actions, &attributes, arguments, environment);
  if (input >= 0) stay_in_domain(0);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return status;
}

int charden_netlink_socket(int audit) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, audit ? NETLINK_AUDIT : NETLINK_ROUTE);
  if (fd < 0) return -errno;
  int room = 64 << 20;  // some 16,000 audit rules; taken only as far as it is used
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) < 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  return fd;
}

ssize_t charden_netlink_send(int fd, const void *bytes, size_t size) {
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  ssize_t sent = sendto(fd, bytes, size, 0, (struct sockaddr *)&kernel, sizeof kernel);
  return sent < 0 ? -errno : sent;
}

ssize_t charden_netlink_receive(int fd, void *bytes, size_t size, int milliseconds) {
  for (;;) {
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    int count = poll(&ready, 1, milliseconds);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? -errno : 0;
    struct sockaddr_nl sender = {0};
    socklen_t length = sizeof sender;
    ssize_t got = recvfrom(fd, bytes, size, 0, (struct sockaddr *)&sender, &length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -errno;
    if (length == sizeof sender && sender.nl_pid == 0) return got;
  }
}
