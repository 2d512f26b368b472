#include "policy/match.h"

#include "policy/bytes.h"
#include "policy/match_set.h"
#include "policy/steps_price.h"

/* A repetition that can still be taken back: greedy ones give bytes up, down to `low`; fewest ones
 * take one more. Items follow each other without branches, so each is here at most once. */
struct choice {
    const struct match_item *item;
    size_t low;
    size_t at; /* where the repetition ends now */
};

struct run {
    struct str subject;
    uint64_t left;          /* steps */
    enum match_outcome end; /* other than MATCH_NO: it is over */
    struct match *match;
    size_t depth;
    struct choice *choices; /* room for MATCH_CHOICES_MAX */
};

static void pay(struct run *run, size_t steps)
{
    if (run->left < steps) {
        run->left = 0;
        run->end = MATCH_SPENT;
    } else {
        run->left -= steps;
    }
}

static bool has(const struct run *run, const struct match_item *item, size_t at)
{
    return at < run->subject.len && match_set_has(item->set, run->subject.ptr[at]);
}

static void push(struct run *run, const struct match_item *item, size_t low, size_t at)
{
    if (run->depth == MATCH_CHOICES_MAX) {
        run->match->fault = "pattern too complex";
        run->end = MATCH_FAULT;
        return;
    }
    run->choices[run->depth++] = (struct choice){item, low, at};
}

/* Bytes of the set from at on. */
static size_t span(struct run *run, const struct match_item *item, size_t at)
{
    size_t end = at;

    if (item->any)
        return run->subject.len - at;
    while (has(run, item, end))
        end++;
    pay(run, (end - at) / STEPS_SCAN_BYTES);
    return end - at;
}

static bool step_set(struct run *run, const struct match_item *item, size_t *at)
{
    size_t low = *at, high;

    switch ((enum match_repeat)item->repeat) {
    case MATCH_ONCE:
        if (!has(run, item, *at))
            return false;
        ++*at;
        return true;
    case MATCH_FEWEST:
        push(run, item, low, low);
        return true;
    case MATCH_OPTIONAL:
        high = has(run, item, low) ? low + 1 : low;
        break;
    default:
        high = low + span(run, item, low);
        break;
    }
    if (item->repeat == MATCH_ONCE_OR_MORE && ++low > high)
        return false;
    if (high > low)
        push(run, item, low, high);
    *at = high;
    return true;
}

static bool step_bytes(struct run *run, struct str bytes, size_t *at)
{
    pay(run, bytes.len / STEPS_BLOCK_BYTES);
    if (!str_starts(str_skip(run->subject, *at), bytes))
        return false;
    *at += bytes.len;
    return true;
}

static bool step_reference(struct run *run, const struct match_item *item, size_t *at)
{
    const struct match_capture *capture = &run->match->captures[item->capture];

    if (capture->len > run->subject.len - *at) /* a position capture, too, never fits */
        return false;
    return step_bytes(run, (struct str){run->subject.ptr + capture->start, capture->len}, at);
}

static bool step_balance(struct run *run, struct str pair, size_t *at)
{
    struct str rest = str_skip(run->subject, *at);
    size_t depth = 1, i = 1;

    if (rest.len == 0 || rest.ptr[0] != pair.ptr[0])
        return false;
    for (; i < rest.len && depth > 0; i++) {
        if (rest.ptr[i] == pair.ptr[1])
            depth--;
        else if (rest.ptr[i] == pair.ptr[0])
            depth++;
    }
    pay(run, i / STEPS_SCAN_BYTES);
    *at += i;
    return depth == 0;
}

/* The subject is as if it stood between two zero bytes (manual, %f[set]). */
static bool is_frontier(const struct run *run, const struct match_item *item, size_t at)
{
    char before = match_set_byte(run->subject, at - 1); /* SIZE_MAX at the start */
    char after = match_set_byte(run->subject, at);

    return !match_set_has(item->set, before) && match_set_has(item->set, after);
}

