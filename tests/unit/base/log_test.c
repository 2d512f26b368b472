#include "base/log.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "check.h"

static char got[32 * 1024];

/* Point stderr at a pipe, run line(), and return what it wrote. */
static struct str written_by(void (*line)(void))
{
    int saved = dup(STDERR_FILENO);
    int fds[2];
    ssize_t len;

    CHECK(pipe(fds) == 0);
    CHECK(dup2(fds[1], STDERR_FILENO) >= 0);
    line();
    CHECK(dup2(saved, STDERR_FILENO) >= 0);
    len = read(fds[0], got, sizeof got);
    CHECK(len > 0);
    (void)close(saved);
    (void)close(fds[0]);
    (void)close(fds[1]);
    return (struct str){got, (size_t)len};
}

static void plain(void)
{
    log_event(LOG_LEVEL_WARN, "worker.lost", LOG_NUMBER("pid", -7),
              LOG_TEXT("why", "it \"left\"\n"));
}

static void empty(void)
{
    log_event(LOG_LEVEL_INFO, "x", LOG_TEXT("a", ""));
}

static void huge(void)
{
    static char control[9000];
    struct str text = {control, sizeof control};

    log_event(LOG_LEVEL_ERROR, "big", LOG_STR("a", text), LOG_STR("b", text), LOG_STR("c", text),
              LOG_STR("d", text), LOG_STR("e", text), LOG_STR("f", text));
}

int main(void)
{
    struct str line;

    CHECK_STR(written_by(plain),
              "level=warn event=worker.lost pid=-7 why=\"it \\\"left\\\"\\n\"\n");
    CHECK_STR(written_by(empty), "level=info event=x a=\"\"\n");
    line = written_by(huge);
    CHECK(line.len > 7000 && line.len <= 8192);
    CHECK(str_starts(line, STR("level=error event=big a=\"\\u0000")));
    CHECK(str_ends(line, STR("\xe2\x80\xa6\"\n")));
    return 0;
}
