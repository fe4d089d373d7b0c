#define _GNU_SOURCE
#include "charden_systemd.h"

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// As libsystemd's manual pages declare them; its headers need not be there to build harden.
typedef struct sd_bus sd_bus;
typedef struct sd_bus_message sd_bus_message;
typedef struct {
  const char *name, *message;
  int need_free;
} sd_bus_error;

struct library {
  int (*new)(sd_bus **);
  int (*set_address)(sd_bus *, const char *);
  int (*start)(sd_bus *);
  sd_bus *(*close)(sd_bus *);
  int (*set_timeout)(sd_bus *, uint64_t);
  int (*call_method)(sd_bus *, const char *, const char *, const char *, const char *, sd_bus_error *,
                     sd_bus_message **, const char *, ...);
  int (*get_string)(sd_bus *, const char *, const char *, const char *, const char *, sd_bus_error *,
                    char **);
  int (*get)(sd_bus *, const char *, const char *, const char *, const char *, sd_bus_error *,
             sd_bus_message **, const char *);
  int (*new_call)(sd_bus *, sd_bus_message **, const char *, const char *, const char *, const char *);
  int (*append)(sd_bus_message *, const char *, ...);
  int (*open)(sd_bus_message *, char, const char *);
  int (*finish)(sd_bus_message *);
  int (*append_words)(sd_bus_message *, char **);
  int (*call)(sd_bus *, sd_bus_message *, uint64_t, sd_bus_error *, sd_bus_message **);
  int (*read)(sd_bus_message *, const char *, ...);
  int (*enter)(sd_bus_message *, char, const char *);
  sd_bus_message *(*unref)(sd_bus_message *);
};

static const char manager[] = "org.freedesktop.systemd1";
static const char object[] = "/org/freedesktop/systemd1";
static const char interface[] = "org.freedesktop.systemd1.Manager";
// Microseconds that a change may take, as long as systemctl itself waits: reading every unit anew
// with its generators can outlast the 25 s that libsystemd gives a call.
enum { patience = 180000000 };

static int load(struct library *library) {
  void *file = dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!file) return -ENOSYS;
  const struct { const char *name; void *place; } symbols[] = {
      {"sd_bus_new", &library->new}, {"sd_bus_set_address", &library->set_address},
      {"sd_bus_start", &library->start}, {"sd_bus_flush_close_unref", &library->close},
      {"sd_bus_set_method_call_timeout", &library->set_timeout},
      {"sd_bus_call_method", &library->call_method},
      {"sd_bus_get_property_string", &library->get_string},
      {"sd_bus_get_property", &library->get},
      {"sd_bus_message_new_method_call", &library->new_call},
      {"sd_bus_message_append", &library->append},
      {"sd_bus_message_open_container", &library->open},
      {"sd_bus_message_close_container", &library->finish},
      {"sd_bus_message_append_strv", &library->append_words}, {"sd_bus_call", &library->call},
      {"sd_bus_message_read", &library->read},
      {"sd_bus_message_enter_container", &library->enter},
      {"sd_bus_message_unref", &library->unref},
  };
  for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
    void *symbol = dlsym(file, symbols[index].name);
    if (!symbol) return -ENOSYS;
    memcpy(symbols[index].place, &symbol, sizeof symbol);
  }
  return 0;
}

// Opens the manager's own socket, which works for root with the message bus stopped, too.
static int connect_to_manager(struct library *library, sd_bus **bus) {
  *bus = NULL;
  int result = load(library);
  if (result < 0) return result;
  if ((result = library->new(bus)) < 0) return result;
  if ((result = library->set_address(*bus, "unix:path=/run/systemd/private")) >= 0)
    result = library->start(*bus);
  if (result < 0) {
    library->close(*bus);
    *bus = NULL;
  }
  return result;
}

static int connect_for_change(struct library *library, sd_bus **bus) {
  int result = connect_to_manager(library, bus);
  if (result >= 0 && (result = library->set_timeout(*bus, patience)) < 0) library->close(*bus);
  return result;
}

int charden_unit_state(const char *unit, char *state, size_t capacity) {
  struct library library;
  sd_bus *bus;
  int result = connect_to_manager(&library, &bus);
  if (result < 0) return result;
  sd_bus_message *reply = NULL;
  const char *path = NULL;
  char *found = NULL;
  result = library.call_method(bus, manager, object, interface, "LoadUnit", NULL, &reply, "s", unit);
  if (result >= 0) result = library.read(reply, "o", &path);
  if (result >= 0)
    result = library.get_string(bus, manager, path, "org.freedesktop.systemd1.Unit", "ActiveState",
                                NULL, &found);
  if (result >= 0) {
    strncpy(state, found, capacity - 1);
    state[capacity - 1] = 0;
    result = 0;
  }
  library.unref(reply);
  library.close(bus);
  return result;
}

