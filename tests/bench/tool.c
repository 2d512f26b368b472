#include "tool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t tool_now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

void tool_die(int status, const char *fmt, ...)
{
    va_list args;

    (void)fputs("bench: ", stderr);
    va_start(args, fmt);
    (void)vfprintf(stderr, fmt, args);
    va_end(args);
    (void)fputc('\n', stderr);
    exit(status);
}

void *tool_resize(void *block, size_t size)
{
    void *moved = realloc(block, size);

    if (!moved)
        tool_die(1, "out of memory");
    return moved;
}
