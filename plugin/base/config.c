#include "base/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/argument.h"
#include "base/buffer.h"
#include "base/clip.h"
#include "base/fd.h"

enum {
    FILE_MAX_BYTES = 1024 * 1024,
    VARIABLE_MAX_BYTES = 128,
    GIVEN_MAX_BYTES = 120, /* of a wrong value, when it is quoted */
};

static const struct config_key *key_find(const struct config_table *table, struct str name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (str_eq(str_from(table->keys[i].name), name))
            return &table->keys[i];
    }
    return NULL;
}

/* "queue-max" as "LUA_AUTHZ_QUEUE_MAX". */
static void variable_name(const struct config_table *table, const char *key,
                          char ret[VARIABLE_MAX_BYTES])
{
    (void)snprintf(ret, VARIABLE_MAX_BYTES, "%s%s", table->prefix, key);
    for (char *c = ret + strlen(table->prefix); *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
}

static int wrong(const struct config_key *key, const char *place, struct str given, struct err *err)
{
    struct buffer quoted;

    buffer_init(&quoted, GIVEN_MAX_BYTES);
    (void)clip_json(&quoted, given, GIVEN_MAX_BYTES);
    if (key->kind == CONFIG_NUMBER)
        err_set(err, ERR_INVALID,
                "%s (%s): got %.*s, expected a whole number of %s from %" PRIu64 " to %" PRIu64,
                key->name, place, STR_FMT(buffer_view(&quoted)), key->unit, key->min, key->max);
    else
        err_set(err, ERR_INVALID,
                "%s (%s): got %.*s of %zu bytes, expected %s of %" PRIu64 " to %" PRIu64 " bytes",
                key->name, place, STR_FMT(buffer_view(&quoted)), given.len, key->unit, key->min,
                key->max);
    buffer_done(&quoted);
    return -1;
}

/* Decimal digits alone: strtoull takes signs and blanks too. Returns whether it is a number. */
static bool number_parse(const char *text, uint64_t *ret)
{
    uint64_t number = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(*text - '0'), &number))
            return false;
    }
    *ret = number;
    return true;
}

static int set_number(const struct config_key *key, const char *place, const char *value,
                      void *settings, struct err *err)
{
    uint64_t number;

    if (!number_parse(value, &number) || number < key->min || number > key->max)
        return wrong(key, place, str_from(value), err);
    memcpy((char *)settings + key->offset, &number, sizeof number);
    return 0;
}

static char **text_slot(const struct config_key *key, void *settings)
{
    return (char **)((char *)settings + key->offset);
}

static int set_text(const struct config_key *key, const char *place, const char *value,
                    void *settings, struct err *err)
{
    size_t len = strlen(value);
    char *copy;

    if (len < key->min || len > key->max)
        return wrong(key, place, str_from(value), err);
    copy = strdup(value);
    if (!copy)
        return err_set(err, ERR_NOMEM, "%s: out of memory", key->name);
    free(*text_slot(key, settings));
    *text_slot(key, settings) = copy;
    return 0;
}

static int set_value(const struct config_key *key, const char *place, const char *value,
                     void *settings, struct err *err)
{
    if (key->kind == CONFIG_NUMBER)
        return set_number(key, place, value, settings, err);
    return set_text(key, place, value, settings, err);
}

int config_set(const struct config_table *table, const char *name, const char *value,
               void *settings, struct err *err)
{
    const struct config_key *key = key_find(table, str_from(name));

    if (!key)
        return err_set(err, ERR_INVALID, "%s: no such key", name);
    return set_value(key, "default", value, settings, err);
}

static int set_defaults(const struct config_table *table, void *settings, struct err *err)
{
    for (size_t i = 0; i < table->count; i++) {
        if (set_value(&table->keys[i], "default", table->keys[i].initial, settings, err) < 0)
            return -1;
    }
    return 0;
}