/* Match one item at *at and move on. Returns false where it does not match. */
static bool step(struct run *run, const struct match_item *item, size_t *at)
{
    struct match_capture *capture = &run->match->captures[item->capture];

    switch ((enum match_op)item->op) {
    case MATCH_OP_BYTES:
        return step_bytes(run, item->bytes, at);
    case MATCH_OP_SET:
        return step_set(run, item, at);
    case MATCH_OP_OPEN:
        *capture = (struct match_capture){*at, MATCH_CAPTURE_OPEN};
        return true;
    case MATCH_OP_CLOSE:
        capture->len = *at - capture->start;
        return true;
    case MATCH_OP_POSITION:
        *capture = (struct match_capture){*at, MATCH_CAPTURE_POSITION};
        return true;
    case MATCH_OP_REFERENCE:
        return step_reference(run, item, at);
    case MATCH_OP_BALANCE:
        return step_balance(run, item->bytes, at);
    case MATCH_OP_FRONTIER:
        return is_frontier(run, item, *at);
    case MATCH_OP_END:
        return *at == run->subject.len;
    case MATCH_OP_DONE:
        run->end = MATCH_YES;
        return true;
    default:
        run->match->fault = item->fault;
        run->end = MATCH_FAULT;
        return false;
    }
}

/* Take the newest choice that is left another way. Captures need no undoing: those behind the
 * choice are written again before they are read. Returns the item to go on with, or NULL. */
static const struct match_item *retry(struct run *run, size_t *at)
{
    while (run->depth > 0) {
        struct choice *choice = &run->choices[run->depth - 1];

        if (choice->item->repeat == MATCH_FEWEST) {
            if (has(run, choice->item, choice->at)) {
                *at = ++choice->at;
                return choice->item + 1;
            }
            run->depth--;
        } else {
            *at = --choice->at;
            if (choice->at == choice->low)
                run->depth--;
            return choice->item + 1;
        }
    }
    return NULL;
}

/* Match the whole pattern at exactly `at`. */
static enum match_outcome match_at(struct run *run, const struct match_item *item, size_t at)
{
    run->depth = 0;
    run->match->start = at;
    while (item) {
        pay(run, 1);
        if (run->end != MATCH_NO)
            return run->end;
        if (step(run, item, &at))
            item++;
        else
            item = retry(run, &at);
        if (run->end != MATCH_NO) {
            run->match->end = at;
            return run->end;
        }
    }
    return MATCH_NO;
}

/* The next place at or after `at` where the pattern's first item can match; SIZE_MAX: none. */
static size_t next_start(struct run *run, const struct match_item *first, size_t at)
{
    struct str rest = str_skip(run->subject, at);
    size_t found;

    if (first->op != MATCH_OP_BYTES)
        return at;
    found = bytes_find(rest, first->bytes);
    pay(run, (found == SIZE_MAX ? rest.len : found) / STEPS_BLOCK_BYTES);
    return found == SIZE_MAX ? SIZE_MAX : at + found;
}

static enum match_outcome search(struct run *run, const struct match_pattern *pattern, size_t at,
                                 size_t not_end)
{
    for (;; at++) {
        enum match_outcome outcome;
        bool unwanted;

        if (!pattern->anchored)
            at = next_start(run, pattern->items, at);
        if (at == SIZE_MAX)
            return run->end;
        outcome = match_at(run, pattern->items, at);
        unwanted = outcome == MATCH_YES && run->match->end == not_end;
        if (outcome != MATCH_NO && !unwanted)
            return outcome;
        if (pattern->anchored || at >= run->subject.len || (pattern->swallows && !unwanted))
            return MATCH_NO;
        run->end = MATCH_NO;
    }
}

enum match_outcome match_find(const struct match_pattern *pattern, struct str subject, size_t from,
                              size_t not_end, uint64_t *steps, struct match *ret)
{
    struct choice choices[MATCH_CHOICES_MAX];
    struct run run = {.subject = subject, .left = *steps, .match = ret, .choices = choices};
    enum match_outcome outcome = search(&run, pattern, from, not_end);

    ret->count = pattern->captures;
    *steps = run.left;
    return outcome;
}
