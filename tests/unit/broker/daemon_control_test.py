"""The control socket, and the command line that asks it."""

import calendar
import json
import os
import pathlib
import re
import signal
import socket
import stat
import subprocess
import threading
import time
import unittest

import daemon
from daemon import promptly

CLI = pathlib.Path(os.environ["AUTHZ_BUILD"]) / "lua-authz"
PEERS_MAX = 16
LINE_MAX = 128


class Control(daemon.Case):
    def path(self, d):
        return d.socket.parent / "s.d" / "control"

    def connect(self, d):
        peer = socket.socket(socket.AF_UNIX)
        peer.settimeout(20)
        peer.connect(str(self.path(d)))
        return peer

    def read(self, peer):
        text = b""
        while (piece := peer.recv(4096)):
            text += piece
        peer.close()
        return text

    def ask(self, d, line):
        peer = self.connect(d)
        peer.sendall(line)
        text = self.read(peer)
        self.assertEqual(text.count(b"\n"), 1, text)
        self.assertTrue(text.endswith(b"\n"))
        return json.loads(text)

    def cli(self, d, *args, control=True):
        args = [*args, f"--control={self.path(d)}"] if control else args
        return subprocess.run([CLI, *args], env={}, capture_output=True, text=True, timeout=30,
                              check=False)

    def until_serving(self, d):
        d.until(lambda: d.logged("event=generation.active"))


class Status(Control):
    def test_tells_what_runs(self):
        d = self.start("-- 1", workers_max=7)
        self.until_serving(d)
        d.until(lambda: self.ask(d, b"status\n")["workers"]["idle"] == 2)
        status = self.ask(d, b"status\n")
        self.assertIs(status["ok"], True)
        self.assertEqual(status["amiss"], "")
        self.assertEqual(status["pid"], d.process.pid)
        self.assertEqual(status["policy"], str(d.policy))
        self.assertRegex(status["version"], r"^\d+\.\d+\.\d+$")
        self.assertLess(status["uptime_s"], 100)
        generation = status["generation"]
        self.assertEqual((generation["number"], generation["state"]), (1, "serving"))
        self.assertRegex(generation["hash"], r"^[0-9a-f]{64}$")
        self.assertLess(abs(time.time() - seconds(generation["since"])), 100)
        workers = status["workers"]
        self.assertEqual((workers["busy"], workers["starting"]), (0, 0))
        self.assertEqual((workers["min"], workers["max"]), (2, 7))
        self.assertEqual(status["reload"]["result"], "loaded")
        self.assertEqual(status["audit"],
                         {"place": str(d.audit), "sinks": "", "failing": False, "errors": 0,
                          "withheld": 0, "dropped": {}})

    def test_counts_decisions_by_stage_verdict_and_reason(self):
        d = self.start(decision_timeout_ms=300)
        for body in (b"{}", b"{}", b"do:deny", b"do:hang", b"do:limit", b"do:crash", b""):
            d.ask(body)
        d.ask(b"{}", path=daemon.RESPONSE)
        status = self.ask(d, b"status\n")
        self.assertEqual(status["decisions"], {
            "request": {"allow": {"policy": 2},
                        "deny": {"policy": 1, "deadline": 1, "limit": 1, "crash": 1,
                                 "engine-retry": 1}},
            "response": {"allow": {"response": 1}, "deny": {}}})
        self.assertEqual((status["allowed"], status["denied"]), (3, 5))
        self.assertEqual(status["limits_hit"], {"limit": 1, "deadline": 1, "overload": 0})
        self.assertEqual(status["empty_calls"], 1)
        self.assertEqual(status["workers"]["exits"],
                         {"limit": 1, "deadline": 1, "crash": 1, "idle": 0, "reload": 0, "worn": 0})

    def test_shows_busy_workers_and_calls_that_wait(self):
        d = self.start(workers_min=1, workers_max=1, decision_timeout_ms=10000)
        self.assert_allowed(d.ask())
        clients = [d.client() for _ in range(3)]
        for client in clients:
            client.handed_over(b"do:hang")
        d.until(lambda: self.ask(d, b"status\n")["waiting"] == 2)
        status = self.ask(d, b"status\n")
        self.assertEqual(status["workers"]["busy"], 1)
        self.assertEqual(status["connections"], 3)
        self.assertEqual(status["bytes_in_flight"], 3 * len("do:hang"))
        for client in clients:
            client.close()
        d.signal(signal.SIGTERM)
        d.signal(signal.SIGINT)

    def test_says_what_is_amiss(self):
        d = self.start("start:failed")
        self.assert_refused(d.ask(b"{}"), "[no-policy]")
        status = self.ask(d, b"status\n")
        self.assertEqual(status["generation"]["state"], "broken")
        self.assertIn("policy.lua:1: broken", status["generation"]["why"])
        self.assertEqual(status["amiss"], "no set of policies is in force")
        self.assertEqual(self.cli(d, "status").returncode, 1)

    def test_says_that_the_trail_fails(self):
        d = self.start(trail=pathlib.Path("/dev/full"))
        self.until_serving(d)
        self.assert_refused(d.ask(b"{}"), "[audit]")
        audit = self.ask(d, b"status\n")["audit"]
        self.assertGreaterEqual(audit["errors"], 1)

    def end(self, daemon_):
        # What cannot be read back is no trail to check.
        if str(daemon_.audit) == "/dev/full":
            self.assertEqual(daemon_.stop(), 0)
        else:
            super().end(daemon_)


