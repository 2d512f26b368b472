"""Container creates as clients may spell them, all of them valid: the same ones at every run."""

import json
import random

PROFILE = json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})
FILTER = json.dumps({"defaultAction": "SCMP_ACT_ERRNO",
                     "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})


def each(name, *values):
    """A field, absent or with one of these values."""
    return [{}] + [{name: value} for value in values]


# Each list: parts of HostConfig of which a create gets one. What stands together belongs together.
HOST = {
    "caps": [
        {}, {"CapAdd": None}, {"CapAdd": []}, {"CapAdd": ["NET_ADMIN"]},
        {"CapAdd": ["CAP_NET_ADMIN", "net_raw"]}, {"CapAdd": ["cap_sys_ptrace", "SYS_PTRACE"]},
        {"CapAdd": ["Cap_Sys_Time"]}, {"CapAdd": "SYS_NICE"}, {"CapAdd": ["ALL"]},
        {"CapAdd": ["all"], "CapDrop": ["MKNOD", "cap_kill"]}, {"CapDrop": ["ALL"]},
        {"CapAdd": ["chown"], "CapDrop": ["All"]}, {"CapAdd": ["ALL"], "CapDrop": ["ALL"]},
        {"CapAdd": ["NET_RAW"], "CapDrop": ["CAP_NET_RAW"]}, {"CapDrop": "setuid"},
        {"CapDrop": ["SETGID", "cap_Setgid", "AUDIT_WRITE"]},
        {"CapAdd": ["\u017fys_admin", "cap_setu\u0131d"]},
    ],
    "privileged": each("Privileged", False, True, None),
    "network": each("NetworkMode", "", "none", "host", "container:donor", "container:{donor}",
                    "default", "inner", "none"),
    "pid": each("PidMode", "", "host", "container:donor", "container:{donor}"),
    "ipc": each("IpcMode", "", "private", "shareable", "none", "host", "container:donor"),
    "uts": each("UTSMode", "", "host"),
    "userns": each("UsernsMode", "", "host"),
    "cgroupns": each("CgroupnsMode", "", "private", "host"),
    "security": each(
        "SecurityOpt", None, [], ["no-new-privileges"], ["no-new-privileges:true"],
        ["no-new-privileges=1"], ["no-new-privileges=false"], ["no-new-privileges:T"],
        ["no-new-privileges", "no-new-privileges=F"], ["seccomp=unconfined"],
        ["seccomp:unconfined"], ["seccomp="], ["seccomp=" + PROFILE], ["seccomp:" + FILTER],
        ["seccomp=unconfined", "seccomp=" + FILTER], ["seccomp=" + FILTER, "seccomp:unconfined"],
        ["apparmor=unconfined"], ["apparmor:docker-default"], ["apparmor="],
        ["apparmor=unconfined", "apparmor=some-profile"], ["disable"], ["label=disable"],
        ["label:disable"], ["label=user:someone", "label:role:some_r"],
        ["label=type:some_t", "label=level:s0:c1,c2", "label=type:last_t"],
        ["label:level:s0", "no-new-privileges", "apparmor=unconfined", "seccomp=unconfined"]),
    "masked": [{}, {"MaskedPaths": None}, {"MaskedPaths": []}, {"MaskedPaths": ["/proc/kcore"]},
               {"ReadonlyPaths": []}, {"MaskedPaths": [], "ReadonlyPaths": ["/proc/sys", "/proc/x"]}],
    "memory": [
        {}, {"Memory": 0}, {"Memory": None}, {"Memory": 64 << 20}, {"Memory": 64 << 20, "MemorySwap": 0},
        {"Memory": 64 << 20, "MemorySwap": -1}, {"Memory": 64 << 20, "MemorySwap": 64 << 20},
        {"Memory": 64 << 20, "MemorySwap": 1 << 30}, {"MemorySwap": -1}, {"MemorySwap": None},
        {"Memory": 1 << 40, "MemoryReservation": 32 << 20}, {"MemoryReservation": 0},
    ],
    "cpu": [
        {}, {"NanoCpus": 0}, {"NanoCpus": 1500000000}, {"NanoCpus": 10000000}, {"CpuQuota": 50000},
        {"CpuQuota": -1}, {"CpuQuota": 0, "CpuPeriod": 0}, {"CpuPeriod": 20000},
        {"CpuQuota": 30000, "CpuPeriod": 20000}, {"CpuShares": 0}, {"CpuShares": 512},
        {"CpusetCpus": ""}, {"CpusetCpus": "0"}, {"CpusetCpus": "0-1", "CpuShares": 2},
    ],
    "pids": each("PidsLimit", None, 0, -1, -7, 100, 1),
    "shm": each("ShmSize", 0, None, 1 << 20, 64 << 20),
    "oom": [{}, {"OomKillDisable": None}, {"OomKillDisable": False}, {"OomKillDisable": True},
            {"OomScoreAdj": -500}, {"OomScoreAdj": 1000}, {"OomScoreAdj": 0}],
    "ulimits": each(
        "Ulimits", [], None, [{"Name": "nofile", "Soft": 10, "Hard": 20}],
        [{"Name": "core", "Soft": -1, "Hard": -1}, {"Name": "nproc", "Hard": 5}],
        [{"Name": "cpu", "Soft": 0, "Hard": 0}]),
    "ports": each(
        "PortBindings", None, {}, {"80/tcp": [{"HostPort": "8080"}]}, {"80": [{"HostPort": "80"}]},
        {"53/udp": [{"HostIp": "127.0.0.1", "HostPort": "53"}, {"HostIp": "::1", "HostPort": "5353"}]},
        {"80/tcp": [{"HostPort": "8000-8010"}]}, {"80/tcp": [{"HostPort": ""}]}, {"80/tcp": [{}]},
        {"80/tcp": []}, {"80/tcp": None}, {"80/sctp": [{"HostIp": "0.0.0.0", "HostPort": "0"}]},
        {"80/tcp": [{"HostIp": "::", "HostPort": "1024"}], "81/tcp": [{"HostPort": "65535"}]},
        {"080/tcp": [{"HostPort": "0080"}]}),
    "publish": each("PublishAllPorts", False, True),
    "devices": each(
        "Devices", None, [],
        [{"PathOnHost": "/dev/null", "PathInContainer": "/dev/nothing", "CgroupPermissions": "rwm"}],
        [{"PathOnHost": "/dev//./zero", "PathInContainer": "/dev/zero", "CgroupPermissions": "r"},
         {"PathOnHost": "/dev/fuse", "PathInContainer": "/dev/fuse", "CgroupPermissions": ""}]),
    "rules": each("DeviceCgroupRules", None, [], ["c 1:3 rwm", "a *:* rwm"]),
    "sysctls": each(
        "Sysctls", None, {}, {"kernel.shm_rmid_forced": "1"}, {"kernel/shm_rmid_forced": "1"},
        {"kernel.msgmax": "65536", "fs.mqueue.msg_max": "10"}),
    "readonly": each("ReadonlyRootfs", False, True),
    "runtime": each("Runtime", "", "runc"),
    "cgroup": each("CgroupParent", "", "/some/where", "relative"),
    "groups": each("GroupAdd", None, [], ["1000"], ["audio", "0", "-1", "+7"]),
    "hosts": each("ExtraHosts", [], ["a:127.0.0.1", "b:::1"]),
    "dns": each("Dns", [], ["127.0.0.1"]),
    "log": each("LogConfig", {}, {"Type": "none"}, {"Type": "json-file", "Config": {"max-size": "1m"}},
                {"Type": "local", "Config": None}),
    "restart": each(
        "RestartPolicy", {}, {"Name": ""}, {"Name": "no"}, {"Name": "always"},
        {"Name": "on-failure", "MaximumRetryCount": 3}, {"Name": "on-failure"},
        {"Name": "unless-stopped", "MaximumRetryCount": 0}),
    "init": each("Init", None, True, False),
    "isolation": each("Isolation", "", "default"),
    "remove": each("AutoRemove", False, True),
}

# The same of the body itself.
CONFIG = {
    "user": each("User", "", "0", "root", "00", "1000", "1000:1000", "nobody:nogroup", "+5:0", "0:audio",
                 "someone:7", ":9"),
    "env": each("Env", None, [], ["A=b", "B=", "C", "A=c"], ["X=a=b=c", "LONG=" + "x" * 300],
                ["E=\u00e9 \t\"\\"]),
    "labels": each("Labels", None, {}, {"a": "b", "A": "", "x.y/z": "\u2028<&>"}),
    "command": [{}, {"Cmd": None}, {"Cmd": ["sh", "-c", "true"]}, {"Cmd": "true"},
                {"Cmd": ["a"], "Entrypoint": ["sh", "-c"]}, {"Entrypoint": "true"}],
    "directory": each("WorkingDir", "", "/tmp", "/a/../b//c/."),
    "name": each("Hostname", "", "box"),
    "domain": each("Domainname", "", "example.org"),
    "signal": each("StopSignal", "", "SIGKILL", "15"),
    "terminal": [{}, {"Tty": True, "OpenStdin": True}, {"Tty": False, "OpenStdin": False}],
    "exposed": each("ExposedPorts", None, {"80/tcp": {}, "53/udp": {}}),
    "health": each(
        "Healthcheck", None, {}, {"Test": ["NONE"]}, {"Test": ["CMD", "true"], "Interval": 2000000000},
        {"Test": ["CMD-SHELL", "true"], "Retries": 3}),
    "image": [{"Image": "e2e:1"}, {"Image": "docker.io/library/e2e:1"}, {"Image": "library/e2e:1"},
              {"Image": "{image}"}, {"Image": "{image12}"}],
}

# What engines know since API 1.44 and 1.50.
NEWER = {
    "annotations": each("Annotations", None, {}, {"a": "b", "A": ""}),
    "security": each("SecurityOpt", ["writable-cgroups"], ["writable-cgroups=true"],
                     ["writable-cgroups:0"], ["seccomp=builtin"],
                     ["seccomp=unconfined", "seccomp=builtin"]),
}

BIND_MODES = ["", ":", ":ro", ":rw", ":z", ":Z", ":ro,z", ":rw,Z", ":rshared", ":ro,rslave", ":private",
              ":slave,ro", ":shared,rw", ":rprivate,ro,z", ":consistent", ":ro,cached", ":delegated,rw"]
VOLUME_MODES = ["", ":", ":ro", ":rw", ":z", ":ro,Z", ":nocopy", ":nocopy,ro"]


class Deck:
    """Deals the cards again and again: each is dealt as often as any other."""

    def __init__(self, rng, cards):
        self.rng, self.cards, self.left = rng, list(cards), []

    def deal(self):
        if not self.left:
            self.left = self.cards[:]
            self.rng.shuffle(self.left)
        return self.left.pop()


def bind_mount(source, target, **options):
    return {"Type": "bind", "Source": source, "Target": target, **options}


def volume_mount(source, target, **options):
    driver = options.pop("driver", None)
    if driver is not None:
        options["DriverConfig"] = {"Name": options.pop("name", "local"), "Options": driver}
    readonly = {"ReadOnly": options.pop("ReadOnly")} if "ReadOnly" in options else {}
    return {"Type": "volume", "Source": source, "Target": target, **readonly, "VolumeOptions": options}


def binds(folder):
    """(where it goes, what is put there) for a target: binds of host paths and volumes."""
    sources = [folder, folder + "/", folder + "//x/./..", "/etc/../usr", "//", "/proc/self/root"]
    for number, mode in enumerate(BIND_MODES):
        source = sources[number % len(sources)]
        yield "Binds", lambda target, name, s=source, m=mode: f"{s}:{target}{m}"
    for mode in VOLUME_MODES:
        yield "Binds", lambda target, name, m=mode: f"{name}:{target}{m}"
    yield "Binds", lambda target, name: target
    yield "Binds", lambda target, name: f"{folder}:/x/..{target}/./"
    yield "Binds", lambda target, name: f"{folder}:{target}, with a comma"
    yield "Binds", lambda target, name: f"{folder}/back\\slash:{target}:ro"


def mounts(folder, release):
    """The same of Mounts."""
    new = [
        lambda target, name: bind_mount(folder, target),
        lambda target, name: bind_mount(folder + "/x/..", target + "/", ReadOnly=True),
        lambda target, name: bind_mount("//", target, ReadOnly=False, BindOptions=None),
        lambda target, name: bind_mount("/etc", target, BindOptions={"Propagation": "rshared"}),
        lambda target, name: bind_mount("/etc", target, BindOptions={"Propagation": ""}),
        lambda target, name: bind_mount("/etc", target, BindOptions={"Propagation": "slave",
                                                                     "NonRecursive": True}),
        lambda target, name: volume_mount(name, target),
        lambda target, name: volume_mount("", target, NoCopy=True),
        lambda target, name: volume_mount(name, target, ReadOnly=True, Labels={"a": "b"}),
        lambda target, name: {"Type": "volume", "Target": target},
        lambda target, name: volume_mount(name, target, driver={
            "type": "tmpfs", "device": "tmpfs", "o": "size=1m,uid=1000"}),
        lambda target, name: volume_mount(name, target, driver={
            "type": "none", "device": folder, "o": "bind"}),
        lambda target, name: volume_mount("", target, name="", driver={
            "type": "", "device": folder + "/x/..", "o": "size=1,rbind,ro"}),
        lambda target, name: volume_mount(name, target, driver={
            "type": "nfs", "device": ":/x", "o": "addr=127.0.0.1,ro"}),
        lambda target, name: volume_mount(name, target, driver={
            "type": "ext4", "device": "/dev/null", "o": "ro"}),
        lambda target, name: {"Type": "tmpfs", "Target": target},
        lambda target, name: {"Type": "tmpfs", "Target": target, "ReadOnly": True,
                              "TmpfsOptions": {"SizeBytes": 1 << 20, "Mode": 0o700}},
        lambda target, name: {"Type": "tmpfs", "Target": target + "/../x" + name,
                              "TmpfsOptions": {"SizeBytes": 0}},
    ]
    if release != "20":
        new += [
            lambda target, name: {"Type": "image", "Source": "e2e:1", "Target": target},
            lambda target, name: {"Type": "image", "Source": "e2e:1", "Target": target,
                                  "ImageOptions": {"Subpath": "bin"}},
            lambda target, name: volume_mount(name, target, Subpath="a/b"),
            lambda target, name: bind_mount(folder, target, ReadOnly=True, BindOptions={
                "ReadOnlyNonRecursive": True, "CreateMountpoint": True}),
        ]
    for make in new:
        yield "Mounts", make


def others():
    """Mounts that neither of the two lists has."""
    for text in ("", "ro", "size=64m", "rw,noexec,size=65536k,mode=1777", "size=1g,ro"):
        yield "Tmpfs", lambda target, name, t=text: {target: t}
    yield "Tmpfs", lambda target, name: {target + "//y/..": ""}
    yield "Volumes", lambda target, name: {target: {}}
    yield "Volumes", lambda target, name: {target + "/./y/../": {}}
    for text in ("donor", "donor:ro", "donor:rw", "{donor}:ro,z", "{donor12}"):
        yield "VolumesFrom", lambda target, name, t=text: t


class Generator:
    """create() returns the name and the body of one more create."""

    def __init__(self, seed, release, folder, world):
        self.rng = random.Random(seed)
        self.world = world  # what {donor} and the like stand for
        self.host = {name: Deck(self.rng, cards) for name, cards in HOST.items()}
        self.config = {name: Deck(self.rng, cards) for name, cards in CONFIG.items()}
        if release != "20":
            self.host["annotations"] = Deck(self.rng, NEWER["annotations"])
            self.host["security"] = Deck(self.rng, HOST["security"] + NEWER["security"])
        self.mounts = Deck(self.rng, [*binds(folder), *mounts(folder, release), *others()])
        self.count = 0

    def fill(self, value):
        """{donor} and the like replaced, wherever they stand."""
        if isinstance(value, dict):
            return {key: self.fill(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if isinstance(value, str):
            for name, text in self.world.items():
                value = value.replace("{" + name + "}", text)
        return value

    def add_mounts(self, host, config):
        for number in range(self.rng.choice((0, 1, 2, 3, 5))):
            where, make = self.mounts.deal()
            if where == "VolumesFrom" and where in host:
                continue
            made = make(f"/m{number}", f"volume-{self.count}_{number}.x")
            holder = config if where == "Volumes" else host
            if isinstance(made, dict) and where != "Mounts":
                holder.setdefault(where, {}).update(made)
            else:
                holder.setdefault(where, []).append(made)

    def settle(self, host, config):
        """Away with what an engine refuses to have together."""
        network = host.get("NetworkMode", "")
        if network.startswith("container:"):
            for name in ("ExtraHosts", "Dns", "PublishAllPorts", "PortBindings"):
                host.pop(name, None)
            for name in ("Hostname", "ExposedPorts"):
                config.pop(name, None)
        if host.get("UTSMode") == "host":
            config.pop("Hostname", None)
        if host.get("RestartPolicy", {}).get("Name", "no") not in ("", "no"):
            host.pop("AutoRemove", None)
        if host.get("Privileged"):
            host.pop("CgroupnsMode", None)

    def respell(self, fields):
        """Keys of structs in another letter case, which is the same to an engine."""
        return {self.rng.choice((str.lower, str.upper))(key) if self.rng.random() < 0.05 else key: value
                for key, value in fields.items()}

    def endpoints(self, host):
        if host.get("NetworkMode") != "inner" or self.rng.random() < 0.5:
            return {}
        return {"NetworkingConfig": {"EndpointsConfig": {"inner": self.rng.choice((
            {}, {"Aliases": ["a", "b"], "DriverOpts": {"x": "y"}}))}}}

    def create(self):
        host, config = {}, {}
        for deck in self.host.values():
            host.update(deck.deal())
        for deck in self.config.values():
            config.update(deck.deal())
        self.add_mounts(host, config)
        self.settle(host, config)
        body = {**config, **self.endpoints(host), "HostConfig": self.respell(host)}
        self.count += 1
        return f"case-{self.count}", self.fill(self.respell(body))


def runs(release, lacking):
    """Creates of containers that print what they have. lacking: the capabilities that this machine
    cannot give, which engine 20 does not know of."""
    security = [None, ["no-new-privileges"], ["seccomp=unconfined"], ["seccomp:" + PROFILE],
                ["no-new-privileges:true", "no-new-privileges=false"], ["seccomp=unconfined", "seccomp="]]
    users = ["", "0", "1000", "00:5", "+7:+8", "65534:0", "0:1000"]
    options = ["", "ro", "ro,size=64k", "size=1m"]
    cards = [*HOST["caps"], {"Privileged": True, "CapDrop": ["ALL"]}]
    if release == "20" and lacking:
        cards = [card for card in cards
                 if "Privileged" not in card and "ALL" not in str(card.get("CapAdd")).upper()]
        cards.append({"CapAdd": ["ALL"], "CapDrop": [*lacking, "cap_chown"]})
    for number, caps in enumerate(cards):
        yield {
            "Image": "e2e:1", "Tty": True, "User": users[number % len(users)],
            "Cmd": ["sh", "-c", "cat /proc/self/status /proc/self/mounts; echo id: $(id -u) $(id -g)"],
            "HostConfig": {
                **caps, "NetworkMode": "none", "SecurityOpt": security[number % len(security)],
                "Tmpfs": {"/t/": options[number % len(options)]},
                "Binds": ["/etc/../usr:/b/./c" + (":ro" if number % 2 else "")],
                "Mounts": [{"Type": "tmpfs", "Target": "/m/.", "ReadOnly": number % 3 == 0}],
            },
        }
