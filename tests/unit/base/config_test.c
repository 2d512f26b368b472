#include "base/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

struct settings {
    char *path;
    uint64_t wait_ms;
    uint64_t count;
};

static const struct config_key keys[] = {
    {"path", CONFIG_TEXT, CONFIG_FLAG, "PATH", 0, 8, "/d", offsetof(struct settings, path),
     "where"},
    {"wait-ms", CONFIG_NUMBER, CONFIG_NO_FLAG, "ms", 10, 20, "15",
     offsetof(struct settings, wait_ms), "how long"},
    {"count", CONFIG_NUMBER, CONFIG_FLAG, "things", 0, UINT64_MAX, "1",
     offsetof(struct settings, count), "how many"},
};

static const struct config_table table = {"prog", "P_", "/nonexistent/config.json", keys, 3};

static struct settings settings;
static enum config_wish wish;
static struct err err;

static int load(char *const *argv, char *const *envp)
{
    config_done(&table, &settings);
    settings = (struct settings){0};
    err.msg[0] = '\0';
    return config_load(&table, argv, envp, &settings, &wish, &err);
}

#define ARGS(...) ((char *[]){__VA_ARGS__, NULL})
#define NONE ((char *[]){NULL})

static int load_file(const char *content, char *const *argv, char *const *envp)
{
    char path[] = "/tmp/config-test-XXXXXX";
    int fd = mkstemp(path);
    char *args[8] = {"--config", path};
    int status;

    CHECK(fd >= 0);
    CHECK(write(fd, content, strlen(content)) == (ssize_t)strlen(content));
    (void)close(fd);
    for (size_t i = 2; *argv; i++)
        args[i] = *argv++;
    status = load(args, envp);
    (void)unlink(path);
    return status;
}

static void later_layers_win(void)
{
    CHECK(load(NONE, NONE) == 0);
    CHECK(wish == CONFIG_RUN && settings.wait_ms == 15 && settings.count == 1);
    CHECK(strcmp(settings.path, "/d") == 0);
    CHECK(load_file("{\"path\":\"/f\",\"wait-ms\":20,\"count\":2}", NONE, NONE) == 0);
    CHECK(settings.wait_ms == 20 && settings.count == 2 && strcmp(settings.path, "/f") == 0);
    CHECK(load_file("{\"path\":\"/f\",\"count\":2}", NONE, ARGS("P_PATH=/e", "P_WAIT_MS=10")) == 0);
    CHECK(settings.wait_ms == 10 && settings.count == 2 && strcmp(settings.path, "/e") == 0);
    CHECK(load_file("{\"path\":\"/f\"}", ARGS("--path=/a"), ARGS("P_PATH=/e", "OTHER=1")) == 0);
    CHECK(strcmp(settings.path, "/a") == 0);
}

static void empty_words_are_absent(void)
{
    CHECK(load(ARGS("", "--count", "", "7", ""), ARGS("P_PATH=", "P_CONFIG=")) == 0);
    CHECK(settings.count == 7 && strcmp(settings.path, "/d") == 0);
    CHECK(load(ARGS("--path="), NONE) == 0); /* given, and empty */
    CHECK(strcmp(settings.path, "") == 0);
}

static void bounds_are_kept(void)
{
    CHECK(load(NONE, ARGS("P_WAIT_MS=9")) == -1);
    CHECK(strcmp(err.msg, "wait-ms (P_WAIT_MS): got \"9\", expected a whole number of ms from 10 "
                          "to 20") == 0);
    CHECK(load(NONE, ARGS("P_WAIT_MS=21")) == -1);
    CHECK(load(ARGS("--count", "18446744073709551615"), NONE) == 0);
    CHECK(load(ARGS("--count", "18446744073709551616"), NONE) == -1);
    CHECK(load(ARGS("--path", "/1234567"), NONE) == 0);
    CHECK(load(ARGS("--path", "/12345678"), NONE) == -1);
    CHECK(strcmp(err.msg, "path (--path): got \"/12345678\" of 9 bytes, expected PATH of 0 to 8 "
                          "bytes") == 0);
}

