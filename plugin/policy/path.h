#ifndef POLICY_PATH_H
#define POLICY_PATH_H

#include <stdbool.h>

#include "base/str.h"

/* Questions about paths that are clean already (docker/path_clean.h). They know the words of a path
 * only: a symbolic link on the host may lead elsewhere. */

/* path is dir or lies below it, by whole parts: "/srv/database" is not under "/srv/data".
 * A relative path is never under an absolute one; nothing is under "". */
bool path_under(struct str path, struct str dir);

/* Whoever gets path gets at name. An absolute name: path is it, a directory above it, or something
 * below it. A bare file name, such as "docker.sock": path ends in it, or is a directory above one
 * of the places where engines put such a socket: /run, /run/<stem> ("docker"), the same in each
 * /run/user/<uid>, and containerd's under Docker and K3s. /var/run counts as /run, and
 * /proc/<pid>/root as /. */
bool path_reaches(struct str path, struct str name);

#endif
