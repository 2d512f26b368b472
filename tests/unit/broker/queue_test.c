#include "broker/queue.h"

#include "check.h"

enum { SOON_US = 1000, LATE_US = SOON_US + QUEUE_PATIENCE_US };

static struct call make(size_t body_bytes)
{
    struct call call = {.complete_us = SOON_US};

    call.body.len = body_bytes;
    return call;
}

static void a_body_of_the_bound_is_small(void)
{
    struct call small = make(QUEUE_LARGE_BYTES);
    struct call large = make(QUEUE_LARGE_BYTES + 1);

    CHECK(queue_size(&small) == CALL_SMALL);
    CHECK(queue_size(&large) == CALL_LARGE);
}

static void small_ones_come_first(void)
{
    struct queue queue = {0};
    struct call large = make(QUEUE_LARGE_BYTES + 1);
    struct call small[2] = {make(1), make(2)};

    CHECK(queue_next(&queue, SOON_US, CALL_LARGE) == NULL);
    queue_push(&queue, &large);
    queue_push(&queue, &small[0]);
    queue_push(&queue, &small[1]);
    CHECK(queue_len(&queue) == 3);
    for (int i = 0; i < 2; i++) {
        CHECK(queue_next(&queue, SOON_US, CALL_LARGE) == &small[i]);
        queue_taken(&queue, &small[i], SOON_US);
    }
    CHECK(queue_next(&queue, SOON_US, CALL_LARGE) == &large);
    CHECK(queue_len(&queue) == 1);
}

static void a_large_one_has_its_turn_in_the_end(void)
{
    struct queue queue = {0};
    struct call large = make(QUEUE_LARGE_BYTES + 1);
    struct call small = make(1);

    queue_push(&queue, &small);
    queue_push(&queue, &large);
    CHECK(queue_next(&queue, LATE_US - 1, CALL_LARGE) == &small);
    CHECK(queue_next(&queue, LATE_US, CALL_LARGE) == &large);
    CHECK(queue_next(&queue, 0, CALL_LARGE) == &small);
}

static void no_two_large_ones_go_before_a_small_one(void)
{
    struct queue queue = {0};
    struct call large[2] = {make(QUEUE_LARGE_BYTES + 1), make(QUEUE_LARGE_BYTES + 1)};
    struct call small[2] = {make(1), make(1)};

    for (int i = 0; i < 2; i++) {
        queue_push(&queue, &large[i]);
        queue_push(&queue, &small[i]);
    }
    for (int i = 0; i < 2; i++) {
        CHECK(queue_next(&queue, LATE_US, CALL_LARGE) == &large[i]);
        queue_taken(&queue, &large[i], LATE_US);
        CHECK(queue_next(&queue, LATE_US, CALL_LARGE) == &small[i]);
        queue_taken(&queue, &small[i], LATE_US);
    }
}

static void a_large_one_waits_for_its_share(void)
{
    struct queue queue = {0};
    struct call large = make(QUEUE_LARGE_BYTES + 1);
    struct call small = make(1);

    queue_push(&queue, &large);
    CHECK(queue_next(&queue, LATE_US, CALL_SMALL) == NULL);
    queue_push(&queue, &small);
    CHECK(queue_next(&queue, LATE_US, CALL_SMALL) == &small);
}

static void any_one_can_leave(void)
{
    struct queue queue = {0};
    struct call calls[4];

    for (int i = 0; i < 4; i++) {
        calls[i] = make(i % 2 ? QUEUE_LARGE_BYTES + 1 : 1);
        queue_push(&queue, &calls[i]);
    }
    queue_remove(&queue, &calls[0]);
    queue_remove(&queue, &calls[3]);
    CHECK(queue_len(&queue) == 2);
    CHECK(queue_pop(&queue) == &calls[2]);
    CHECK(queue_pop(&queue) == &calls[1]);
    CHECK(queue_pop(&queue) == NULL);
    CHECK(queue_len(&queue) == 0);
}

int main(void)
{
    a_body_of_the_bound_is_small();
    small_ones_come_first();
    a_large_one_has_its_turn_in_the_end();
    no_two_large_ones_go_before_a_small_one();
    a_large_one_waits_for_its_share();
    any_one_can_leave();
    return 0;
}
