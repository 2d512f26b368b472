#include "policy/sample.h"

#include <string.h>

#define API "/v1.45"

/* body: JSON with ' for ", or NULL. */
struct sample {
    const char *method;
    const char *uri;
    const char *body;
};

static const char container[] =
    "{'Image':'alpine:3.20','User':'1000:1000','Env':['LANG=C.UTF-8'],'Cmd':['sh'],"
    "'Labels':{'owner':'alice'},'ExposedPorts':{'80/tcp':{}},"
    "'Healthcheck':{'Test':['CMD','true'],'Interval':30000000000,'Retries':3},"
    "'HostConfig':{'Binds':['/srv/data:/data:ro','cache:/cache'],"
    "'Mounts':[{'Type':'tmpfs','Target':'/tmp','TmpfsOptions':{'SizeBytes':1048576}}],"
    "'Memory':67108864,'NanoCpus':500000000,'PidsLimit':100,'CapDrop':['ALL'],"
    "'CapAdd':['NET_BIND_SERVICE'],'SecurityOpt':['no-new-privileges'],"
    "'Ulimits':[{'Name':'nofile','Soft':1024,'Hard':2048}],'Sysctls':{'net.ipv4.tcp_wmem':'1'},"
    "'GroupAdd':['1001'],'NetworkMode':'front',"
    "'Devices':[{'PathOnHost':'/dev/null','PathInContainer':'/dev/null','CgroupPermissions':'r'}],"
    "'DeviceRequests':[{'Driver':'nvidia','Count':1,'Capabilities':[['gpu']]}],"
    "'LogConfig':{'Type':'json-file','Config':{'max-size':'10m'}},'StorageOpt':{'size':'1G'},"
    "'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1','HostPort':'8080'}]},"
    "'RestartPolicy':{'Name':'on-failure','MaximumRetryCount':3}},"
    "'NetworkingConfig':{'EndpointsConfig':{'front':{'Aliases':['web']}}}}";

static const char service[] =
    "{'Name':'web','Labels':{'owner':'alice'},'TaskTemplate':{'ContainerSpec':{"
    "'Image':'alpine:3.20','User':'1000','Env':['LANG=C.UTF-8'],"
    "'Mounts':[{'Type':'volume','Source':'cache','Target':'/cache'}],"
    "'Secrets':[{'SecretID':'s1','SecretName':'key','File':{'Name':'key'}}],"
    "'Configs':[{'ConfigID':'c1','ConfigName':'site','File':{'Name':'/site'}}]},"
    "'Resources':{'Limits':{'MemoryBytes':67108864,'Pids':100}},"
    "'RestartPolicy':{'Condition':'any'},'Placement':{'Constraints':['node.role==worker']},"
    "'Networks':[{'Target':'front'}]},'Mode':{'Replicated':{'Replicas':2}},"
    "'UpdateConfig':{'Parallelism':1},'RollbackConfig':{'Parallelism':1},"
    "'EndpointSpec':{'Ports':[{'Protocol':'tcp','TargetPort':80,'PublishedPort':8080}]}}";

static const char swarm[] =
    "{'ListenAddr':'10.0.0.1:2377','AdvertiseAddr':'10.0.0.1','Spec':{'Labels':{}}}";
static const char data[] = "{'Name':'site','Labels':{'owner':'alice'},'Data':'eA=='}";

