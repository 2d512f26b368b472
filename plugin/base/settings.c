#include "base/settings.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/install.h"
#include "base/str.h"

enum {
    PATH_BYTES = PATH_MAX - 1,
    SOCKET_PATH_BYTES = 103,  /* sockaddr_un less its NUL and ".new" */
    CONNECT_PATH_BYTES = 107, /* less its NUL alone: for who connects */
};

#define TEXT(key, field, flag, what, min, max, initial, help)                                      \
    {                                                                                              \
        (key), CONFIG_TEXT, (flag), (what), (min), (max), (initial),                               \
            offsetof(struct settings, field), (help)                                               \
    }
#define NUMBER(key, field, unit, min, max, initial, help)                                          \
    {                                                                                              \
        (key), CONFIG_NUMBER, CONFIG_NO_FLAG, (unit), (min), (max), (initial),                     \
            offsetof(struct settings, field), (help)                                               \
    }

#define MIB (UINT64_C(1) << 20)

static const struct config_key keys[] = {
    TEXT("socket", socket, CONFIG_FLAG, "PATH", 1, SOCKET_PATH_BYTES,
         "/run/docker/plugins/lua-authz.sock", "socket that dockerd asks on"),
    TEXT("control", control, CONFIG_FLAG, "PATH", 0, CONNECT_PATH_BYTES, "",
         "socket for status and reload; off is none (default: in a folder beside socket)"),
    TEXT("metrics", metrics, CONFIG_NO_FLAG, "PLACE", 0, SOCKET_PATH_BYTES, "",
         "where Prometheus reads: a socket's path, 127.0.0.1:PORT or [::1]:PORT; nothing is off"),
    TEXT("policy", policy, CONFIG_FLAG, "DIR", 1, PATH_BYTES, "/etc/lua-authz",
         "policy directory: policy.lua, rules/, data/"),
    TEXT("library", library, CONFIG_FLAG, "DIR", 0, PATH_BYTES, "",
         "profiles and rules that come with lua-authz (default: those installed)"),
    NUMBER("reload-debounce-ms", reload_debounce_ms, "ms", 0, 60000, "250",
           "how long policy files rest after a change until they are loaded; 0: only when told"),
    TEXT("audit", audit, CONFIG_FLAG, "FILE", 0, PATH_BYTES, "",
         "record of decisions; - is standard output, nothing means none"),
    TEXT("audit-sinks", audit_sinks, CONFIG_NO_FLAG, "LIST", 0, 64, "",
         "where records go as well: some of stdout, syslog, journald, with commas between"),
    TEXT("audit-required", audit_required, CONFIG_NO_FLAG, "LIST", 0, 64, "",
         "those of audit-sinks without which audit-on-failure applies; audit itself always is"),
    TEXT("audit-sync", audit_sync, CONFIG_NO_FLAG, "WORD", 1, 16, "never",
         "never, or batch: records are on the disk before their answers are sent"),
    TEXT("audit-on-failure", audit_on_failure, CONFIG_NO_FLAG, "WORD", 1, 16, "deny",
         "while no record can be written: deny, allow-read-only or allow"),
    TEXT("audit-capture", audit_capture, CONFIG_NO_FLAG, "WORD", 1, 16, "off",
         "off; on: records hold the request without its secrets; with-labels: and with labels"),
    NUMBER("audit-file-bytes-max", audit_file_bytes_max, "bytes", 0, 1048576 * MIB, "0",
           "size at which the audit file is moved away for a new one; 0 is never"),
    NUMBER("audit-file-age-max-s", audit_file_age_max_s, "s", 0, 315360000, "0",
           "age at which it is; 0 is never"),
    NUMBER("audit-files-max", audit_files_max, "files", 0, 100000, "0",
           "moved away audit files that are kept; 0 is all"),
    NUMBER("workers-min", workers_min, "processes", 1, 1024, "2", "workers that are always there"),
    NUMBER("workers-max", workers_max, "processes", 1, 1024, "32", "most workers at a time"),
    NUMBER("decision-timeout-ms", decision_timeout_ms, "ms", 1, 10000, "2000",
           "longest that one decision may take"),
    NUMBER("queue-timeout-ms", queue_timeout_ms, "ms", 1, 60000, "5000",
           "longest that a call may wait for a worker"),
    NUMBER("queue-max", queue_max, "calls", 1, 1000000, "4096", "most calls that may wait"),
    NUMBER("connections-max", connections_max, "connections", 1, 100000, "2048",
           "most connections at a time"),
    NUMBER("bytes-in-flight-max", bytes_in_flight_max, "bytes", 16 * MIB, 65536 * MIB, "268435456",
           "most memory for calls that are being read or decided"),
    NUMBER("instructions-max", instructions_max, "instructions", 1000, 1000000000, "1000000",
           "Lua instructions and pattern steps of one decision"),
    NUMBER("lua-memory-max", lua_memory_max, "bytes", 1 * MIB, 1024 * MIB, "33554432",
           "Lua memory of one decision"),
    NUMBER("read-memory-max", read_memory_max, "bytes", 1 * MIB, 1024 * MIB, "67108864",
           "memory for reading one request"),
    NUMBER("worker-address-space-max", worker_address_space_max, "bytes", 256 * MIB, 65536 * MIB,
           "536870912", "address space of one worker process"),
    NUMBER("worker-age-max", worker_age_max, "decisions", 0, 1000000000, "10000",
           "decisions after which a worker is replaced; 0 is never"),
    NUMBER("worker-kept-memory-max", worker_kept_memory_max, "bytes", 0, 65536 * MIB, "67108864",
           "memory that a large call may leave a worker with, beyond what it had at its start, "
           "before it is replaced; 0 is any"),
};

