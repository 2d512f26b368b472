#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "known.h"

static FILE *to;
static FILE *from;
static pid_t child;
static char *line;
static size_t line_cap;

static void die(const char *what)
{
    (void)fprintf(stderr, "oracle: %s\n", what);
    exit(2);
}

static void spawn(const char *path)
{
    int in[2];
    int out[2];

    if (pipe(in) < 0 || pipe(out) < 0)
        die("no pipe");
    child = fork();
    if (child < 0)
        die("no process");
    if (child == 0) {
        (void)dup2(in[0], STDIN_FILENO);
        (void)dup2(out[1], STDOUT_FILENO);
        (void)close(in[1]);
        (void)close(out[0]);
        (void)execl(path, path, (char *)NULL);
        _exit(127);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    to = fdopen(in[1], "w");
    from = fdopen(out[0], "r");
    if (!to || !from)
        die("no stream");
}

static struct str read_line(void)
{
    ssize_t len = getline(&line, &line_cap, from);

    if (len <= 0)
        die("it has ended");
    return (struct str){line, (size_t)len - 1};
}

/* "F container_create HostConfig.Binds" */
static void take_field(struct str text)
{
    struct str rest = str_skip(text, 2);
    size_t space = str_find(rest, ' ');
    const struct body *body = bodies_find(str_take(rest, space));

    if (!body || !known_add(body->type, str_skip(rest, space + 1))) {
        (void)fprintf(stderr, "our tables lack %.*s\n", STR_FMT(rest));
        exit(1);
    }
}

void oracle_start(const char *path)
{
    spawn(path);
    for (;;) {
        struct str text = read_line();

        if (str_eq(text, STR("END")))
            return;
        take_field(text);
    }
}

static void put_base64(struct str s)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < s.len; i += 3) {
        size_t have = s.len - i;
        unsigned a = (unsigned char)s.ptr[i];
        unsigned b = have > 1 ? (unsigned char)s.ptr[i + 1] : 0;
        unsigned c = have > 2 ? (unsigned char)s.ptr[i + 2] : 0;
        unsigned all = a << 16 | b << 8 | c;

        (void)putc(letters[all >> 18], to);
        (void)putc(letters[all >> 12 & 63], to);
        (void)putc(have > 1 ? letters[all >> 6 & 63] : '=', to);
        (void)putc(have > 2 ? letters[all & 63] : '=', to);
    }
}

struct str oracle_ask(const struct body *body, struct str json)
{
    (void)fprintf(to, "%s ", body->name);
    put_base64(json);
    (void)putc('\n', to);
    (void)fflush(to);
    return read_line();
}

void oracle_stop(void)
{
    int status;

    (void)fclose(to);
    (void)fclose(from);
    free(line);
    if (waitpid(child, &status, 0) < 0 || status != 0)
        die("it failed");
}
