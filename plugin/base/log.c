#include "base/log.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clip.h"

enum {
    LINE_MAX_BYTES = 8 * 1024,
    FIELD_MAX_BYTES = 2 * 1024,
    FIELD_ROOM_BYTES = 128, /* a field that has less room left is not begun */
    KEY_ROOM_BYTES = 32,    /* of which stay free: for the key, the separators, the line's end */
};

static const char *const level_names[] = {"error", "warn", "info"};

static void append_field(struct buffer *line, const struct log_field *field)
{
    size_t room = line->max - line->len - KEY_ROOM_BYTES;

    if (!field->text.ptr) {
        (void)buffer_printf(line, " %s=%" PRId64, field->key, field->number);
        return;
    }
    (void)buffer_printf(line, " %s=", field->key);
    (void)clip_json(line, field->text, room < FIELD_MAX_BYTES ? room : FIELD_MAX_BYTES);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    struct buffer line;

    buffer_init(&line, LINE_MAX_BYTES);
    (void)buffer_printf(&line, "level=%s event=%s", level_names[level], event);
    for (; fields->key; fields++) {
        if (line.max - line.len >= FIELD_ROOM_BYTES)
            append_field(&line, fields);
    }
    (void)buffer_append(&line, "\n", 1);
    /* Nobody is left to tell when stderr is gone. */
    if (line.len && write(STDERR_FILENO, line.data, line.len) < 0)
        line.failed = true;
    buffer_done(&line);
}
