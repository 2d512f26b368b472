#!/usr/bin/env python3
"""settings.py [--write] LUA_AUTHZD README MANIFEST: compare what is written about the settings with
what the daemon's --help says.

README has a table of them between two marks; --write makes it anew. MANIFEST is the managed plugin's
config.json: each of its variables must be a setting. Prints what differs; exits 1 if anything does."""

import json
import re
import subprocess
import sys

BEGIN = "<!-- settings: made by tests/lint/settings.py --write -->"
END = "<!-- settings: end -->"

SETTING = re.compile(r"""^\ \ (?P<dashes>--)?(?P<key>[a-z-]+)\ (?P<unit>\w+)\n
    \ {6}(?P<help>.*)\n
    \ {6}(?:(?P<low>\d+)\ to\ (?P<high>\d+),\ )?default\ (?P<initial>.*);\ (?P<variable>LUA_AUTHZ_\w+)$""",
    re.MULTILINE | re.VERBOSE)


def settings_of(daemon):
    text = subprocess.run([daemon, "--help"], check=True, capture_output=True, text=True).stdout
    settings = [match.groupdict() for match in SETTING.finditer(text)]
    if len(settings) != text.count("LUA_AUTHZ_") or not settings:
        sys.exit(f"settings.py: cannot read what {daemon} --help prints")
    return settings


def row(setting):
    initial = setting["initial"] if setting["low"] is None else f"{int(setting['initial']):,}"
    if setting["low"] is None:
        unit = {"DIR": "directory"}.get(setting["unit"], setting["unit"].lower())
    else:
        unit = f"{setting['unit']}, {int(setting['low']):,} to {int(setting['high']):,}"
    return f"| `{setting['key']}` | {initial} | {unit} | {setting['help']} |"


def table(settings):
    return "\n".join([BEGIN, "| key | default | unit and range | what it is |", "|---|---|---|---|",
                      *map(row, settings), END])


def with_table(text, readme, made):
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"settings.py: {readme} has no place for the table of settings: {BEGIN} … {END}")
    return before + made + after


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    daemon, readme, manifest = arguments[write:]
    settings = settings_of(daemon)
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    right = with_table(text, readme, table(settings))
    if write:
        with open(readme, "w", encoding="utf-8") as file:
            file.write(right)
    elif text != right:
        sys.exit(f"{readme}: the table of settings is not what {daemon} --help says: "
                 "run tests/lint/settings.py --write")
    with open(manifest, encoding="utf-8") as file:
        named = {variable["name"] for variable in json.load(file)["env"]}
    if unknown := named - {setting["variable"] for setting in settings}:
        sys.exit(f"{manifest}: no such settings: {', '.join(sorted(unknown))}")


main()
