#include "cli/check.h"

#include <stdio.h>

#include "cli/place.h"
#include "cli/report.h"
#include "cli/session.h"

int check_run(const struct settings *settings)
{
    struct session session;
    struct str findings;
    struct err err;
    int status;

    if (session_open(settings, &session, &err) < 0)
        return report("%s", err.msg);
    if (session_lint(&session, &err) < 0) {
        session_close(&session);
        return report("%s", err.msg);
    }
    place_warn(settings->policy);
    findings = buffer_view(&session.findings);
    (void)fwrite(findings.ptr, 1, findings.len, stdout);
    status = session.loaded && findings.len == 0 ? 0 : 1;
    if (place_check(settings->policy))
        status = 1;
    session_close(&session);
    return fflush(stdout) == 0 ? status : 1;
}
