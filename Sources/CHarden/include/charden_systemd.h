/// The service manager, asked over its private socket by libsystemd, which is loaded at first use:
/// a host without it needs none of this. Its calls are variadic, and so out of Swift's reach.
///
/// Every function returns -errno on failure, -ENOSYS where there is no libsystemd.
#ifndef CHARDEN_SYSTEMD_H
#define CHARDEN_SYSTEMD_H

#include <stddef.h>
#include <stdint.h>

/// The `ActiveState` of a unit, for example `active`; a unit that does not exist is `inactive`.
int charden_unit_state(const char *unit, char *state, size_t capacity);
/// All units that are loaded, a line `name LoadState ActiveState job started reread` each; returns
/// their length. `job` is 1 where a job waits or runs and 0 otherwise. For the units in `timed`, whose
/// names are separated by blanks, it is told when they began to start, and when they last read their
/// configuration at a reload or at that start: microseconds since 1970, or 0.
/// `loaded` is when the manager last read its files, microseconds since 1970, or 0.
int charden_units(const char *timed, char *table, size_t capacity, uint64_t *loaded);
/// Starts a transient timer `name`.timer that runs `name`.service after `seconds`: the `count`
/// arguments in `words`, each with its NUL.
int charden_start_timer(const char *name, const char *description, uint64_t seconds,
                        const char *words, uint32_t count);
/// Asks by `method` (StartUnit, StopUnit, RestartUnit and the like) for a job, and where `waits` for
/// its end.
int charden_change_unit(const char *method, const char *unit, int waits);
/// Sends the signal `number` to the main process of `unit`.
int charden_signal_unit(const char *unit, int number);
/// Makes the manager read its unit files again.
int charden_reload_units(void);

#endif
