#include "cli/audit.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/trail.h"
#include "cli/report.h"
#include "cli/trail_order.h"

#define GZIP_MAGIC "\x1f\x8b"

struct walk {
    const char *file;
    const char *file_before; /* or NULL */
    size_t line;
    size_t records;                    /* of all files */
    char hash[DIGEST_HEX_BYTES + 1];   /* of the record before; "" at the very first */
    char before[DIGEST_HEX_BYTES + 1]; /* of the one before that */
    char since[TRAIL_TIME_BYTES + 1];
    char until[TRAIL_TIME_BYTES + 1];
    bool from_origin;
};

static void copy(char *into, struct str text)
{
    memcpy(into, text.ptr, text.len);
    into[text.len] = '\0';
}

static int broken(const struct walk *walk, const char *what)
{
    (void)printf("%s:%zu: %s\n", walk->file, walk->line, what);
    if (walk->records)
        (void)printf("unbroken up to there: %zu records, %s to %s\n", walk->records, walk->since,
                     walk->until);
    return 1;
}

/* What the next line carries, and its hash; false when it is not there, or no record. */
static bool read_record(FILE *stream, struct str *ret_prev, char hash[DIGEST_HEX_BYTES + 1])
{
    static char line[TRAIL_LINE_MAX + 1];
    struct str text;
    struct str time;

    if (!fgets(line, sizeof line, stream))
        return false;
    text = str_from(line);
    text.len -= str_ends(text, STR("\n"));
    digest_hex(text, hash);
    return trail_read(text, &time, ret_prev);
}

/* Why line, which carries prev, does not follow: what stands around it tells. */
static int unchained(const struct walk *walk, struct str prev, FILE *stream)
{
    char next[DIGEST_HEX_BYTES + 1];
    struct str next_prev;
    char what[512];

    if (walk->line == 1 && walk->file_before) {
        (void)snprintf(what, sizeof what,
                       "this does not follow the end of %s: a file between them is missing, they "
                       "are in another order, or that end was changed or cut off",
                       walk->file_before);
        return broken(walk, what);
    }
    if (walk->before[0] && str_eq(prev, str_from(walk->before)))
        return broken(walk, "the record before this one was put in");
    if (read_record(stream, &next_prev, next)) {
        if (str_eq(prev, str_from(next)))
            return broken(walk, "this record and the next one were exchanged");
        if (str_eq(next_prev, str_from(walk->hash)))
            return broken(walk, "this record was put in, or moved here");
    }
    return broken(walk, "the record before this one was changed, or records between the two were "
                        "taken out");
}

static int take_line(struct walk *walk, struct str line, FILE *stream)
{
    struct str time;
    struct str prev;

    walk->line++;
    if (walk->line == 1 && str_starts(line, STR(GZIP_MAGIC)))
        return broken(walk, "this file is compressed: verify what gunzip makes of it");
    if (!str_ends(line, STR("\n")))
        return broken(walk, "half a line: the file was cut off here, or the machine crashed");
    line.len--;
    if (!trail_read(line, &time, &prev))
        return broken(walk, "this is no record of an audit trail");
    if (walk->hash[0] && !str_eq(prev, str_from(walk->hash)))
        return unchained(walk, prev, stream);
    if (!walk->hash[0]) {
        copy(walk->since, time);
        walk->from_origin = str_eq(prev, STR(TRAIL_ORIGIN));
    }
    memcpy(walk->before, walk->hash, sizeof walk->before);
    digest_hex(line, walk->hash);
    copy(walk->until, time);
    walk->records++;
    return 0;
}

static int take_file(struct walk *walk, const char *name)
{
    FILE *file = fopen(name, "re");
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = 0;

    if (!file)
        return report("%s: cannot be read: %s", name, strerror(errno));
    walk->file_before = walk->records ? walk->file : NULL;
    walk->file = name;
    walk->line = 0;
    while (status == 0 && (length = getline(&line, &size, file)) >= 0)
        status = take_line(walk, (struct str){line, (size_t)length}, file);
    if (status == 0 && ferror(file))
        status = report("%s: cannot be read: %s", name, strerror(errno));
    free(line);
    (void)fclose(file);
    return status;
}

int audit_verify(char **files)
{
    struct walk walk = {0};
    size_t count = 0;

    while (files[count])
        count++;
    trail_order(files, count);
    for (; *files; files++)
        if (take_file(&walk, *files) != 0)
            return 1;
    if (walk.records == 0)
        return report("there is no record in these files");
    (void)printf("%zu records, %s to %s: unbroken%s\nlast %s\n", walk.records, walk.since,
                 walk.until, walk.from_origin ? " from the first record of all" : "", walk.hash);
    return 0;
}
