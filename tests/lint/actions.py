#!/usr/bin/env python3
"""actions.py [--write] ACTION_C README TYPES_LUA: the actions that policies read about are those of the
table in ACTION_C.

README has a table of them between two marks, TYPES_LUA their names; --write makes both anew. Prints
what differs; exits 1 if anything does."""

import re
import sys

MADE = "made by tests/lint/actions.py --write"
ROW = re.compile(r'ACTION\("(\w+)", "(\w+)", ACTION_([A-Z]+),\s*"([^"]*)"\)')
UNKNOWN = re.compile(r'\[ACTION_UNKNOWN\] = \{STR_INIT\("(\w+)"\),.*?ACTION_([A-Z]+),\s*STR_INIT\("([^"]*)"\)', re.S)


def actions_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = [(f"{category}.{verb}", kind.lower(), words) for category, verb, kind, words in ROW.findall(text)]
    if not found or len(found) != text.count("= ACTION("):
        sys.exit(f"actions.py: cannot read the table in {path}")
    name, kind, words = UNKNOWN.search(text).groups()
    return sorted(found) + [(name, kind.lower(), words)]


def table(actions):
    rows = [f"| `{name}` | {kind} | {words} |" for name, kind, words in actions]
    return "\n".join(["| action | class | what it is |", "|---|---|---|", *rows])


def alias(actions):
    return "\n".join(["---@alias Action", *(f"---| '\"{name}\"' # {words}" for name, _, words in actions)])


def between(text, path, begin, end, made):
    before, found, rest = text.partition(begin + "\n")
    _, found_end, after = rest.partition(end + "\n")
    if not found or not found_end:
        sys.exit(f"actions.py: {path} has no place for the actions: {begin} … {end}")
    return f"{before}{begin}\n{made}\n{end}\n{after}"


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    source, readme, types = arguments[write:]
    actions = actions_of(source)
    parts = [(readme, f"<!-- actions: {MADE} -->", "<!-- actions: end -->", table(actions)),
             (types, f"-- Actions: {MADE}.", "-- Actions: end.", alias(actions))]
    for path, begin, end, made in parts:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        right = between(text, path, begin, end, made)
        if write:
            with open(path, "w", encoding="utf-8") as file:
                file.write(right)
        elif text != right:
            sys.exit(f"{path}: the actions are not those of {source}: run tests/lint/actions.py --write")


main()