class Reload(Control):
    def test_waits_until_the_new_set_is_in_force(self):
        d = self.start("-- 1")
        self.until_serving(d)
        before = self.ask(d, b"status\n")["generation"]["hash"]
        for i in range(2, 5):
            d.write_policy(f"-- {i} start:slow")
            answer = self.ask(d, b"reload\n")
            self.assertIs(answer["ok"], True, answer)
            self.assertNotEqual(answer["hash"], before)
            self.assert_refused(d.ask(b"do:script"), f"-- {i}")
            status = self.ask(d, b"status\n")
            self.assertEqual(status["generation"]["number"], answer["generation"])
            self.assertEqual(status["reload"]["loaded"], i)

    def test_says_why_a_set_does_not_load(self):
        d = self.start("-- good")
        self.until_serving(d)
        for broken in ("start:failed", "start:die"):
            d.write_policy(broken)
            answer = self.ask(d, b"reload\n")
            self.assertIs(answer["ok"], False)
            self.assertRegex(answer["error"], "policy.lua:1: broken|worker ended")
            self.assert_refused(d.ask(b"do:script"), "-- good")
        status = self.ask(d, b"status\n")
        self.assertEqual(status["generation"]["number"], 1)
        self.assertEqual(status["reload"]["result"], "failed")
        self.assertEqual(status["reload"]["why"], answer["error"])
        self.assertEqual((status["reload"]["loaded"], status["reload"]["failed"]), (1, 2))

    def test_says_why_a_set_cannot_be_read(self):
        d = self.start("-- good")
        self.until_serving(d)
        (d.dir / "library").rmdir()
        self.assertIn("library", self.ask(d, b"reload\n")["error"])

    def test_all_who_wait_are_told(self):
        d = self.start("-- 1")
        self.until_serving(d)
        d.write_policy("-- 2 start:slow")
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.ask(d, b"reload\n")))
                   for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([a["ok"] for a in answers], [True] * 5, answers)
        self.assert_refused(d.ask(b"do:script"), "-- 2")

    def test_one_who_leaves_is_forgotten(self):
        d = self.start("-- 1")
        self.until_serving(d)
        d.write_policy("-- 2 start:slow")
        before = d.settled_descriptors()
        for _ in range(3):
            peer = self.connect(d)
            peer.sendall(b"reload\n")
            peer.close()
        self.assertIs(self.ask(d, b"reload\n")["ok"], True)
        d.until(lambda: d.descriptors() == before)

    def test_opens_the_trail_anew(self):
        d = self.start()
        self.until_serving(d)
        d.audit.rename(d.dir / "old.jsonl")
        self.ask(d, b"reload\n")
        self.assertTrue(d.audit.exists())


