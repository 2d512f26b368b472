#ifndef CLI_TREE_H
#define CLI_TREE_H

#include "base/document.h"
#include "cli/paint.h"

/* JSON for people: "name: value" lines, what is inside indented below its name; items of lists are
 * named by their positions, which count from 1 as in refusals. */
void tree_print(const struct paint *paint, const struct document *value, int indent);

/* A value in one line: "a, b"; "name=a, other=b"; "(empty)". */
void tree_print_short(const struct paint *paint, const struct document *value);

#endif
