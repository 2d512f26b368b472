#include "worker/capture.h"

#include "base/utc.h"
#include "docker/base64.h"
#include "worker/capture_body.h"
#include "worker/capture_secret.h"
#include "worker/capture_target.h"

enum {
    MESSAGE_MAX_BYTES = 4 * 1024 * 1024,
    KEEP_BYTES = 64 * 1024, /* memory that stays from one request to the next */
};

/* Headers that count for how a body is read; of others only the name is kept. */
static const struct str plain_headers[] = {
    STR_INIT("Content-Length"),
    STR_INIT("Content-Type"),
    STR_INIT("Transfer-Encoding"),
};

void capture_init(struct capture *capture)
{
    buffer_init(&capture->body, MESSAGE_MAX_BYTES);
    buffer_init(&capture->message, MESSAGE_MAX_BYTES);
}

void capture_done(struct capture *capture)
{
    buffer_done(&capture->body);
    buffer_done(&capture->message);
}

static void put_member(struct buffer *out, const char *key, struct str value)
{
    if (value.len == 0)
        return;
    (void)buffer_printf(out, ",\"%s\":", key);
    (void)buffer_json(out, value);
}

static bool is_plain(struct str header)
{
    for (size_t i = 0; i < sizeof plain_headers / sizeof plain_headers[0]; i++)
        if (str_eq(plain_headers[i], header))
            return true;
    return false;
}

static void put_headers(const struct node *headers, struct buffer *out)
{
    (void)buffer_str(out, STR(",\"RequestHeaders\":{"));
    for (size_t i = 0; i < node_count(headers); i++) {
        const struct member *header = &headers->fields.members[i];

        if (i > 0)
            (void)buffer_str(out, STR(","));
        (void)buffer_json(out, header->key);
        (void)buffer_str(out, STR(":"));
        (void)buffer_json(out, is_plain(header->key) ? node_string(&header->value)
                                                     : STR(CAPTURE_SECRET_HIDDEN));
    }
    (void)buffer_str(out, STR("}"));
}

/* A body that the engine does not decode is none of the request's, but that there was one counts.
 */
static void write_body(struct capture *capture, const struct request *request, struct arena *arena)
{
    struct buffer *out = &capture->body;

    if (request->has_body)
        capture_body(request, capture->labels, arena, out);
    else if (request->envelope.has_body)
        (void)buffer_str(out, request->route->body ? STR("null") : STR("{}"));
}

static void put_body(struct capture *capture, const struct request *request, struct arena *arena)
{
    buffer_reset(&capture->body, KEEP_BYTES);
    write_body(capture, request, arena);
    if (capture->body.failed)
        capture->message.failed = true;
    if (capture->body.len == 0)
        return;
    (void)buffer_str(&capture->message, STR(",\"RequestBody\":\""));
    base64_encode(buffer_view(&capture->body), &capture->message);
    (void)buffer_str(&capture->message, STR("\""));
}

/* Rules look at the client's own certificate, which is the first. */
static void put_certificate(const struct node *certificates, struct buffer *out)
{
    if (node_count(certificates) == 0)
        return;
    (void)buffer_str(out, STR(",\"RequestPeerCertificates\":["));
    (void)buffer_json(out, node_string(node_item(certificates, 0)));
    (void)buffer_str(out, STR("]"));
}

struct str capture_request(struct capture *capture, const struct request *request, int64_t now_s,
                           struct arena *arena)
{
    const struct envelope *envelope = &request->envelope;
    struct buffer *out = &capture->message;
    char time[UTC_TEXT_BYTES];

    buffer_reset(out, KEEP_BYTES);
    (void)buffer_printf(out, "{\"Time\":\"%s\"", utc_text(now_s, time));
    put_member(out, "User", envelope->user);
    put_member(out, "UserAuthNMethod", envelope->authn);
    put_member(out, "RequestMethod", envelope->method);
    put_member(out, "RequestUri", capture_target(request, capture->labels, arena));
    put_headers(&envelope->headers, out);
    put_body(capture, request, arena);
    put_certificate(&envelope->certificates, out);
    (void)buffer_str(out, STR("}"));
    return out->failed ? STR("") : buffer_view(out);
}
