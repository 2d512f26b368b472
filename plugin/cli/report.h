#ifndef CLI_REPORT_H
#define CLI_REPORT_H

/* Say on standard error, after the program's name, what went wrong. Returns 1, the exit status. */
int report(const char *fmt, ...) __attribute__((cold, format(printf, 1, 2)));

#endif
