#include "docker/request.h"

#include <stdlib.h>

#include "check.h"

static struct arena arena;

/* Read a message whose body is given in base64; NULL: it shows none. */
static int read_call(const char *method, const char *uri, const char *headers, const char *body,
                     struct request *ret, struct refusal *refusal)
{
    struct str message = arena_printf(
        &arena, "{\"RequestMethod\":\"%s\",\"RequestUri\":\"%s\",\"RequestHeaders\":{%s}%s%s%s}\n",
        method, uri, headers, body ? ",\"RequestBody\":\"" : "", body ? body : "",
        body ? "\"" : "");

    CHECK(message.ptr);
    return request_read(message, &arena, ret, refusal);
}

static const char json_type[] = "\"Content-Type\":\"application/json\"";
static const char no_length[] = "\"Content-Length\":\"0\"";

static const char empty_object[] = "e30=";                       /* {} */
static const char null_body[] = "bnVsbA==";                      /* null */
static const char null_line[] = "IG51bGwK";                      /* blank, null, line end */
static const char privileged[] = "eyJQcml2aWxlZ2VkIjp0cnVlfQ=="; /* {"Privileged":true} */
static const char image_twice[] =
    "eyJJbWFnZSI6ImEiLCJpbWFnZSI6ImIifQ=="; /* {"Image":"a","image":"b"} */
static const char not_json[] = "eA==";      /* x */

static void reads_a_create_as_the_engine_does(void)
{
    struct request request;
    struct refusal refusal;

    /* {"image":"bb","HostConfig":{"privileged":true},"NewThing":1} */
    CHECK(read_call("POST", "/v1.41/containers/%63reate?name=web", json_type,
                    "eyJpbWFnZSI6ImJiIiwiSG9zdENvbmZpZyI6eyJwcml2aWxlZ2VkIjp0cnVlfSwiTmV3VGhpbmciOj"
                    "F9",
                    &request, &refusal) == 0);
    CHECK(request.route->action == ACTION_CONTAINER_CREATE);
    CHECK(str_eq(request.line.api, STR("1.41")) && request.line.api_minor == 41);
    CHECK_STR(query_first(&request.line.query, STR("name")), "web");
    CHECK_STR(request.target, "");
    CHECK(request.has_body);
    CHECK_STR(node_string(node_get(&request.body, STR("Image"))), "bb");
    CHECK(node_bool(node_path(&request.body, "HostConfig", "Privileged", NULL)));
    CHECK(node_count(&request.unknown) == 1);
    CHECK_STR(node_string(node_item(&request.unknown, 0)), "NewThing");
}

static void names_the_target(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(read_call("POST", "/containers/a/b/start", no_length, NULL, &request, &refusal) == 0);
    CHECK(request.route->target == TARGET_CONTAINER);
    CHECK_STR(request.target, "a/b");
    CHECK(read_call("DELETE", "/containers/web/checkpoints/cp1", "", NULL, &request, &refusal) ==
          0);
    CHECK_STR(request.target, "cp1");
    CHECK_STR(request.target_parent, "web");
}

static void a_call_outside_the_table_is_left_to_the_rules(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(read_call("POST", "/v1.99/future", json_type, not_json, &request, &refusal) == 0);
    CHECK(request.route == &route_unknown);
    CHECK(!request.has_body);
    CHECK_STR(request.line.path, "/future");
}

static void a_body_of_null_is_a_missing_one(void)
{
    static const char *const uris[] = {
        "/containers/create", "/containers/a/exec", "/networks/create", "/networks/a/connect",
        "/swarm/init",        "/plugins/a/set",     "/secrets/create",  "/services/create",
    };
    struct request request;
    struct refusal refusal;

    for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        CHECK(read_call("POST", uris[i], json_type, null_line, &request, &refusal) == -1);
        CHECK_STR(refusal.id, "request.body-missing");
        CHECK(!request.has_body);
    }
    CHECK(read_call("POST", "/commit?container=a", json_type, null_body, &request, &refusal) == 0);
    CHECK(!request.has_body);
    CHECK(read_call("POST", "/volumes/create", json_type, null_body, &request, &refusal) == 0);
    CHECK(read_call("POST", "/exec/a/start", json_type, null_body, &request, &refusal) == 0);
}

/* What Go clients send for a plugin that wants no privileges. */
static void null_is_a_list_of_no_privileges(void)
{
    static const char *const uris[] = {"/plugins/pull?remote=a", "/v1.41/plugins/a/upgrade"};
    struct request request;
    struct refusal refusal;

    for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        CHECK(read_call("POST", uris[i], json_type, null_line, &request, &refusal) == 0);
        CHECK(!request.has_body);
        CHECK(node_count(node_path(&request.view, "plugin", "privileges", NULL)) == 0);
        CHECK(read_call("POST", uris[i], json_type, NULL, &request, &refusal) == -1);
        CHECK_STR(refusal.id, "request.body-hidden");
        CHECK(read_call("POST", uris[i], no_length, NULL, &request, &refusal) == -1);
        CHECK_STR(refusal.id, "request.body-missing");
    }
}

