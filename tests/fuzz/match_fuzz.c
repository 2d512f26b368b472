/* "PATTERN\nSUBJECT" in any bytes: the matcher ends within its steps and points into the subject.
 */
#include <stdint.h>
#include <stdlib.h>

#include "policy/match.h"

enum { STEPS = 100000, MATCHES_MAX = 100 };

static void require(bool promise)
{
    if (!promise)
        abort();
}

static void check_match(const struct match *match, struct str subject, size_t from)
{
    require(from <= match->start && match->start <= match->end && match->end <= subject.len);
    require(match->count <= MATCH_COMPILE_CAPTURES_MAX);
    for (size_t i = 0; i < match->count; i++) {
        const struct match_capture *capture = &match->captures[i];

        require(capture->start >= match->start && capture->start <= match->end);
        require(capture->len == MATCH_CAPTURE_OPEN || capture->len == MATCH_CAPTURE_POSITION ||
                capture->len <= match->end - capture->start);
    }
}

/* Walk as gmatch does. */
static void walk(const struct match_pattern *pattern, struct str subject)
{
    uint64_t steps = STEPS;
    size_t from = 0, last_end = MATCH_ANY_END;

    for (int i = 0; i < MATCHES_MAX && from <= subject.len; i++) {
        struct match match;
        uint64_t before = steps;
        enum match_outcome outcome = match_find(pattern, subject, from, last_end, &steps, &match);

        require(steps < before || (outcome == MATCH_NO && steps == before) ||
                (outcome == MATCH_SPENT && steps == 0));
        require(outcome != MATCH_FAULT || match.fault != NULL);
        if (outcome != MATCH_YES)
            return;
        check_match(&match, subject, from);
        require(match.end != last_end);
        from = last_end = match.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct str text = str_take(input, str_find(input, '\n'));
    struct match_item few[4];
    struct match_pattern pattern = {.items = few, .room = 4};
    size_t count = match_compile(text, MATCH_PATTERN, &pattern);
    struct match_item *items;

    require(count <= text.len + 1);
    /* Exactly as much room as it asked for. */
    items = malloc(count * sizeof *items);
    require(items != NULL);
    pattern.items = items;
    pattern.room = count;
    require(match_compile(text, MATCH_PATTERN, &pattern) == count);
    walk(&pattern, str_skip(input, text.len + 1));
    require(match_compile(text, MATCH_NO_ANCHOR, &pattern) <= text.len + 1);
    free(items);
    return 0;
}
