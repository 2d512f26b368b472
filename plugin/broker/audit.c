#include "broker/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clip.h"
#include "base/fd.h"

enum {
    LINE_MAX_BYTES = 8 * 1024,
    /* What the fields may take, so that the line is whole at its worst: all but the findings stay
     * under 4.5 KiB, and a finding is only begun while there is room for the largest. */
    WORD_MAX_BYTES = 128,
    NAME_MAX_BYTES = 512,
    URI_MAX_BYTES = 1536,
    TEXT_MAX_BYTES = 512,
    FINDING_MAX_BYTES = 2 * TEXT_MAX_BYTES + 3 * WORD_MAX_BYTES + 64,
    TAIL_MAX_BYTES = 64,
};

static int file_open(const char *path, int *ret_fd, struct err *err)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot open %s: %s", path, strerror(errno));
    *ret_fd = fd;
    return 0;
}

int audit_open(const char *path, struct audit *ret, struct err *err)
{
    struct audit audit = {.fd = -1};

    buffer_init(&audit.line, LINE_MAX_BYTES);
    if (strcmp(path, "-") == 0)
        audit.fd = STDOUT_FILENO;
    else if (*path) {
        if (file_open(path, &audit.fd, err) < 0)
            return -1;
        audit.path = strdup(path);
        if (!audit.path) {
            fd_close(&audit.fd);
            return err_set(err, ERR_NOMEM, "audit: out of memory");
        }
    }
    *ret = audit;
    return 0;
}

void audit_close(struct audit *audit)
{
    if (audit->path)
        fd_close(&audit->fd);
    free(audit->path);
    buffer_done(&audit->line);
    *audit = (struct audit){.fd = -1};
}

int audit_reopen(struct audit *audit, struct err *err)
{
    int fd = -1;

    if (!audit->path)
        return 0;
    if (file_open(audit->path, &fd, err) < 0)
        return -1;
    (void)close(audit->fd);
    audit->fd = fd;
    return 0;
}

