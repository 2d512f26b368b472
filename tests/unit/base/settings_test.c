#include "base/settings.h"

#include "check.h"

static char place[SETTINGS_CONTROL_BYTES];

static struct str control_of(const char *socket, const char *control)
{
    const struct settings settings = {.socket = str_unconst(socket),
                                      .control = str_unconst(control)};

    settings_control(&settings, place);
    return str_from(place);
}

/* What lies in the folder of plugin sockets itself would be taken for a plugin. */
static void control_lies_in_a_folder_of_its_own(void)
{
    CHECK_STR(control_of("/run/docker/plugins/lua-authz.sock", ""),
              "/run/docker/plugins/lua-authz.d/control");
    CHECK_STR(control_of("/tmp/s", ""), "/tmp/s.d/control");
}

static void control_can_be_named_or_off(void)
{
    CHECK_STR(control_of("/a.sock", "/b/c"), "/b/c");
    CHECK_STR(control_of("/a.sock", "off"), "");
}

static void the_longest_socket_still_has_one(void)
{
    char socket[104];
    struct str control;

    memset(socket, 'x', sizeof socket - 1);
    socket[0] = '/';
    socket[sizeof socket - 1] = '\0';
    control = control_of(socket, "");
    CHECK(control.len == 103 + strlen(".d/control"));
    CHECK(str_ends(control, STR(".d/control")));
}

int main(void)
{
    control_lies_in_a_folder_of_its_own();
    control_can_be_named_or_off();
    the_longest_socket_still_has_one();
    return 0;
}
