#include "broker/audit_datagram.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

int audit_datagram_open(int *ret, struct err *err)
{
    *ret = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*ret < 0)
        return err_set(err, ERR_SYSTEM, "audit: no socket can be had: %s", strerror(errno));
    return 0;
}

int audit_datagram_send(int fd, const char *path, const struct str *parts, size_t count,
                        struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct iovec vectors[2];
    struct msghdr message = {
        .msg_name = &address,
        .msg_namelen = sizeof address,
        .msg_iov = vectors,
        .msg_iovlen = count,
    };
    ssize_t n;

    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    for (size_t i = 0; i < count; i++)
        vectors[i] = (struct iovec){str_unconst(parts[i].ptr), parts[i].len};
    do
        n = sendmsg(fd, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set(err, errno == EAGAIN ? ERR_LIMIT : ERR_SYSTEM, "%s: %s", path,
                       strerror(errno));
    return 0;
}
