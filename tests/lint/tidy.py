#!/usr/bin/env python3
"""tidy.py COMPILE_COMMANDS CLANG_TIDY: check every file that the commands name, a few at a time.

What was found clean is not read again until the file, one of the project's headers that it
includes, its command or .clang-tidy changes: the directory of COMPILE_COMMANDS keeps the marks."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

# The sources are compiled by gcc: clang need not know each of its warnings.
OPTIONS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option"]


def includes(command):
    """The project's files that a compilation reads, by the compiler's own word."""
    argv = shlex.split(command["command"])
    del argv[argv.index("-o"):argv.index("-o") + 2]
    rule = subprocess.run([*argv, "-MM", "-MT", "x"], cwd=command["directory"], check=True,
                          capture_output=True, text=True).stdout
    names = rule.replace("\\\n", " ").split()[1:]
    return sorted(pathlib.Path(command["directory"], name) for name in names)


def fingerprint(command, tidy, settings):
    digest = hashlib.sha256(f"{tidy} {OPTIONS} {command['command']}".encode())
    for path in [settings, *includes(command)]:
        content = path.read_bytes()
        digest.update(f"{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def check(command, tidy, database, settings):
    """What clang-tidy finds in one file; nothing when all is well."""
    mark = database.parent / "tidy" / fingerprint(command, tidy, settings)
    if mark.exists():
        return ""
    done = subprocess.run([tidy, "-p", str(database.parent), *OPTIONS, command["file"]],
                          capture_output=True, text=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout + done.stderr


def main(database, tidy):
    database = pathlib.Path(database)
    commands = json.loads(database.read_text(encoding="utf-8"))
    settings = pathlib.Path(".clang-tidy").resolve()
    (database.parent / "tidy").mkdir(exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        findings = [text for text in pool.map(
            lambda command: check(command, tidy, database, settings), commands) if text]
    print("\n".join(findings))
    print(f"{len(commands)} files, {len(findings)} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
