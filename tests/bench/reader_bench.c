/* How long the reader takes over container creates, and jansson over the same: envelope, base64,
 * body. jansson's side does what any plugin without a schema would: it builds the whole tree, and
 * checks neither types nor spellings.
 *   reader_bench */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "docker/base64.h"
#include "docker/reader.h"

enum {
    ROUNDS = 21, /* the median counts */
    ROUND_BYTES = 16 << 20,
    ARENA_BYTES = 64 << 20,
    TEXT_MAX = 8 << 20,
};

static const char create[] =
    "{\"Hostname\":\"\",\"Domainname\":\"\",\"User\":\"1000:1000\",\"AttachStdin\":false,"
    "\"AttachStdout\":true,\"AttachStderr\":true,\"ExposedPorts\":{\"80/tcp\":{}},\"Tty\":false,"
    "\"OpenStdin\":false,\"StdinOnce\":false,\"Env\":[%s],\"Cmd\":[\"nginx\",\"-g\",\"daemon "
    "off;\"],\"Image\":\"registry.example.org/team/nginx:1.27\",\"Volumes\":{},\"WorkingDir\":"
    "\"\",\"Entrypoint\":null,\"OnBuild\":null,\"Labels\":{%s},\"HostConfig\":{\"Binds\":[\"/srv/"
    "data:/data:ro\",\"cache:/var/cache\"],\"ContainerIDFile\":\"\",\"LogConfig\":{\"Type\":"
    "\"json-file\",\"Config\":{\"max-size\":\"10m\"}},\"NetworkMode\":\"front\",\"PortBindings\":{"
    "\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"8080\"}]},\"RestartPolicy\":{\"Name\":"
    "\"always\",\"MaximumRetryCount\":0},\"AutoRemove\":false,\"VolumeDriver\":\"\","
    "\"VolumesFrom\":null,\"ConsoleSize\":[24,80],\"CapAdd\":[\"NET_BIND_SERVICE\"],\"CapDrop\":["
    "\"ALL\"],\"CgroupnsMode\":\"\",\"Dns\":[],\"DnsOptions\":[],\"DnsSearch\":[],\"ExtraHosts\":"
    "null,\"GroupAdd\":null,\"IpcMode\":\"\",\"Cgroup\":\"\",\"Links\":null,\"OomScoreAdj\":0,"
    "\"PidMode\":\"\",\"Privileged\":false,\"PublishAllPorts\":false,\"ReadonlyRootfs\":true,"
    "\"SecurityOpt\":[\"no-new-privileges\"],\"UTSMode\":\"\",\"UsernsMode\":\"\",\"ShmSize\":0,"
    "\"Isolation\":\"\",\"CpuShares\":0,\"Memory\":536870912,\"NanoCpus\":1500000000,"
    "\"CgroupParent\":\"\",\"BlkioWeight\":0,\"BlkioWeightDevice\":[],\"BlkioDeviceReadBps\":[],"
    "\"BlkioDeviceWriteBps\":[],\"BlkioDeviceReadIOps\":[],\"BlkioDeviceWriteIOps\":[],"
    "\"CpuPeriod\":0,\"CpuQuota\":0,\"CpuRealtimePeriod\":0,\"CpuRealtimeRuntime\":0,"
    "\"CpusetCpus\":\"\",\"CpusetMems\":\"\",\"Devices\":[],\"DeviceCgroupRules\":null,"
    "\"DeviceRequests\":null,\"MemoryReservation\":0,\"MemorySwap\":0,\"MemorySwappiness\":-1,"
    "\"OomKillDisable\":false,\"PidsLimit\":100,\"Ulimits\":[],\"CpuCount\":0,\"CpuPercent\":0,"
    "\"IOMaximumIOps\":0,\"IOMaximumBandwidth\":0,\"Mounts\":[{\"Type\":\"tmpfs\",\"Target\":\"/"
    "tmp\",\"TmpfsOptions\":{\"SizeBytes\":67108864}}],\"MaskedPaths\":null,\"ReadonlyPaths\":"
    "null},\"NetworkingConfig\":{\"EndpointsConfig\":{\"front\":{\"IPAMConfig\":null,\"Links\":"
    "null,\"Aliases\":[\"web\"],\"DriverOpts\":null,\"NetworkID\":\"\",\"EndpointID\":\"\","
    "\"Gateway\":\"\",\"IPAddress\":\"\",\"MacAddress\":\"\",\"IPPrefixLen\":0,\"IPv6Gateway\":"
    "\"\",\"GlobalIPv6Address\":\"\",\"GlobalIPv6PrefixLen\":0,\"DNSNames\":null}}}}";

