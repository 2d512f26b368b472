#ifndef POLICY_FIELDS_H
#define POLICY_FIELDS_H

#include <lua.h>

#include "base/str.h"

/* Reading the table that a file gives to rule{} or profile{}. All of these raise what is wrong,
 * with the line of the file that calls. */

/* Raise at keys of the table at index that are not among names, which NULL ends. what is what the
 * table is: "rule". [-0, +0] */
void fields_check_names(lua_State *L, int index, const char *what, const char *const *names);

/* The text at a key; absent is empty unless it is needed. Valid as long as the table. [-0, +0] */
enum fields_need { FIELDS_OPTIONAL, FIELDS_NEEDED };
struct str fields_text(lua_State *L, int index, const char *what, const char *key,
                       enum fields_need need);

/* Raise unless `api` is absent or 1. */
void fields_check_api(lua_State *L, int index, const char *what);

/* Raise unless an id consists of small letters, digits, '-' and '_', with points between. */
void fields_check_id(lua_State *L, const char *what, struct str id);

#endif
