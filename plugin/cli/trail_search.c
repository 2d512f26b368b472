#include "cli/trail_search.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/document.h"
#include "base/trail.h"

enum { EVENTS_MAX_BYTES = 1024 * 1024, BOOT_DIGITS = 8 };

void trail_found_init(struct trail_found *found)
{
    buffer_init(&found->record, TRAIL_LINE_MAX);
    buffer_init(&found->events, EVENTS_MAX_BYTES);
}

void trail_found_done(struct trail_found *found)
{
    buffer_done(&found->record);
    buffer_done(&found->events);
}

bool trail_search_is_id(const char *text)
{
    size_t digits = strspn(text, "0123456789abcdef");

    if (digits != BOOT_DIGITS || text[digits] != '-' || text[digits + 1] == '0')
        return false;
    text += digits + 1;
    digits = strspn(text, "0123456789");
    return digits > 0 && text[digits] == '\0';
}

static int no_room(struct err *err)
{
    return err_set(err, ERR_LIMIT, "the audit trail has too much about this decision");
}

/* A line that has the id somewhere in it. What is no JSON is not about anything. */
static int take_line(struct str line, struct str id, struct trail_found *ret, struct err *err)
{
    struct document *record;
    struct err ignored;
    bool is_decision;
    bool is_event;

    if (document_parse(line, &record, &ignored) < 0)
        return 0;
    is_decision = str_eq(document_text(record, "id"), id);
    is_event = document_text(record, "event").len && str_eq(document_text(record, "subject"), id);
    document_free(record);
    if (is_decision) {
        buffer_reset(&ret->record, SIZE_MAX);
        return buffer_str(&ret->record, line) < 0 ? no_room(err) : 0;
    }
    if (is_event) {
        (void)buffer_str(&ret->events, line);
        return buffer_str(&ret->events, STR("\n")) < 0 ? no_room(err) : 0;
    }
    return 0;
}

static int search_lines(FILE *in, const char *name, struct str id, struct trail_found *ret,
                        struct err *err)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = 0;

    while (status == 0 && (length = getline(&line, &size, in)) > 0) {
        struct str text = {line, (size_t)length};

        if (str_ends(text, STR("\n")))
            text.len--;
        if (text.len && id.len && memmem(text.ptr, text.len, id.ptr, id.len))
            status = take_line(text, id, ret, err);
    }
    if (status == 0 && ferror(in))
        status = err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", name, strerror(errno));
    free(line);
    return status;
}

/* Returns 1 once the decision is found. */
static int search_file(const char *name, struct str id, struct trail_found *ret, struct err *err)
{
    FILE *in = fopen(name, "re");
    int status;

    if (!in)
        return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", name, strerror(errno));
    status = search_lines(in, name, id, ret, err);
    (void)fclose(in);
    return status == 0 ? ret->record.len > 0 : status;
}

int trail_search(const char *file, const char *id, struct trail_found *ret, struct err *err)
{
    int status = search_file(file, str_from(id), ret, err);
    glob_t moved;

    if (status != 0 || !trail_find_moved(file, &moved))
        return status;
    for (size_t i = moved.gl_pathc; status == 0 && i-- > 0;)
        status = search_file(moved.gl_pathv[i], str_from(id), ret, err);
    globfree(&moved);
    return status;
}
