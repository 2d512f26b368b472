#include "api_call.h"

#include <stdio.h>
#include <stdlib.h>

#include "json_scan.h"
#include "tool.h"

enum { HEADER_MAX = 512 };

/* Undo the one escape that Go's encoder puts into a URI: it writes & as \u0026. Returns out's end.
 */
static char *copy_uri(char *out, struct str uri)
{
    while (uri.len > 0) {
        bool ampersand = str_starts(uri, STR("\\u0026"));

        *out++ = *(ampersand ? "&" : uri.ptr);
        uri = str_skip(uri, ampersand ? 6 : 1);
    }
    *out = '\0';
    return out;
}

static size_t decode_base64(char *out, struct str text)
{
    const struct str digits =
        STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    unsigned value = 0;
    unsigned bits = 0;
    size_t len = 0;

    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        size_t digit = str_find(digits, text.ptr[i]);

        if (digit == digits.len)
            tool_die(2, "RequestBody is not base64");
        value = (value << 6 | (unsigned)digit) & 0xffffU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[len++] = (char)(value >> bits & 0xffU);
        }
    }
    return len;
}

char *api_call_write(struct str message, size_t *ret_len)
{
    struct str method = json_scan_string(message, STR("RequestMethod"));
    struct str body = json_scan_string(message, STR("RequestBody"));
    struct str escaped = json_scan_string(message, STR("RequestUri"));
    char *uri = tool_resize(NULL, escaped.len + 1);
    char *decoded = tool_resize(NULL, body.len + 1);
    size_t decoded_len = decode_base64(decoded, body);
    char *call = tool_resize(NULL, escaped.len + HEADER_MAX + decoded_len);
    int header;

    (void)copy_uri(uri, escaped);
    header = snprintf(call, escaped.len + HEADER_MAX,
                      "%.*s %s HTTP/1.1\r\n"
                      "Host: api.moby.localhost\r\n"
                      "User-Agent: Docker-Client/28.2.2 (linux)\r\n"
                      "%s"
                      "Content-Length: %zu\r\n\r\n",
                      STR_FMT(method), uri, decoded_len ? "Content-Type: application/json\r\n" : "",
                      decoded_len);
    memcpy(call + header, decoded, decoded_len);
    *ret_len = (size_t)header + decoded_len;
    free(uri);
    free(decoded);
    return call;
}
