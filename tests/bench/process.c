#include "process.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

enum { NAME_MAX_BYTES = 64, LINE_MAX_BYTES = 1024 };

static FILE *open_file(pid_t pid, const char *file)
{
    char path[NAME_MAX_BYTES];

    (void)snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    return fopen(path, "re");
}

/* Read numbers first to last of /proc/PID/stat, counted as proc(5) does; zeros when it is gone. */
static void read_stat(pid_t pid, int first, int last, long *ret)
{
    FILE *file = open_file(pid, "stat");
    char line[LINE_MAX_BYTES] = "";
    const char *field = NULL;

    memset(ret, 0, (size_t)(last - first + 1) * sizeof *ret);
    if (!file)
        return;
    if (fgets(line, sizeof line, file))
        field = strrchr(line, ')'); /* ends number 2, the name, which may hold blanks */
    (void)fclose(file);
    for (int number = 3; field && number <= last; number++) {
        field = strchr(field + 1, ' ');
        if (field && number >= first)
            ret[number - first] = strtol(field, NULL, 10);
    }
}

static bool holds(const struct process_tree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->pids[i] == pid)
            return true;
    return false;
}

/* One walk over /proc: whatever has a parent in the tree joins it. */
static void add_children(struct process_tree *tree)
{
    enum { PARENT = 4 };
    DIR *proc = opendir("/proc");
    const struct dirent *entry;

    if (!proc)
        tool_die(1, "cannot read /proc");
    while ((entry = readdir(proc)) && tree->count < PROCESS_TREE_MAX) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        long parent;

        if (pid <= 0 || holds(tree, pid))
            continue;
        read_stat(pid, PARENT, PARENT, &parent);
        if (holds(tree, (pid_t)parent))
            tree->pids[tree->count++] = pid;
    }
    (void)closedir(proc);
}

void process_tree_find(struct process_tree *tree, pid_t pid)
{
    size_t before = 0;

    tree->count = 0;
    if (pid > 0)
        tree->pids[tree->count++] = pid;
    while (tree->count > before) {
        before = tree->count;
        add_children(tree);
    }
}

double process_tree_cpu_seconds(const struct process_tree *tree)
{
    enum { UTIME = 14, CSTIME = 17 };
    long sum = 0;

    for (size_t i = 0; i < tree->count; i++) {
        long ticks[CSTIME - UTIME + 1];

        read_stat(tree->pids[i], UTIME, CSTIME, ticks);
        sum += ticks[0] + ticks[1] + ticks[2] + ticks[3];
    }
    return (double)sum / (double)sysconf(_SC_CLK_TCK);
}

static long read_kb(pid_t pid, const char *name, const char *key)
{
    FILE *file = open_file(pid, name);
    char line[LINE_MAX_BYTES];
    long sum = 0;

    if (!file)
        return 0;
    while (fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            sum += strtol(line + strlen(key), NULL, 10);
    (void)fclose(file);
    return sum;
}

long process_tree_kb(const struct process_tree *tree, const char *file, const char *key)
{
    long sum = 0;

    for (size_t i = 0; i < tree->count; i++)
        sum += read_kb(tree->pids[i], file, key);
    return sum;
}
