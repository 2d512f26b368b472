#include "docker/reader.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

enum { ARENA_BYTES = 64 << 20 };

static struct arena arena;
static struct reader_result result;
static struct refusal refusal;

static int read_as(const struct type *type, struct str json, enum reader_mode mode)
{
    arena_reset(&arena, 0);
    return reader_read(type, json, mode, &arena, &result, &refusal);
}

static int strict(const char *json)
{
    return read_as(&schema_container_create, str_from(json), READER_STRICT);
}

static const struct node *host(const char *key)
{
    return node_path(&result.value, "HostConfig", key, NULL);
}

/* Refused in strict mode, for that reason and at that place. */
static void check_refused(struct str json, struct str id, struct str field)
{
    if (read_as(&schema_container_create, json, READER_STRICT) == 0) {
        (void)fprintf(stderr, "taken: %.*s\n", STR_FMT(json));
        CHECK(false);
    }
    if (!str_eq(refusal.id, id) || !str_eq(refusal.field, field)) {
        (void)fprintf(stderr, "%.*s: [%.*s] at %.*s: %.*s\n", STR_FMT(json), STR_FMT(refusal.id),
                      STR_FMT(refusal.field), STR_FMT(refusal.msg));
        CHECK(false);
    }
    CHECK(refusal.msg.len > 0 && refusal.fix.len > 0);
}

#define REFUSED(json, id, field) check_refused(STR(json), STR(id), STR(field))

static void reads_a_body_into_the_canonical_tree(void)
{
    CHECK(strict(" {\"Image\":\"a\\u00e9\\n\",\"Cmd\":[\"x\"],\"hostconfig\":{\"PRIVILEGED\":true,"
                 "\"Memory\":-5,\"Binds\":[\"/a:/b\",null],\"Sysctls\":{\"b\":\"2\",\"a\":\"1\"},"
                 "\"PidsLimit\":null,\"ConsoleSize\":[7],\"Ulimits\":[null]}} \n") == 0);
    CHECK_STR(node_string(node_path(&result.value, "Image", NULL)), "a\xc3\xa9\n");
    CHECK(node_bool(host("Privileged")));
    CHECK(node_int(host("Memory")) == -5);
    CHECK(node_count(host("Binds")) == 2);
    CHECK_STR(node_string(node_item(host("Binds"), 0)), "/a:/b");
    CHECK(node_item(host("Binds"), 1)->type == NODE_STRING);
    CHECK_STR(host("Sysctls")->fields.members[0].key, "a");
    CHECK_STR(node_string(node_get(host("Sysctls"), STR("b"))), "2");
    CHECK(host("PidsLimit") == NULL);
    CHECK(node_count(host("ConsoleSize")) == 2);
    CHECK(node_int(node_item(host("ConsoleSize"), 0)) == 7);
    CHECK(node_int(node_item(host("ConsoleSize"), 1)) == 0);
    CHECK(node_item(host("Ulimits"), 0)->type == NODE_NULL);
    CHECK(node_count(&result.unknown) == 0);
}

static void borrows_plain_text(void)
{
    struct str json = STR("{\"Image\":\"alpine\"}");

    CHECK(read_as(&schema_container_create, json, READER_STRICT) == 0);
    CHECK(node_string(node_path(&result.value, "Image", NULL)).ptr == json.ptr + 10);
}

static void lists_unknown_keys(void)
{
    CHECK(strict("{\"New\":[{\"x\":[]}],\"HostConfig\":{\"Mounts\":[{\"A\":1},{\"A\":2}],"
                 "\"Labels\":{}},\"Labels\":{\"k\":\"v\"}}") == 0);
    CHECK(node_count(&result.unknown) == 4);
    CHECK_STR(node_string(node_item(&result.unknown, 0)), "New");
    CHECK_STR(node_string(node_item(&result.unknown, 1)), "HostConfig.Mounts[1].A");
    CHECK_STR(node_string(node_item(&result.unknown, 2)), "HostConfig.Mounts[2].A");
    CHECK_STR(node_string(node_item(&result.unknown, 3)), "HostConfig.Labels");
    CHECK(node_get(&result.value, STR("New")) == NULL);
    CHECK(strict("{\"\":1}") == 0);
    CHECK_STR(node_string(node_item(&result.unknown, 0)), "\"\"");
}

static void steps_over_unknown_values(void)
{
    CHECK(strict("{\"New\":[{},0,[],{\"a\":[[]],\"b\":{}},\"x\",null,true,false,-1e5],\"Image\":"
                 "\"a\"}") == 0);
    CHECK_STR(node_string(node_path(&result.value, "Image", NULL)), "a");
    REFUSED("{\"New\":[{}0]}", "request.json", "New");
    REFUSED("{\"New\":[{},]}", "request.json", "New");
    REFUSED("{\"New\":{\"a\":[],}}", "request.json", "New");
    REFUSED("{\"New\":[[}]}", "request.json", "New");
    REFUSED("{\"New\":{\"a\"}}", "request.json", "New");
}

