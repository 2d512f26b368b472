#ifndef CLI_AUDIT_H
#define CLI_AUDIT_H

/* lua-authz audit verify: follow the chain of records through files (NULL-ended; they are put in
 * order) and name the first break. Returns the exit status: 0 unbroken, 1 broken or unreadable. */
int audit_verify(char **files);

#endif
