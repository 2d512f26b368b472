#!/usr/bin/env python3
"""commands.py IN OUT: copy a compile_commands.json with each source file in it once.

The layers are compiled twice, the second time for the unit tests under sanitizers: to check the
same text twice would only take time."""

import json
import sys


def once_per_file(commands):
    """The first command of each file that is not of a sanitized twin, or else its first."""
    chosen = {}
    for command in sorted(commands, key=lambda one: "_checked" in one["command"]):
        chosen.setdefault(command["file"], command)
    return [chosen[name] for name in sorted(chosen)]


def main(source, target):
    with open(source, encoding="utf-8") as stream:
        commands = once_per_file(json.load(stream))
    with open(target, "w", encoding="utf-8") as stream:
        json.dump(commands, stream, indent=1)
    print(len(commands), "files")
    return 0 if commands else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
