#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

enum { PROCESS_TREE_MAX = 256 };

/* A process and its descendants as they are now. */
struct process_tree {
    pid_t pids[PROCESS_TREE_MAX];
    size_t count;
};

/* Look for them in /proc. Empty when pid is 0. */
void process_tree_find(struct process_tree *tree, pid_t pid);

/* What they cost; one that is gone counts as nothing. */

/* User and system time, that of ended and collected children included. */
double process_tree_cpu_seconds(const struct process_tree *tree);
/* Sum of "key  N kB" in /proc/PID/file: process_tree_kb(&tree, "smaps_rollup", "Pss:"). */
long process_tree_kb(const struct process_tree *tree, const char *file, const char *key);

#endif
