"""Validates records against the schema of the audit trail: the few words of JSON Schema it uses."""

import json
import pathlib
import re

PATH = pathlib.Path(__file__).parents[3] / "plugin" / "broker" / "audit.schema.json"
ROOT = json.loads(PATH.read_text())
TYPES = {"object": dict, "array": list, "string": str, "integer": int}
# Words that only describe.
SILENT = {"$schema", "$id", "$defs", "title", "description"}


def check_members(schema, value, where):
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where}: {name} is missing"
    known = schema.get("properties", {})
    for name, member in value.items():
        if name in known:
            yield from errors(known[name], member, f"{where}.{name}")
        elif not schema.get("additionalProperties", True):
            yield f"{where}.{name} is not known"


def check_word(word, argument, schema, value, where):
    """What one word of a schema has against value."""
    if word == "$ref":
        target = ROOT
        for part in argument.removeprefix("#/").split("/"):
            target = target[part]
        yield from errors(target, value, where)
    elif word == "oneOf":
        found = [list(errors(one, value, where)) for one in argument]
        if sum(not one for one in found) != 1:
            yield f"{where}: fits not exactly one of: {found}"
    elif word == "items":
        for i, item in enumerate(value):
            yield from errors(argument, item, f"{where}[{i}]")
    elif word == "required":
        yield from check_members(schema, value, where)
    elif word not in SILENT | {"properties", "additionalProperties"}:
        holds = {
            "type": lambda: type(value) is TYPES[argument],
            "const": lambda: value == argument,
            "enum": lambda: value in argument,
            "pattern": lambda: re.search(argument, value),
            "minLength": lambda: len(value) >= argument,
            "maxLength": lambda: len(value) <= argument,
            "minimum": lambda: value >= argument,
            "maximum": lambda: value <= argument,
            "maxItems": lambda: len(value) <= argument,
        }[word]()
        if not holds:
            yield f"{where}: {value!r} against {word} {argument!r}"


def errors(schema, value, where=""):
    for word, argument in schema.items():
        found = list(check_word(word, argument, schema, value, where))
        yield from found
        if word == "type" and found:
            return


def check(record):
    found = list(errors(ROOT, record))
    if found:
        raise AssertionError(f"{record}: {found}")
