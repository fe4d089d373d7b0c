/// What takes rights away from this process for good. Every function returns -errno on failure.
#ifndef CHARDEN_SEAL_H
#define CHARDEN_SEAL_H

#include <stdint.h>

/// fork(2), which the importer hides: for a process with one thread.
int charden_fork(void);
/// prctl(PR_SET_DUMPABLE): the kernel makes no core of this process, also where a program takes cores,
/// and who is not root cannot look into it.
int charden_no_dump(void);
/// prctl(PR_SET_NO_NEW_PRIVS), without which the next two are for root only.
int charden_no_new_privileges(void);
/// landlock_restrict_self(2) with no right but reading files, and writing questions into those of
/// SELinux that answer them; the version of the interface.
int charden_landlock(void);
/// A filter of seccomp(2): calls that change files, mounts, the kernel or other processes, that make
/// new ones, and opening for writing, end with EPERM.
int charden_deny_changes(void);
/// Another one: making sockets and setting capabilities.
int charden_deny_talking(void);
/// capset(2): keeps those of `kept`, a bit each, and gives back how many are left.
int charden_keep_capabilities(uint64_t kept);

#endif
