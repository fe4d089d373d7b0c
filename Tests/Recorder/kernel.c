/// Stands in for the kernel's list of audit rules, which no namespace has of its own: what auditctl
/// loads is kept here, answered as a kernel answers, and written to the file that RECORD_TO names
/// when auditctl ends. Nothing reaches the kernel: the descriptor that auditctl gets is no socket.
/// KernelRefusalsTests asks the real kernel for the same answers. Preloaded by AuditctlRecorder.
#include <errno.h>
#include <fcntl.h>
#include <libaudit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { most = 20000, prepend = 0x10, filesystem = 6, path_end = 4096 };
static struct audit_rule_data *rules[most];
static int count, listed, sequence, asked;
static FILE *record;

static size_t size(const struct audit_rule_data *rule) { return sizeof *rule + rule->buflen; }

static int fail(int error) {
  errno = error;
  return -error;
}

static int is_text(unsigned field) {
  return (field >= 13 && field <= 17) || (field >= 19 && field <= 23) || field == AUDIT_WATCH ||
         field == AUDIT_DIR || field == AUDIT_EXE || field == AUDIT_FILTERKEY;
}

static int is_name(unsigned field) { return field < AUDIT_WATCH && is_text(field); }

static int is_folder(const char *path) {
  struct stat status;
  return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/// 0, or the error with which a kernel refuses the rule.
static int refusal(const struct audit_rule_data *rule) {
  unsigned list = rule->flags & ~prepend, files = 0, programs = 0, offset = 0;
  for (unsigned i = 0; i < rule->field_count; i++) {
    unsigned field = rule->fields[i], value = rule->values[i], sign = rule->fieldflags[i];
    char path[path_end] = "/";
    int equals = sign == AUDIT_EQUAL || sign == AUDIT_NOT_EQUAL;
    if (is_text(field)) {
      snprintf(path, sizeof path, "%.*s", (int)value, rule->buf + offset);
      offset += value;
    }
    if (list == filesystem && field != AUDIT_FSTYPE && field != AUDIT_FILTERKEY) return EINVAL;
    switch (field) {
    case AUDIT_ARG0: case AUDIT_ARG1: case AUDIT_ARG2: case AUDIT_ARG3:
    case AUDIT_PERS: case AUDIT_DEVMINOR: break;
    case AUDIT_LOGINUID:
      if (value == -1U && !equals) return EINVAL;
      // fall through
    case AUDIT_UID: case AUDIT_EUID: case AUDIT_SUID: case AUDIT_FSUID: case AUDIT_OBJ_UID:
    case AUDIT_GID: case AUDIT_EGID: case AUDIT_SGID: case AUDIT_FSGID: case AUDIT_OBJ_GID:
      if (value == -1U && field != AUDIT_LOGINUID) return EINVAL;
      // fall through
    case AUDIT_PID: case AUDIT_PPID: case AUDIT_MSGTYPE: case AUDIT_DEVMAJOR: case AUDIT_INODE:
    case AUDIT_EXIT: case AUDIT_SUCCESS: case AUDIT_SESSIONID: case AUDIT_SUBJ_SEN:
    case AUDIT_SUBJ_CLR: case AUDIT_OBJ_LEV_LOW: case AUDIT_OBJ_LEV_HIGH: case AUDIT_SADDR_FAM:
      if (sign == AUDIT_BIT_MASK || sign == AUDIT_BIT_TEST) return EINVAL;
      break;
    default:
      if (!equals) return EINVAL;
    }
    if (field == AUDIT_WATCH || field == AUDIT_DIR || field == AUDIT_INODE) {
      if (files++ || (field != AUDIT_INODE && sign != AUDIT_EQUAL)) return EINVAL;
    }
    // Of other fields the path is / here.
    if (field != AUDIT_FILTERKEY && !is_name(field) && path[0] != '/') return EINVAL;
    if (field == AUDIT_EXE && programs++) return EINVAL;
    if (field == AUDIT_WATCH || field == AUDIT_EXE) {
      char *slash = strrchr(path, '/');
      if (!slash[1]) return EINVAL;
      slash[slash == path] = 0;
      if (!is_folder(path)) return ENOENT;
    }
    struct stat status;
    if (field == AUDIT_DIR && stat(path, &status)) return ENOENT;
  }
  return 0;
}

/// Where a rule like `rule` stands; -1 where none does. One that goes to the start is like no other.
static int find(const struct audit_rule_data *rule) {
  for (int i = 0; i < count; i++)
    if (size(rules[i]) == size(rule) && !memcmp(rules[i], rule, size(rule))) return i;
  return -1;
}

static void finish(void) {
  for (int i = 0; i < count; i++) {
    fputs("rule ", record);
    for (size_t k = 0; k < size(rules[i]); k++) fprintf(record, "%02x", ((unsigned char *)rules[i])[k]);
    fputc('\n', record);
  }
  fclose(record);
}

__attribute__((constructor)) static void begin(void) {
  record = fopen(getenv("RECORD_TO"), "w");
  if (!record) abort();
  atexit(finish);
}

int audit_open(void) { return open("/dev/zero", O_RDONLY); }
int audit_is_enabled(int fd) { return fd >= 0; }

int audit_add_rule_data(int fd, struct audit_rule_data *rule, int flags, int action) {
  (void)fd;
  rule->flags = flags;
  rule->action = action;
  int error = refusal(rule), first = flags & prepend;
  if (!error && find(rule) >= 0) error = EEXIST;
  if (error) return fail(error);
  if (count == most) abort();
  struct audit_rule_data *copy = memcpy(malloc(size(rule)), rule, size(rule));
  copy->flags &= ~prepend;
  if (first) memmove(rules + 1, rules, count * sizeof *rules);
  rules[first ? 0 : count] = copy;
  count++;
  return 1;
}

int audit_delete_rule_data(int fd, struct audit_rule_data *rule, int flags, int action) {
  (void)fd;
  rule->flags = flags;
  rule->action = action;
  int place = find(rule);
  if (place < 0) return fail(ENOENT);
  count--;
  memmove(rules + place, rules + place + 1, (count - place) * sizeof *rules);
  return 1;
}

/// auditctl takes rules away by key in sending back what was listed.
int audit_send(int fd, int type, const void *data, unsigned length) {
  struct audit_rule_data *rule = memcpy(malloc(length), data, length);
  if (type != AUDIT_DEL_RULE) return fail(EPERM);
  return audit_delete_rule_data(fd, rule, rule->flags, rule->action);
}

int audit_request_rules_list_data(int fd) {
  (void)fd;
  listed = asked = 0;
  return ++sequence;
}

int audit_request_status(int fd) {
  (void)fd;
  listed = count;
  asked = 1;
  return ++sequence;
}

int audit_get_reply(int fd, struct audit_reply *reply, reply_t block, int peek) {
  static struct audit_status status = {.feature_bitmap = AUDIT_FEATURE_BITMAP_ALL};
  (void)fd, (void)block, (void)peek;
  memset(reply, 0, sizeof *reply);
  reply->nlh = &reply->msg.nlh;
  reply->nlh->nlmsg_seq = sequence;
  reply->type = NLMSG_DONE;
  if (listed < count) {
    reply->type = AUDIT_LIST_RULES;
    reply->ruledata = rules[listed++];
  } else if (asked) {
    reply->type = AUDIT_GET;
    reply->status = &status;
    asked = 0;
  }
  return 1;
}

static int set(const char *name, unsigned value) {
  fprintf(record, "set %s %u\n", name, value);
  return 1;
}
int audit_set_enabled(int fd, uint32_t value) { return (void)fd, set("enabled", value); }
int audit_set_failure(int fd, uint32_t value) { return (void)fd, set("failure", value); }
int audit_set_rate_limit(int fd, uint32_t value) { return (void)fd, set("rate_limit", value); }
int audit_set_backlog_limit(int fd, uint32_t value) { return (void)fd, set("backlog_limit", value); }
int audit_set_backlog_wait_time(int fd, uint32_t value) { return (void)fd, (void)value, 1; }
int audit_set_loginuid_immutable(int fd) { return (void)fd, 1; }
