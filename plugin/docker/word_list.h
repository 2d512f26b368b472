#ifndef DOCKER_WORD_LIST_H
#define DOCKER_WORD_LIST_H

#include <stdbool.h>

#include "base/str.h"

static inline bool word_list_has(const struct str *words, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

/* word is one of an array's. */
#define WORD_LIST_HAS(words, word) word_list_has(words, sizeof(words) / sizeof((words)[0]), word)

#endif
