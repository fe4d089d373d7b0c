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
/// The names of all units that have failed, a line each; returns their length.
int charden_failed_units(char *names, size_t capacity);
/// Starts a transient timer `name`.timer that runs `name`.service after `seconds`: the `count`
/// arguments in `words`, each with its NUL.
int charden_start_timer(const char *name, const char *description, uint64_t seconds,
                        const char *words, uint32_t count);
/// Stops a unit; one that does not exist is no error.
int charden_stop_unit(const char *unit);
/// Makes the manager read its unit files again.
int charden_reload_units(void);

#endif
