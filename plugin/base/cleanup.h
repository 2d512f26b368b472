#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

/* Run fn(&variable) when the variable leaves its scope. Never in a frame that a Lua error can
 * cross: a raise jumps over it. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/* The pointer's value, leaving NULL behind: ownership moves to whoever takes it. */
#define TAKE_PTR(p)                                                                                \
    __extension__({                                                                                \
        __typeof__(p) take_ptr_value = (p);                                                        \
        (p) = NULL;                                                                                \
        take_ptr_value;                                                                            \
    })

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