static void refuses_what_is_not_json(void)
{
    static const char *const bodies[] = {
        "",
        " ",
        "{",
        "{\"Image\":",
        "{\"Image\":\"a",
        "{,}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{\"a\":NaN}",
        "{a:1}",
        "{\"a\":'b'}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":[1 2]}",
        "{\"a\":[1}",
        "{\"a\":{]}",
        "{\"a\":1//\n}",
        "\f{}",
        "{\"a\":\"\\",
        "{\"a\":\"\\u12",
        "{\"Image\" : \"a\" \"b\"}",
    };

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        CHECK(strict(bodies[i]) < 0);
        CHECK_STR(refusal.id, "request.json");
        CHECK(read_as(&schema_container_create, str_from(bodies[i]), READER_CONFORMANCE) < 0);
    }
    REFUSED("{}x", "request.trailing-data", "");
    REFUSED("{} ]", "request.trailing-data", "");
    REFUSED("{}\0", "request.trailing-data", "");
    REFUSED("\xef\xbb\xbf{}", "request.encoding", "");
}

static void refuses_other_types(void)
{
    REFUSED("[]", "request.json", "");
    REFUSED("{\"Image\":1}", "request.json", "Image");
    REFUSED("{\"Tty\":\"true\"}", "request.json", "Tty");
    REFUSED("{\"Env\":\"A=b\"}", "request.json", "Env");
    REFUSED("{\"Env\":[\"a\",1]}", "request.json", "Env[2]");
    REFUSED("{\"Labels\":[]}", "request.json", "Labels");
    REFUSED("{\"Labels\":{\"a\":1}}", "request.json", "Labels.a");
    REFUSED("{\"HostConfig\":[]}", "request.json", "HostConfig");
    REFUSED("{\"HostConfig\":{\"Memory\":1.0}}", "request.json", "HostConfig.Memory");
    REFUSED("{\"HostConfig\":{\"Memory\":1e3}}", "request.json", "HostConfig.Memory");
    REFUSED("{\"HostConfig\":{\"Memory\":\"1\"}}", "request.json", "HostConfig.Memory");
}

static void refuses_numbers_out_of_range(void)
{
    CHECK(strict("{\"HostConfig\":{\"Memory\":9223372036854775807}}") == 0);
    CHECK(node_int(host("Memory")) == INT64_MAX);
    CHECK(strict("{\"HostConfig\":{\"Memory\":-9223372036854775808}}") == 0);
    CHECK(node_int(host("Memory")) == INT64_MIN);
    CHECK(strict("{\"HostConfig\":{\"Memory\":-0}}") == 0);
    REFUSED("{\"HostConfig\":{\"Memory\":9223372036854775808}}", "request.json",
            "HostConfig.Memory");
    REFUSED("{\"HostConfig\":{\"Memory\":-9223372036854775809}}", "request.json",
            "HostConfig.Memory");
    REFUSED("{\"HostConfig\":{\"Memory\":99999999999999999999999}}", "request.json",
            "HostConfig.Memory");
    CHECK(strict("{\"HostConfig\":{\"BlkioWeight\":65535}}") == 0);
    REFUSED("{\"HostConfig\":{\"BlkioWeight\":65536}}", "request.json", "HostConfig.BlkioWeight");
    REFUSED("{\"HostConfig\":{\"BlkioWeight\":-0}}", "request.json", "HostConfig.BlkioWeight");
    REFUSED("{\"HostConfig\":{\"IOMaximumIOps\":9223372036854775808}}", "request.json",
            "HostConfig.IOMaximumIOps");
}

static void refuses_keys_given_twice(void)
{
    REFUSED("{\"Image\":\"a\",\"Image\":\"a\"}", "request.duplicate-key", "Image");
    REFUSED("{\"Image\":\"a\",\"image\":null}", "request.duplicate-key", "Image");
    REFUSED("{\"HostConfig\":{},\"hostConfig\":{}}", "request.duplicate-key", "HostConfig");
    REFUSED("{\"Labels\":{\"b\":\"\",\"a\":\"\",\"b\":\"\"}}", "request.duplicate-key", "Labels");
    REFUSED("{\"New\":1,\"nEw\":2}", "request.duplicate-key", "nEw");
    CHECK(strict("{\"Labels\":{\"b\":\"\",\"B\":\"\"}}") == 0);
    CHECK(node_count(node_path(&result.value, "Labels", NULL)) == 2);
}

