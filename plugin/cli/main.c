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
#include "cli/report.h"

enum { USAGE = 2, ARGUMENTS_MAX = 64 };

static const char usage_text[] =
    "usage: lua-authz check  [--policy DIR]            load and check the policy set\n"
    "       lua-authz decide [--policy DIR] [FILE|-]   decide AuthZ messages, one JSON a line\n"
    "       lua-authz audit verify FILE...             follow the chain of the audit trail\n"
    "       lua-authz --help | --version\n"
    "\n"
    "check and decide also take --library DIR and --config FILE, and read the daemon's "
    "configuration: what\n"
    "they say is what lua-authzd does. Exit status: 0 fine, 1 findings or failure, 2 usage.\n";

/* The command line after the command: flags for the settings, and at most one file. */
struct arguments {
    char *flags[ARGUMENTS_MAX];
    const char *file;
};

static int usage(const char *what, const char *given)
{
    (void)report("%s%s; --help shows the usage", what, given);
    return USAGE;
}

static bool is_flag_of_ours(const char *text)
{
    static const char *const names[] = {"--policy", "--library", "--config"};
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == length && strncmp(names[i], text, length) == 0)
            return true;
    return false;
}

static int sort_arguments(char **argv, struct arguments *ret)
{
    size_t flags = 0;

    for (; *argv; argv++) {
        if (flags + 2 >= ARGUMENTS_MAX)
            return usage("too many arguments", "");
        if (strncmp(*argv, "--", 2) != 0) {
            if (ret->file || (**argv == '-' && strcmp(*argv, "-") != 0))
                return usage("unexpected argument ", *argv);
            ret->file = *argv;
            continue;
        }
        if (!is_flag_of_ours(*argv))
            return usage("no such flag: ", *argv);
        ret->flags[flags++] = *argv;
        if (!strchr(*argv, '=') && argv[1])
            ret->flags[flags++] = *++argv;
    }
    return 0;
}

static int run(const char *command, char **argv)
{
    bool is_decide = strcmp(command, "decide") == 0;
    struct arguments arguments = {0};
    struct settings settings;
    enum config_wish wish;
    struct err err;
    int status;

    if (!is_decide && strcmp(command, "check") != 0)
        return usage("no such command: ", command);
    if (sort_arguments(argv, &arguments) != 0)
        return USAGE;
    if (!is_decide && arguments.file)
        return usage("unexpected argument ", arguments.file);
    if (settings_load("lua-authz", arguments.flags, environ, &settings, &wish, &err) < 0) {
        (void)report("%s", err.msg);
        return USAGE;
    }
    if (is_decide)
        status = decide_run(&settings, arguments.file ? arguments.file : "-");
    else
        status = check_run(&settings);
    settings_done(&settings);
    return status;
}

static int run_audit(char **argv)
{
    if (!argv[0] || strcmp(argv[0], "verify") != 0)
        return usage("expected: audit verify FILE...", "");
    if (!argv[1])
        return usage("audit verify: expected a file, the oldest first", "");
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
