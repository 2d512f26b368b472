#include "docker/envelope.h"

#include "check.h"

static struct arena arena;

static void reads_what_the_engine_sends(void)
{
    static const struct str message = STR_INIT(
        "{\"User\":\"alice\",\"UserAuthNMethod\":\"TLS\",\"RequestMethod\":\"POST\","
        "\"RequestUri\":\"/v1.41/containers/create?name=a\\u0026x=1\",\"RequestBody\":\"e30K\","
        "\"RequestHeaders\":{\"Content-Length\":\"3\",\"Content-Type\":\"application/json\"},"
        "\"RequestPeerCertificates\":[\"LS0t\"]}\n");
    struct envelope envelope;
    struct refusal refusal;
    struct str value = STR("");

    CHECK(envelope_read(message, &arena, &envelope, &refusal) == 0);
    CHECK_STR(envelope.user, "alice");
    CHECK_STR(envelope.authn, "TLS");
    CHECK_STR(envelope.method, "POST");
    CHECK_STR(envelope.uri, "/v1.41/containers/create?name=a&x=1");
    CHECK(envelope.has_body);
    CHECK_STR(envelope.body, "{}\n");
    CHECK(envelope_header(&envelope, STR("content-TYPE"), &value));
    CHECK_STR(value, "application/json");
    CHECK(!envelope_header(&envelope, STR("Content"), &value));
    CHECK(!envelope_header(&envelope, STR("X-Meta"), NULL));
    CHECK(node_count(&envelope.certificates) == 1);
    CHECK_STR(node_string(node_item(&envelope.certificates, 0)), "LS0t");
    CHECK(envelope.status == 0 && !envelope.has_response_body);
}

static void reads_what_comes_after_the_call(void)
{
    static const struct str message =
        STR_INIT("{\"RequestMethod\":\"POST\",\"RequestUri\":\"/volumes/create\","
                 "\"ResponseStatusCode\":201,\"ResponseHeaders\":{\"Server\":\"Docker\"},"
                 "\"ResponseBody\":\"e30K\"}");
    struct envelope envelope;
    struct refusal refusal;

    CHECK(envelope_read(message, &arena, &envelope, &refusal) == 0);
    CHECK(envelope.status == 201);
    CHECK(node_count(&envelope.response_headers) == 1);
    CHECK(envelope.has_response_body);
    CHECK_STR(envelope.response_body, "{}\n");
    CHECK(!envelope.has_body);
}

static void what_is_absent_is_empty(void)
{
    static const struct str message =
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/_ping\",\"RequestBody\":\"\"}");
    struct envelope envelope;
    struct refusal refusal;

    CHECK(envelope_read(message, &arena, &envelope, &refusal) == 0);
    CHECK_STR(envelope.user, "");
    CHECK(!envelope.has_body);
    CHECK(!envelope_header(&envelope, STR("Content-Length"), NULL));
    CHECK(node_count(&envelope.headers) == 0 && node_count(&envelope.certificates) == 0);
}

static void tells_a_repeated_call_from_an_unreadable_one(void)
{
    static const struct str bad[] = {
        STR_INIT("\n"),
        STR_INIT("null"),
        STR_INIT("[]"),
        STR_INIT("{}"),
        STR_INIT("{\"RequestMethod\":\"GET\"}"),
        STR_INIT("{\"RequestUri\":\"/_ping\"}"),
        STR_INIT("{\"RequestMethod\":\"\",\"RequestUri\":\"/_ping\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/_ping\""),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/_ping\"}{}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestUri\":\"/_ping\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"requesturi\":\"/_ping\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":7}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"e30\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"e3 0\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"e30=e30=\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"e31=\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"e30\\n=\"}"),
        STR_INIT("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/a\",\"RequestBody\":\"_-==\"}"),
    };
    struct envelope envelope;
    struct refusal refusal;

    CHECK(envelope_read(STR(""), &arena, &envelope, &refusal) == -1);
    CHECK_STR(refusal.id, "engine-retry");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(envelope_read(bad[i], &arena, &envelope, &refusal) == -1);
        CHECK_STR(refusal.id, "request.unreadable");
        CHECK(refusal.msg.len > 0);
    }
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4 << 20, &err) == 0);
    reads_what_the_engine_sends();
    reads_what_comes_after_the_call();
    what_is_absent_is_empty();
    tells_a_repeated_call_from_an_unreadable_one();
    arena_done(&arena);
    return 0;
}
