#include "corpus.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "api_call.h"
#include "json_scan.h"
#include "tool.h"

enum { HEADER_MAX = 512 };

/* The header fields that dockerd's plugin client sends, in its order. */
static void write_plugin_call(struct message *message, struct str endpoint, struct str body,
                              const struct corpus_form *form)
{
    int header;

    message->bytes = tool_resize(NULL, endpoint.len + HEADER_MAX + body.len);
    header = snprintf(message->bytes, endpoint.len + HEADER_MAX,
                      "POST %.*s HTTP/1.1\r\n"
                      "Host: \r\n"
                      "User-Agent: Go-http-client/1.1\r\n"
                      "Content-Length: %zu\r\n"
                      "Accept: application/vnd.docker.plugins.v1.2+json\r\n"
                      "%s\r\n",
                      STR_FMT(endpoint), body.len, form->close ? "Connection: close\r\n" : "");
    memcpy(message->bytes + header, body.ptr, body.len);
    message->len = (size_t)header + body.len;
}

static void add_line(struct corpus *corpus, struct str line, const struct corpus_form *form)
{
    struct str endpoint = json_scan_string(line, STR("endpoint"));
    struct str body = json_scan_member(line, STR("body"));
    struct str method = json_scan_string(body, STR("RequestMethod"));
    struct str uri = json_scan_string(body, STR("RequestUri"));
    struct message *message;

    if (endpoint.len == 0 || body.len == 0)
        return;
    corpus->messages = tool_resize(corpus->messages, (corpus->count + 1) * sizeof *message);
    message = &corpus->messages[corpus->count++];
    memset(message, 0, sizeof *message);
    (void)snprintf(message->name, sizeof message->name, "%.*s %.*s", STR_FMT(method), STR_FMT(uri));
    if (form->api_calls)
        message->bytes = api_call_write(body, &message->len);
    else
        write_plugin_call(message, endpoint, body, form);
}

void corpus_load(struct corpus *corpus, const char *path, const struct corpus_form *form)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;

    if (!file)
        tool_die(2, "%s: %s", path, strerror(errno));
    while ((len = getline(&line, &cap, file)) > 0)
        add_line(corpus, (struct str){line, (size_t)len}, form);
    free(line);
    (void)fclose(file);
    if (corpus->count == 0)
        tool_die(2, "%s: no messages", path);
}

struct message *corpus_next(struct corpus *corpus)
{
    struct message *message = &corpus->messages[corpus->next];

    corpus->next = (corpus->next + 1) % corpus->count;
    return message;
}
