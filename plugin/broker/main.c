#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/settings.h"
#include "broker/broker.h"

#define PROGRAM "lua-authzd"

/* In case one of the first three descriptors is closed: the next file opened would stand there. */
static void fill_standard_descriptors(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        (void)close(fd);
}

static int fail(const struct err *err, int status)
{
    (void)fprintf(stderr, PROGRAM ": %s\n", err->msg);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {0};
    enum config_wish wish;
    struct err err;
    int status = EXIT_SUCCESS;

    fill_standard_descriptors();
    if (settings_load(PROGRAM, argv + (argc > 0), environ, &settings, &wish, &err) < 0)
        return fail(&err, 2);
    if (wish == CONFIG_HELP) {
        const struct config_table table = settings_table(PROGRAM);

        config_help(&table, stdout);
    } else if (wish == CONFIG_VERSION)
        (void)puts(PROGRAM " " AUTHZ_VERSION);
    else if (broker_run(&settings, &err) < 0)
        status = fail(&err, EXIT_FAILURE);
    settings_done(&settings);
    return status;
}
