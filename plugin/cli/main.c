/* lua-authz: the command line for policy authors and administrators. */

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"
#include "cli/audit.h"
#include "cli/check.h"
#include "cli/decide.h"
#include "cli/explain.h"
#include "cli/reload.h"
#include "cli/report.h"
#include "cli/status.h"

enum { USAGE = 2, ARGUMENTS_MAX = 64 };

static const char usage_text[] =
    "usage: lua-authz check   [--policy DIR]                      load and check the policy set\n"
    "       lua-authz decide  [--policy DIR] [FILE|-]             decide AuthZ messages, one JSON "
    "a line\n"
    "       lua-authz explain [--policy DIR] [--json] [FILE|-]    the same, with all that led to "
    "it\n"
    "       lua-authz explain [--audit FILE] [--json] ID          what became of a decision, and "
    "why\n"
    "       lua-authz status  [--json]                            what the running daemon says of "
    "itself\n"
    "       lua-authz reload                                      let it load its policies anew, "
    "and wait\n"
    "       lua-authz audit verify FILE...                        follow the chain of the audit "
    "trail\n"
    "       lua-authz --help | --version\n"
    "\n"
    "All of them read the daemon's configuration, or --config FILE. check, decide and explain "
    "also\n"
    "take --library DIR: what they say is what lua-authzd does. status and reload take --control\n"
    "PATH. An ID stands at the end of a refusal: \"decision 4559e5ac-16\".\n"
    "Exit status: 0 fine, 1 findings or failure, 2 usage.\n";

/* The command line after the command: flags for the settings, and at most one file. */
struct arguments {
    char *flags[ARGUMENTS_MAX];
    const char *file;
    bool json;
};

/* What a command takes besides --config. */
enum takes {
    TAKES_POLICY = 1,
    TAKES_FILE = 2,
    TAKES_CONTROL = 4,
    TAKES_JSON = 8,
    TAKES_AUDIT = 16
};

struct command {
    const char *name;
    unsigned int takes; /* of enum takes */
    int (*run)(const struct settings *settings, const struct arguments *arguments);
};

static int run_check(const struct settings *settings, const struct arguments *arguments)
{
    (void)arguments;
    return check_run(settings);
}

static int run_decide(const struct settings *settings, const struct arguments *arguments)
{
    return decide_run(settings, arguments->file ? arguments->file : "-");
}

static int run_explain(const struct settings *settings, const struct arguments *arguments)
{
    return explain_run(settings, arguments->file ? arguments->file : "-",
                       arguments->json ? EXPLAIN_JSON : EXPLAIN_TEXT);
}

static int run_status(const struct settings *settings, const struct arguments *arguments)
{
    return status_run(settings, arguments->json ? STATUS_JSON : STATUS_TEXT);
}

static int run_reload(const struct settings *settings, const struct arguments *arguments)
{
    (void)arguments;
    return reload_run(settings);
}

static const struct command commands[] = {
    {"check", TAKES_POLICY, run_check},
    {"decide", TAKES_POLICY | TAKES_FILE, run_decide},
    {"explain", TAKES_POLICY | TAKES_FILE | TAKES_JSON | TAKES_AUDIT, run_explain},
    {"status", TAKES_CONTROL | TAKES_JSON, run_status},
    {"reload", TAKES_CONTROL, run_reload},
};

static int usage(const char *what, const char *given)
{
    (void)report("%s%s; --help shows the usage", what, given);
    return USAGE;
}

static bool is_flag(const struct command *command, const char *text)
{
    static const struct {
        const char *name;
        unsigned int takes; /* 0: any command */
    } flags[] = {
        {"--policy", TAKES_POLICY},
        {"--library", TAKES_POLICY},
        {"--control", TAKES_CONTROL},
        {"--audit", TAKES_AUDIT},
        {"--config", 0},
    };
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (strlen(flags[i].name) == length && strncmp(flags[i].name, text, length) == 0)
            return !flags[i].takes || flags[i].takes & command->takes;
    return false;
}

static int take_file(const struct command *command, const char *text, struct arguments *ret)
{
    if (!(command->takes & TAKES_FILE) || ret->file || (*text == '-' && strcmp(text, "-") != 0))
        return usage("unexpected argument ", text);
    ret->file = text;
    return 0;
}

static int sort_arguments(const struct command *command, char **argv, struct arguments *ret)
{
    size_t flags = 0;

    for (; *argv; argv++) {
        if (flags + 2 >= ARGUMENTS_MAX)
            return usage("too many arguments", "");
        if (strncmp(*argv, "--", 2) != 0) {
            if (take_file(command, *argv, ret) != 0)
                return USAGE;
        } else if (command->takes & TAKES_JSON && strcmp(*argv, "--json") == 0) {
            ret->json = true;
        } else if (is_flag(command, *argv)) {
            ret->flags[flags++] = *argv;
            if (!strchr(*argv, '=') && argv[1])
                ret->flags[flags++] = *++argv;
        } else
            return usage("no such flag: ", *argv);
    }
    return 0;
}

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int run(const char *name, char **argv)
{
    const struct command *command = command_find(name);
    struct arguments arguments = {0};
    struct settings settings;
    enum config_wish wish;
    struct err err;
    int status;

    if (!command)
        return usage("no such command: ", name);
    if (sort_arguments(command, argv, &arguments) != 0)
        return USAGE;
    if (settings_load("lua-authz", arguments.flags, environ, &settings, &wish, &err) < 0) {
        (void)report("%s", err.msg);
        return USAGE;
    }
    status = command->run(&settings, &arguments);
    settings_done(&settings);
    return status;
}

static int run_audit(char **argv)
{
    if (!argv[0] || strcmp(argv[0], "verify") != 0)
        return usage("expected: audit verify FILE...", "");
    if (!argv[1])
        return usage("audit verify: expected a file", "");
    return audit_verify(argv + 1);
}

int main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN);
    if (argc < 2)
        return usage("expected a command", "");
    if (strcmp(argv[1], "--help") == 0)
        return fputs(usage_text, stdout) < 0;
    if (strcmp(argv[1], "--version") == 0)
        return puts("lua-authz " AUTHZ_VERSION) < 0;
    if (strcmp(argv[1], "audit") == 0)
        return run_audit(argv + 2);
    return run(argv[1], argv + 2);
}
