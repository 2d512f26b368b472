#include "broker/http_call.h"

#include <malloc.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/frame.h"
#include "broker/answer.h"

enum {
    ARRIVAL_TIMEOUT_S = 10,      /* between two pieces of a body */
    BODY_KEEP_BYTES = 16 * 1024, /* of a spare call */
    BODY_HINT_MAX_BYTES = 256 * 1024,
    SPARES_MAX = 64,
    TIDY_US = 5 * 1000 * 1000,
};

static enum call_stage stage_of(const char *method, const char *url)
{
    if (strcmp(method, MHD_HTTP_METHOD_POST) != 0)
        return CALL_ELSEWHERE;
    if (strcmp(url, "/AuthZPlugin.AuthZReq") == 0)
        return CALL_REQUEST;
    if (strcmp(url, "/AuthZPlugin.AuthZRes") == 0)
        return CALL_RESPONSE;
    if (strcmp(url, "/Plugin.Activate") == 0)
        return CALL_ACTIVATE;
    return CALL_ELSEWHERE;
}

static struct call *call_get(struct http *http)
{
    struct call *call = http->spare;
    struct buffer body;

    if (!call)
        call = calloc(1, sizeof *call);
    if (!call)
        return NULL;
    if (http->spare) {
        http->spare = call->next;
        http->spares--;
        body = call->body;
        *call = (struct call){.body = body};
    } else
        buffer_init(&call->body, FRAME_PAYLOAD_MAX);
    buffer_init(&call->answer, ANSWER_MAX_BYTES);
    http->active++;
    return call;
}

/* Freed bodies stay in malloc's heap, for the next ones; not for ever. */
static void on_tidy(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    (void)timer;
    (void)malloc_trim(0);
}

void http_call_end(struct http *http, struct call *call)
{
    http->active--;
    http->bytes -= call->body.len;
    buffer_done(&call->answer);
    buffer_done(&call->told);
    if (http->spares >= SPARES_MAX) {
        buffer_done(&call->body);
        free(call);
        return;
    }
    if (call->body.cap > BODY_KEEP_BYTES && !http->tidy.delay)
        loop_timer_start(http->loop, &http->tidy_delay, &http->tidy);
    buffer_reset(&call->body, BODY_KEEP_BYTES);
    call->next = http->spare;
    http->spare = call;
    http->spares++;
}

/* Room for what the caller says it will send, up to a point: words cost nothing. */
static void reserve_hinted(struct call *call)
{
    const char *text =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Content-Length");
    unsigned long long hint = text ? strtoull(text, NULL, 10) : 0;

    if (hint > BODY_HINT_MAX_BYTES)
        hint = BODY_HINT_MAX_BYTES;
    (void)buffer_reserve(&call->body, (size_t)hint);
}

static bool is_kept(const struct http *http, const struct call *call)
{
    return call->stage == CALL_REQUEST ||
           (call->stage == CALL_RESPONSE && http->plan.keeps_responses);
}

struct call *http_call_begin(struct http *http, struct MHD_Connection *connection,
                             const char *method, const char *url)
{
    struct call *call = call_get(http);

    if (!call)
        return NULL;
    call->connection = connection;
    call->stage = stage_of(method, url);
    if (call->stage == CALL_REQUEST || call->stage == CALL_RESPONSE)
        call->number = ++http->last_call;
    if (is_kept(http, call))
        reserve_hinted(call);
    (void)MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
                                    (unsigned int)ARRIVAL_TIMEOUT_S);
    return call;
}

/* Let go of what was kept, and of what comes. */
static void call_drop(struct http *http, struct call *call, enum call_excess excess)
{
    call->excess = excess;
    http->bytes -= call->body.len;
    buffer_reset(&call->body, 0);
}

void http_call_receive(struct http *http, struct call *call, const char *data, size_t len)
{
    call->body_bytes += len;
    if (!is_kept(http, call) || call->excess != CALL_KEPT)
        return;
    if (len > call->body.max - call->body.len)
        call_drop(http, call, CALL_TOO_LARGE);
    else if (http->bytes + len > http->plan.bytes_max || buffer_append(&call->body, data, len) < 0)
        call_drop(http, call, CALL_OVERLOADED);
    else
        http->bytes += len;
}

void http_call_init(struct http *http)
{
    loop_delay_init(http->loop, &http->tidy_delay, TIDY_US, on_tidy);
}

void http_call_done(struct http *http)
{
    loop_timer_stop(&http->tidy);
    while (http->spare) {
        struct call *call = http->spare;

        http->spare = call->next;
        buffer_done(&call->body);
        free(call);
    }
}
