#include "docker/bind_spec.h"

#include "docker/path_clean.h"
#include "docker/split.h"
#include "docker/word_list.h"

enum { PIECES_MAX = 3 };

static bool is_propagation(struct str word)
{
    const struct str words[] = {STR("private"), STR("rprivate"), STR("shared"),
                                STR("rshared"), STR("slave"),    STR("rslave")};

    return WORD_LIST_HAS(words, word);
}

static bool is_consistency(struct str word)
{
    const struct str words[] = {STR("consistent"), STR("cached"), STR("delegated"), STR("default")};

    return WORD_LIST_HAS(words, word);
}

/* How often each class of words stood in a mode: the engine takes one of each. */
struct mode_classes {
    int access, label, propagation, copy, consistency;
};

static bool take_word(struct bind_spec *spec, struct str word, struct mode_classes *seen)
{
    if (str_eq(word, STR("ro")) || str_eq(word, STR("rw"))) {
        spec->readonly = spec->readonly || str_eq(word, STR("ro"));
        return seen->access++ == 0;
    }
    if (str_eq(word, STR("z")) || str_eq(word, STR("Z"))) {
        spec->relabel = word;
        return seen->label++ == 0;
    }
    if (str_eq(word, STR("nocopy"))) {
        spec->nocopy = true;
        return seen->copy++ == 0;
    }
    if (is_propagation(word)) {
        spec->propagation = word;
        return seen->propagation++ == 0;
    }
    return is_consistency(word) && seen->consistency++ == 0;
}

static bool parse_mode(struct bind_spec *spec)
{
    struct split words = split_start(spec->mode, ',');
    struct mode_classes seen = {0};
    struct str word;
    bool valid = true;

    if (spec->mode.len == 0)
        return true;
    while (split_next(&words, &word))
        valid = take_word(spec, word, &seen) && valid;
    return valid;
}

/* "/a:ro" is no mount of /a on a path called "ro": the engine refuses it. */
static bool is_mode(struct str text)
{
    struct bind_spec scratch = {.mode = text};

    return parse_mode(&scratch);
}

struct bind_spec bind_spec_parse(struct str text)
{
    struct split pieces = split_start(text, ':');
    struct bind_spec spec = {.kind = BIND_ANONYMOUS};
    struct str piece[PIECES_MAX];
    size_t count = 0;

    while (count < PIECES_MAX && split_next(&pieces, &piece[count]))
        count++;
    spec.valid = pieces.done && piece[0].len > 0;
    if (count == 1) {
        spec.target = piece[0];
        return spec;
    }
    spec.source = piece[0];
    spec.target = piece[1];
    spec.kind = path_clean_is_absolute(spec.source) ? BIND_PATH : BIND_VOLUME;
    if (count == 2) {
        spec.valid = spec.valid && !is_mode(spec.target);
        return spec;
    }
    spec.mode = piece[2];
    spec.valid = parse_mode(&spec) && spec.valid;
    return spec;
}
