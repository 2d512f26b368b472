#include "base/frame.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

static struct err err;

static void comes_back_as_it_went(void)
{
    struct frame frame = {.type = FRAME_DECIDE, .id = UINT64_MAX, .payload = STR("a\0b")};
    struct buffer buffer;
    struct frame got;
    size_t used;

    buffer_init(&buffer, 4096);
    CHECK(frame_encode(&frame, &buffer) == 0);
    CHECK(frame_encode(&frame, &buffer) == 0);
    for (size_t n = 0; n < FRAME_HEADER_BYTES + 3; n++)
        CHECK(frame_decode(str_take(buffer_view(&buffer), n), &got, &used, &err) == 0);
    CHECK(frame_decode(buffer_view(&buffer), &got, &used, &err) == 1);
    CHECK(used == FRAME_HEADER_BYTES + 3);
    CHECK(got.type == FRAME_DECIDE && got.id == UINT64_MAX);
    CHECK_STR(got.payload, "a\0b");
    buffer_done(&buffer);
}

static int decode_header(uint32_t length, uint32_t type)
{
    uint32_t header[4] = {length, type, 0, 0};
    struct frame got;
    size_t used;

    return frame_decode((struct str){(const char *)header, sizeof header}, &got, &used, &err);
}

static void refuses_what_is_not_ours(void)
{
    CHECK(decode_header(FRAME_PAYLOAD_MAX, FRAME_READY) == 0);
    CHECK(decode_header(FRAME_PAYLOAD_MAX + 1, FRAME_READY) == -1);
    CHECK(decode_header(0, FRAME_READY) == 1);
    CHECK(decode_header(0, FRAME_READY - 1) == -1);
    CHECK(decode_header(0, FRAME_EXPLANATION) == 1);
    CHECK(decode_header(0, FRAME_EXPLANATION + 1) == -1);
}

static char big[FRAME_PAYLOAD_MAX];

static void *write_big(void *arg)
{
    struct frame frame = {.type = FRAME_DECIDE, .id = 7, .payload = {big, sizeof big}};
    struct err failure;

    CHECK(frame_write(*(int *)arg, &frame, &failure) == 0);
    (void)close(*(int *)arg);
    return NULL;
}

static void blocking_halves_carry_the_largest(void)
{
    struct buffer buffer;
    struct frame got;
    pthread_t writer;
    int pair[2];

    big[0] = 'x';
    big[sizeof big - 1] = 'z';
    buffer_init(&buffer, 2 * sizeof big);
    CHECK(pipe(pair) == 0);
    CHECK(pthread_create(&writer, NULL, write_big, &pair[1]) == 0);
    CHECK(frame_read(pair[0], -1, &buffer, &got, &err) == 1);
    CHECK(got.id == 7 && got.payload.len == sizeof big);
    CHECK(got.payload.ptr[0] == 'x' && got.payload.ptr[sizeof big - 1] == 'z');
    CHECK(pthread_join(writer, NULL) == 0);
    CHECK(frame_read(pair[0], -1, &buffer, &got, &err) == 0);
    (void)close(pair[0]);
    buffer_done(&buffer);
}

static int read_bytes(struct str bytes)
{
    struct buffer buffer;
    struct frame got;
    int pair[2];
    int status;

    buffer_init(&buffer, 1 << 20);
    CHECK(pipe(pair) == 0);
    CHECK(write(pair[1], bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    (void)close(pair[1]);
    status = frame_read(pair[0], -1, &buffer, &got, &err);
    (void)close(pair[0]);
    buffer_done(&buffer);
    return status;
}

static void reading_says_how_a_stream_ends(void)
{
    CHECK(read_bytes(STR("")) == 0);
    CHECK(read_bytes(STR("\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0")) == 1);
    CHECK(read_bytes(STR("\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0")) == -1);
    CHECK_STR(str_from(err.msg), "cut off inside a frame");
    CHECK(read_bytes(STR("\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0z")) == -1);
    CHECK_STR(str_from(err.msg), "1 bytes follow a frame");
}

int main(void)
{
    comes_back_as_it_went();
    refuses_what_is_not_ours();
    blocking_halves_carry_the_largest();
    reading_says_how_a_stream_ends();
    return 0;
}