static void refuses_keys_that_fold_from_beyond_ascii(void)
{
    REFUSED("{\"Ho\xc5\xbftConfig\":{}}", "request.odd-key", "");
    REFUSED("{\"Ho\\u017ftConfig\":{}}", "request.odd-key", "");
    REFUSED("{\"HostConfig\":{\"Networ\xe2\x84\xaaMode\":\"\"}}", "request.odd-key", "HostConfig");
    /* Not folded by Go: just unknown. */
    CHECK(strict("{\"\xc4\xb1mage\":1,\"Im\\u0061ge\":\"x\",\"\xef\xbc\xa9mage\":1}") == 0);
    CHECK(node_count(&result.unknown) == 2);
}

static void refuses_odd_encodings(void)
{
    REFUSED("{\"Image\":\"\xff\"}", "request.encoding", "Image");
    REFUSED("{\"Image\":\"\xc0\xaf\"}", "request.encoding", "Image");
    REFUSED("{\"Image\":\"\xed\xa0\x80\"}", "request.encoding", "Image");
    REFUSED("{\"Image\":\"\\ud800\"}", "request.encoding", "Image");
    REFUSED("{\"Image\":\"\\udc00\\ud800\"}", "request.encoding", "Image");
    REFUSED("{\"Image\":\"\\u0000\"}", "request.encoding", "Image");
    REFUSED("{\"Im\\u0000age\":1}", "request.encoding", "");
    REFUSED("{\"New\":[{\"\xff\":1}]}", "request.encoding", "New");
    CHECK(strict("{\"Image\":\"\\ud83d\\ude00\\u20ac\x7f\"}") == 0);
    CHECK_STR(node_string(node_path(&result.value, "Image", NULL)),
              "\xf0\x9f\x98\x80\xe2\x82\xac\x7f");
}

/* open, then the brackets of depth - 1 lists or objects, in an object. */
static int nested(const char *open, const char *close, size_t depth, enum reader_mode mode)
{
    static char body[1 << 18];
    size_t len = 0;

    len += (size_t)snprintf(body + len, sizeof body - len, "{\"New\":");
    for (size_t i = 1; i < depth; i++)
        len += (size_t)snprintf(body + len, sizeof body - len, "%s", open);
    len += (size_t)snprintf(body + len, sizeof body - len, "0");
    for (size_t i = 1; i < depth; i++)
        len += (size_t)snprintf(body + len, sizeof body - len, "%s", close);
    len += (size_t)snprintf(body + len, sizeof body - len, "}");
    CHECK(len < sizeof body);
    return read_as(&schema_container_create, (struct str){body, len}, mode);
}

static void bounds_the_depth(void)
{
    CHECK(nested("[", "]", 128, READER_STRICT) == 0);
    CHECK(nested("[", "]", 129, READER_STRICT) < 0);
    CHECK_STR(refusal.id, "request.depth");
    CHECK(nested("{\"a\":", "}", 128, READER_STRICT) == 0);
    CHECK(nested("{\"a\":", "}", 129, READER_STRICT) < 0);
    CHECK(nested("[", "]", 10000, READER_CONFORMANCE) == 0);
    CHECK(nested("[", "]", 10001, READER_CONFORMANCE) < 0);
}

static int any_nested(size_t depth, enum reader_mode mode)
{
    static char body[20001];

    memset(body, '[', depth);
    memset(body + depth, ']', depth);
    return read_as(&schema_any, (struct str){body, 2 * depth}, mode);
}

static void bounds_the_depth_of_anything(void)
{
    CHECK(any_nested(128, READER_STRICT) == 0);
    CHECK(any_nested(129, READER_STRICT) < 0);
    CHECK(any_nested(10000, READER_CONFORMANCE) == 0);
}

static void takes_a_string_for_a_list_where_the_engine_does(void)
{
    CHECK(strict("{\"Cmd\":\"sh\",\"HostConfig\":{\"CapAdd\":\"ALL\",\"CapDrop\":[]}}") == 0);
    CHECK_STR(node_string(node_item(node_path(&result.value, "Cmd", NULL), 0)), "sh");
    CHECK_STR(node_string(node_item(host("CapAdd"), 0)), "ALL");
    CHECK(host("CapDrop")->type == NODE_LIST && node_count(host("CapDrop")) == 0);
}