/* Take back the half of a line that a full disk let through. */
static void take_back(const struct audit *audit, off_t written)
{
    struct stat status;

    if (fstat(audit->fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= written &&
        ftruncate(audit->fd, status.st_size - written) < 0)
        errno = EIO; /* half a line stays; the failure is told all the same */
}

static int line_write(struct audit *audit, struct err *err)
{
    const struct buffer *line = &audit->line;
    ssize_t n;

    if (line->failed)
        return err_set(err, ERR_LIMIT, "audit: a record did not fit");
    do
        n = write(audit->fd, line->data, line->len);
    while (n < 0 && errno == EINTR);
    if (n == (ssize_t)line->len)
        return 0;
    if (n < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot write: %s", strerror(errno));
    take_back(audit, n);
    return err_set(err, ERR_SYSTEM, "audit: only %zd of %zu bytes could be written", n, line->len);
}

/* count digits of number, from the last; gmtime and printf would cost more than the write itself.
 */
static void digits(char *at, int count, uint64_t number)
{
    while (count-- > 0) {
        at[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

static void number(struct buffer *line, const char *name, uint64_t value)
{
    char text[20];
    int count = 0;

    for (uint64_t rest = value; count == 0 || rest; rest /= 10)
        count++;
    digits(text, count, value);
    (void)buffer_append(line, ",\"", 2);
    (void)buffer_str(line, str_from(name));
    (void)buffer_append(line, "\":", 2);
    (void)buffer_append(line, text, (size_t)count);
}

/* The stamp's second changes seldom: its text is kept. */
static void stamp_second(struct audit *audit, time_t second)
{
    struct tm utc;

    (void)gmtime_r(&second, &utc);
    (void)strftime(audit->stamp, sizeof audit->stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    audit->stamped = second;
}

static void begin(struct audit *audit)
{
    struct timespec now;
    char fraction[] = ".000000Z\"";

    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != audit->stamped)
        stamp_second(audit, now.tv_sec);
    digits(fraction + 1, 6, (uint64_t)now.tv_nsec / 1000);
    buffer_reset(&audit->line, LINE_MAX_BYTES);
    (void)buffer_str(&audit->line, STR("{\"v\":1,\"time\":\""));
    (void)buffer_str(&audit->line, str_from(audit->stamp));
    (void)buffer_str(&audit->line, str_from(fraction));
}

/* ,"name":"text" unless text is empty. */
static void member(struct buffer *line, const char *name, struct str text, size_t max)
{
    if (!text.len)
        return;
    (void)buffer_append(line, ",\"", 2);
    (void)buffer_str(line, str_from(name));
    (void)buffer_append(line, "\":", 2);
    (void)clip_json(line, text, max);
}

static void finding(struct buffer *line, const struct finding *finding)
{
    (void)buffer_str(line, STR("{\"rule\":"));
    (void)clip_json(line, finding->rule, WORD_MAX_BYTES);
    member(line, "effect", finding->effect, WORD_MAX_BYTES);
    member(line, "mode", finding->mode, WORD_MAX_BYTES);
    member(line, "field", finding->field, TEXT_MAX_BYTES);
    member(line, "msg", finding->msg, TEXT_MAX_BYTES);
    (void)buffer_append(line, "}", 1);
}

static void findings(struct buffer *line, const struct verdict *verdict)
{
    size_t i;

    if (!verdict->count)
        return;
    (void)buffer_str(line, STR(",\"findings\":["));
    for (i = 0; i < verdict->count; i++) {
        if (line->max - line->len < FINDING_MAX_BYTES + TAIL_MAX_BYTES)
            break;
        if (i)
            (void)buffer_append(line, ",", 1);
        finding(line, &verdict->findings[i]);
    }
    (void)buffer_append(line, "]", 1);
    if (i < verdict->count)
        number(line, "findings_left_out", verdict->count - i);
}

static void facts(struct buffer *line, const struct verdict *verdict)
{
    member(line, "action", verdict->action, WORD_MAX_BYTES);
    member(line, "user", verdict->user, NAME_MAX_BYTES);
    member(line, "authn", verdict->authn, WORD_MAX_BYTES);
    member(line, "method", verdict->method, WORD_MAX_BYTES);
    member(line, "uri", verdict->uri, URI_MAX_BYTES);
    member(line, "target", verdict->target, NAME_MAX_BYTES);
    member(line, "image", verdict->image, NAME_MAX_BYTES);
}

int audit_decision(struct audit *audit, const struct audit_record *record, struct err *err)
{
    const struct verdict *verdict = record->verdict;
    struct buffer *line = &audit->line;

    if (audit->fd < 0)
        return 0;
    begin(audit);
    member(line, "id", record->id, WORD_MAX_BYTES);
    member(line, "stage", str_from(record->stage), WORD_MAX_BYTES);
    member(line, "verdict", verdict->allow ? STR("allow") : STR("deny"), WORD_MAX_BYTES);
    member(line, "reason", verdict->reason, WORD_MAX_BYTES);
    facts(line, verdict);
    if (!verdict->allow && !verdict->count)
        member(line, "msg", verdict->msg, TEXT_MAX_BYTES);
    number(line, "generation", record->generation);
    number(line, "body_bytes", record->body_bytes);
    number(line, "queue_us", record->queue_us);
    number(line, "decide_us", record->decide_us);
    findings(line, verdict);
    (void)buffer_append(line, "}\n", 2);
    return line_write(audit, err);
}

int audit_event(struct audit *audit, const char *event, struct str subject, struct err *err)
{
    struct buffer *line = &audit->line;

    if (audit->fd < 0)
        return 0;
    begin(audit);
    member(line, "event", str_from(event), WORD_MAX_BYTES);
    member(line, "subject", subject, URI_MAX_BYTES);
    (void)buffer_append(line, "}\n", 2);
    return line_write(audit, err);
}
