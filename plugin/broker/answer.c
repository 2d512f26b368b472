#include "broker/answer.h"

#include "base/clip.h"

enum { MSG_MAX_BYTES = 32 * 1024 };

int answer_refuse(struct buffer *buffer, struct str msg, struct str id)
{
    (void)buffer_str(buffer, STR("{\"Allow\":false,\"Msg\":"));
    if (clip_json(buffer, msg, MSG_MAX_BYTES) < 0)
        return -1;
    buffer->len--; /* the closing quote: the id stands inside */
    (void)buffer_str(buffer, STR(" (decision "));
    (void)buffer_str(buffer, id);
    return buffer_str(buffer, STR(")\",\"Err\":\"\"}"));
}
