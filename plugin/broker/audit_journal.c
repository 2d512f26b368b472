#include <stdio.h>
#include <syslog.h>

#include "base/trail.h"
#include "broker/audit_datagram.h"
#include "broker/audit_sink.h"

/* The journal's own protocol: https://systemd.io/JOURNAL_NATIVE_PROTOCOL/. MESSAGE is the record
 * itself, so that `journalctl -o cat` gives a trail; the rest is to look records up by. */

#define JOURNAL_PATH "/run/systemd/journal/socket"

enum { ENTRY_MAX_BYTES = TRAIL_LINE_MAX + 32 * 1024 };

static int open_journal(struct audit_sink *sink, struct err *err)
{
    buffer_init(&sink->rest, ENTRY_MAX_BYTES);
    return audit_datagram_open(&sink->fd, err);
}

/* NAME, line end, length in little-endian order, value, line end: any byte may stand in it. */
static void field(struct buffer *entry, const char *name, struct str value)
{
    unsigned char length[8];

    if (value.len == 0)
        return;
    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)((uint64_t)value.len >> (8 * i));
    (void)buffer_str(entry, str_from(name));
    (void)buffer_append(entry, "\n", 1);
    (void)buffer_append(entry, length, sizeof length);
    (void)buffer_str(entry, value);
    (void)buffer_append(entry, "\n", 1);
}

static int write_journal(struct audit_sink *sink, const struct audit_entry *entry, struct err *err)
{
    struct buffer *text = &sink->rest;
    struct str whole;

    buffer_reset(text, ENTRY_MAX_BYTES);
    (void)buffer_printf(text, "PRIORITY=%d\nSYSLOG_FACILITY=%d\nSYSLOG_IDENTIFIER=lua-authz\n",
                        entry->severity, LOG_FAC(LOG_AUTHPRIV));
    field(text, "MESSAGE", str_take(entry->line, entry->line.len - 1));
    field(text, "AUTHZ_TOPIC", entry->topic);
    field(text, "AUTHZ_DECISION", entry->id);
    field(text, "AUTHZ_VERDICT", entry->verdict);
    field(text, "AUTHZ_REASON", entry->reason);
    field(text, "AUTHZ_ACTION", entry->action);
    field(text, "AUTHZ_USER", entry->user);
    if (text->failed)
        return err_set(err, ERR_LIMIT, "journald: an entry did not fit");
    whole = buffer_view(text);
    return audit_datagram_send(sink->fd, JOURNAL_PATH, &whole, 1, err);
}

const struct audit_sink_ops audit_journal_ops = {"journald", open_journal, write_journal};
