#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

#include "base/trail.h"
#include "broker/audit_datagram.h"
#include "broker/audit_sink.h"

/* RFC 5424 on the local socket of syslog. The message is the record itself: who collects these
 * can follow the chain. */

#define SYSLOG_PATH "/dev/log"

enum {
    HEAD_MAX_BYTES = 512,
    HOST_MAX_BYTES = 255 /* RFC 5424, section 6 */
};

static int open_syslog(struct audit_sink *sink, struct err *err)
{
    return audit_datagram_open(&sink->fd, err);
}

/* HOSTNAME is printable ASCII, and "-" when it is not known. */
static const char *host_name(char name[static HOST_MAX_BYTES + 1])
{
    if (gethostname(name, HOST_MAX_BYTES + 1) < 0)
        return "-";
    name[HOST_MAX_BYTES] = '\0';
    for (const char *at = name; *at; at++) {
        if (*at <= ' ' || *at >= 0x7f)
            return "-";
    }
    return name[0] ? name : "-";
}

static int write_syslog(struct audit_sink *sink, const struct audit_entry *entry, struct err *err)
{
    char host[HOST_MAX_BYTES + 1];
    char head[HEAD_MAX_BYTES];
    struct str time = str_take(str_skip(entry->line, sizeof TRAIL_HEAD - 1), TRAIL_TIME_BYTES);
    struct str parts[2];

    /* <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG */
    parts[0].len = (size_t)snprintf(head, sizeof head, "<%d>1 %.*s %s lua-authz %d %.*s - ",
                                    LOG_AUTHPRIV | entry->severity, STR_FMT(time), host_name(host),
                                    (int)getpid(), STR_FMT(entry->topic));
    parts[0].ptr = head;
    parts[1] = str_take(entry->line, entry->line.len - 1);
    return audit_datagram_send(sink->fd, SYSLOG_PATH, parts, 2, err);
}

const struct audit_sink_ops audit_syslog_ops = {"syslog", open_syslog, write_syslog};