class Peers(Control):
    def test_is_private(self):
        d = self.start()
        self.assertEqual(stat.S_IMODE(self.path(d).stat().st_mode), 0o600)

    def test_nobody_else_may_ask(self):
        d = self.start()
        os.chmod(d.dir, 0o755)
        self.path(d).chmod(0o666)

        def become_nobody():
            os.setgid(65534)
            os.setuid(65534)

        asked = subprocess.run(
            ["python3", "-c", "import socket,sys\ns=socket.socket(socket.AF_UNIX)\n"
             "s.connect(sys.argv[1])\ns.sendall(b'status\\n')\nprint(s.recv(9999).decode())",
             self.path(d)], preexec_fn=become_nobody, capture_output=True, text=True, timeout=20,
            check=False)
        self.assertIn("only root", asked.stdout, asked.stderr)
        self.assertNotIn("pid", asked.stdout)

    def test_odd_requests_are_named(self):
        d = self.start()
        for line in (b"\n", b"stat\n", b"status \n", b"STATUS\n", b"status\0\n", b"status\r\n"):
            self.assertIn("no such request", self.ask(d, line)["error"])
        for length, words in ((LINE_MAX - 1, "no such request"), (LINE_MAX, "too long")):
            self.assertIn(words, self.ask(d, b"x" * length + b"\n")["error"])

    def test_a_line_may_come_in_pieces(self):
        d = self.start()
        peer = self.connect(d)
        for byte in b"status\n":
            peer.sendall(bytes([byte]))
            time.sleep(0.005)
        self.assertIs(json.loads(self.read(peer))["ok"], True)

    def test_one_who_says_nothing_is_let_go(self):
        d = self.start()
        peer = self.connect(d)
        with promptly(self, after=4.9):
            self.assertEqual(self.read(peer), b"")

    def test_silent_peers_hold_up_nobody(self):
        d = self.start()
        self.until_serving(d)
        before = d.settled_descriptors()
        silent = [self.connect(d) for _ in range(PEERS_MAX + 4)]
        for peer in silent[::2]:
            peer.sendall(b"stat")
        with promptly(self):
            for _ in range(20):
                self.assert_allowed(d.ask(b"{}"))
        # The next one is served when the first of these are let go.
        self.assertIs(self.ask(d, b"status\n")["ok"], True)
        for peer in silent:
            peer.close()
        d.until(lambda: d.descriptors() == before)

    def test_peers_that_leave_cost_nothing(self):
        d = self.start()
        self.until_serving(d)
        before = d.settled_descriptors()
        for i in range(3 * PEERS_MAX):
            peer = self.connect(d)
            peer.sendall((b"", b"status", b"status\n", b"reload\n")[i % 4])
            peer.close()
        self.assertIs(self.ask(d, b"status\n")["ok"], True)
        d.until(lambda: d.descriptors() == before)

    def test_answers_while_calls_are_finished(self):
        d = self.start(decision_timeout_ms=3000)
        self.until_serving(d)
        client = d.client()
        client.handed_over(b"do:hang")
        d.signal(signal.SIGTERM)
        d.until(lambda: d.logged("event=stopping"))
        self.assertEqual(self.ask(d, b"status\n")["amiss"], "the plugin is being stopped")
        self.assertIn("being stopped", self.ask(d, b"reload\n")["error"])
        self.assert_refused(client.answer(), "[deadline]")
        client.close()
        self.assertEqual(d.process.wait(20), 0)
        self.assertFalse(self.path(d).exists())


class Place(Control):
    def test_can_be_off(self):
        d = self.start(control="off")
        self.assert_allowed(d.ask(b"{}"))
        self.assertFalse(self.path(d).exists())

    def test_can_be_elsewhere(self):
        place = self.dir / "elsewhere"
        self.start(control=place)
        self.assertTrue(stat.S_ISSOCK(place.stat().st_mode))

    def test_one_that_was_not_asked_for_is_no_reason_not_to_serve(self):
        (self.dir / "run").mkdir()
        (self.dir / "run" / "s.d").write_text("in the way")
        d = self.start()
        self.assert_allowed(d.ask(b"{}"))
        self.assertTrue(d.logged("event=control.failed"))

    def test_one_that_was_asked_for_is(self):
        plain = self.dir / "plain"
        plain.write_text("x")
        d = daemon.Daemon(self.dir, wait=False, control=plain)
        self.assertEqual(d.process.wait(20), 1)
        self.assertIn("control: ", d.log.read_text())
        self.assertEqual(plain.read_text(), "x")


