#include "base/frame.h"

#include <errno.h>
#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

struct header {
    uint32_t length;
    uint32_t type;
    uint64_t id;
};

_Static_assert(sizeof(struct header) == FRAME_HEADER_BYTES, "the header is what the type says");

static struct header header_of(const struct frame *frame)
{
    return (struct header){(uint32_t)frame->payload.len, frame->type, frame->id};
}

void frame_header(const struct frame *frame, unsigned char ret[FRAME_HEADER_BYTES])
{
    struct header header = header_of(frame);

    memcpy(ret, &header, sizeof header);
}

int frame_encode(const struct frame *frame, struct buffer *buffer)
{
    struct header header = header_of(frame);

    (void)buffer_append(buffer, &header, sizeof header);
    return buffer_str(buffer, frame->payload);
}

static int header_check(const struct header *header, struct err *err)
{
    if (header->length > FRAME_PAYLOAD_MAX)
        return err_set(err, ERR_INVALID, "a frame of %u bytes is over the limit of %d",
                       header->length, FRAME_PAYLOAD_MAX);
    if (header->type < FRAME_READY || header->type > FRAME_EXPLANATION)
        return err_set(err, ERR_INVALID, "no frame has type %u", header->type);
    return 0;
}

int frame_decode(struct str bytes, struct frame *ret, size_t *used, struct err *err)
{
    struct header header;

    if (bytes.len < sizeof header)
        return 0;
    memcpy(&header, bytes.ptr, sizeof header);
    if (header_check(&header, err) < 0)
        return -1;
    if (bytes.len - sizeof header < header.length)
        return 0;
    *ret = (struct frame){
        .type = (enum frame_type)header.type,
        .id = header.id,
        .payload = {bytes.ptr + sizeof header, header.length},
    };
    *used = sizeof header + header.length;
    return 1;
}

int frame_write(int fd, const struct frame *frame, struct err *err)
{
    struct header header = header_of(frame);
    size_t total = sizeof header + frame->payload.len;
    size_t sent = 0;

    while (sent < total) {
        struct str head = str_skip((struct str){(const char *)&header, sizeof header}, sent);
        struct str rest = str_skip(frame->payload, sent - (sizeof header - head.len));
        struct iovec parts[2] = {{str_unconst(head.ptr), head.len},
                                 {str_unconst(rest.ptr), rest.len}};
        ssize_t n = writev(fd, parts, 2);

        if (n < 0 && errno != EINTR)
            return err_set(err, ERR_SYSTEM, "cannot write a frame: %s", strerror(errno));
        if (n > 0)
            sent += (size_t)n;
    }
    return 0;
}

static int await(int fd, int timeout_ms, struct err *err)
{
    struct pollfd piece = {.fd = fd, .events = POLLIN};
    int n;

    do
        n = poll(&piece, 1, timeout_ms);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        return err_set(err, ERR_LIMIT, "no frame within %d ms", timeout_ms);
    return n > 0 ? 0 : err_set(err, ERR_SYSTEM, "cannot wait for a frame: %s", strerror(errno));
}

int frame_read(int fd, int timeout_ms, struct buffer *buffer, struct frame *ret, struct err *err)
{
    enum { CHUNK = 64 * 1024 };
    size_t used;
    int status;

    buffer_reset(buffer, SIZE_MAX);
    while ((status = frame_decode(buffer_view(buffer), ret, &used, err)) == 0) {
        ssize_t n;

        if (buffer_reserve(buffer, CHUNK) < 0)
            return err_set(err, ERR_NOMEM, "no memory for a frame of %zu bytes", buffer->len);
        if (timeout_ms >= 0 && await(fd, timeout_ms, err) < 0)
            return -1;
        n = read(fd, buffer->data + buffer->len, buffer->cap - buffer->len);
        if (n < 0 && errno != EINTR)
            return err_set(err, ERR_SYSTEM, "cannot read a frame: %s", strerror(errno));
        if (n == 0)
            return buffer->len ? err_set(err, ERR_INVALID, "cut off inside a frame") : 0;
        if (n > 0)
            buffer->len += (size_t)n;
    }
    if (status > 0 && used != buffer->len)
        return err_set(err, ERR_INVALID, "%zu bytes follow a frame", buffer->len - used);
    return status;
}
