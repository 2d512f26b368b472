/* Conformance mode: what Go leaves in memory when a key comes twice. Each case was seen on live
 * engines; the last value is what the container got. */
#include "docker/reader.h"

#include "check.h"

static struct arena arena;
static struct reader_result result;

static const struct node *read_host(const char *json, const char *key)
{
    struct refusal refusal;

    arena_reset(&arena, 0);
    CHECK(reader_read(&schema_container_create, str_from(json), READER_CONFORMANCE, &arena, &result,
                      &refusal) == 0);
    return key ? node_path(&result.value, "HostConfig", key, NULL) : NULL;
}

static struct str item(const struct node *list, size_t i)
{
    return node_string(node_item(list, i));
}

static void scalars_are_replaced_but_not_by_null(void)
{
    (void)read_host("{\"Image\":\"good\",\"image\":\"evil\"}", NULL);
    CHECK_STR(node_string(node_get(&result.value, STR("Image"))), "evil");
    (void)read_host("{\"Image\":\"good\",\"IMAGE\":null}", NULL);
    CHECK_STR(node_string(node_get(&result.value, STR("Image"))), "good");
}

static void structs_merge_and_pointers_go_with_null(void)
{
    CHECK(node_bool(
        read_host("{\"HostConfig\":{\"Privileged\":true},\"hostConfig\":{}}", "Privileged")));
    (void)read_host("{\"HostConfig\":{\"Privileged\":true},\"HostConfig\":null}", NULL);
    CHECK(node_get(&result.value, STR("HostConfig")) == NULL);
    CHECK(read_host("{\"HostConfig\":{\"Privileged\":true},\"HostConfig\":null,\"HostConfig\":{}}",
                    "Privileged") == NULL);
    CHECK_STR(node_string(node_path(
                  read_host("{\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"always\"},"
                            "\"RestartPolicy\":null,\"RestartPolicy\":{\"MaximumRetryCount\":3}}}",
                            "RestartPolicy"),
                  "Name", NULL)),
              "always");
    CHECK(read_host("{\"HostConfig\":{\"PidsLimit\":5,\"PidsLimit\":null}}", "PidsLimit") == NULL);
}

static void maps_gain_entries_that_are_new_each_time(void)
{
    const struct node *map =
        read_host("{\"HostConfig\":{\"Sysctls\":{\"a\":\"1\",\"b\":\"2\"},\"Sysctls\":{\"b\":null,"
                  "\"c\":\"3\"}}}",
                  "Sysctls");

    CHECK(node_count(map) == 3);
    CHECK_STR(node_string(node_get(map, STR("a"))), "1");
    CHECK_STR(node_string(node_get(map, STR("b"))), "");
    CHECK_STR(node_string(node_get(map, STR("c"))), "3");
    (void)read_host("{\"NetworkingConfig\":{\"EndpointsConfig\":{\"n\":{\"Aliases\":[\"a\"]}},"
                    "\"EndpointsConfig\":{\"n\":{\"IPAddress\":\"i\"}}}}",
                    NULL);
    map = node_path(&result.value, "NetworkingConfig", "EndpointsConfig", "n", NULL);
    CHECK(node_get(map, STR("Aliases")) == NULL);
    CHECK_STR(node_string(node_get(map, STR("IPAddress"))), "i");
}

static void lists_keep_what_stood_behind_their_end(void)
{
    const struct node *binds = read_host(
        "{\"HostConfig\":{\"Binds\":[\"/usr:/a\",\"/:/b\"],\"Binds\":[\"vol1:/c\"],\"Binds\":[null,"
        "null]}}",
        "Binds");

    CHECK(node_count(binds) == 2);
    CHECK_STR(item(binds, 0), "vol1:/c");
    CHECK_STR(item(binds, 1), "/:/b");
    binds = read_host(
        "{\"HostConfig\":{\"Binds\":[\"a\",\"b\"],\"Binds\":[],\"Binds\":[null,null]}}", "Binds");
    CHECK_STR(item(binds, 1), "");
    binds = read_host("{\"HostConfig\":{\"Binds\":[\"a\",\"b\"],\"Binds\":null,\"Binds\":[null]}}",
                      "Binds");
    CHECK(node_count(binds) == 1);
    CHECK_STR(item(binds, 0), "");
}

static void list_elements_merge_too(void)
{
    const struct node *mounts =
        read_host("{\"HostConfig\":{\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/\",\"Target\":"
                  "\"/h\"}],\"Mounts\":[{\"Target\":\"/z\"}]}}",
                  "Mounts");

    CHECK_STR(node_string(node_get(node_item(mounts, 0), STR("Source"))), "/");
    CHECK_STR(node_string(node_get(node_item(mounts, 0), STR("Target"))), "/z");
}

static void fixed_arrays_and_strslices_are_replaced(void)
{
    const struct node *size =
        read_host("{\"HostConfig\":{\"ConsoleSize\":[1,2],\"ConsoleSize\":[null]}}", "ConsoleSize");
    const struct node *caps;

    CHECK(node_count(size) == 2);
    CHECK(node_int(node_item(size, 0)) == 1 && node_int(node_item(size, 1)) == 0);
    size = read_host("{\"HostConfig\":{\"ConsoleSize\":[1,2,\"x\",{}]}}", "ConsoleSize");
    CHECK(node_count(size) == 2);
    caps =
        read_host("{\"HostConfig\":{\"CapAdd\":[\"A\",\"B\"],\"CapAdd\":[null,null]}}", "CapAdd");
    CHECK_STR(item(caps, 0), "");
    caps = read_host("{\"HostConfig\":{\"CapAdd\":[\"A\",\"B\"],\"CapAdd\":\"C\"}}", "CapAdd");
    CHECK(node_count(caps) == 1);
    CHECK_STR(item(caps, 0), "C");
}

static void odd_text_becomes_what_go_makes_of_it(void)
{
    (void)read_host("{\"Ho\xc5\xbftname\":\"\xff\\ud800\\u0000\"} trailing", NULL);
    CHECK_STR(node_string(node_get(&result.value, STR("Hostname"))), "\xef\xbf\xbd\xef\xbf\xbd\0");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4 << 20, &err) == 0);
    scalars_are_replaced_but_not_by_null();
    structs_merge_and_pointers_go_with_null();
    maps_gain_entries_that_are_new_each_time();
    lists_keep_what_stood_behind_their_end();
    list_elements_merge_too();
    fixed_arrays_and_strslices_are_replaced();
    odd_text_becomes_what_go_makes_of_it();
    arena_done(&arena);
    return 0;
}
