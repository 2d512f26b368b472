"""Reloads under load, with the real worker: no answer mixes two sets, and none is lost.

AUTHZ_RELOADS is how many reloads there are; the full proof takes 1,000."""

import base64
import json
import os
import pathlib
import re
import shutil
import threading
import unittest

import daemon
from daemon import DAEMON

BUILD = pathlib.Path(os.environ.get("AUTHZ_BUILD", "build")).resolve()
LIBRARY = pathlib.Path(__file__).resolve().parents[3] / "lua-policies"
RELOADS = int(os.environ.get("AUTHZ_RELOADS", "50"))
CALLERS = 4
ACTIVE = "event=generation.active"
FAILED = "event=generation.failed"

RULE = """return rule {{
  id = "site.{name}",
  api = 1,
  on = {{ "container.create" }},
  check = function()
    return deny("set {number}")
  end,
}}
"""
CREATE = json.dumps({
    "RequestMethod": "POST",
    "RequestUri": "/v1.41/containers/create",
    "RequestHeaders": {"Content-Type": "application/json"},
    "RequestBody": base64.b64encode(b'{"Image":"busybox"}').decode(),
}).encode()


class Caller(threading.Thread):
    """Asks one thing after the other, and keeps what it was told."""

    def __init__(self, d):
        super().__init__()
        self.client = d.client()
        self.answers = []
        self.stop = threading.Event()

    def run(self):
        while not self.stop.is_set():
            self.answers.append(self.client.ask(CREATE))

    def end(self):
        self.stop.set()
        self.join()
        self.client.close()
        return self.answers


class Generations(daemon.Case):
    def setUp(self):
        super().setUp()
        # The daemon of the sanitizers beside the worker that serves.
        self.bin = self.dir / "bin"
        self.bin.mkdir()
        shutil.copy(DAEMON, self.bin)
        shutil.copy(BUILD / "lua-authz-worker", self.bin)
        self.place = self.dir / "policy"

    def make_set(self, number, broken=False):
        """Two rules that deny whatever comes, and both name the set that they belong to."""
        directory = self.dir / f"set{number}"
        (directory / "rules").mkdir(parents=True)
        (directory / "policy.lua").write_text(
            "return profile {" if broken else
            'return profile { id = "site", extends = "baseline" }')
        for name in ("first", "second"):
            (directory / "rules" / f"{name}.lua").write_text(
                RULE.format(name=name, number=number))
        new = self.dir / "new"
        new.symlink_to(directory.name)
        new.rename(self.place)

    def begin(self):
        self.make_set(0)
        d = self.start(place=self.place, program=self.bin / DAEMON.name, library=LIBRARY,
                       reload_debounce_ms=5, decision_timeout_ms=5000, workers_max=2)
        d.until(lambda: ACTIVE in d.log.read_text())
        return d

    def number_of(self, answer):
        """Of the set that gave it: both rules must agree."""
        msg = self.assert_refused(answer, "[site.first] set ")
        numbers = re.findall(r"\[site\.(?:first|second)\] set (\d+)", msg)
        self.assertEqual(len(numbers), 2, msg)
        self.assertEqual(numbers[0], numbers[1], msg)
        return int(numbers[0])

    def wait_for(self, d, event):
        """Until the log has that event after where it stood last."""
        def told():
            with d.log.open(encoding="utf-8") as log:
                log.seek(self.seen)
                return event in log.read()
        d.until(told)
        self.seen = d.log.stat().st_size

    def test_no_answer_mixes_two_and_none_is_lost(self):
        d = self.begin()
        d.until(lambda: len(d.workers()) == 2 and d.watches())
        descriptors = d.settled_descriptors()
        self.seen = d.log.stat().st_size
        callers = [Caller(d) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
            self.addCleanup(caller.end)
        good = 0
        for number in range(1, RELOADS + 1):
            broken = number % 10 == 5
            self.make_set(number, broken)
            self.wait_for(d, FAILED if broken else ACTIVE)
            shutil.rmtree(self.dir / f"set{number - 1}", ignore_errors=True)
            good = good if broken else number
            self.assertEqual(self.number_of(d.ask(CREATE)), good)
        sets = set()
        for caller in callers:
            numbers = [self.number_of(answer) for answer in caller.end()]
            self.assertEqual(numbers, sorted(numbers))
            sets.update(numbers)
        self.assertFalse({n for n in sets if n % 10 == 5})
        self.assertGreater(len(sets), RELOADS / 4)
        d.until(lambda: len(d.workers()) == 2 and d.descriptors() == descriptors)
        self.check_records(d, sum(len(caller.answers) for caller in callers) + RELOADS)

    def check_records(self, d, calls):
        """One record a call, and each set's files have one hash."""
        hashes = {}
        decisions = [r for r in d.records() if "verdict" in r]
        self.assertEqual(len(decisions), calls)
        for record in decisions:
            messages = {f["msg"] for f in record["findings"]}
            self.assertEqual(len(messages), 1, record)
            hashes.setdefault(record["policy"], set()).update(messages)
        for messages in hashes.values():
            self.assertEqual(len(messages), 1)

    def test_a_broken_first_set_is_mended_without_a_word(self):
        self.make_set(0, broken=True)
        d = self.start(place=self.place, program=self.bin / DAEMON.name, library=LIBRARY,
                       reload_debounce_ms=5, decision_timeout_ms=5000, workers_max=2)
        self.assertIn("policy.lua:", self.assert_refused(d.ask(CREATE), "[no-policy] "))
        (self.dir / "set0" / "policy.lua").write_text(
            'return profile { id = "site", extends = "baseline" }')
        d.until(lambda: ACTIVE in d.log.read_text())
        self.assertEqual(self.number_of(d.ask(CREATE)), 0)


if __name__ == "__main__":
    daemon.main()
