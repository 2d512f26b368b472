#ifndef POLICY_LINT_NAMES_H
#define POLICY_LINT_NAMES_H

#include "policy/set_parts.h"

/* Look for names in a file that nothing has: a variable that no local statement makes, a function
 * that a library lacks; and for globals that are assigned. A name counts as known in a whole file
 * when it is made anywhere in it. Appends findings. */
void lint_names(struct sandbox *sandbox, const struct sandbox_image *base,
                const struct source *source, struct buffer *findings);

#endif
