#ifndef POLICY_STEPS_H
#define POLICY_STEPS_H

#include <lauxlib.h>
#include <lua.h>
#include <stdint.h>

#include "policy/steps_price.h"

/* What a policy may still spend in one decision. A step is about as long as one instruction of the
 * Lua machine, so the instruction hook and the C functions that loop draw on the same account. */
struct steps {
    uint64_t left;
    void (*spent)(lua_State *L); /* called when more is asked for than is left; does not return */
};

/* Give L its account, which outlives L. It stands in the state's extra space (Lua 5.4 manual,
 * lua_getextraspace). */
static inline void steps_attach(lua_State *L, struct steps *steps)
{
    *(struct steps **)lua_getextraspace(L) = steps;
}

static inline struct steps *steps_of(lua_State *L)
{
    return *(struct steps **)lua_getextraspace(L);
}

static inline uint64_t steps_left(lua_State *L)
{
    return steps_of(L)->left;
}

/* Take everything that is left and end the decision. */
static inline void steps_end(lua_State *L)
{
    struct steps *steps = steps_of(L);

    steps->left = 0;
    steps->spent(L);
    luaL_error(L, "instruction budget spent"); /* only where `spent` returned, as it must not */
}

/* Pay for n steps of work before it is done. */
static inline void steps_take(lua_State *L, uint64_t n)
{
    struct steps *steps = steps_of(L);

    if (steps->left < n)
        steps_end(L);
    else
        steps->left -= n;
}

/* The price of running over len bytes with memcpy, memchr, memmem or the like. */
static inline void steps_take_block(lua_State *L, size_t len)
{
    steps_take(L, 1 + len / STEPS_BLOCK_BYTES);
}

#endif
