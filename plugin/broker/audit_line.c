#include "broker/audit_line.h"

#include "base/clip.h"
#include "base/digits.h"
#include "base/trail.h"
#include "base/utc.h"

enum {
    /* With the limits of base/trail.h the line is whole at its worst: all but the findings stay
     * under 6 KiB, and a finding is only begun while there is room for the largest. */
    TEXT_MAX_BYTES = 512,
    FINDING_MAX_BYTES = 2 * TEXT_MAX_BYTES + 3 * TRAIL_WORD_MAX + 64,
    TAIL_MAX_BYTES = 64,
    STATUS_DIGITS = 3,
    CAPTURE_DIGITS = 8,
};

void audit_line_init(struct audit_line *line)
{
    *line = (struct audit_line){0};
    buffer_init(&line->text, TRAIL_LINE_MAX);
}

void audit_line_done(struct audit_line *line)
{
    buffer_done(&line->text);
}

static void put_number(struct buffer *line, struct str key, uint64_t value)
{
    char text[DIGITS_MAX];

    (void)buffer_str(line, key);
    (void)buffer_append(line, text, digits_all(value, text));
}

#define NUMBER(line, name, value) put_number(line, STR(",\"" name "\":"), value)

/* The stamp's second changes seldom: its text is kept. */
static void stamp_second(struct audit_line *line, time_t second)
{
    (void)utc_text(second, line->stamp);
    line->stamp[sizeof line->stamp - sizeof "Z"] = '\0'; /* its fraction comes first */
    line->stamped = second;
}

static void begin(struct audit_line *line, const char *prev)
{
    struct timespec now;
    char fraction[] = ".000000Z";

    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != line->stamped)
        stamp_second(line, now.tv_sec);
    digits_last((uint64_t)now.tv_nsec / 1000, fraction + 1, 6);
    buffer_reset(&line->text, TRAIL_LINE_MAX);
    (void)buffer_str(&line->text, STR(TRAIL_HEAD));
    (void)buffer_str(&line->text, str_from(line->stamp));
    (void)buffer_str(&line->text, str_from(fraction));
    (void)buffer_str(&line->text, STR(TRAIL_PREV));
    (void)buffer_str(&line->text, str_from(prev));
    (void)buffer_append(&line->text, "\"", 1);
}

static int end(struct audit_line *line, struct err *err)
{
    (void)buffer_append(&line->text, "}\n", 2);
    if (line->text.failed)
        return err_set(err, ERR_LIMIT, "audit: a record did not fit");
    return 0;
}

/* key, then text, unless that is empty. */
static void put_text(struct buffer *line, struct str key, struct str text, size_t max)
{
    if (!text.len)
        return;
    (void)buffer_str(line, key);
    (void)clip_json(line, text, max);
}

#define MEMBER(line, name, text, max) put_text(line, STR(",\"" name "\":"), text, max)

static void finding(struct buffer *line, const struct finding *finding)
{
    (void)buffer_str(line, STR("{\"rule\":"));
    (void)clip_json(line, finding->rule, TRAIL_WORD_MAX);
    MEMBER(line, "effect", finding->effect, TRAIL_WORD_MAX);
    MEMBER(line, "mode", finding->mode, TRAIL_WORD_MAX);
    MEMBER(line, "field", finding->field, TEXT_MAX_BYTES);
    MEMBER(line, "msg", finding->msg, TEXT_MAX_BYTES);
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
        NUMBER(line, "findings_left_out", verdict->count - i);
}

static void facts(struct buffer *line, const struct verdict *verdict)
{
    MEMBER(line, "action", verdict->action, TRAIL_WORD_MAX);
    MEMBER(line, "class", verdict->class, TRAIL_WORD_MAX);
    MEMBER(line, "user", verdict->user, TRAIL_NAME_MAX);
    MEMBER(line, "authn", verdict->authn, TRAIL_WORD_MAX);
    MEMBER(line, "method", verdict->method, TRAIL_WORD_MAX);
    MEMBER(line, "uri", verdict->uri, TRAIL_URI_MAX);
    MEMBER(line, "kind", verdict->kind, TRAIL_WORD_MAX);
    MEMBER(line, "target", verdict->target, TRAIL_NAME_MAX);
    MEMBER(line, "image", verdict->image, TRAIL_NAME_MAX);
    MEMBER(line, "api", verdict->api, TRAIL_WORD_MAX);
    MEMBER(line, "body", verdict->body, TRAIL_WORD_MAX);
    MEMBER(line, "traceparent", verdict->trace, TRAIL_WORD_MAX);
    MEMBER(line, "created", verdict->created, TRAIL_WORD_MAX);
}

/* The worker's text, which is not to be trusted, as a number of at most max_digits digits. */
static bool read_number(struct str text, size_t max_digits, uint64_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *ret = *ret * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    return text.len > 0 && text.len <= max_digits;
}

static void status(struct buffer *line, struct str text)
{
    uint64_t value;

    if (read_number(text, STATUS_DIGITS, &value))
        NUMBER(line, "status", value);
}

/* Whole or not at all: half a message cannot be decided. */
static void capture(struct buffer *line, struct str text)
{
    size_t room = line->max - line->len - TAIL_MAX_BYTES;
    uint64_t bytes;

    if (!str_starts(text, STR("{"))) {
        if (read_number(text, CAPTURE_DIGITS, &bytes))
            NUMBER(line, "capture_left_out", bytes);
    } else if (clip_fits(text, room)) {
        MEMBER(line, "capture", text, room);
    } else {
        NUMBER(line, "capture_left_out", text.len);
    }
}

int audit_line_decision(struct audit_line *line, const char *prev,
                        const struct audit_record *record, struct err *err)
{
    const struct verdict *verdict = record->verdict;
    struct buffer *text = &line->text;

    begin(line, prev);
    MEMBER(text, "id", record->id, TRAIL_WORD_MAX);
    MEMBER(text, "stage", str_from(record->stage), TRAIL_WORD_MAX);
    MEMBER(text, "verdict", verdict->allow ? STR("allow") : STR("deny"), TRAIL_WORD_MAX);
    MEMBER(text, "reason", verdict->reason, TRAIL_WORD_MAX);
    facts(text, verdict);
    status(text, verdict->status);
    if (!verdict->count)
        MEMBER(text, "msg", verdict->msg, TEXT_MAX_BYTES);
    NUMBER(text, "generation", record->generation);
    MEMBER(text, "policy", str_from(record->policy), TRAIL_WORD_MAX);
    NUMBER(text, "body_bytes", record->body_bytes);
    NUMBER(text, "queue_us", record->queue_us);
    NUMBER(text, "decide_us", record->decide_us);
    findings(text, verdict);
    capture(text, verdict->capture);
    return end(line, err);
}

int audit_line_event(struct audit_line *line, const char *prev, const char *event,
                     struct str subject, struct err *err)
{
    begin(line, prev);
    MEMBER(&line->text, "event", str_from(event), TRAIL_WORD_MAX);
    MEMBER(&line->text, "subject", subject, TRAIL_URI_MAX);
    return end(line, err);
}