// Adds `word` and `end` to a text of `length` bytes.
static int add(char *text, size_t *length, size_t capacity, const char *word, char end) {
  size_t size = strlen(word);
  if (*length + size + 1 > capacity) return -ENOBUFS;
  memcpy(text + *length, word, size);
  *length += size;
  text[(*length)++] = end;
  return 0;
}

static int get_number(struct library *library, sd_bus *bus, const char *path, const char *property,
                      uint64_t *number) {
  sd_bus_message *reply = NULL;
  *number = 0;
  int result = library->get(bus, manager, path, "org.freedesktop.systemd1.Unit", property, NULL,
                            &reply, "t");
  if (result >= 0) result = library->read(reply, "t", number);
  library->unref(reply);
  return result;
}

static uint64_t microseconds(clockid_t clock) {
  struct timespec now = {0};
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

// When it was by the clock as it stands now and as it stood then, whichever is earlier: the clock may
// have been set since.
static uint64_t by_any_clock(uint64_t real, uint64_t monotonic) {
  uint64_t ago = microseconds(CLOCK_MONOTONIC) - monotonic, now = microseconds(CLOCK_REALTIME);
  return monotonic && ago < now && now - ago < real ? now - ago : real;
}

// When a unit began to start, and when it was last told to read its configuration: its state changes
// after that only by a reload.
static int get_times(struct library *library, sd_bus *bus, const char *path, uint64_t *started,
                     uint64_t *reread) {
  uint64_t real, monotonic, changed, entered;
  char *how = NULL;
  int result = get_number(library, bus, path, "InactiveExitTimestamp", &real);
  if (result >= 0)
    result = get_number(library, bus, path, "InactiveExitTimestampMonotonic", &monotonic);
  if (result < 0) return result;
  *started = *reread = by_any_clock(real, monotonic);
  if ((result = get_number(library, bus, path, "StateChangeTimestampMonotonic", &changed)) < 0 ||
      (result = get_number(library, bus, path, "ActiveEnterTimestampMonotonic", &entered)) < 0)
    return result;
  if (changed == entered) return 0;
  result = library->get_string(bus, manager, path, "org.freedesktop.systemd1.Service",
                               "ReloadResult", NULL, &how);
  if (result >= 0 && strcmp(how, "success") == 0) {
    result = get_number(library, bus, path, "StateChangeTimestamp", &real);
    if (result >= 0) *reread = by_any_clock(real, changed);
  }
  free(how);
  return result;
}

static int is_word(const char *word, const char *words) {
  size_t length = strlen(word);
  for (const char *found = words; (found = strstr(found, word)); found += length)
    if ((found == words || found[-1] == ' ') && (!found[length] || found[length] == ' ')) return 1;
  return 0;
}

static int add_number(char *text, size_t *length, size_t capacity, uint64_t number, char end) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRIu64, number);
  return add(text, length, capacity, digits, end);
}

int charden_units(const char *timed, char *table, size_t capacity, uint64_t *loaded) {
  struct library library;
  sd_bus *bus;
  int result = connect_to_manager(&library, &bus);
  if (result < 0) return result;
  sd_bus_message *reply = NULL;
  size_t length = 0;
  *loaded = 0;
  // The first property is 0 until files are read anew, and missing where this cannot be known.
  static const char *const times[] = {"UnitsLoadTimestamp", "UnitsLoadFinishTimestamp"};
  for (size_t index = 0; index < sizeof times / sizeof *times && !*loaded; index++) {
    sd_bus_message *time = NULL;
    int known = library.get(bus, manager, object, interface, times[index], NULL, &time, "t");
    if (known >= 0) known = library.read(time, "t", loaded);
    library.unref(time);
    if (known < 0) break;
  }
  result = library.call_method(bus, manager, object, interface, "ListUnits", NULL, &reply, "");
  if (result >= 0) result = library.enter(reply, 'a', "(ssssssouso)");
  while (result >= 0) {
    const char *name = NULL, *load = NULL, *active = NULL, *path = NULL, *skip;
    unsigned number;
    uint64_t started = 0, reread = 0;
    result = library.read(reply, "(ssssssouso)", &name, &skip, &load, &active, &skip, &skip, &path,
                          &number, &skip, &skip);
    if (result <= 0) break;
    // One that is gone by now is told without its times.
    if (strcmp(active, "inactive") != 0 && is_word(name, timed) &&
        get_times(&library, bus, path, &started, &reread) < 0)
      started = reread = 0;
    if ((result = add(table, &length, capacity, name, ' ')) >= 0 &&
        (result = add(table, &length, capacity, load, ' ')) >= 0 &&
        (result = add(table, &length, capacity, active, ' ')) >= 0)
      result = add(table, &length, capacity, number ? "1" : "0", ' ');
    if (result >= 0 &&
        (result = add_number(table, &length, capacity, started, ' ')) >= 0)
      result = add_number(table, &length, capacity, reread, '\n');
  }
  library.unref(reply);
  library.close(bus);
  return result < 0 ? result : (int)length;
}