static void says_what_is_wrong(const char *words)
{
    if (!strstr(err.msg, words)) {
        (void)fprintf(stderr, "\"%s\" does not say \"%s\"\n", err.msg, words);
        exit(1);
    }
    CHECK(!strchr(err.msg, '\n'));
    CHECK(!settings.path); /* nothing is left behind */
}

static void refuses_what_it_does_not_know(void)
{
    static const char *const odd_numbers[] = {"-1", "+1", " 1", "1 ", "0x1", "1.5", "ten\n"};

    for (size_t i = 0; i < sizeof odd_numbers / sizeof *odd_numbers; i++) {
        CHECK(load((char *[]){"--count", str_unconst(odd_numbers[i]), NULL}, NONE) == -1);
        says_what_is_wrong("count (--count): got \"");
    }
    CHECK(load(ARGS("--pth", "/x"), NONE) == -1);
    says_what_is_wrong("--pth: no such flag");
    CHECK(load(ARGS("--wait-ms", "12"), NONE) == -1);
    says_what_is_wrong("--wait-ms: no such flag");
    CHECK(load(ARGS("/x"), NONE) == -1);
    says_what_is_wrong("/x: not a flag");
    CHECK(load(ARGS("--count"), NONE) == -1);
    says_what_is_wrong("--count: expected a value");
    CHECK(load(NONE, ARGS("P_PTH=/x")) == -1);
    says_what_is_wrong("P_PTH (environment): no such key");
    CHECK(load(ARGS("--config", "/nonexistent/c.json"), NONE) == -1);
    says_what_is_wrong("config: cannot read /nonexistent/c.json: No such file");
    CHECK(load(NONE, ARGS("P_CONFIG=/dev/null")) == -1);
    says_what_is_wrong("config: /dev/null is not a regular file");
}

static void refuses_odd_files(void)
{
    CHECK(load_file("{\"pth\":\"/x\"}", NONE, NONE) == -1);
    says_what_is_wrong("pth (/tmp/config-test-");
    CHECK(load_file("{\"path\":1}", NONE, NONE) == -1);
    says_what_is_wrong("expected a string, PATH");
    CHECK(load_file("{\"count\":\"1\"}", NONE, NONE) == -1);
    says_what_is_wrong("got \"\\\"1\\\"\", expected a whole number of things");
    CHECK(load_file("{\"count\":-1}", NONE, NONE) == -1);
    says_what_is_wrong("got \"-1\"");
    CHECK(load_file("{\"count\":1,\"count\":2}", NONE, NONE) == -1);
    says_what_is_wrong("duplicate");
    CHECK(load_file("[]", NONE, NONE) == -1);
    says_what_is_wrong("expected a JSON object");
    CHECK(load_file("{", NONE, NONE) == -1);
    says_what_is_wrong("config: /tmp/config-test-");
    CHECK(load_file("{\"path\":\"a\\u0000b\"}", NONE, NONE) == -1);
}

static void knows_wishes(void)
{
    CHECK(load(ARGS("--version"), NONE) == 0 && wish == CONFIG_VERSION);
    CHECK(load(ARGS("--help"), ARGS("P_WRONG=1")) == 0 && wish == CONFIG_HELP);
}

static void helps_with_every_key(void)
{
    char text[4096] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    CHECK(out);
    config_help(&table, out);
    CHECK(fclose(out) == 0);
    CHECK(strstr(text, "--path PATH\n      where\n      default /d; P_PATH\n"));
    CHECK(strstr(text, "  wait-ms ms\n      how long\n      10 to 20, default 15; P_WAIT_MS\n"));
    CHECK(strstr(text, "P_CONFIG"));
}

int main(void)
{
    later_layers_win();
    empty_words_are_absent();
    bounds_are_kept();
    refuses_what_it_does_not_know();
    refuses_odd_files();
    knows_wishes();
    helps_with_every_key();
    config_done(&table, &settings);
    return 0;
}
