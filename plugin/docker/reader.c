#include "docker/reader.h"

int reader_read(const struct type *type, struct str json, enum reader_mode mode,
                struct arena *arena, struct reader_result *ret, struct refusal *refusal)
{
    (void)type, (void)json, (void)mode, (void)arena, (void)ret;
    *refusal = (struct refusal){.id = STR("request.json"), .msg = STR("the reader is not there")};
    return -1;
}
