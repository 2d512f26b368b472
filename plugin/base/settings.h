#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdint.h>

#include "base/cleanup.h"
#include "base/config.h"
#include "base/err.h"
#include "base/worker_link.h"

/* What the daemon and the command line can be told: one table for both, so that what `lua-authz
 * decide` says is what lua-authzd does. */
struct settings {
    char *socket;  /* owned, as all text here */
    char *policy;  /* directory */
    char *library; /* directory */
    char *control; /* socket; "" for one beside the socket, see settings_control() */
    char *metrics; /* place; "" for none */
    char *audit;   /* file, "-" for stdout, "" for none */
    char *audit_sinks;
    char *audit_required;
    char *audit_sync;
    char *audit_on_failure;
    char *audit_capture;
    uint64_t reload_debounce_ms;
    uint64_t audit_file_bytes_max;
    uint64_t audit_file_age_max_s;
    uint64_t audit_files_max;
    uint64_t workers_min;
    uint64_t workers_max;
    uint64_t decision_timeout_ms;
    uint64_t queue_timeout_ms;
    uint64_t queue_max;
    uint64_t connections_max;
    uint64_t bytes_in_flight_max;
    uint64_t instructions_max;
    uint64_t lua_memory_max;
    uint64_t read_memory_max;
    uint64_t worker_address_space_max;
    uint64_t worker_age_max;
    uint64_t worker_kept_memory_max;
};

/* Described as config_load() wants it; program names the one that runs. */
struct config_table settings_table(const char *program);

/* config_load() over that table; a library that was not named is the installation's own. */
MUST_CHECK int settings_load(const char *program, char *const *argv, char *const *envp,
                             struct settings *ret, enum config_wish *wish, struct err *err);
enum { SETTINGS_CONTROL_BYTES = 128 };

/* Where the control socket is; "" when it is off. */
void settings_control(const struct settings *settings, char ret[SETTINGS_CONTROL_BYTES]);

/* Takes zeroed settings too. */
void settings_done(struct settings *settings);

/* What of them a worker is told. */
struct worker_limits settings_limits(const struct settings *settings);

#endif
