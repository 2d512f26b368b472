#!/usr/bin/env python3
"""layering.py FOLDER: check which layer's headers each file below FOLDER includes.

Prints file:line: what, and the rule that it breaks; exits 1 when there is any."""

import pathlib
import re
import sys

# What a layer may include besides itself.
LAYERS = {
    "base": [],
    "docker": ["base"],
    "policy": ["base", "docker"],
    "worker": ["base", "docker", "policy"],
    "broker": ["base"],
    "cli": ["base"],
    "fetch": ["base"],
}

# The one layer that may include the headers of a library.
LIBRARIES = {
    r"jansson\.h": "base",
    r"nettle/.*": "base",
    r"(lua|lauxlib|lualib|luaconf)\.h": "policy",
    r"microhttpd\.h": "broker",
    r"curl/.*": "fetch",
}

# ISO C11, POSIX.1-2017, glibc and Linux.
SYSTEM = re.compile(r"""(sys|linux|asm|netinet|arpa|net)/.*\.h|
    (assert|ctype|dirent|dlfcn|endian|errno|fcntl|float|fnmatch|fts|ftw|getopt|glob|grp|inttypes|
    iso646|libgen|limits|locale|malloc|math|netdb|poll|pthread|pwd|sched|search|semaphore|setjmp|signal|
    spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|
    syslog|termios|time|uchar|unistd|wchar|wctype)\.h""", re.VERBOSE)

INCLUDE = re.compile(r"\s*#\s*include\s*(?:<([^>]*)>|\"([^\"]*)\"|(.*))")
SUFFIXES = {".c", ".h", ".inc", ".def"}


def check_system(layer, header):
    """What is wrong with #include <header> in a file of layer, or None."""
    for pattern, owner in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return None if owner == layer else f"<{header}> may be included from {owner}/ only"
    if SYSTEM.fullmatch(header):
        return None
    return (f"<{header}> is no known system header: "
            "name the one layer that may include it in LIBRARIES of layering.py")


def check_own(layer, header):
    """What is wrong with #include "header" in a file of layer, or None."""
    target, slash, _ = header.partition("/")
    if not slash or target not in LAYERS:
        return f'"{header}": write the layer\'s folder and the file, as in "base/err.h"'
    if target == layer or target in LAYERS[layer]:
        return None
    allowed = ", ".join(f"{name}/" for name in [layer, *LAYERS[layer]])
    return f'"{header}": {layer}/ may include only {allowed}'


def check_line(layer, line):
    match = INCLUDE.match(line)
    if not match:
        return None
    system, own, computed = match.groups()
    if system is not None:
        return check_system(layer, system)
    if own is not None:
        return check_own(layer, own)
    return f"#include {computed.strip()}: name the header itself"


def check_file(path, layer):
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        complaint = check_line(layer, line)
        if complaint:
            yield f"{path}:{number}: {complaint}"


def check_tree(top):
    """All complaints about the sources below top, in the order of their names."""
    for path in sorted(pathlib.Path(top).rglob("*")):
        if path.suffix not in SUFFIXES or not path.is_file():
            continue
        layer = path.relative_to(top).parts[0]
        if layer in LAYERS:
            yield from check_file(path, layer)
        else:
            yield f"{path}: no layer of that name: add it to LAYERS of layering.py"


def main(top):
    complaints = list(check_tree(top))
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
