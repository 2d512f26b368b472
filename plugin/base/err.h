#ifndef BASE_ERR_H
#define BASE_ERR_H

/* What went wrong, for programs. */
enum err_code {
    ERR_OK = 0,
    ERR_NOMEM,   /* a memory cap was reached, or the system has none left */
    ERR_LIMIT,   /* another bound of ours was reached */
    ERR_INVALID, /* input that breaks its rules */
    ERR_SYSTEM,  /* a system call failed; the text has strerror */
    ERR_LUA,     /* raised by a policy */
};

/* On the caller's stack, so that failing cannot fail. Functions return 0, or -1 with this filled;
 * it is untouched on success. */
struct err {
    enum err_code code;
    char msg[512]; /* one sentence for people */
};

/* Fill err; returns -1, so that failing is one statement. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
    __attribute__((cold, format(printf, 3, 4)));

/* Put context and ": " before the text that is there; returns -1. */
int err_prefix(struct err *err, const char *fmt, ...) __attribute__((cold, format(printf, 2, 3)));

#endif