// One property of the timer, or the whole of a unit's: `a(sv)` is built piece by piece.
static int build(struct library *library, sd_bus_message *call, const char *timer,
                 const char *service, const char *description, uint64_t seconds, char **words) {
  int result = library->append(call, "ss", timer, "fail");
  if (result >= 0)
    result = library->append(call, "a(sv)", 5, "Description", "s", description, "IgnoreOnIsolate",
                             "b", 1, "TimersMonotonic", "a(st)", 1, "OnActiveSec",
                             seconds * 1000000, "AccuracyUSec", "t", (uint64_t)100000,
                             "RemainAfterElapse", "b", 0);
  if (result >= 0) result = library->open(call, 'a', "(sa(sv))");
  if (result >= 0) result = library->open(call, 'r', "sa(sv)");
  if (result >= 0) result = library->append(call, "s", service);
  if (result >= 0) result = library->open(call, 'a', "(sv)");
  if (result >= 0) result = library->append(call, "(sv)", "Description", "s", description);
  if (result >= 0) result = library->append(call, "(sv)", "Type", "s", "oneshot");
  if (result >= 0) result = library->open(call, 'r', "sv");
  if (result >= 0) result = library->append(call, "s", "ExecStart");
  if (result >= 0) result = library->open(call, 'v', "a(sasb)");
  if (result >= 0) result = library->open(call, 'a', "(sasb)");
  if (result >= 0) result = library->open(call, 'r', "sasb");
  if (result >= 0) result = library->append(call, "s", words[0]);
  if (result >= 0) result = library->append_words(call, words);
  if (result >= 0) result = library->append(call, "b", 0);
  for (int depth = 0; depth < 4 && result >= 0; depth++) result = library->finish(call);
  for (int depth = 0; depth < 3 && result >= 0; depth++) result = library->finish(call);
  return result;
}

int charden_start_timer(const char *name, const char *description, uint64_t seconds,
                        const char *words, uint32_t count) {
  enum { most_words = 32 };
  char *arguments[most_words + 1], timer[256] = "", service[256] = "";
  if (count == 0 || count > most_words || strlen(name) > 200) return -E2BIG;
  for (uint32_t index = 0; index < count; index++, words += strlen(words) + 1)
    arguments[index] = (char *)words;
  arguments[count] = NULL;
  strcat(strcat(timer, name), ".timer");
  strcat(strcat(service, name), ".service");

  struct library library;
  sd_bus *bus;
  int result = connect_for_change(&library, &bus);
  if (result < 0) return result;
  sd_bus_message *call = NULL, *reply = NULL;
  result = library.new_call(bus, &call, manager, object, interface, "StartTransientUnit");
  if (result >= 0)
    result = build(&library, call, timer, service, description, seconds, arguments);
  if (result >= 0) result = library.call(bus, call, 0, NULL, &reply);
  library.unref(reply);
  library.unref(call);
  library.close(bus);
  return result < 0 ? result : 0;
}

// Waits until the manager knows no such job any more; how it ended shows in the unit.
static int await_job(struct library *library, sd_bus *bus, const char *path) {
  enum { most_rounds = 30000 };
  const struct timespec pause = {0, 20000000};
  const char *slash = strrchr(path, '/');
  unsigned number = slash ? (unsigned)strtoul(slash + 1, NULL, 10) : 0;
  for (int round = 0; round < most_rounds; round++) {
    int result = library->call_method(bus, manager, object, interface, "GetJob", NULL, NULL, "u",
                                      number);
    if (result < 0) return result == -ENOENT ? 0 : result;
    nanosleep(&pause, NULL);
  }
  return -ETIMEDOUT;
}

int charden_change_unit(const char *method, const char *unit, int waits) {
  struct library library;
  sd_bus *bus;
  int result = connect_for_change(&library, &bus);
  if (result < 0) return result;
  sd_bus_message *reply = NULL;
  const char *job = NULL;
  result = library.call_method(bus, manager, object, interface, method, NULL, &reply, "ss", unit,
                               "replace");
  if (result >= 0) result = library.read(reply, "o", &job);
  if (result >= 0 && waits) result = await_job(&library, bus, job);
  // A process that cannot begin its work ends right after its start.
  const struct timespec pause = {0, 200000000};
  if (result >= 0 && waits && strcmp(method, "StopUnit") != 0) nanosleep(&pause, NULL);
  library.unref(reply);
  library.close(bus);
  return result < 0 ? result : 0;
}

int charden_signal_unit(const char *unit, int number) {
  struct library library;
  sd_bus *bus;
  int result = connect_for_change(&library, &bus);
  if (result < 0) return result;
  result = library.call_method(bus, manager, object, interface, "KillUnit", NULL, NULL, "ssi", unit,
                               "main", number);
  library.close(bus);
  return result < 0 ? result : 0;
}

int charden_reload_units(void) {
  struct library library;
  sd_bus *bus;
  int result = connect_for_change(&library, &bus);
  if (result < 0) return result;
  result = library.call_method(bus, manager, object, interface, "Reload", NULL, NULL, "");
  library.close(bus);
  return result < 0 ? result : 0;
}
