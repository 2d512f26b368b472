#include "broker/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "base/log.h"
#include "base/trail.h"

/* Index of value in a NULL-ended list, or -1. */
static int word_find(const char *const *words, const char *value)
{
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0)
            return i;
    }
    return -1;
}

static int take_words(const struct settings *settings, struct audit *audit, struct err *err)
{
    static const char *const failures[] = {"deny", "allow-read-only", "allow", NULL};
    static const char *const syncs[] = {"never", "batch", NULL};
    int on_failure = word_find(failures, settings->audit_on_failure);
    int sync = word_find(syncs, settings->audit_sync);

    if (on_failure < 0)
        return err_set(err, ERR_INVALID,
                       "audit-on-failure: got \"%.40s\", expected deny, allow-read-only or allow",
                       settings->audit_on_failure);
    if (sync < 0)
        return err_set(err, ERR_INVALID, "audit-sync: got \"%.40s\", expected never or batch",
                       settings->audit_sync);
    audit->on_failure = (enum audit_on_failure)on_failure;
    audit->syncs = sync > 0;
    return 0;
}

/* A disk that is full at the start is no reason not to serve: audit-on-failure says what is. */
static void note_repair(struct audit *audit, off_t torn)
{
    char subject[64];

    (void)snprintf(subject, sizeof subject, "half a line of %jd bytes was taken away",
                   (intmax_t)torn);
    audit_note(audit, "repaired", str_from(subject));
}

static int open_file(const struct settings *settings, struct audit *audit, struct err *err)
{
    struct audit_file_plan plan = {
        .path = settings->audit,
        .bytes_max = settings->audit_file_bytes_max,
        .age_max_s = settings->audit_file_age_max_s,
        .files_max = settings->audit_files_max,
    };
    off_t torn;

    if (audit_file_open(&plan, &audit->file, &torn, err) < 0)
        return -1;
    if (torn > 0)
        note_repair(audit, torn);
    return 0;
}

int audit_open(const struct settings *settings, struct audit *ret, struct err *err)
{
    *ret = (struct audit){.file = {.fd = -1}, .prev = TRAIL_ORIGIN};
    audit_line_init(&ret->line);
    if (take_words(settings, ret, err) < 0 ||
        audit_sinks_open(settings->audit_sinks, settings->audit_required, &ret->sinks, err) < 0)
        return -1;
    if (strcmp(settings->audit, "-") == 0)
        return audit_sinks_add(&ret->sinks, STR("stdout"), true, err);
    return settings->audit[0] ? open_file(settings, ret, err) : 0;
}

void audit_close(struct audit *audit)
{
    audit_file_close(&audit->file);
    audit_sinks_close(&audit->sinks);
    audit_line_done(&audit->line);
}

int audit_reopen(struct audit *audit, struct err *err)
{
    return audit->file.fd < 0 ? 0 : audit_file_reopen(&audit->file, err);
}

bool audit_is_on(const struct audit *audit)
{
    return audit->file.fd >= 0 || audit->sinks.count > 0;
}

static const char *place_of(const struct audit *audit)
{
    return audit->file.fd >= 0 ? audit->file.plan.path : "";
}

static const char *prev_of(const struct audit *audit)
{
    return audit->file.fd >= 0 ? audit->file.prev : audit->prev;
}

/* Hand the line to the kernel: for the file, and for all sinks but one, which may be NULL. */
static int deliver(struct audit *audit, struct audit_entry *entry, const struct audit_sink *but,
                   struct err *err)
{
    bool failed = false;
    size_t taken;

    entry->line = buffer_view(&audit->line.text);
    if (audit->file.fd >= 0) {
        failed = audit_file_write(&audit->file, entry->line, err) < 0;
        audit->is_unsynced = true;
    }
    taken = audit_sinks_write(&audit->sinks, but, entry, &failed, err);
    if (audit->file.fd < 0 && (taken || but))
        digest_hex(str_take(entry->line, entry->line.len - 1), audit->prev);
    audit->errors += failed;
    return failed ? -1 : 0;
}

static int begin_event(struct audit *audit, const char *event, struct str subject,
                       struct audit_entry *ret, struct err *err)
{
    static const char *const bad[] = {
        "audit-failing", "dropped", "reload-failed", "repaired", "undelivered", "withheld", NULL};

    *ret = (struct audit_entry){
        .topic = str_from(event),
        .severity = word_find(bad, event) < 0 ? LOG_INFO : LOG_WARNING,
    };
    return audit_line_event(&audit->line, prev_of(audit), event, subject, err);
}

