"""A container in the words of the request view, as the view of its create says that it will be: a
dict of topics, each to be compared with that of made.py."""

import re

SHM_DEFAULT = 64 << 20
UNSAID = "the engine or the image decides"


def mounts_of(view, world):
    for mount in view["mounts"]:
        kind, source = mount["kind"], mount["source"]
        assert mount["valid"], mount
        if kind == "volumes-from":
            for kind, source, target, readonly, *rest in world.donor_mounts:
                yield (kind, source, target, readonly or mount["readonly"], *rest)
            continue
        is_path = kind == "bind" and mount["driver"] is None
        propagation = mount["propagation"]
        yield (kind, source, mount["target"], mount["readonly"],
               propagation or "rprivate" if is_path else propagation, mount["driver"],
               mount["relabel"] if is_path else None, mount["size"], mount["nocopy"],
               mount["subpath"])


def namespaces_of(view, world):
    """A default is what a create that says nothing gets."""
    for name, one in view["container"]["namespaces"].items():
        kind = one["kind"]
        if kind == "default":
            yield name, world.plain["namespaces"][name]
        elif kind == "named":
            yield name, (one["ref"], None)
        else:
            yield name, (kind, world.ids.get(one["ref"], one["ref"]))


def networks_of(view, world):
    kind, ref = dict(namespaces_of(view, world))["network"]
    chosen = world.plain["networks"] if kind in ("default", "bridge") else [kind]
    return sorted({*view["container"]["networks"], *(chosen if not ref else [])})


def switches_selinux_off(view):
    """By other means than a label; one in this spelling stays.
    Source: moby daemon/create.go, generateSecurityOpt."""
    container, host = view["container"], view["raw"]["HostConfig"]
    namespaces = container["namespaces"]
    asked = container["privileged"] or "host" in (namespaces["pid"]["kind"], namespaces["ipc"]["kind"])
    return asked and not any(re.match("label(=|$)", option) for option in host.get("SecurityOpt") or ())


def security_of(view, world):
    security = view["container"]["security"]
    topics = {key: security[key] for key in (
        "apparmor", "no_new_privileges", "writable_cgroups", "seccomp", "seccomp_profile", "selinux",
        "other")}
    if switches_selinux_off(view):
        topics["selinux"] = {**security["selinux"], "disable": True}
    for key in ("masked_paths", "readonly_paths"):
        default = None if view["container"]["privileged"] else world.plain["security"][key]
        topics[key] = default if security[key] is None else security[key]
    return topics


def command_of(view, world):
    """The image's where the create has neither."""
    cmd, entrypoint = view["container"]["cmd"], view["container"]["entrypoint"]
    return (cmd or entrypoint) and [entrypoint, cmd] or world.plain["command"]


def ports_of(view):
    return sorted((port["proto"], port["container"], port["container_to"], port["address"] or "",
                   port["from"], port["to"], port["valid"])
                  for port in view["container"]["ports"])


def restart_of(policy):
    return (policy["name"], policy["max"]) if policy else ("no", None)


def health_of(check):
    return check and (check["kind"], check["test"], check["interval"], check["retries"])


def container(view, world):
    one = view["container"]
    return {
        "mounts": sorted(mounts_of(view, world), key=repr),
        "caps.add": sorted(one["caps"]["add"]),
        "caps.drop": sorted(one["caps"]["drop"]),
        "privileged": one["privileged"],
        "namespaces": dict(namespaces_of(view, world)),
        "networks": networks_of(view, world),
        "security": security_of(view, world),
        "limits": {**one["limits"], "shm": one["limits"]["shm"] or SHM_DEFAULT},
        "ports": ports_of(view),
        "publish_all": one["publish_all"],
        "user": one["user"]["raw"],
        "devices": [(item["raw"], item["container_path"] or "", item["permissions"] or "")
                    for item in one["devices"]],
        "device_rules": one["device_rules"],
        "sysctls": one["sysctls"],
        "readonly_rootfs": one["readonly_rootfs"],
        "runtime": one["runtime"] or "runc",
        "cgroup_parent": one["cgroup_parent"] or "",
        "groups": [(group["raw"], group["gid"]) for group in one["groups"]],
        "extra_hosts": one["extra_hosts"],
        "dns": one["dns"],
        "log": (one["log"]["driver"] or "json-file", one["log"]["options"]),
        "restart": restart_of(one["restart"]),
        "init": one["init"],
        "auto_remove": one["auto_remove"],
        "isolation": one["isolation"] or "",
        "annotations": one["annotations"],
        "env": [(item["name"], item["value"]) for item in one["env_list"]],
        "env last": one["env"],
        "labels": one["labels"],
        "command": command_of(view, world),
        "working_dir": one["working_dir"] or "",
        "hostname": one["hostname"] or UNSAID,
        "domainname": one["domainname"] or "",
        "stop_signal": one["stop_signal"],
        "tty": one["tty"],
        "stdin": one["stdin"],
        "exposed": one["exposed"],
        "health": health_of(one["health"]),
        "image": one["image"]["raw"],
        "name": one["name"],
    }
