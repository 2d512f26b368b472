"""Start, reload and end of the daemon."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

import daemon
from daemon import DAEMON, RESPONSE, promptly


class Reload(daemon.Case):
    def reload(self, d, policy, event):
        before = d.log.read_text().count(event)
        d.write_policy(policy)
        d.signal(signal.SIGHUP)
        d.until(lambda: d.log.read_text().count(event) > before)

    def test_a_new_set_takes_over_whole(self):
        d = self.start("-- 0")
        stop = threading.Event()
        callers = [[] for _ in range(4)]

        def ask_on(answers):
            client = d.client()
            while not stop.is_set():
                answers.append(client.ask(b"do:script"))
            client.close()

        threads = [threading.Thread(target=ask_on, args=[answers]) for answers in callers]
        for thread in threads:
            thread.start()
        for i in range(1, 30):
            self.reload(d, f"-- {i}", "event=generation.active")
        stop.set()
        for thread in threads:
            thread.join()
        # To each caller, who asks one thing after the other, the sets only ever get newer.
        for answers in callers:
            numbers = [int(self.assert_refused(a, "-- ").split()[1]) for a in answers]
            self.assertEqual(numbers, sorted(numbers))
        self.assert_refused(d.ask(b"do:script"), "-- 29")
        d.until(lambda: len(d.workers()) == 2)

    def test_a_broken_set_changes_nothing(self):
        d = self.start("-- good")
        self.assert_refused(d.ask(b"do:script"), "-- good")
        for broken in ("start:failed", "start:die", "start:limit", "start:verdict"):
            self.reload(d, broken, "event=generation.failed")
            self.assert_refused(d.ask(b"do:script"), "-- good")
            self.assertIn("reload-failed", [r.get("event") for r in d.records()])
        self.reload(d, "-- better", "event=generation.active")
        self.assert_refused(d.ask(b"do:script"), "-- better")

    def test_a_worker_program_that_is_gone_changes_nothing(self):
        bin_dir = self.dir / "bin"
        shutil.copytree(DAEMON.parent, bin_dir)
        d = self.start("-- good", program=bin_dir / DAEMON.name)
        self.assert_refused(d.ask(b"do:script"), "-- good")
        (bin_dir / "lua-authz-worker").unlink()
        for _ in range(2):
            self.reload(d, "-- new", "event=generation.failed")
        self.assert_refused(d.ask(b"do:script"), "-- good")

    def test_replaced_workers_use_the_loaded_set(self):
        d = self.start("-- loaded")
        self.assert_refused(d.ask(b"do:script"), "-- loaded")
        d.write_policy("-- on disk")
        for _ in range(4):
            d.ask(b"do:crash")
        self.assert_refused(d.ask(b"do:script"), "-- loaded")

    def test_the_latest_reload_wins(self):
        d = self.start("-- 0")
        self.assert_refused(d.ask(b"do:script"), "-- 0")
        for i in range(5):
            d.write_policy(f"-- start:slow {i}")
            d.signal(signal.SIGHUP)
            time.sleep(0.02)
        d.until(lambda: d.ask(b"do:script")[1]["Msg"].startswith("-- start:slow 4"))

    def test_the_trail_is_opened_anew(self):
        d = self.start()
        self.assert_allowed(d.ask(b"{}"))
        d.audit.rename(d.dir / "old.jsonl")
        self.reload(d, "-- 1", "event=generation.active")
        self.assert_allowed(d.ask(b"{}"))
        self.assertIn("allow", [r.get("verdict") for r in d.records()])


class BrokenStart(daemon.Case):
    def test_a_broken_set_denies_with_the_reason(self):
        d = self.start("start:failed")
        self.assert_refused(d.ask(b"{}"), "[no-policy] policy.lua:1: broken")
        self.assert_allowed(d.ask(b"/_ping"))
        self.assert_allowed(d.ask(b"{}", path=RESPONSE))
        d.write_policy("-- fine")
        d.signal(signal.SIGHUP)
        d.until(lambda: d.logged("event=generation.active"))
        self.assert_allowed(d.ask(b"{}"))

    def test_a_missing_library_denies_all_the_same(self):
        d = self.start(library=False)
        msg = self.assert_refused(d.ask(b"{}"), "[no-policy] ")
        self.assertIn(str(self.dir / "missing"), msg)
        self.assert_allowed(d.ask(b"/_ping"))

    def test_a_set_whose_load_meets_a_limit_denies_with_the_reason(self):
        d = self.start("start:limit")
        words = "rules/site.lua:7: used its 1,000,000 instructions while it was loaded"
        d.until(lambda: d.logged("event=generation.broken"))
        self.assert_refused(d.ask(b"{}"), f"[no-policy] {words}")
        self.assert_allowed(d.ask(b"/_ping"))
        self.assertIn(words, [r.get("subject") for r in d.records()])
        d.until(lambda: len(d.workers()) == 2)
        self.assertFalse(d.logged("event=worker.start-failed"))
        d.write_policy("-- fine")
        d.signal(signal.SIGHUP)
        d.until(lambda: d.logged("event=generation.active"))
        self.assert_allowed(d.ask(b"{}"))

    def test_workers_that_die_are_not_started_in_a_rush(self):
        d = self.start("start:die", decision_timeout_ms=3000)
        start = time.monotonic()
        d.until(lambda: d.logged("event=worker.start-failed"))
        with promptly(self):
            self.assert_refused(d.ask(b"{}"), "[no-policy] no policy can be asked: "
                                "the policy worker ended at its start")
        time.sleep(1.5)
        failures = d.log.read_text().count("event=worker.start-failed")
        # Two workers to begin with, two after each of the seven short pauses, then two a second.
        self.assertLessEqual(failures, 18 + 2 * (time.monotonic() - start))

    def test_a_missing_worker_program_denies_with_the_reason(self):
        bin_dir = self.dir / "bin"
        bin_dir.mkdir()
        shutil.copy(DAEMON, bin_dir)
        d = self.start(program=bin_dir / DAEMON.name, decision_timeout_ms=3000)
        with promptly(self):
            self.assert_refused(d.ask(b"{}"), "[no-policy] no policy can be asked: cannot run")
        self.assert_allowed(d.ask(b"{}", path=RESPONSE))

    def test_a_worker_program_that_is_none_denies_with_the_reason(self):
        bin_dir = self.dir / "bin"
        bin_dir.mkdir()
        shutil.copy(DAEMON, bin_dir)
        (bin_dir / "lua-authz-worker").write_text("no program")
        (bin_dir / "lua-authz-worker").chmod(0o755)
        d = self.start(program=bin_dir / DAEMON.name, decision_timeout_ms=3000)
        with promptly(self):
            self.assert_refused(d.ask(b"{}"), "[no-policy] no policy can be asked: the policy "
                                "worker could not start: Exec format error")

    def test_calls_wait_for_the_first_set(self):
        d = self.start("start:slow", decision_timeout_ms=2000)
        self.assert_allowed(d.ask(b"{}"))

    def test_but_not_for_ever(self):
        d = self.start("start:hang", decision_timeout_ms=200)
        with promptly(self, after=0.2):
            self.assert_refused(d.ask(b"{}"), "[no-policy] the policies are still being loaded")


class End(daemon.Case):
    def test_finishes_what_it_has_begun(self):
        d = self.start(decision_timeout_ms=2000)
        self.assert_allowed(d.ask(b"{}"))
        workers = d.workers()
        client = d.client()
        client.handed_over(b"do:late")
        d.signal(signal.SIGTERM)
        d.until(lambda: not d.socket.exists())
        self.assert_allowed(client.answer())
        self.assertEqual(client.headers.get("connection", "").lower(), "close")
        client.close()
        self.assertEqual(d.process.wait(20), 0)
        self.assertEqual([r["event"] for r in d.records() if "event" in r][-1], "stop")
        for pid in workers:
            self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())

    def test_does_not_wait_for_the_stuck(self):
        d = self.start(decision_timeout_ms=300)
        client = d.client()
        client.handed_over(b"do:hang")
        with promptly(self):
            d.signal(signal.SIGTERM)
            self.assert_refused(client.answer(), "[deadline]")
            self.assertEqual(d.process.wait(20), 0)
        client.close()

    def test_a_second_signal_ends_it_at_once(self):
        d = self.start(decision_timeout_ms=10000)
        client = d.client()
        client.handed_over(b"do:hang")
        d.signal(signal.SIGTERM)
        d.until(lambda: d.logged("event=stopping"))
        with promptly(self):
            d.signal(signal.SIGINT)
            self.assert_refused(client.answer(), "[overload] the plugin is being stopped")
            self.assertEqual(d.process.wait(20), 0)
        client.close()

    def test_workers_die_with_it(self):
        d = self.start()
        self.assert_allowed(d.ask(b"{}"))
        workers = d.workers()
        self.assertEqual(len(workers), 2)
        d.process.kill()
        d.process.wait()
        end = time.monotonic() + 20
        while any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in workers):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)
        d.process.returncode = 0


class Socket(daemon.Case):
    def run_daemon(self, *args, **environment):
        environment.update(daemon.Daemon.sanitizers())
        return subprocess.run([DAEMON, *args], env=environment, capture_output=True, text=True,
                              timeout=20, check=False)

    def assert_says(self, result, status, words):
        self.assertEqual(result.returncode, status, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_is_private_and_its_directory_open(self):
        d = self.start()
        self.assertEqual(d.socket.stat().st_mode & 0o777, 0o600)
        self.assertEqual(d.socket.parent.stat().st_mode & 0o777, 0o755)
        self.assertEqual(d.audit.stat().st_mode & 0o777, 0o600)

    def test_only_one_instance_serves_it(self):
        d = self.start()
        trail = self.dir / "other.jsonl"
        self.assert_says(self.run_daemon("--socket", d.socket, "--audit", trail), 1,
                         "already running")
        self.assertEqual(trail.read_text(), "")
        self.assert_allowed(d.ask(b"{}"))

    def test_somebody_elses_socket_is_left_alone(self):
        path = self.dir / "s.sock"
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(str(path))
            other.listen()
            self.assert_says(self.run_daemon("--socket", path), 1, "already running")
            self.assertTrue(path.exists())

    def test_a_stale_socket_is_replaced(self):
        first = self.start()
        self.assert_allowed(first.ask(b"{}"))
        first.process.kill()
        first.process.wait()
        first.process.returncode = 0
        self.assertTrue(first.socket.exists())
        first.log.unlink()
        second = self.start(wait=False)
        second.until(lambda: second.logged("event=listening"))
        self.assert_allowed(second.ask(b"{}"))
        self.assertEqual(second.stop(), 0)
        self.assertFalse(second.socket.exists())

    def test_a_socket_that_is_not_ours_any_more_stays(self):
        d = self.start()
        d.socket.unlink()
        d.socket.write_text("somebody's")
        self.assertEqual(d.stop(), 0)
        self.assertEqual(d.socket.read_text(), "somebody's")

    def test_bad_places_are_named(self):
        plain = self.dir / "plain"
        plain.write_text("x")
        self.assert_says(self.run_daemon("--socket", plain), 1, "not a socket")
        self.assertEqual(plain.read_text(), "x")
        self.assert_says(self.run_daemon("--socket", plain / "s"), 1, str(plain))
        self.assert_says(self.run_daemon("--socket", "/proc/no/s"), 1, "cannot make the directory")
        self.assert_says(self.run_daemon("--socket", "/" + "x" * 103), 2, "104 bytes")

    def test_wrong_settings_are_named(self):
        for args, environment, words in (
                (["--sokcet", "x"], {}, "--sokcet: no such flag"),
                (["x"], {}, "x: not a flag"),
                ([], {"LUA_AUTHZ_WORKERS_MAX": "99999"}, "workers-max"),
                ([], {"LUA_AUTHZ_WORKERS_MIN": "40"}, "workers-min"),
                (["--config", "/nonexistent"], {}, "/nonexistent")):
            self.assert_says(self.run_daemon(*args, **environment), 2, words)

    def test_a_trail_that_cannot_be_opened_is_named(self):
        self.assert_says(self.run_daemon("--socket", self.dir / "s", "--audit", "/nonexistent/a"),
                         1, "audit: cannot open /nonexistent/a")

    def test_no_library_for_tls_is_loaded(self):
        d = self.start()
        maps = pathlib.Path(f"/proc/{d.process.pid}/maps").read_text()
        if "libmicrohttpd" in maps:
            self.skipTest("no archive of libmicrohttpd here")
        self.assertNotIn("gnutls", maps)

    def test_helps(self):
        result = self.run_daemon("--help")
        self.assertEqual(result.returncode, 0)
        self.assertIn("--socket PATH", result.stdout)
        self.assertRegex(self.run_daemon("--version").stdout, r"^lua-authzd \d+\.\d+\.\d+\n$")

    def test_takes_a_socket_that_is_given(self):
        path = self.dir / "given.sock"
        (self.dir / "library").mkdir()
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()

        def give():
            os.dup2(listener.fileno(), 3)
            os.environ["LISTEN_PID"] = str(os.getpid())

        command = f'LISTEN_PID=$$ LISTEN_FDS=1 exec "{DAEMON}" --control off --library "{self.dir}/library"'
        process = subprocess.Popen(["sh", "-c", command], preexec_fn=give, pass_fds=[3],
                                   stderr=subprocess.DEVNULL)
        client = daemon.Client(path)
        self.assert_allowed(client.ask(b"{}"))
        client.close()
        process.terminate()
        self.assertEqual(process.wait(10), 0)
        self.assertTrue(path.exists())
        listener.close()


if __name__ == "__main__":
    daemon.main()
