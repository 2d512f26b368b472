#include "policy/near.h"

#include "check.h"

static struct str nearest(struct str written)
{
    struct near near;

    near_init(&near, written);
    near_offer(&near, STR("privileged"));
    near_offer(&near, STR("propagation"));
    near_offer(&near, STR("container.bind-mounts"));
    near_offer(&near, STR("pid"));
    return near.best;
}

int main(void)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    CHECK_STR(nearest(STR("priviledged")), "privileged");
    CHECK_STR(nearest(STR("privilegde")), "privileged");
    CHECK_STR(nearest(STR("Privileged")), "privileged");
    CHECK_STR(nearest(STR("container.bind_mount")), "container.bind-mounts");
    CHECK_STR(nearest(STR("pdi")), "pid");
    CHECK_STR(nearest(STR("p")), "");
    CHECK_STR(nearest(STR("prvlgd")), "");
    CHECK_STR(nearest(STR("")), "");

    near_init(&near, STR("pdi"));
    CHECK_STR(str_from(near_hint(&near, hint)), "");
    near_offer(&near, STR("pid"));
    CHECK_STR(str_from(near_hint(&near, hint)), "; did you mean 'pid'?");
    return 0;
}
