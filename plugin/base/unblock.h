#ifndef BASE_UNBLOCK_H
#define BASE_UNBLOCK_H

/* From now on a write to fd that its reader does not take at once fails, with EAGAIN. Others who
 * share what stands there are left alone where the system allows that: a terminal of a shell, say.
 * Files on a disk stay as they are. */
void unblock(int fd);

#endif