static const struct sample samples[] = {
    {"GET", API "/containers/web/checkpoints", NULL},
    {"POST", API "/containers/web/checkpoints", "{'CheckpointID':'one','CheckpointDir':'/srv/cp'}"},
    {"DELETE", API "/containers/web/checkpoints/one", NULL},
    {"HEAD", API "/containers/web/archive?path=/etc/hosts", NULL},
    {"GET", API "/containers/json?all=1", NULL},
    {"GET", API "/containers/web/export", NULL},
    {"GET", API "/containers/web/changes", NULL},
    {"GET", API "/containers/web/json", NULL},
    {"GET", API "/containers/web/top", NULL},
    {"GET", API "/containers/web/logs?stdout=1", NULL},
    {"GET", API "/containers/web/stats", NULL},
    {"GET", API "/containers/web/attach/ws", NULL},
    {"GET", API "/exec/e1/json", NULL},
    {"GET", API "/containers/web/archive?path=/etc/hosts", NULL},
    {"POST", API "/containers/create?name=web", container},
    {"POST", API "/containers/create", "{'Image':'alpine'}"},
    {"POST", API "/containers/web/kill?signal=TERM", NULL},
    {"POST", API "/containers/web/pause", NULL},
    {"POST", API "/containers/web/unpause", NULL},
    {"POST", API "/containers/web/restart?t=5", NULL},
    {"POST", API "/containers/web/start", NULL},
    {"POST", API "/containers/web/stop?t=5", NULL},
    {"POST", API "/containers/web/wait", NULL},
    {"POST", API "/containers/web/resize?h=24&w=80", NULL},
    {"POST", API "/containers/web/attach?stream=1&stdout=1", NULL},
    {"POST", API "/containers/web/copy", "{'Resource':'/etc/hosts'}"},
    {"POST", API "/containers/web/exec", "{'Cmd':['ls'],'User':'1000','Env':['A=b'],'Tty':true}"},
    {"POST", API "/exec/e1/start", "{'Detach':false,'Tty':true}"},
    {"POST", API "/exec/e1/resize?h=24&w=80", NULL},
    {"POST", API "/containers/web/rename?name=shop", NULL},
    {"POST", API "/containers/web/update",
     "{'Memory':67108864,'RestartPolicy':{'Name':'always'},"
     "'Devices':[{'PathOnHost':'/dev/null','PathInContainer':'/dev/null',"
     "'CgroupPermissions':'r'}]}"},
    {"POST", API "/containers/prune", NULL},
    {"POST", API "/commit?container=web&repo=shop&tag=1", NULL},
    {"PUT", API "/containers/web/archive?path=/srv", NULL},
    {"DELETE", API "/containers/web", NULL},
    {"GET", API "/images/json", NULL},
    {"GET", API "/images/search?term=alpine", NULL},
    {"GET", API "/images/alpine/get", NULL},
    {"GET", API "/images/alpine/history", NULL},
    {"GET", API "/images/alpine/json", NULL},
    {"GET", API "/images/alpine/attestations", NULL},
    {"POST", API "/images/load", NULL},
    {"POST", API "/images/create?fromImage=alpine&tag=3.20", NULL},
    {"POST", API "/images/create?fromSrc=-&repo=shop&tag=1", NULL},
    {"POST", API "/images/shop/push?tag=1", NULL},
    {"POST", API "/images/alpine/tag?repo=shop&tag=1", NULL},
    {"POST", API "/images/prune", NULL},
    {"DELETE", API "/images/alpine", NULL},
    {"OPTIONS", API "/containers", NULL},
    {"GET", "/_ping", NULL},
    {"GET", API "/events", NULL},
    {"GET", API "/info", NULL},
    {"GET", API "/version", NULL},
    {"GET", API "/system/df", NULL},
    {"POST", API "/auth", NULL},
    {"GET", API "/volumes", NULL},
    {"GET", API "/volumes/cache", NULL},
    {"POST", API "/volumes/create",
     "{'Name':'cache','Driver':'local','DriverOpts':{'type':'tmpfs','device':'tmpfs'},"
     "'Labels':{'owner':'alice'}}"},
    {"POST", API "/volumes/prune", NULL},
    {"PUT", API "/volumes/cache?version=1", "{'Spec':{'Availability':'active'}}"},
    {"DELETE", API "/volumes/cache", NULL},
    {"POST", API "/build?t=shop:1&buildargs=%7B%22A%22:%22b%22%7D", NULL},
    {"POST", API "/build/prune", NULL},
    {"POST", API "/build/cancel?id=b1", NULL},
    {"POST", API "/session", NULL},
    {"POST", API "/swarm/init", swarm},
    {"POST", API "/swarm/join",
     "{'ListenAddr':'10.0.0.2:2377','RemoteAddrs':['10.0.0.1:2377'],'JoinToken':'t'}"},
    {"POST", API "/swarm/leave", NULL},
    {"GET", API "/swarm", NULL},
    {"GET", API "/swarm/unlockkey", NULL},
    {"POST", API "/swarm/update?version=1", "{'Name':'default','Labels':{}}"},
    {"POST", API "/swarm/unlock", "{'UnlockKey':'k'}"},
    {"GET", API "/services", NULL},
    {"GET", API "/services/web", NULL},
    {"POST", API "/services/create", service},
    {"POST", API "/services/web/update?version=1", service},
    {"DELETE", API "/services/web", NULL},
    {"GET", API "/services/web/logs", NULL},
    {"GET", API "/nodes", NULL},
    {"GET", API "/nodes/n1", NULL},
    {"DELETE", API "/nodes/n1", NULL},
    {"POST", API "/nodes/n1/update?version=1",
     "{'Name':'n1','Role':'worker','Availability':'active','Labels':{}}"},
    {"GET", API "/tasks", NULL},
    {"GET", API "/tasks/t1", NULL},
    {"GET", API "/tasks/t1/logs", NULL},
    {"GET", API "/secrets", NULL},
    {"POST", API "/secrets/create", data},
    {"DELETE", API "/secrets/s1", NULL},
    {"GET", API "/secrets/s1", NULL},
    {"POST", API "/secrets/s1/update?version=1", data},
    {"GET", API "/configs", NULL},
    {"POST", API "/configs/create", data},
    {"DELETE", API "/configs/c1", NULL},
    {"GET", API "/configs/c1", NULL},
    {"POST", API "/configs/c1/update?version=1", data},
    {"GET", API "/plugins", NULL},
    {"GET", API "/plugins/vieux/sshfs/json", NULL},
    {"GET", API "/plugins/privileges?remote=vieux/sshfs", NULL},
    {"DELETE", API "/plugins/vieux/sshfs", NULL},
    {"POST", API "/plugins/vieux/sshfs/enable", NULL},
    {"POST", API "/plugins/vieux/sshfs/disable", NULL},
    {"POST", API "/plugins/pull?remote=vieux/sshfs&name=sshfs",
     "[{'Name':'network','Description':'','Value':['host']}]"},
    {"POST", API "/plugins/vieux/sshfs/push", NULL},
    {"POST", API "/plugins/vieux/sshfs/upgrade?remote=vieux/sshfs", "[]"},
    {"POST", API "/plugins/vieux/sshfs/set", "['DEBUG=1']"},
    {"POST", API "/plugins/create?name=sshfs", NULL},
    {"GET", API "/distribution/alpine/json", NULL},
    {"GET", API "/networks", NULL},
    {"GET", API "/networks/front", NULL},
    {"POST", API "/networks/create",
     "{'Name':'front','Driver':'bridge','Options':{},'Labels':{'owner':'alice'}}"},
    {"POST", API "/networks/front/connect",
     "{'Container':'web','EndpointConfig':{'Aliases':['web']}}"},
    {"POST", API "/networks/front/disconnect", "{'Container':'web'}"},
    {"POST", API "/networks/prune", NULL},
    {"DELETE", API "/networks/front", NULL},
    {"GET", API "/debug/vars", NULL},
    {"POST", API "/grpc", NULL},
    {"GET", API "/something/new", NULL},
};

