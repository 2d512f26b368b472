#include "broker/audit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static int open_file(const struct settings *settings, struct audit *audit, struct err *err)
{
    struct audit_file_plan plan = {
        .path = settings->audit,
        .bytes_max = settings->audit_file_bytes_max,
        .age_max_s = settings->audit_file_age_max_s,
        .files_max = settings->audit_files_max,
    };
    off_t torn;
    char subject[64];

    if (audit_file_open(&plan, &audit->file, &torn, err) < 0)
        return -1;
    if (torn == 0)
        return 0;
    (void)snprintf(subject, sizeof subject, "half a line of %jd bytes was taken away",
                   (intmax_t)torn);
    return audit_event(audit, "repaired", str_from(subject), err);
}

int audit_open(const struct settings *settings, struct audit *ret, struct err *err)
{
    *ret = (struct audit){.file = {.fd = -1}, .out = -1, .prev = TRAIL_ORIGIN};
    audit_line_init(&ret->line);
    if (take_words(settings, ret, err) < 0)
        return -1;
    if (strcmp(settings->audit, "-") == 0)
        ret->out = STDOUT_FILENO;
    else if (settings->audit[0])
        return open_file(settings, ret, err);
    return 0;
}

void audit_close(struct audit *audit)
{
    audit_file_close(&audit->file);
    audit_line_done(&audit->line);
    audit->out = -1;
}

int audit_reopen(struct audit *audit, struct err *err)
{
    return audit->file.fd < 0 ? 0 : audit_file_reopen(&audit->file, err);
}

bool audit_is_on(const struct audit *audit)
{
    return audit->file.fd >= 0 || audit->out >= 0;
}

static const char *prev_of(const struct audit *audit)
{
    return audit->file.fd >= 0 ? audit->file.prev : audit->prev;
}

static int write_out(struct audit *audit, struct str line, struct err *err)
{
    ssize_t n;

    do
        n = write(audit->out, line.ptr, line.len);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)line.len)
        return err_set(err, ERR_SYSTEM, "audit: cannot write to standard output: %s",
                       n < 0 ? strerror(errno) : "half a line");
    digest_hex(str_take(line, line.len - 1), audit->prev);
    return 0;
}

/* Hand the line to the kernel. */
static int deliver(struct audit *audit, struct err *err)
{
    struct str line = buffer_view(&audit->line.text);
    int status = 0;

    if (audit->file.fd >= 0) {
        status = audit_file_write(&audit->file, line, err);
        audit->is_unsynced = true;
    }
    if (audit->out >= 0)
        status = write_out(audit, line, err);
    if (status < 0)
        audit->errors++;
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

    audit->is_failing = status < 0;
    if (audit->is_failing && !was_failing) {
        log_event(LOG_LEVEL_ERROR, "audit.failing", LOG_TEXT("why", err->msg));
        if (audit_event(audit, "audit-failing", str_from(err->msg), &other) < 0)
            log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("why", other.msg));
    } else if (!audit->is_failing && was_failing) {
        log_event(LOG_LEVEL_INFO, "audit.recovered", LOG_TEXT("file", audit->file.plan.path));
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
    if (!audit_is_on(audit))
        return 0;
    if (audit_line_decision(&audit->line, prev_of(audit), record, err) < 0)
        return -1;
    return deliver(audit, err);
}

int audit_event(struct audit *audit, const char *event, struct str subject, struct err *err)
{
    if (!audit_is_on(audit))
        return 0;
    if (audit_line_event(&audit->line, prev_of(audit), event, subject, err) < 0)
        return -1;
    return deliver(audit, err);
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
