#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "drive.h"
#include "process.h"
#include "startup.h"
#include "tool.h"

static const char usage[] =
    "authzload -s SOCKET -f CORPUS [-c CONNECTIONS] [-d SECONDS] [-w WARM-UP] [-p PID] [-l LABEL]\n"
    "          [-k] [-v] [-P]      load, and print what came of it\n"
    "authzload -s SOCKET -f CORPUS -E [-P]      what each message is answered\n"
    "authzload -s SOCKET -f CORPUS -S [-r RUNS] -- COMMAND...      start-up time\n"
    "\n"
    "  -p  process to watch, with its descendants\n"
    "  -k  a connection for each message\n"
    "  -v  a line for each message\n"
    "  -P  send the API calls that the messages are about";

enum mode { MODE_LOAD, MODE_ONCE, MODE_STARTUP };

struct options {
    enum mode mode;
    const char *socket_path;
    const char *corpus;
    const char *label;
    int runs;
    bool verbose;
    struct corpus_form form;
    struct drive_plan plan;
};

/* A number above zero, or zero if that is allowed. */
static double number(int option, const char *text, bool zero)
{
    char *end;
    double value = strtod(text, &end);

    if (end == text || *end || value < 0 || (value == 0 && !zero) || value > 1e6)
        tool_die(2, "-%c %s: not a number that fits", option, text);
    return value;
}

static bool read_switch(struct options *options, int option)
{
    switch (option) {
    case 'k':
        options->form.close = true;
        return true;
    case 'v':
        options->verbose = true;
        return true;
    case 'P':
        options->form.api_calls = true;
        return true;
    case 'E':
        options->mode = MODE_ONCE;
        return true;
    case 'S':
        options->mode = MODE_STARTUP;
        return true;
    default:
        return false;
    }
}

static void read_value(struct options *options, int option, const char *value)
{
    switch (option) {
    case 's':
        options->socket_path = value;
        break;
    case 'f':
        options->corpus = value;
        break;
    case 'l':
        options->label = value;
        break;
    case 'c':
        options->plan.connections = (int)number(option, value, false);
        break;
    case 'd':
        options->plan.seconds = number(option, value, false);
        break;
    case 'w':
        options->plan.warm_up_seconds = number(option, value, true);
        break;
    case 'p':
        options->plan.server = (pid_t)number(option, value, false);
        break;
    case 'r':
        options->runs = (int)number(option, value, false);
        break;
    default:
        tool_die(2, "usage:\n%s", usage);
    }
}

static void read_options(struct options *options, int argc, char **argv)
{
    int option;

    while ((option = getopt(argc, argv, "+s:f:l:c:d:w:p:r:kvPES")) != -1)
        if (!read_switch(options, option))
            read_value(options, option, optarg);
    if (!options->socket_path || !options->corpus ||
        (options->mode == MODE_STARTUP) != (optind < argc))
        tool_die(2, "usage:\n%s", usage);
}

static void print_server(const struct drive_plan *plan, const struct drive_result *result,
                         uint64_t count)
{
    struct process_tree tree;

    process_tree_find(&tree, plan->server);
    (void)printf(" processes=%zu rss_kb=%ld hwm_kb=%ld pss_kb=%ld cpu_s=%.2f cpu_us_per_req=%.1f",
                 tree.count, process_tree_kb(&tree, "status", "VmRSS:"),
                 process_tree_kb(&tree, "status", "VmHWM:"),
                 process_tree_kb(&tree, "smaps_rollup", "Pss:"), result->server_cpu_seconds,
                 count ? result->server_cpu_seconds * 1e6 / (double)count : 0);
}

static void print_result(const struct options *options, const struct load *load,
                         const struct drive_result *result)
{
    const struct histogram *latency = &load->latency;
    uint64_t count = latency->count;
    uint64_t allowed = 0;
    uint64_t denied = 0;
    uint64_t broken = 0;

    for (size_t i = 0; i < load->corpus.count; i++) {
        allowed += load->corpus.messages[i].allowed;
        denied += load->corpus.messages[i].denied;
        broken += load->corpus.messages[i].broken;
    }
    (void)printf(
        "%s c=%d n=%" PRIu64 " rps=%.0f p50_us=%.1f p99_us=%.1f p999_us=%.1f min_us=%.1f "
        "max_us=%.1f mean_us=%.1f",
        options->label, options->plan.connections, count, (double)count / result->seconds,
        (double)histogram_part(latency, 0.5) / 1e3, (double)histogram_part(latency, 0.99) / 1e3,
        (double)histogram_part(latency, 0.999) / 1e3, (double)latency->min / 1e3,
        (double)latency->max / 1e3, count ? (double)latency->sum / (double)count / 1e3 : 0);
    (void)printf(" allow=%" PRIu64 " deny=%" PRIu64 " err=%" PRIu64 " fail=%" PRIu64
                 " reconn=%" PRIu64,
                 allowed, denied, broken, load->failures, load->reconnects);
    if (options->plan.server)
        print_server(&options->plan, result, count);
    (void)putchar('\n');
}

static void print_messages(const struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        const struct message *message = &corpus->messages[i];

        (void)printf("  %-72s len=%zu mean_us=%.1f allow=%" PRIu64 " deny=%" PRIu64 " err=%" PRIu64
                     "\n",
                     message->name, message->len,
                     message->count ? (double)message->sum_ns / (double)message->count / 1e3 : 0,
                     message->allowed, message->denied, message->broken);
    }
}

int main(int argc, char **argv)
{
    static struct load load;
    struct options options = {.label = "load",
                              .runs = 5,
                              .plan = {.connections = 1, .seconds = 3, .warm_up_seconds = 0.5}};
    struct drive_result result;

    read_options(&options, argc, argv);
    (void)signal(SIGPIPE, SIG_IGN);
    load.socket_path = options.socket_path;
    load.form = options.form;
    corpus_load(&load.corpus, options.corpus, &options.form);
    if (options.mode == MODE_STARTUP)
        return startup_measure(&load, options.runs, argv + optind);
    if (options.mode == MODE_ONCE) {
        drive_once(&load);
        return 0;
    }
    drive_run(&load, &options.plan, &result);
    print_result(&options, &load, &result);
    if (options.verbose)
        print_messages(&load.corpus);
    return 0;
}