const size_t sample_count = sizeof samples / sizeof samples[0];

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static unsigned byte_at(const char *text, size_t len, size_t i)
{
    if (i >= len)
        return 0;
    return text[i] == '\'' ? '"' : (unsigned char)text[i];
}

/* RFC 4648, section 4. .ptr is NULL when the arena is full. */
static struct str base64(struct arena *arena, const char *text)
{
    size_t len = strlen(text);
    size_t used = 0;
    char *out = arena_alloc(arena, (len + 2) / 3 * 4 + 1);

    if (!out)
        return (struct str){NULL, 0};
    for (size_t i = 0; i < len; i += 3) {
        unsigned word = byte_at(text, len, i) << 16 | byte_at(text, len, i + 1) << 8 |
                        byte_at(text, len, i + 2);

        for (size_t j = 0; j < 4; j++)
            out[used++] = i + j > len ? '=' : digits[word >> (18 - 6 * j) & 63];
    }
    return (struct str){out, used};
}

int sample_read(size_t i, struct arena *arena, struct request *ret)
{
    const struct sample *sample = &samples[i];
    struct str body = base64(arena, sample->body ? sample->body : "");
    struct refusal refusal;
    struct str message;

    if (!body.ptr)
        return -1;
    message = arena_printf(
        arena, "{\"RequestMethod\":\"%s\",\"RequestUri\":\"%s\",\"RequestHeaders\":{%s},%s%.*s%s}",
        sample->method, sample->uri, sample->body ? "\"Content-Type\":\"application/json\"" : "",
        sample->body ? "\"RequestBody\":\"" : "\"User\":\"", STR_FMT(body), "\"");
    if (!message.ptr)
        return -1;
    return request_read(message, arena, ret, &refusal);
}