static int set_json(const struct config_key *key, const char *path, const json_t *value,
                    void *settings, struct err *err)
{
    char digits[32];
    char *text;

    if (key->kind == CONFIG_TEXT && json_is_string(value))
        return set_text(key, path, json_string_value(value), settings, err);
    if (key->kind == CONFIG_NUMBER && json_is_integer(value)) {
        (void)snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return set_number(key, path, digits, settings, err);
    }
    if (key->kind == CONFIG_TEXT)
        return err_set(err, ERR_INVALID, "%s (%s): expected a string, %s", key->name, path,
                       key->unit);
    text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    wrong(key, path, str_from(text ? text : ""), err);
    free(text);
    return -1;
}

static int file_open(const char *path, int *ret_fd, struct err *err)
{
    CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0)
        return err_set(err, ERR_INVALID, "config: cannot read %s: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return err_set(err, ERR_INVALID, "config: %s is not a regular file", path);
    if (status.st_size > FILE_MAX_BYTES)
        return err_set(err, ERR_INVALID, "config: %s has %jd bytes, expected at most %d", path,
                       (intmax_t)status.st_size, FILE_MAX_BYTES);
    *ret_fd = fd_take(&fd);
    return 0;
}

static int set_object(const struct config_table *table, const char *path, json_t *root,
                      void *settings, struct err *err)
{
    const char *name;
    json_t *value;

    json_object_foreach(root, name, value)
    {
        const struct config_key *key = key_find(table, str_from(name));

        if (!key)
            return err_set(err, ERR_INVALID, "%.100s (%s): no such key; %s --help lists them", name,
                           path, table->program);
        if (set_json(key, path, value, settings, err) < 0)
            return -1;
    }
    return 0;
}

static int set_file(const struct config_table *table, const char *path, void *settings,
                    struct err *err)
{
    CLEANUP(fd_close) int fd = -1;
    json_error_t where;
    json_t *root;
    int status;

    if (file_open(path, &fd, err) < 0)
        return -1;
    root = json_loadfd(fd, JSON_REJECT_DUPLICATES, &where);
    if (!root)
        return err_set(err, ERR_INVALID, "config: %s:%d:%d: %s", path, where.line, where.column,
                       where.text);
    if (json_is_object(root))
        status = set_object(table, path, root, settings, err);
    else
        status = err_set(err, ERR_INVALID, "config: %s: expected a JSON object", path);
    json_decref(root);
    return status;
}

/* Of the variables that begin with the prefix, the value of this one; NULL when absent or empty. */
static const char *variable_value(char *const *envp, const char *name)
{
    size_t len = strlen(name);

    for (; *envp; envp++) {
        if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=' && (*envp)[len + 1])
            return *envp + len + 1;
    }
    return NULL;
}

static bool variable_known(const struct config_table *table, struct str name)
{
    char known[VARIABLE_MAX_BYTES];

    variable_name(table, "config", known);
    if (str_eq(str_from(known), name))
        return true;
    for (size_t i = 0; i < table->count; i++) {
        variable_name(table, table->keys[i].name, known);
        if (str_eq(str_from(known), name))
            return true;
    }
    return false;
}

static int set_environment(const struct config_table *table, char *const *envp, void *settings,
                           struct err *err)
{
    for (size_t i = 0; i < table->count; i++) {
        char name[VARIABLE_MAX_BYTES];
        const char *value;

        variable_name(table, table->keys[i].name, name);
        value = variable_value(envp, name);
        if (value && set_value(&table->keys[i], name, value, settings, err) < 0)
            return -1;
    }
    for (; *envp; envp++) {
        struct str name = str_take(str_from(*envp), str_find(str_from(*envp), '='));

        if (str_starts(name, str_from(table->prefix)) && !variable_known(table, name))
            return err_set(err, ERR_INVALID,
                           "%.*s (environment): no such key; %s --help lists them",
                           STR_FMT(str_take(name, 100)), table->program);
    }
    return 0;
}