static void refuses_host_config_fields_beside_it(void)
{
    REFUSED("{\"Privileged\":true}", "request.top-level-hostconfig", "Privileged");
    REFUSED("{\"HostConfig\":null,\"biNds\":[]}", "request.top-level-hostconfig", "biNds");
    REFUSED("{\"Cpuset\":\"0\"}", "request.top-level-hostconfig", "Cpuset");
    REFUSED("{\"Bind\xc5\xbf\":[]}", "request.top-level-hostconfig", "Bind\xc5\xbf");
    /* python3-docker sends it, and it leaves nothing behind. */
    CHECK(strict("{\"Runtime\":null}") == 0);
    CHECK(node_count(&result.unknown) == 0);
    CHECK(read_as(&schema_image_commit, STR("{\"Privileged\":true}"), READER_STRICT) == 0);
}

static void bounds_unknown_keys(void)
{
    static char body[8192];

    for (size_t count = 256; count <= 257; count++) {
        size_t len = (size_t)snprintf(body, sizeof body, "{");
        for (size_t i = 0; i < count; i++)
            len += (size_t)snprintf(body + len, sizeof body - len, "%s\"x%zu\":0", i ? "," : "", i);
        (void)snprintf(body + len, sizeof body - len, "}");
        CHECK((strict(body) == 0) == (count == 256));
    }
    CHECK_STR(refusal.id, "request.too-complex");
}

static void says_when_the_arena_is_full(void)
{
    struct arena small;
    struct err err;
    struct str json =
        STR("{\"Image\":\"\\u0061\",\"Env\":[\"a\",\"b\\n\"],\"Labels\":{\"a\":\"b\"},"
            "\"New\":1,\"HostConfig\":{\"ConsoleSize\":[1,2]}}");
    size_t cap = 0;

    for (;;) {
        CHECK(arena_init(&small, 8192 + 4096, &err) == 0);
        small.cap = cap;
        if (reader_read(&schema_container_create, json, READER_STRICT, &small, &result, &refusal) ==
            0)
            break;
        CHECK_STR(refusal.id, "request.too-complex");
        arena_done(&small);
        cap += 16;
        CHECK(cap <= 12288);
    }
    arena_done(&small);
    CHECK(cap > 1024);
}

static void reads_the_envelope(void)
{
    CHECK(read_as(&schema_envelope,
                  STR("{\"RequestMethod\":\"POST\",\"RequestURI\":\"/v1.41/x\",\"RequestBody\":"
                      "\"eyJhIjoxfQ==\",\"RequestHeaders\":{\"A\":\"b\"}}\n"),
                  READER_STRICT) == 0);
    CHECK_STR(node_string(node_path(&result.value, "RequestBody", NULL)), "{\"a\":1}");
    CHECK_STR(node_string(node_path(&result.value, "RequestUri", NULL)), "/v1.41/x");
    CHECK(read_as(&schema_envelope, STR("{\"RequestBody\":\"e\"}"), READER_STRICT) < 0);
    CHECK(read_as(&schema_envelope, STR("{\"RequestBody\":\"ey==e\"}"), READER_STRICT) < 0);
    CHECK(read_as(&schema_envelope, STR("{\"RequestBody\":\"ey\\nJh\"}"), READER_STRICT) < 0);
    CHECK_STR(refusal.field, "RequestBody");
}

static void reads_anything(void)
{
    CHECK(read_as(&schema_any, STR("[1,1.5,true,null,{\"b\":[],\"a\":\"x\"},12345678901234567890]"),
                  READER_STRICT) == 0);
    CHECK(node_item(&result.value, 0)->type == NODE_INT);
    CHECK(node_item(&result.value, 1)->type == NODE_FLOAT);
    CHECK(node_item(&result.value, 3)->type == NODE_NULL);
    CHECK_STR(node_string(node_path(node_item(&result.value, 4), "a", NULL)), "x");
    CHECK(node_item(&result.value, 5)->type == NODE_FLOAT);
    CHECK(read_as(&schema_any, STR("{\"a\":1,\"a\":2}"), READER_STRICT) < 0);
    CHECK(read_as(&schema_any, STR("1e999"), READER_STRICT) < 0);
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, ARENA_BYTES, &err) == 0);
    reads_a_body_into_the_canonical_tree();
    borrows_plain_text();
    lists_unknown_keys();
    steps_over_unknown_values();
    refuses_what_is_not_json();
    refuses_other_types();
    refuses_numbers_out_of_range();
    refuses_keys_given_twice();
    refuses_keys_that_fold_from_beyond_ascii();
    refuses_odd_encodings();
    bounds_the_depth();
    bounds_the_depth_of_anything();
    takes_a_string_for_a_list_where_the_engine_does();
    refuses_host_config_fields_beside_it();
    bounds_unknown_keys();
    says_when_the_arena_is_full();
    reads_the_envelope();
    reads_anything();
    arena_done(&arena);
    return 0;
}
