"""A container in the words of the request view, as the engine made it: the other side of said.py."""

import posixpath
import re


def clean(path):
    """Go's path.Clean."""
    return re.sub("^//", "/", posixpath.normpath(path)) if path else "."


def number(text):
    """What Go's strconv.Atoi takes."""
    return int(text) if re.fullmatch("[+-]?[0-9]+", text) else None


def above_zero(value):
    return value if value and value > 0 else None


def local_volume(options, source):
    """(kind, source, readonly) of a volume by the options it was created with."""
    words = (options.get("o") or "").split(",")
    readonly = "ro" in words
    if {"bind", "rbind"} & set(words):
        return "bind", clean(options["device"]), readonly
    if options.get("type") in ("nfs", "tmpfs"):
        return "volume", source, readonly
    return "device", clean(options["device"]), readonly


def mount_of(point, spec, world):
    kind, driver = point["Type"], point.get("Driver") or None
    source, readonly = point.get("Source") or None, not point["RW"]
    propagation = point["Propagation"] if kind == "bind" else None
    if kind == "volume":
        # Engine 28 does not name the anonymous one of a bind.
        name = point.get("Name") or posixpath.basename(posixpath.dirname(source))
        source = None if re.fullmatch("[0-9a-f]{64}", name) else name
        options = world.volume_options(name)
        if options:
            kind, source, locked = local_volume(options, source)
            readonly = readonly or locked
    elif kind == "image":
        source = point["Name"]
    words = point["Mode"].split(",")
    relabel = next((word for word in words if word in "zZ" and word), None)
    options = spec.get("VolumeOptions") or spec.get("ImageOptions") or {}
    return (kind, source, point["Destination"], readonly, propagation, driver,
            relabel if kind == "bind" and driver is None else None,
            above_zero((spec.get("TmpfsOptions") or {}).get("SizeBytes")),
            bool(options.get("NoCopy")) or "nocopy" in words, options.get("Subpath") or None)


def tmpfs_of(target, text):
    words = text.split(",")
    size = next((word[5:] for word in words if word.startswith("size=")), None)
    units = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
    if size:
        size = int(size[:-1]) * units[size[-1]] if size[-1] in units else int(size)
    return ("tmpfs", None, clean(target), "ro" in words, None, None, None, size, False, None)


def mounts_of(container, world):
    host = container["HostConfig"]
    specs = {clean(mount["Target"]): mount for mount in host.get("Mounts") or ()}
    for point in container["Mounts"]:
        yield mount_of(point, specs.get(point["Destination"], {}), world)
    for target, text in (host.get("Tmpfs") or {}).items():
        yield tmpfs_of(target, text)


def security_of(container, stored):
    host = container["HostConfig"]
    profile = stored["SeccompProfile"]
    words = [re.sub("^label[:=]", "", option) for option in host["SecurityOpt"] or ()
             if option.startswith("label") or option == "disable"]
    last = dict(word.split(":", 1) for word in words if ":" in word)
    selinux = {key: last.get(key) for key in ("user", "role", "type", "level", "filetype")}
    return {
        "apparmor": {"": "default", "docker-default": "default"}.get(
            stored["AppArmorProfile"], stored["AppArmorProfile"]),
        "no_new_privileges": stored["NoNewPrivileges"],
        "writable_cgroups": bool(stored.get("WritableCgroups")),
        "seccomp": {"": "default", "builtin": "default", "unconfined": "unconfined"}.get(
            profile, "custom"),
        "seccomp_profile": profile if profile not in ("", "builtin", "unconfined") else None,
        "masked_paths": host["MaskedPaths"], "readonly_paths": host["ReadonlyPaths"],
        "selinux": {**selinux, "disable": "disable" in words, "nested": "nested" in words},
        "other": [],
    }


def limits_of(host):
    cpus = None
    if host["NanoCpus"] > 0:
        cpus = host["NanoCpus"] / 1e9
    elif host["CpuQuota"] > 0:
        cpus = host["CpuQuota"] / (host["CpuPeriod"] or 100000)
    return {
        "memory": above_zero(host["Memory"]), "swap": above_zero(host["MemorySwap"]),
        "memory_reservation": above_zero(host["MemoryReservation"]), "cpus": cpus,
        "cpuset": host["CpusetCpus"] or None, "cpu_shares": above_zero(host["CpuShares"]),
        "pids": above_zero(host["PidsLimit"]), "shm": host["ShmSize"],
        "oom_kill_off": bool(host["OomKillDisable"]), "oom_score_adj": host["OomScoreAdj"],
        "ulimits": {one["Name"]: {"hard": one["Hard"], "soft": one["Soft"]}
                    for one in host["Ulimits"] or ()},
    }


