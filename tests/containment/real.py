"""The daemon with the worker that serves, as it is installed, and calls as an engine makes them."""

import base64
import json
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "unit" / "broker"))

import daemon  # noqa: E402  (from the folder above)

BUILD = daemon.BIN
POLICY = 'return profile { id = "site", extends = "baseline" }'
# What an answer may come late beyond its deadline.
SLACK_S = 0.1


def create(labels=None, **more):
    """An engine's call about `docker create busybox`."""
    body = json.dumps({"Image": "busybox", "Labels": labels or {}, **more}).encode()
    return json.dumps({
        "RequestMethod": "POST", "RequestUri": "/v1.41/containers/create",
        "RequestHeaders": {"Content-Type": "application/json", "Content-Length": str(len(body))},
        "RequestBody": base64.b64encode(body).decode(),
    }).encode()


ALLOWED = create()
DENIED = create(HostConfig={"Privileged": True})


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


class Case(daemon.Case):
    def start_real(self, rules=(), policy=POLICY, preexec=None, **settings):
        """A daemon whose policy directory has these rule files too."""
        directory = self.dir / "policy" / "rules"
        directory.mkdir(parents=True, exist_ok=True)
        for path in rules:
            (directory / path.name).write_bytes(path.read_bytes())
        d = self.start(policy, program=BUILD / "lua-authzd", library=BUILD / "lua-policies",
                       preexec=preexec, **settings)
        d.until(lambda: d.logged("event=generation."))
        self.assertTrue(d.logged("event=generation.active"), d.log.read_text())
        return d


class Bystander:
    """Somebody else, who calls on and on, a little pause between: how long do the answers take?"""

    def __init__(self, d, pause_s=0.001):
        self.client = d.client()
        self.pause_s = pause_s
        self.waits = []
        self.odd = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.call)

    def call(self):
        while not self.stop.is_set():
            start = time.monotonic()
            answer = self.client.ask(ALLOWED)
            self.waits.append(time.monotonic() - start)
            if answer[1] is None or not answer[1]["Allow"]:
                self.odd.append(answer)
            self.stop.wait(self.pause_s)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.stop.set()
        self.thread.join()
        self.client.close()