static void a_start_shows_its_body_to_the_rules(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(read_call("POST", "/containers/a/start", json_type, empty_object, &request, &refusal) ==
          0);
    CHECK(request.has_body && node_count(&request.unknown) == 0);
    CHECK(read_call("POST", "/containers/a/start", json_type, privileged, &request, &refusal) == 0);
    CHECK(request.has_body && node_count(&request.unknown) == 1);
    CHECK_STR(node_string(node_item(&request.unknown, 0)), "Privileged");
    CHECK(read_call("POST", "/containers/a/start", json_type, null_body, &request, &refusal) == 0);
    CHECK(!request.has_body);
    CHECK(read_call("POST", "/containers/a/start", no_length, NULL, &request, &refusal) == 0);
    CHECK(!request.has_body);
}

static void a_body_that_nobody_reads_is_not_read(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(read_call("POST", "/containers/a/stop", json_type, not_json, &request, &refusal) == 0);
    CHECK(!request.has_body);
    CHECK(read_call("GET", "/info", json_type, not_json, &request, &refusal) == 0);
    CHECK(!request.has_body);
}

static void credentials_are_not_kept(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(read_call("POST", "/auth", json_type, empty_object, &request, &refusal) == 0);
    CHECK(request.route->action == ACTION_SYSTEM_AUTH);
    CHECK(!request.envelope.has_body && request.envelope.body.len == 0);
}

struct refused {
    const char *method;
    const char *uri;
    const char *headers;
    const char *body;
    const char *id;
    enum action action; /* what is known of it by then */
};

static void says_what_is_refused_and_what_was_read_until_then(void)
{
    static const struct refused cases[] = {
        {"GET", "http://h/info", "", NULL, "request.target", ACTION_UNKNOWN},
        {"GET", "/info?a=b#c", "", NULL, "request.target", ACTION_UNKNOWN},
        {"GET", "/v1.23/info", "", NULL, "request.version", ACTION_UNKNOWN},
        {"POST", "/swarm/init", json_type, NULL, "request.body-hidden", ACTION_SWARM_INIT},
        {"POST", "/containers/create", no_length, NULL, "request.body-missing",
         ACTION_CONTAINER_CREATE},
        {"POST", "/containers/create", json_type, image_twice, "request.duplicate-key",
         ACTION_CONTAINER_CREATE},
        {"POST", "/containers/create", json_type, not_json, "request.json",
         ACTION_CONTAINER_CREATE},
        {"POST", "/images/create?fromImage=a",
         "\"Content-Type\":\"application/x-www-form-urlencoded\"", NULL, "request.form",
         ACTION_IMAGE_PULL},
        {"POST", "/containers/a/kill?signal=1&signal=2", no_length, NULL, "request.query",
         ACTION_CONTAINER_KILL},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct refused *c = &cases[i];
        struct request request;
        struct refusal refusal;

        CHECK(read_call(c->method, c->uri, c->headers, c->body, &request, &refusal) == -1);
        CHECK(str_eq(refusal.id, str_from(c->id)));
        CHECK(str_eq(request.envelope.uri, str_from(c->uri)));
        CHECK(request.route->action == c->action);
        CHECK(!request.has_body);
    }
}

static void an_empty_message_is_the_engines_second_try(void)
{
    struct request request;
    struct refusal refusal;

    CHECK(request_read(STR(""), &arena, &request, &refusal) == -1);
    CHECK_STR(refusal.id, "engine-retry");
    CHECK(request.route == &route_unknown);
}

/* Whatever the arena's size, a request is read in full or refused. */
static void survives_every_size_of_arena(void)
{
    static const struct str message =
        STR_INIT("{\"RequestMethod\":\"POST\",\"RequestUri\":\"/containers/a%2Fb/exec?x=%41\","
                 "\"RequestHeaders\":{\"Content-Type\":\"application/json\"},"
                 "\"RequestBody\":\"eyJDbWQiOlsicHMiXSwiWCI6MX0=\"}");
    struct request request;
    struct refusal refusal;
    int result = -1;

    for (size_t cap = 16; result != 0; cap += 16) {
        struct arena small;
        struct err err;

        CHECK(cap < 1 << 16);
        CHECK(arena_init(&small, 1 << 16, &err) == 0);
        CHECK(arena_alloc(&small, (1 << 16) - cap));
        result = request_read(message, &small, &request, &refusal);
        if (result != 0)
            CHECK(str_eq(refusal.id, STR("request.too-complex")));
        arena_done(&small);
    }
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4 << 20, &err) == 0);
    reads_a_create_as_the_engine_does();
    names_the_target();
    a_call_outside_the_table_is_left_to_the_rules();
    a_body_of_null_is_a_missing_one();
    null_is_a_list_of_no_privileges();
    a_start_shows_its_body_to_the_rules();
    a_body_that_nobody_reads_is_not_read();
    credentials_are_not_kept();
    says_what_is_refused_and_what_was_read_until_then();
    an_empty_message_is_the_engines_second_try();
    survives_every_size_of_arena();
    arena_done(&arena);
    return 0;
}
