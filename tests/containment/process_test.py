"""Signals to each process at each step of a decision: the call is denied, with words, and never
allowed; no connection is closed without an answer while the daemon lives; and it serves on."""

import contextlib
import os
import pathlib
import signal
import time
import unittest

import real
from real import create

DEADLINE_S = 0.5
SPIN = """
return rule {
  id = "test.spin", api = 1, on = { "container.create" },
  check = function(req)
    for _ = 1, req.container.labels.spin or 0 do end
    if req.container.labels.deny then return deny("at last") end
  end,
}
"""
LONG, SHORT = "900000000", "20000000"
ENDS = (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGTERM)


# To read a call takes less.
READ_TICKS = 1


def stat(pid):
    """What stands behind the name in proc(5)'s stat."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["X", *["0"] * 49]


def state(pid):
    """One letter; X when it is gone."""
    return stat(pid)[0]


def ticks(pid):
    """Processor time within the process."""
    return int(stat(pid)[11])


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.002)


def stop(pid):
    os.kill(pid, signal.SIGSTOP)
    wait_for(lambda: state(pid) in "TX")


def end(pid, number):
    """A stopped process is told of a signal when it goes on; only SIGKILL does not wait."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
        os.kill(pid, signal.SIGCONT)


class Processes(real.Case):
    def setUp(self):
        super().setUp()
        rules = self.dir / "policy" / "rules"
        rules.mkdir(parents=True)
        (rules / "spin.lua").write_text(SPIN)

    def begin(self, workers=1, **settings):
        settings = {"decision_timeout_ms": int(DEADLINE_S * 1000), "instructions_max": 1000000000,
                    "workers_min": workers, "workers_max": workers, **settings}
        d = self.start_real(**settings)
        self.idle(d, workers)
        return d

    def idle(self, d, count=1):
        d.until(lambda: len(d.workers()) == count and all(state(w) == "S" for w in d.workers()))
        return d.workers()[0]

    def check_serves(self, d, client):
        """Goes on with the same connection: each call so far got one answer, not two."""
        self.assert_allowed(client.ask(real.ALLOWED))
        self.assert_refused(client.ask(real.DENIED), "[container.no-privileged]")
        self.idle(d)  # one worker: the lost one is gone

    def deciding(self, d, client, spin, **labels):
        """A call that is being decided, and by whom."""
        worker = self.idle(d)
        before = ticks(worker)
        client.handed_over(create({"spin": spin, **labels}))
        d.until(lambda: ticks(worker) > before + READ_TICKS)
        return worker