def ports_of(host):
    for key, bindings in (host["PortBindings"] or {}).items():
        port, _, proto = key.partition("/")
        for binding in bindings or [{}]:
            low, _, high = (binding.get("HostPort") or "0").partition("-")
            yield (proto or "tcp", int(port), int(port), binding.get("HostIp") or "", int(low),
                   int(high or low), True)


def namespaces_of(host):
    modes = {"network": host["NetworkMode"], "pid": host["PidMode"], "ipc": host["IpcMode"],
             "uts": host["UTSMode"], "user": host["UsernsMode"], "cgroup": host["CgroupnsMode"],
             "cgroup_of": host["Cgroup"]}
    for name, mode in modes.items():
        kind, _, ref = mode.partition(":")
        yield name, (kind or "default", ref or None)


def caps_of(names):
    """Engines store the names as they were sent."""
    return sorted({re.sub("^CAP_", "", name.upper()) for name in names or ()})


def health_of(check):
    if check is None:
        return None
    test = check.get("Test") or []
    kind = "inherit" if not test else "none" if test[0] == "NONE" else "command"
    interval = check.get("Interval")
    return kind, test, interval / 1e9 if interval else None, above_zero(check.get("Retries"))


def restart_of(policy):
    return policy["Name"] or "no", above_zero(policy["MaximumRetryCount"])


def container(container, stored, world):
    """stored: the engine's own config.v2.json, for what inspect does not show."""
    host, config = container["HostConfig"], container["Config"]
    pairs = [entry.partition("=") for entry in config["Env"] or ()]
    return {
        "mounts": sorted(mounts_of(container, world), key=repr),
        "caps.add": caps_of(host["CapAdd"]),
        "caps.drop": caps_of(host["CapDrop"]),
        "privileged": host["Privileged"],
        "namespaces": dict(namespaces_of(host)),
        "security": security_of(container, stored),
        "limits": limits_of(host),
        "ports": sorted(ports_of(host)),
        "publish_all": host["PublishAllPorts"],
        "user": config["User"],
        "devices": [(one["PathOnHost"], one["PathInContainer"], one["CgroupPermissions"])
                    for one in host["Devices"] or ()],
        "device_rules": host["DeviceCgroupRules"] or [],
        "sysctls": {key.replace("/", "."): value for key, value in (host.get("Sysctls") or {}).items()},
        "readonly_rootfs": host["ReadonlyRootfs"],
        "runtime": host.get("Runtime") or "runc",
        "cgroup_parent": host["CgroupParent"],
        "groups": [(group, number(group)) for group in host["GroupAdd"] or ()],
        "extra_hosts": host["ExtraHosts"] or [],
        "dns": host["Dns"] or [],
        "log": (host["LogConfig"]["Type"], host["LogConfig"]["Config"] or {}),
        "restart": restart_of(host["RestartPolicy"]),
        "init": host.get("Init"),
        "auto_remove": host["AutoRemove"],
        "isolation": host["Isolation"],
        "annotations": host.get("Annotations") or {},
        "env": [(name, value if equals else None) for name, equals, value in pairs],
        "env last": {name: value for name, _, value in pairs},
        "labels": config["Labels"] or {},
        "command": [config["Entrypoint"] or [], config["Cmd"] or []],
        "working_dir": config["WorkingDir"],
        "hostname": config["Hostname"],
        "domainname": config["Domainname"],
        "stop_signal": config.get("StopSignal"),
        "tty": config["Tty"],
        "stdin": config["OpenStdin"],
        "exposed": sorted(config.get("ExposedPorts") or {}),
        "health": health_of(config.get("Healthcheck")),
        "image": config["Image"],
        "name": container["Name"].lstrip("/"),
        "networks": sorted(container["NetworkSettings"]["Networks"]),
    }
