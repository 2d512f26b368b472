"""What becomes of a request whose plugin is lost: it is not carried out.

usage: loss_live_test.py RELEASE BUILD    RELEASE: of engine.sh
"""

import contextlib
import http.client
import os
import signal
import sys
import threading
import unittest

from engine import Engine, Guard, until

RELEASE, BUILD = sys.argv[1:3]

PLAIN = {"Image": "e2e:1"}

# Takes its time over one call: long enough to end the daemon meanwhile.
SLOW = {
    "policy.lua": 'return profile { id = "slow", api = 1, extends = "baseline" }\n',
    "rules/slow.lua": """return rule {
  id = "site.slow", api = 1, title = "Slow", on = { "container.create" }, params = {},
  check = function(req)
    if req.container.name == "slow" then for _ = 1, 1e12 do end end
  end,
}
""",
}


def alive(pid):
    """A zombie counts as gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


class Loss(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.engine = self.stack.enter_context(Engine(RELEASE))
        self.guard = self.stack.enter_context(Guard(
            BUILD, SLOW, decision_timeout_ms=10000, instructions_max=10**9))
        self.engine.chain(self.guard.name)

    def ticks(self):
        """Processor time that each worker has used, {pid: ticks}."""
        def spent(pid):
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                return int(file.read().rpartition(")")[2].split()[11])
        return {pid: spent(pid) for pid in self.guard.workers()}

    def decide_slowly(self):
        """A create that is being decided: (the worker at work, what waits for the answer, answers)."""
        answers, before = [], self.ticks()

        def create():
            answers.append(self.engine.call("POST", "/containers/create?name=slow", PLAIN))

        def busy():
            return [pid for pid, ticks in self.ticks().items() if ticks >= before.get(pid, 0) + 5]

        thread = threading.Thread(target=create)
        thread.start()
        until(busy)
        return busy()[0], thread, answers

    def lose(self):
        """Kills the daemon while a create is being decided; returns what waits for the answer."""
        _, thread, answers = self.decide_slowly()
        self.guard.process.kill()
        self.guard.process.wait()
        return thread, answers

    def test_a_call_whose_worker_is_lost_is_refused(self):
        worker, thread, answers = self.decide_slowly()
        os.kill(worker, signal.SIGKILL)
        thread.join(60)
        self.assertEqual(answers[0].status, 403, str(answers[0]))
        self.assertIn(f"denied by plugin {self.guard.name}: [crash] ", answers[0].message)
        self.assertEqual(self.engine.call("GET", "/containers/slow/json").status, 404)
        self.assertEqual(self.engine.call("POST", "/containers/create", PLAIN).status, 201)

    def test_the_plugin_is_still_asked_after_sighup(self):
        privileged = {**PLAIN, "HostConfig": {"Privileged": True}}
        for _ in range(2):
            self.engine.chain(self.guard.name)
            answer = self.engine.call("POST", "/containers/create", privileged)
            self.assertEqual(answer.status, 403, str(answer))
            self.assertIn("[container.no-privileged] ", answer.message)

    def test_a_lost_call_is_not_carried_out(self):
        self.assertEqual(self.engine.call("POST", "/containers/create", PLAIN).status, 201)
        thread, answers = self.lose()
        self.guard.start()
        thread.join(60)
        self.assertEqual(answers[0].status, 403, str(answers[0]))
        self.assertIn(f"denied by plugin {self.guard.name}: [engine-retry] ", answers[0].message)
        self.assertEqual(self.engine.call("GET", "/containers/slow/json").status, 404)

        # The plugin is gone for good: the engine gives up on the call, and answers no other one.
        thread, answers = self.lose()
        self.guard.socket.unlink()
        thread.join(60)
        self.assertGreaterEqual(answers[0].status, 400, str(answers[0]))
        self.guard.start()
        self.assertEqual(self.engine.call("GET", "/containers/slow/json").status, 404)

    def test_sighup_without_the_plugin_ends_the_engine(self):
        """It ends, and carries nothing out until then: the socket has to be there before SIGHUP."""
        pid = self.engine.pid()
        self.engine.configure(self.guard.name + "-unknown")
        os.kill(pid, signal.SIGHUP)
        self.guard.stop()
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = self.engine.call("POST", "/containers/create", PLAIN)
            self.assertGreaterEqual(answer.status, 400, str(answer))
        until(lambda: not alive(pid), seconds=60)


unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