struct config_table settings_table(const char *program)
{
    return (struct config_table){
        .program = program,
        .prefix = "LUA_AUTHZ_",
        .file = "/etc/lua-authz/config.json",
        .keys = keys,
        .count = sizeof keys / sizeof keys[0],
    };
}

static int find_library(const struct config_table *table, struct settings *settings,
                        struct err *err)
{
    char path[PATH_MAX];

    if (settings->library[0] != '\0')
        return 0;
    if (install_library(path, sizeof path, err) < 0)
        return -1;
    return config_set(table, "library", path, settings, err);
}

static bool is_one_of(const char *word, const char *first, const char *second, const char *third)
{
    return strcmp(word, first) == 0 || strcmp(word, second) == 0 || strcmp(word, third) == 0;
}

int settings_load(const char *program, char *const *argv, char *const *envp, struct settings *ret,
                  enum config_wish *wish, struct err *err)
{
    const struct config_table table = settings_table(program);
    struct settings settings = {0};

    if (config_load(&table, argv, envp, &settings, wish, err) < 0)
        return -1;
    if (*wish == CONFIG_RUN && settings.workers_min > settings.workers_max) {
        err_set(err, ERR_INVALID, "workers-min: got %llu, expected at most workers-max (%llu)",
                (unsigned long long)settings.workers_min, (unsigned long long)settings.workers_max);
        config_done(&table, &settings);
        return -1;
    }
    if (*wish == CONFIG_RUN && !is_one_of(settings.audit_capture, "off", "on", "with-labels")) {
        err_set(err, ERR_INVALID, "audit-capture: got '%s', expected off, on or with-labels",
                settings.audit_capture);
        config_done(&table, &settings);
        return -1;
    }
    if (*wish == CONFIG_RUN && find_library(&table, &settings, err) < 0) {
        config_done(&table, &settings);
        return -1;
    }
    *ret = settings;
    return 0;
}

/* In a folder of its own: whatever socket lies beside that of a plugin, of whatever ending, the
 * engine takes for another plugin, but not what lies deeper, unless it is called as its folder is
 * (moby, pkg/plugins/discovery.go). The name is short: on the host, the folder of a managed plugin
 * takes 85 of the 107 bytes that a socket's path may have. */
void settings_control(const struct settings *settings, char ret[SETTINGS_CONTROL_BYTES])
{
    struct str socket = str_from(settings->socket);

    ret[0] = '\0';
    if (strcmp(settings->control, "off") == 0)
        return;
    if (str_ends(socket, STR(".sock")))
        socket.len -= strlen(".sock");
    if (settings->control[0])
        (void)snprintf(ret, SETTINGS_CONTROL_BYTES, "%s", settings->control);
    else
        (void)snprintf(ret, SETTINGS_CONTROL_BYTES, "%.*s.d/control", STR_FMT(socket));
}

void settings_done(struct settings *settings)
{
    const struct config_table table = settings_table("");

    config_done(&table, settings);
}

struct worker_limits settings_limits(const struct settings *settings)
{
    return (struct worker_limits){
        .instructions = settings->instructions_max,
        .lua_memory_bytes = settings->lua_memory_max,
        .read_memory_bytes = settings->read_memory_max,
        .address_space_bytes = settings->worker_address_space_max,
        .captures = strcmp(settings->audit_capture, "off") != 0,
        .captures_labels = strcmp(settings->audit_capture, "with-labels") == 0,
    };
}