class Workers(Processes):
    @unittest.skipUnless(os.geteuid() == 0, "needs root to look")
    def test_do_not_keep_the_daemons_log(self):
        """Who takes one over could write there in the daemon's name."""
        d = self.begin()
        self.assertFalse(set(os.listdir(f"/proc/{self.idle(d)}/fd")) & {"0", "1", "2"})

    def test_end_while_idle(self):
        d = self.begin(decision_timeout_ms=5000)
        client = d.client()
        for number in ENDS * 3:
            with self.subTest(number):
                end(self.idle(d), number)
                status, answer = client.ask(real.ALLOWED)
                self.assertEqual(status, 200)
                if not answer["Allow"]:
                    self.assert_refused((status, answer), "[crash] the policy worker ended")
                self.check_serves(d, client)
        client.close()

    def test_end_before_they_read(self):
        d = self.begin(decision_timeout_ms=5000)
        client = d.client()
        for number in ENDS:
            for size in (10, 1000000, 4000000):  # the last does not fit into the pipe
                with self.subTest(number, size=size):
                    worker = self.idle(d)
                    stop(worker)
                    client.handed_over(create({"x": "x" * size}))
                    end(worker, number)
                    self.assert_refused(client.answer(), "[crash] the policy worker ended")
                    self.check_serves(d, client)
        client.close()

    def test_end_while_they_decide(self):
        d = self.begin(decision_timeout_ms=10000)
        client = d.client()
        for number in ENDS:
            with self.subTest(number):
                end(self.deciding(d, client, LONG), number)
                self.assert_refused(client.answer(), "[crash] the policy worker ended in the "
                                                     "middle of rules/spin.lua")
                self.check_serves(d, client)
        client.close()

    def test_end_after_their_verdict(self):
        """The daemon is held up until both have happened: a verdict that was given may count."""
        d = self.begin(decision_timeout_ms=10000)
        client = d.client()
        for number in ENDS:
            with self.subTest(number):
                worker = self.deciding(d, client, SHORT, deny="yes")
                stop(d.process.pid)
                wait_for(lambda pid=worker: state(pid) == "S")
                end(worker, number)
                wait_for(lambda pid=worker: state(pid) in "ZX")
                os.kill(d.process.pid, signal.SIGCONT)
                self.assertRegex(self.assert_refused(client.answer(), "["),
                                 r"^\[test.spin\] at last|^\[crash\] the policy worker ended")
                self.check_serves(d, client)
        client.close()

    def test_are_stopped(self):
        d = self.begin()
        client = d.client()
        for spin in (None, LONG):
            with self.subTest(spin):
                if spin:
                    stop(self.deciding(d, client, spin))
                else:
                    stop(self.idle(d))
                    client.handed_over(real.ALLOWED)
                self.assert_refused(client.answer(), "[deadline] the policy took longer than 500 ms")
                self.check_serves(d, client)
        client.close()

    def test_end_while_they_load(self):
        """The set before stays in force."""
        d = self.begin(decision_timeout_ms=5000)
        client = d.client()
        old = self.idle(d)
        d.write_policy(f"for _ = 1, {LONG} do end {real.POLICY}")
        for number in ENDS:
            with self.subTest(number):
                before = d.log.read_text().count("event=generation.failed")
                d.signal(signal.SIGHUP)
                d.until(lambda: any(w != old and state(w) == "R" for w in d.workers()))
                end(next(w for w in d.workers() if w != old), number)
                d.until(lambda: d.log.read_text().count("event=generation.failed") > before)
                d.until(lambda: d.workers() == [old])
                self.check_serves(d, client)
        client.close()

    def test_all_end_again_and_again(self):
        """Under load: each call of each caller gets one answer, and an allowance is a worker's."""
        d = self.begin(workers=3, decision_timeout_ms=10000)
        with real.Bystander(d) as one, real.Bystander(d) as other:
            for i in range(30):
                time.sleep(0.02)
                for worker in d.workers():
                    end(worker, ENDS[i % len(ENDS)])
        for status, answer in one.odd + other.odd:
            # Of a worker that ended while it started, nobody was waiting for a verdict.
            self.assertRegex(self.assert_refused((status, answer), "["),
                             r"^\[(crash|no-policy)\] .*the policy worker ended")
        self.assertGreater(len(one.waits) + len(other.waits), 60)
        self.idle(d, 3)
        self.assert_allowed(d.ask(real.ALLOWED))


class Broker(Processes):
    def dead(self, d, workers):
        self.assertIn(-d.process.wait(20), ENDS)
        wait_for(lambda: all(state(w) in "ZX" for w in workers))
        d.process.returncode = 0

    def test_ends_while_a_call_is_decided(self):
        for number in (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV):
            for held in (False, True):
                with self.subTest(number, held=held):
                    d = self.begin(decision_timeout_ms=10000)
                    clients = [d.client() for _ in range(3)]
                    worker = self.deciding(d, clients[0], LONG)
                    if held:
                        stop(worker)
                    for client in clients[1:]:
                        client.handed_over(real.ALLOWED)
                    os.kill(d.process.pid, number)
                    for client in clients:
                        with contextlib.suppress(ConnectionError):
                            self.assertEqual(client.answer(), (None, None))
                        client.close()
                    self.dead(d, [worker])

    def test_ends_while_idle(self):
        d = self.begin(workers=3)
        client = d.client()
        workers = d.workers()
        self.assert_allowed(client.ask(real.ALLOWED))
        os.kill(d.process.pid, signal.SIGKILL)
        self.assertEqual(client.answer(), (None, None))
        client.close()
        self.dead(d, workers)

    def test_is_stopped_and_goes_on(self):
        d = self.begin(workers=2)
        clients = [d.client() for _ in range(20)]
        stop(d.process.pid)
        for i, client in enumerate(clients):
            client.send(real.DENIED if i % 2 else real.ALLOWED)
        time.sleep(0.05)
        os.kill(d.process.pid, signal.SIGCONT)
        for i, client in enumerate(clients):
            if i % 2:
                self.assert_refused(client.answer(), "[container.no-privileged]")
            else:
                self.assert_allowed(client.answer())
            client.close()

    def test_is_stopped_over_a_deadline(self):
        d = self.begin()
        client = d.client()
        worker = self.deciding(d, client, SHORT, deny="yes")
        stop(d.process.pid)
        wait_for(lambda: state(worker) == "S")
        time.sleep(DEADLINE_S)
        os.kill(d.process.pid, signal.SIGCONT)
        self.assertRegex(self.assert_refused(client.answer(), "["),
                         r"^\[test.spin\] at last|^\[deadline\] ")
        self.check_serves(d, client)
        client.close()


if __name__ == "__main__":
    real.daemon.main()
