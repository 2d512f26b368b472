"""What a running container has: as the view of its create says, and as it sees itself."""

import re

# capabilities(7), by number.
CAPABILITIES = (
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE "
    "NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT "
    "SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE "
    "AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ "
    "PERFMON BPF CHECKPOINT_RESTORE").split()
NEWEST = {"PERFMON", "BPF", "CHECKPOINT_RESTORE"}  # not every engine knows them


def capabilities(status):
    """Those that a process can have at most; status: its /proc/PID/status."""
    bounding = int(re.search(r"^CapBnd:\s*(\w+)", status, re.MULTILINE)[1], 16)
    return {name for bit, name in enumerate(CAPABILITIES) if bounding >> bit & 1}


def lacking():
    """Those that this process cannot have."""
    with open("/proc/self/status", encoding="ascii") as file:
        return sorted(set(CAPABILITIES) - NEWEST - capabilities(file.read()))


def said(view):
    container = view["container"]
    security, user = container["security"], container["user"]
    return {
        "caps": sorted({*container["caps"]["effective"]} - NEWEST - {*lacking()}),
        "no_new_privileges": security["no_new_privileges"],
        # A privileged container has no profile but one that it asks for.
        "filtered": security["seccomp"] == "custom" or
        security["seccomp"] == "default" and not container["privileged"],
        "user": (user["uid"] or 0, user["gid"] or 0),
        "mounts": sorted(((mount["target"], mount["readonly"], mount["size"])
                          for mount in view["mounts"]), key=repr),
    }


def mounts_of(lines):
    for fields in map(str.split, lines):
        if len(fields) == 6 and fields[1] in ("/t", "/b/c", "/m"):
            words = fields[3].split(",")
            size = next((int(word[5:-1]) << 10 for word in words if word.startswith("size=")), None)
            yield fields[1], "ro" in words, size


def made(text):
    """From /proc/self/status, /proc/self/mounts, and a line of ids."""
    lines = text.splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    ids = next(line for line in lines if line.startswith("id: ")).split()[1:]
    return {
        "caps": sorted(capabilities(text) - NEWEST),
        "no_new_privileges": status["NoNewPrivs"].strip() == "1",
        "filtered": status["Seccomp"].strip() == "2",
        "user": tuple(map(int, ids)),
        "mounts": sorted(mounts_of(lines), key=repr),
    }
