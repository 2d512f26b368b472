#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/err.h"

/* A program's settings, described by one table: a row a key. The same rows read the configuration
 * file (a JSON object of kebab-case keys), the environment (PREFIX_KEY in upper case), the command
 * line (--key VALUE, --key=VALUE) and print the help. */

enum config_kind { CONFIG_TEXT, CONFIG_NUMBER };
enum config_flag { CONFIG_NO_FLAG, CONFIG_FLAG };

struct config_key {
    const char *name; /* "queue-timeout-ms" */
    enum config_kind kind;
    enum config_flag flag; /* may be given on the command line */
    const char *unit;      /* of the number, or what the text is: "ms", "PATH" */
    uint64_t min;          /* of the number in its unit, or of the text's length in bytes */
    uint64_t max;
    const char *initial; /* default, written as in the environment */
    size_t offset;       /* in the settings: of a uint64_t, or of a char * that config owns */
    const char *help;    /* one line */
};

struct config_table {
    const char *program;
    const char *prefix; /* of environment variables: "LUA_AUTHZ_" */
    const char *file;   /* default configuration file; may be absent, unlike one that is named */
    const struct config_key *keys;
    size_t count;
};

enum config_wish { CONFIG_RUN, CONFIG_HELP, CONFIG_VERSION };

/* Fill settings, which the caller zeroed, by flag > environment > file > default. --config FILE and
 * PREFIX_CONFIG name the file. Empty arguments and empty variables count as absent: an engine that
 * splits a managed plugin's arguments makes empty ones.
 * Errors: ERR_INVALID, one line that names key, place, what was given and what is expected. */
MUST_CHECK int config_load(const struct config_table *table, char *const *argv, char *const *envp,
                           void *settings, enum config_wish *ret, struct err *err);
/* Free what settings owns; takes zeroed ones too. */
void config_done(const struct config_table *table, void *settings);

/* Give one key a value by hand: for defaults that only the program knows. */
MUST_CHECK int config_set(const struct config_table *table, const char *name, const char *value,
                          void *settings, struct err *err);

void config_help(const struct config_table *table, FILE *out);

#endif
