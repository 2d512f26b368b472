#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/str.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO };

/* One word of an event: text, or a number where text.ptr is NULL. */
struct log_field {
    const char *key;
    struct str text;
    int64_t number;
};

#define LOG_STR(name, value)                                                                       \
    (struct log_field)                                                                             \
    {                                                                                              \
        .key = (name), .text = (value)                                                             \
    }
#define LOG_TEXT(name, value) LOG_STR(name, str_from(value))
#define LOG_NUMBER(name, value)                                                                    \
    (struct log_field)                                                                             \
    {                                                                                              \
        .key = (name), .number = (int64_t)(value)                                                  \
    }

/* log_event(level, "worker.lost", LOG_NUMBER("pid", pid), LOG_TEXT("why", words));
 * One line to stderr by one write: level=… event=… key="escaped" key=7. Lines are capped at 8 KiB:
 * an engine's log reader gives up on a managed plugin's longer than 64 KiB. */
#define log_event(level, event, ...)                                                               \
    log_write(level, event, (const struct log_field[]){__VA_ARGS__, {.key = NULL}})

/* fields ends with a NULL key. */
void log_write(enum log_level level, const char *event, const struct log_field *fields);

#endif