static void put_base64(struct buffer *out, struct str s)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < s.len; i += 3) {
        size_t have = s.len - i;
        unsigned all = (unsigned)(unsigned char)s.ptr[i] << 16;
        char quad[4];

        all |= have > 1 ? (unsigned)(unsigned char)s.ptr[i + 1] << 8 : 0;
        all |= have > 2 ? (unsigned)(unsigned char)s.ptr[i + 2] : 0;
        quad[0] = letters[all >> 18];
        quad[1] = letters[all >> 12 & 63];
        quad[2] = have > 1 ? letters[all >> 6 & 63] : '=';
        quad[3] = have > 2 ? letters[all & 63] : '=';
        (void)buffer_append(out, quad, sizeof quad);
    }
}

/* A create with that many variables and labels more than none, in its envelope. */
static size_t make_message(size_t extras, struct buffer *message)
{
    struct buffer env;
    struct buffer labels;
    struct buffer body;
    size_t body_bytes;

    buffer_init(&env, TEXT_MAX);
    buffer_init(&labels, TEXT_MAX);
    buffer_init(&body, TEXT_MAX);
    (void)buffer_str(&env, STR("\"PATH=/bin\""));
    (void)buffer_str(&labels, STR("\"a\":\"b\""));
    for (size_t i = 0; i < extras; i++) {
        (void)buffer_printf(&env, ",\"VARIABLE_%zu=some value of a usual length\"", i);
        (void)buffer_printf(&labels, ",\"org.example.label-%06zu\":\"value %zu\"", i, i);
    }
    (void)buffer_append(&env, "", 1);
    (void)buffer_append(&labels, "", 1);
    (void)buffer_printf(&body, create, env.data, labels.data);
    (void)buffer_str(message,
                     STR("{\"RequestMethod\":\"POST\",\"RequestUri\":\"/v1.41/containers/create\","
                         "\"RequestBody\":\""));
    put_base64(message, buffer_view(&body));
    (void)buffer_str(message, STR("\",\"RequestHeaders\":{\"Content-Length\":\"3600\",\"Content-"
                                  "Type\":\"application/json\",\"User-Agent\":\"Docker-Client/"
                                  "28.2.2 (linux)\"}}\n"));
    body_bytes = body.len;
    buffer_done(&env);
    buffer_done(&labels);
    buffer_done(&body);
    return body_bytes;
}

static void check(bool condition)
{
    if (!condition) {
        (void)fprintf(stderr, "a message was not read\n");
        exit(1);
    }
}

static void read_ours(struct arena *arena, struct str message)
{
    struct reader_result result;
    struct refusal refusal;
    struct str body;

    arena_reset(arena, SIZE_MAX / 2);
    check(reader_read(&schema_envelope, message, READER_STRICT, arena, &result, &refusal) == 0);
    body = node_string(node_get(&result.value, STR("RequestBody")));
    check(reader_read(&schema_container_create, body, READER_STRICT, arena, &result, &refusal) ==
          0);
}

/* jansson decodes no base64: it is given our decoder. */
static void read_jansson(struct arena *arena, struct str message)
{
    json_t *envelope = json_loadb(message.ptr, message.len, 0, NULL);
    json_t *coded = json_object_get(envelope, "RequestBody");
    struct str body;
    json_t *tree;

    arena_reset(arena, SIZE_MAX / 2);
    check(coded != NULL);
    check(base64_decode((struct str){json_string_value(coded), json_string_length(coded)},
                        BASE64_CANONICAL, arena, &body) == BASE64_FINE);
    tree = json_loadb(body.ptr, body.len, 0, NULL);
    check(tree != NULL);
    json_decref(tree);
    json_decref(envelope);
}

/* Of this process alone: the machine may be busy. */
static double cpu_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Microseconds for one message. */
static double measure(void (*read)(struct arena *, struct str), struct arena *arena,
                      struct str message)
{
    size_t times = ROUND_BYTES / message.len + 1;
    double rounds[ROUNDS];

    for (size_t i = 0; i < ROUNDS; i++) {
        double start = cpu_us();

        for (size_t j = 0; j < times; j++)
            read(arena, message);
        rounds[i] = (cpu_us() - start) / (double)times;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, by_size);
    return rounds[ROUNDS / 2];
}

static void report(size_t extras, struct arena *arena)
{
    struct buffer message;
    size_t body_bytes;
    double ours;
    double theirs;

    buffer_init(&message, TEXT_MAX);
    body_bytes = make_message(extras, &message);
    ours = measure(read_ours, arena, buffer_view(&message));
    theirs = measure(read_jansson, arena, buffer_view(&message));
    (void)printf("body of %7zu bytes: reader %8.1f us, jansson %8.1f us, %.1f times as long\n",
                 body_bytes, ours, theirs, theirs / ours);
    buffer_done(&message);
}

int main(void)
{
    static const size_t extras[] = {0, 13, 1000, 11500};
    struct arena arena;
    struct err err;

    if (arena_init(&arena, ARENA_BYTES, &err) < 0)
        return 1;
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        report(extras[i], &arena);
    arena_done(&arena);
    return 0;
}
