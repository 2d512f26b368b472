#include "policy/message.h"

#include <stdio.h>
#include <string.h>

#include "base/clip.h"
#include "base/json_plain.h"
#include "base/utf8.h"

enum { TAIL_BYTES = 64 }; /* kept for "… and 12 more" */

struct str message_clean(struct arena *arena, struct str text, size_t max)
{
    bool is_cut = text.len > max;
    size_t len = 0;
    char *out;

    if (is_cut)
        text = clip_str(text, max);
    out = arena_alloc(arena, text.len + sizeof "…");
    if (!out)
        return (struct str){"", 0};
    while (text.len > 0) {
        size_t plain = json_plain(text);
        size_t length = plain ? plain : utf8_length(text);
        unsigned char c = (unsigned char)text.ptr[0];

        if (length)
            memcpy(out + len, text.ptr, length);
        if (length == 0)
            out[len] = '?';
        else if (c < 0x20 || c == 0x7f)
            out[len] = ' ';
        length = length ? length : 1;
        len += length;
        text = str_skip(text, length);
    }
    if (is_cut) {
        memcpy(out + len, "…", sizeof "…" - 1);
        len += sizeof "…" - 1;
    }
    return (struct str){out, len};
}

bool message_names_place(struct str text)
{
    struct str place = str_take(text, str_find(text, ' '));

    return str_ends(place, STR(":")) && memmem(place.ptr, place.len, ".lua:", 5);
}

static struct str without_point(struct str text)
{
    while (text.len > 0 && (text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == ' '))
        text.len--;
    return text;
}

void message_add(struct message *message, struct str label, struct str msg, struct str field,
                 struct str fix)
{
    char line[MESSAGE_MAX_BYTES];
    int len;

    msg = without_point(msg);
    fix = without_point(fix);
    len = snprintf(line, sizeof line, "%s[%.*s] %.*s%s%.*s%s.%s%.*s%s", message->len ? "\n" : "",
                   STR_FMT(label), STR_FMT(msg), field.len ? " (" : "", STR_FMT(field),
                   field.len ? ")" : "", fix.len ? " Fix: " : "", STR_FMT(fix), fix.len ? "." : "");
    if (len < 0 || message->untold > 0 ||
        (size_t)len > sizeof message->text - TAIL_BYTES - message->len) {
        message->untold++;
        return;
    }
    memcpy(message->text + message->len, line, (size_t)len);
    message->len += (size_t)len;
}

struct str message_end(const struct message *message, struct arena *arena)
{
    struct str told = {message->text, message->len};

    if (message->untold == 0)
        return arena_str(arena, told);
    return arena_printf(arena, "%.*s\n… and %zu more", STR_FMT(told), message->untold);
}
