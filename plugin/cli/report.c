#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>

int report(const char *fmt, ...)
{
    va_list args;

    (void)fputs("lua-authz: ", stderr);
    va_start(args, fmt);
    (void)vfprintf(stderr, fmt, args);
    va_end(args);
    (void)fputc('\n', stderr);
    return 1;
}