static int argument_take(const struct config_table *table, struct argument *argument,
                         char *const **at, void *settings, struct err *err)
{
    const struct config_key *key = key_find(table, argument->name);
    char place[VARIABLE_MAX_BYTES];

    if (!key || key->flag != CONFIG_FLAG)
        return err_set(err, ERR_INVALID, "--%.*s: no such flag; --help lists them",
                       STR_FMT(str_take(argument->name, 100)));
    if (argument_value(at, argument, err) < 0)
        return -1;
    (void)snprintf(place, sizeof place, "--%s", key->name);
    return set_value(key, place, argument->value, settings, err);
}

/* Read the flags: into settings, or where that is NULL only those that come before all else. */
static int set_arguments(const struct config_table *table, char *const *argv, void *settings,
                         const char **file, enum config_wish *wish, struct err *err)
{
    struct argument argument = {0};
    int status;

    while ((status = argument_next(&argv, &argument, err)) > 0) {
        if (str_eq(argument.name, STR("help")))
            *wish = CONFIG_HELP;
        else if (str_eq(argument.name, STR("version")))
            *wish = CONFIG_VERSION;
        else if (str_eq(argument.name, STR("config"))) {
            if (argument_value(&argv, &argument, err) < 0)
                return -1;
            *file = argument.value;
        } else if (argument_take(table, &argument, &argv, settings, err) < 0)
            return -1;
    }
    return status;
}

static int load_layers(const struct config_table *table, char *const *argv, char *const *envp,
                       void *settings, enum config_wish *wish, struct err *err)
{
    char variable[VARIABLE_MAX_BYTES];
    const char *file = NULL;

    if (set_defaults(table, settings, err) < 0)
        return -1;
    /* Twice: first for --config, --help and plain mistakes, then to have the last word. */
    if (set_arguments(table, argv, settings, &file, wish, err) < 0 || *wish != CONFIG_RUN)
        return *wish != CONFIG_RUN ? 0 : -1;
    if (set_defaults(table, settings, err) < 0)
        return -1;
    variable_name(table, "config", variable);
    if (!file)
        file = variable_value(envp, variable);
    if (!file && access(table->file, F_OK) == 0)
        file = table->file;
    if (file && set_file(table, file, settings, err) < 0)
        return -1;
    if (set_environment(table, envp, settings, err) < 0)
        return -1;
    return set_arguments(table, argv, settings, &file, wish, err);
}

int config_load(const struct config_table *table, char *const *argv, char *const *envp,
                void *settings, enum config_wish *ret, struct err *err)
{
    enum config_wish wish = CONFIG_RUN;

    if (load_layers(table, argv, envp, settings, &wish, err) < 0) {
        config_done(table, settings);
        return -1;
    }
    *ret = wish;
    return 0;
}

void config_done(const struct config_table *table, void *settings)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->keys[i].kind != CONFIG_TEXT)
            continue;
        free(*text_slot(&table->keys[i], settings));
        *text_slot(&table->keys[i], settings) = NULL;
    }
}

static void help_key(const struct config_table *table, const struct config_key *key, FILE *out)
{
    char variable[VARIABLE_MAX_BYTES];

    variable_name(table, key->name, variable);
    (void)fprintf(out, "  %s%s %s\n      %s\n", key->flag == CONFIG_FLAG ? "--" : "", key->name,
                  key->unit, key->help);
    if (key->kind == CONFIG_NUMBER)
        (void)fprintf(out, "      %" PRIu64 " to %" PRIu64 ", ", key->min, key->max);
    else
        (void)fputs("      ", out);
    (void)fprintf(out, "default %s; %s\n", key->initial[0] ? key->initial : "none", variable);
}

void config_help(const struct config_table *table, FILE *out)
{
    char variable[VARIABLE_MAX_BYTES];

    variable_name(table, "config", variable);
    (void)fprintf(out,
                  "usage: %s [--KEY VALUE]...\n\n"
                  "Keys with dashes are flags too; all are keys of the configuration file and, as\n"
                  "named last, of the environment. A flag beats the environment, that the file.\n\n"
                  "  --config FILE\n      configuration, a JSON object\n      default %s; %s\n",
                  table->program, table->file, variable);
    for (size_t i = 0; i < table->count; i++)
        help_key(table, &table->keys[i], out);
    (void)fputs("  --version\n  --help\n", out);
}
