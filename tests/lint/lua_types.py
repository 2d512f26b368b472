#!/usr/bin/env python3
"""The classes in lua-policies/types.lua are the structs that rules see: those of VIEW_FIELD lines.

Each table of VIEW_FIELD lines must have the fields of one class, and each class be such a table.
usage: lua_types.py FOLDER... TYPES_LUA
"""
import pathlib
import re
import sys

TABLE = re.compile(r"struct member (\w+)\[\w*\] = \{(.*?)\n\s*\};", re.S)
FIELD = re.compile(r'VIEW_FIELD\("(\w+)"')


def tables(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*.c")):
            for name, body in TABLE.findall(path.read_text()):
                if FIELD.search(body):
                    yield f"{path}: {name}", frozenset(FIELD.findall(body))


def classes(path):
    found = {}
    fields = None
    for line in pathlib.Path(path).read_text().splitlines():
        start = re.match(r"---@class (\w+)", line)
        field = re.match(r"---@field (\w+)", line)
        if start:
            fields = found.setdefault(start[1], [])
        elif field:
            fields.append(field[1])
    return {name: frozenset(fields) for name, fields in found.items()}


def nearest(fields, known):
    name = min(known, key=lambda each: len(known[each] ^ fields))
    return f"nearest is {name}: differs in {', '.join(sorted(known[name] ^ fields))}"


def findings(structs, known):
    for place, fields in structs.items():
        if fields not in known.values():
            yield f"{place}: no class has its fields; {nearest(fields, known)}"
    for name, fields in known.items():
        if fields not in structs.values():
            yield f"class {name}: no struct has its fields; {nearest(fields, structs)}"


def main(*paths):
    found = list(findings(dict(tables(paths[:-1])), classes(paths[-1])))
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
