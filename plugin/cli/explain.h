#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "base/settings.h"

enum explain_form { EXPLAIN_TEXT, EXPLAIN_JSON };

/* lua-authz explain: decide the AuthZReq messages of a file ("-": standard input), one a line, and
 * print all that led to each verdict. Where what is the id of a decision, tell of that decision out
 * of the audit trail, and explain its request anew if it was captured. Returns the exit status. */
int explain_run(const struct settings *settings, const char *what, enum explain_form form);

#endif
