"""Runs `lua-authz` of the build tree: command.py BUILD VIEW_PRINT."""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile

VIEW_PRINT = pathlib.Path(sys.argv.pop()).resolve()
BUILD = pathlib.Path(sys.argv.pop()).resolve()
# Whatever this machine has in /etc is not read.
EMPTY = tempfile.TemporaryDirectory()
CONFIG = pathlib.Path(EMPTY.name) / "config.json"
CONFIG.write_text("{}")
CORPUS = pathlib.Path(__file__).parents[2] / "corpus" / "recorded.jsonl"


def recorded():
    """Every call of the recorded traffic, with the command that made it."""
    for line in CORPUS.read_text().splitlines():
        one = json.loads(line)
        if one["endpoint"] == "/AuthZPlugin.AuthZReq":
            yield one["body"]


def message(method, uri, body=None, **more):
    fields = {"RequestMethod": method, "RequestUri": uri, **more}
    if body is not None:
        fields["RequestHeaders"] = {"Content-Type": "application/json"}
        fields["RequestBody"] = base64.b64encode(json.dumps(body).encode()).decode()
    return fields


def run(*arguments, messages=None, status=0, environment=None):
    """What it prints; other settings than those given are not read."""
    text = None if messages is None else "".join(
        (one if isinstance(one, str) else json.dumps(one)) + "\n" for one in messages)
    if not any(one.startswith("--policy") for one in arguments):
        arguments += (f"--policy={EMPTY.name}",)
    done = subprocess.run([BUILD / "lua-authz", *arguments, f"--config={CONFIG}"], input=text,
                          capture_output=True, text=True, check=False, env=environment or {})
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return done.stdout if status == 0 else done.stdout + done.stderr


def lines(*arguments, **kwargs):
    return [json.loads(line) for line in run(*arguments, **kwargs).splitlines()]


class Policy:
    """A policy directory for one with statement."""

    def __init__(self, text, **rules):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        (self.path / "policy.lua").write_text(text)
        (self.path / "rules").mkdir()
        for name, rule in rules.items():
            (self.path / "rules" / f"{name}.lua").write_text(rule)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.folder.cleanup()

    @property
    def flag(self):
        return f"--policy={self.path}"