class CommandLine(Control):
    """The real command line, and the real worker where it matters."""

    def start_real(self):
        build = CLI.parent
        return self.start('return profile { id = "site", extends = "baseline" }', program=build / "lua-authzd", library=build / "lua-policies",
                          decision_timeout_ms=5000)

    def test_status_for_people_and_for_programs(self):
        d = self.start_real()
        self.until_serving(d)
        body = json.dumps({"RequestMethod": "GET", "RequestUri": "/v1.41/containers/json"})
        self.assert_allowed(d.ask(body.encode()))
        body = json.dumps({"RequestMethod": "POST", "RequestUri": "/v1.41/swarm/leave"})
        self.assert_refused(d.ask(body.encode()), "[swarm.admin]")
        told = self.cli(d, "status")
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        for words in ("generation 1, serving since ", "1 allowed, 1 denied", str(d.policy),
                      f"{d.audit}: kept, 0 errors", "0 of time", " of 2 to 32"):
            self.assertIn(words, told.stdout)
        self.assertRegex(told.stdout, r"request +deny +policy +1\n")
        told = self.cli(d, "status", "--json")
        status = json.loads(told.stdout)
        self.assertEqual((told.returncode, status["allowed"]), (0, 1))

    def test_reload_says_what_comes_of_it(self):
        d = self.start_real()
        self.until_serving(d)
        told = self.cli(d, "reload")
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assertRegex(told.stdout, r"^generation \d+ is in force, hash [0-9a-f]{64}\n$")
        d.write_policy('return profile {\n  id = "site",\n  extends = "nothing",\n}\n')
        told = self.cli(d, "reload")
        self.assertEqual((told.returncode, told.stdout), (1, ""))
        self.assertRegex(told.stderr, r"(?m)^lua-authz: not reloaded:\n  policy\.lua:\d+: ")
        told = self.cli(d, "status")
        self.assertEqual(told.returncode, 0, "the earlier set is in force")
        self.assertIn("last load   failed at ", told.stdout)
        self.assertIn("policy.lua:", told.stdout)
        d.write_policy('return profile { id = "site", extends = "baseline" }')
        self.assertEqual(self.cli(d, "reload").returncode, 0)

    def test_words_of_a_policy_cannot_steer_the_terminal(self):
        d = self.start_real()
        self.until_serving(d)
        d.write_policy('error("\\27[31mred\\7")')
        told = self.cli(d, "reload")
        self.assertEqual(told.returncode, 1)
        self.assertIn("red", told.stderr)
        self.assertFalse(re.search(r"[\x00-\x09\x0b-\x1f\x7f]", told.stderr), told.stderr)

    def test_finds_the_socket_by_the_daemons_settings(self):
        d = self.start()
        self.until_serving(d)
        config = self.dir / "config.json"
        config.write_text(json.dumps({"socket": str(d.socket)}))
        told = self.cli(d, "status", "--config", config, control=False)
        self.assertEqual(told.returncode, 0, told.stderr)

    def test_says_when_nobody_answers(self):
        told = subprocess.run([CLI, "status", "--control", self.dir / "none"], env={},
                              capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual((told.returncode, told.stdout), (1, ""))
        self.assertIn(f"cannot ask the daemon at {self.dir}/none: No such file", told.stderr)

    def test_wrong_usage_is_named(self):
        for args in (["status", "x"], ["status", "--policy", "x"], ["reload", "--json"],
                     ["check", "--control", "x"], ["check", "x"], ["decide", "a", "b"]):
            told = subprocess.run([CLI, *args], env={}, capture_output=True, text=True, timeout=20,
                                  check=False)
            self.assertEqual(told.returncode, 2, args)
            self.assertIn("--help shows the usage", told.stderr)


def seconds(stamp):
    return calendar.timegm(time.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ"))


if __name__ == "__main__":
    daemon.main()
