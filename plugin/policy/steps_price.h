#ifndef POLICY_STEPS_PRICE_H
#define POLICY_STEPS_PRICE_H

/* How many bytes C code may run over for one step, which is about as long as one instruction of the
 * Lua machine. */
enum {
    STEPS_SCAN_BYTES = 8,   /* bytes per step in a loop of ours that looks at each byte */
    STEPS_BLOCK_BYTES = 16, /* bytes per step in memchr, memmem, memcpy and their like */
};

#endif
