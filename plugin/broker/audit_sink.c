#include "broker/audit_sink.h"

#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

enum { PAUSE_NS = 1000 * 1000, PAUSES_MAX = 20 };

static const struct audit_sink_ops *const all_ops[AUDIT_SINKS_MAX] = {
    &audit_stdout_ops,
    &audit_syslog_ops,
    &audit_journal_ops,
};

static const struct audit_sink_ops *find_ops(struct str name)
{
    for (size_t i = 0; i < AUDIT_SINKS_MAX; i++) {
        if (str_eq(str_from(all_ops[i]->name), name))
            return all_ops[i];
    }
    return NULL;
}

static struct audit_sink *find(struct audit_sinks *sinks, struct str name)
{
    for (size_t i = 0; i < sinks->count; i++) {
        if (str_eq(str_from(sinks->list[i].ops->name), name))
            return &sinks->list[i];
    }
    return NULL;
}

int audit_sinks_add(struct audit_sinks *sinks, struct str name, bool is_required, struct err *err)
{
    struct audit_sink *sink = find(sinks, name);
    struct audit_sink fresh = {.ops = find_ops(name), .fd = -1, .is_required = is_required};

    if (sink) {
        sink->is_required |= is_required;
        return 0;
    }
    if (!fresh.ops)
        return err_set(err, ERR_INVALID,
                       "audit-sinks: got \"%.*s\", expected some of stdout, syslog, journald",
                       STR_FMT(str_take(name, 40)));
    if (fresh.ops->open(&fresh, err) < 0)
        return -1;
    sinks->list[sinks->count++] = fresh;
    return 0;
}

/* Take the next word off a list with commas; spaces around it are nothing. */
static bool next_word(struct str *list, struct str *ret)
{
    struct str word = str_take(*list, str_find(*list, ','));

    if (list->len == 0)
        return false;
    *list = str_skip(*list, word.len + 1);
    while (word.len && word.ptr[0] == ' ')
        word = str_skip(word, 1);
    while (word.len && word.ptr[word.len - 1] == ' ')
        word.len--;
    *ret = word;
    return true;
}

int audit_sinks_open(const char *names, const char *required, struct audit_sinks *ret,
                     struct err *err)
{
    struct str list = str_from(names);
    struct str word;

    *ret = (struct audit_sinks){.count = 0};
    while (next_word(&list, &word)) {
        if (audit_sinks_add(ret, word, false, err) < 0)
            return -1;
    }
    list = str_from(required);
    while (next_word(&list, &word)) {
        if (!find(ret, word))
            return err_set(err, ERR_INVALID,
                           "audit-required: got \"%.*s\", expected some of those in audit-sinks",
                           STR_FMT(str_take(word, 40)));
        if (audit_sinks_add(ret, word, true, err) < 0)
            return -1;
    }
    return 0;
}

void audit_sinks_close(struct audit_sinks *sinks)
{
    for (size_t i = 0; i < sinks->count; i++) {
        if (sinks->list[i].fd != STDOUT_FILENO)
            fd_close(&sinks->list[i].fd);
        buffer_done(&sinks->list[i].rest);
    }
    sinks->count = 0;
}

/* A required one gets a moment to make room, once: while it misses records nothing waits for it. */
static int write_patiently(struct audit_sink *sink, const struct audit_entry *entry,
                           struct err *err)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};
    int status = sink->ops->write(sink, entry, err);

    for (int i = 0; status < 0 && err->code == ERR_LIMIT && sink->is_required && i < PAUSES_MAX;
         i++) {
        (void)nanosleep(&pause, NULL);
        status = sink->ops->write(sink, entry, err);
    }
    return status;
}

size_t audit_sinks_write(struct audit_sinks *sinks, const struct audit_sink *but,
                         const struct audit_entry *entry, bool *ret_failed, struct err *err)
{
    struct err why;
    size_t taken = 0;

    for (size_t i = 0; i < sinks->count; i++) {
        struct audit_sink *sink = &sinks->list[i];

        if (sink == but)
            continue;
        if (!sink->missed && write_patiently(sink, entry, &why) == 0) {
            taken++;
            continue;
        }
        sink->dropped++;
        if (sink->missed++ > 0)
            continue;
        log_event(LOG_LEVEL_WARN, "audit.sink-failing", LOG_TEXT("sink", sink->ops->name),
                  LOG_TEXT("why", why.msg));
        if (!sink->is_required)
            continue;
        *ret_failed = true;
        *err = why;
    }
    return taken;
}