/* One that missed records is told so before it gets others, by a record that all get. Returns 0
 * when it takes records again. */
static int resume(struct audit *audit, struct audit_sink *sink, struct err *err)
{
    char subject[64];
    struct audit_entry entry;
    uint64_t missed = sink->missed;

    (void)snprintf(subject, sizeof subject, "%s: %" PRIu64 " records", sink->ops->name, missed);
    if (begin_event(audit, "dropped", str_from(subject), &entry, err) < 0)
        return -1;
    entry.line = buffer_view(&audit->line.text);
    if (sink->ops->write(sink, &entry, err) < 0)
        return -1;
    sink->missed = 0;
    log_event(LOG_LEVEL_INFO, "audit.sink-recovered", LOG_TEXT("sink", sink->ops->name),
              LOG_NUMBER("dropped", missed));
    return deliver(audit, &entry, sink, err);
}

/* Returns -1 while a required one cannot take records. */
static int resume_all(struct audit *audit, struct err *err)
{
    struct err why;
    int status = 0;

    for (size_t i = 0; i < audit->sinks.count; i++) {
        struct audit_sink *sink = &audit->sinks.list[i];

        if (sink->missed && resume(audit, sink, &why) < 0 && sink->is_required)
            status = err_set(err, ERR_SYSTEM, "a required sink takes no records: %s", why.msg);
    }
    return status;
}

static int moved_away(struct audit *audit, struct err *err)
{
    log_event(LOG_LEVEL_INFO, "audit.rotated", LOG_TEXT("file", audit->file.plan.path));
    return audit_event(audit, "rotated", STR(""), err);
}

static int look_after(struct audit *audit, struct err *err)
{
    struct timespec now;
    int status;

    if (audit->file.fd < 0)
        return 0;
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &now);
    status = audit_file_tend(&audit->file, now.tv_sec, err);
    if (status > 0)
        status = moved_away(audit, err);
    return status < 0 ? -1 : audit_file_ready(&audit->file, err);
}

int audit_ready(struct audit *audit, struct err *err)
{
    struct err other;
    int status = look_after(audit, err);
    bool was_failing = audit->is_failing;

    if (resume_all(audit, status < 0 ? &other : err) < 0)
        status = -1;
    audit->is_failing = status < 0;
    if (audit->is_failing && !was_failing) {
        log_event(LOG_LEVEL_ERROR, "audit.failing", LOG_TEXT("why", err->msg));
        audit_note(audit, "audit-failing", str_from(err->msg));
    } else if (!audit->is_failing && was_failing) {
        log_event(LOG_LEVEL_INFO, "audit.recovered", LOG_TEXT("file", place_of(audit)));
        status = audit_event(audit, "audit-recovered", STR(""), err);
    }
    return status;
}

bool audit_lets_pass(const struct audit *audit, struct str class)
{
    return audit->on_failure == AUDIT_ALLOW ||
           (audit->on_failure == AUDIT_ALLOW_READ_ONLY && str_eq(class, STR("read")));
}

int audit_decision(struct audit *audit, const struct audit_record *record, struct err *err)
{
    const struct verdict *verdict = record->verdict;
    struct audit_entry entry = {
        .severity = verdict->allow ? LOG_INFO : LOG_NOTICE,
        .topic = str_from(record->stage),
        .id = record->id,
        .verdict = verdict->allow ? STR("allow") : STR("deny"),
        .reason = verdict->reason,
        .action = verdict->action,
        .user = verdict->user,
    };

    if (!audit_is_on(audit))
        return 0;
    if (audit_line_decision(&audit->line, prev_of(audit), record, err) < 0)
        return -1;
    return deliver(audit, &entry, NULL, err);
}

int audit_event(struct audit *audit, const char *event, struct str subject, struct err *err)
{
    struct audit_entry entry;

    if (!audit_is_on(audit))
        return 0;
    if (begin_event(audit, event, subject, &entry, err) < 0)
        return -1;
    return deliver(audit, &entry, NULL, err);
}

void audit_note(struct audit *audit, const char *event, struct str subject)
{
    struct err err;

    if (audit_event(audit, event, subject, &err) < 0)
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("event", event),
                  LOG_TEXT("why", err.msg));
}

int audit_sync(struct audit *audit, struct err *err)
{
    if (!audit->syncs || !audit->is_unsynced)
        return 0;
    audit->is_unsynced = false;
    if (audit_file_sync(&audit->file, err) == 0)
        return 0;
    audit->errors++;
    return -1;
}
