"""The trail: complete, unbroken, and never half a line, whatever happens to daemon and disk."""

import concurrent.futures
import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import unittest

import daemon
from daemon import RESPONSE, decision_id

BUILD = pathlib.Path(os.environ.get("AUTHZ_BUILD", "."))
CLI = BUILD / "lua-authz"
MIB = 1024 * 1024
SPIN = """return rule { id = "site.spin", api = 1, on = "image.pull",
  check = function() while true do end end }"""


def verify(*files):
    """(exit status, what it prints) of lua-authz audit verify."""
    run = subprocess.run([CLI, "audit", "verify", *files], stdout=subprocess.PIPE, text=True)
    return run.returncode, run.stdout


def answered(client, count, body=b"do:deny"):
    """Ids of the denials that came back until the connection broke."""
    ids = []
    try:
        for _ in range(count):
            status, answer = client.ask(body)
            if status is None:
                break
            ids.append(decision_id(answer["Msg"]))
    except OSError:
        pass
    return ids


def message(user, method, uri):
    return json.dumps({"User": user, "RequestMethod": method, "RequestUri": uri}).encode()


class Chain(daemon.Case):
    def trail(self, d):
        return [*sorted(d.dir.glob("audit.jsonl.*")), d.audit]

    def test_survives_a_killed_daemon(self):
        """Workers all along, the daemon at last, with the worker of the tests and the real one, and
        while files change."""
        real = {"program": BUILD / "lua-authzd", "library": BUILD / "lua-policies",
                "policy": 'return profile { id = "site", extends = "baseline" }'}
        for settings in ({}, {"audit_sync": "batch"}, {"audit_file_bytes_max": 20000}, real,
                         {**real, "audit_sync": "batch", "audit_file_bytes_max": 20000}):
            with self.subTest(settings):
                d = self.start(**settings)
                d.until(lambda d=d: d.logged("event=generation.active"))
                ids = self.load_and_kill(d)
                files = self.trail(d)
                recorded = re.findall(rb'"id":"([^"]+)"', b"".join(f.read_bytes() for f in files))
                self.assertGreater(len(ids), 50)
                self.assertEqual(set(ids) - {one.decode() for one in recorded}, set())
                self.assertEqual(verify(*files)[0], 0)
                again = self.start(**settings)
                again.ask(b"do:deny")
                again.stop()
                status, words = verify(*self.trail(d))
                self.assertEqual((status, "unbroken from the first record of all" in words),
                                 (0, True))
                for file in self.trail(d):
                    file.unlink()

    def load_and_kill(self, d):
        """Ids of the denials that came back."""
        def written():
            with contextlib.suppress(FileNotFoundError):  # it has just been given another name
                return sum(file.stat().st_size for file in self.trail(d))
            return 0

        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            clients = [d.client() for _ in range(4)]
            loads = [threads.submit(answered, client, 100000) for client in clients]
            for size in range(20000, 120000, 20000):
                d.until(lambda size=size: written() > size)
                for pid in d.workers():
                    os.kill(pid, signal.SIGKILL)
            d.process.kill()
            ids = [one for load in loads for one in load.result()]
        for client in clients:
            client.close()
        d.process.wait()
        self.daemons.remove(d)
        return ids

    def end(self, d):
        if d in self.daemons:
            super().end(d)

    def test_loses_nothing_when_workers_are_killed(self):
        d = self.start()
        client = d.client()
        ids = []
        for i in range(60):
            if i % 10 == 0:
                for pid in d.workers():
                    os.kill(pid, signal.SIGKILL)
            ids += answered(client, 1)
        client.close()
        self.assertEqual(len(ids), 60)
        self.assertLessEqual(set(ids), {r.get("id") for r in d.records()})

    def test_loses_nothing_when_files_change(self):
        d = self.start(audit_file_bytes_max=20000)
        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            clients = [d.client() for _ in range(4)]
            loads = [threads.submit(answered, client, 100) for client in clients]
            ids = [one for load in loads for one in load.result()]
        for client in clients:
            client.close()
        d.stop()
        files = self.trail(d)
        self.assertGreater(len(files), 3)
        lines = [line for file in files for line in file.read_bytes().splitlines()]
        self.check_trail(lines)
        self.assertEqual(len(ids), 400)
        for one in ids:
            self.assertEqual(sum(f'"id":"{one}"'.encode() in line for line in lines), 1)
        self.assertEqual(verify(*files)[0], 0)
        self.assertEqual(verify(*files[1:])[0], 0)
        self.assertEqual(verify(*sorted(files)), verify(*files), "as a shell names them")
        status, words = verify(*reversed(files[2:]), files[0])
        self.assertEqual((status, words.startswith(
            f"{files[2]}:1: this does not follow the end of {files[0]}: a file between them is "
            "missing")), (1, True), words)

    def test_keeps_so_many_files(self):
        d = self.start(audit_file_bytes_max=2000, audit_files_max=2)
        for _ in range(30):
            d.ask(b"do:deny")
        self.assertEqual(len(self.trail(d)), 3)

    def test_moves_old_files_away(self):
        d = self.start(audit_file_age_max_s=1)
        d.until(lambda: d.ask(b"do:deny")[0] == 200 and len(self.trail(d)) > 1)

    def test_follows_a_file_that_was_moved_away(self):
        d = self.start()
        d.ask(b"do:deny")
        moved = d.dir / "audit.jsonl.1"
        d.audit.rename(moved)
        d.until(lambda: d.ask(b"do:deny")[0] == 200 and d.audit.exists())
        self.assertEqual(verify(moved, d.audit)[0], 0)

    def test_takes_half_a_line_away(self):
        d = self.start()
        d.stop()
        with d.audit.open("ab") as file:
            file.write(b'{"v":1,"time":"20')
        again = self.start()
        repaired = [r["subject"] for r in again.records() if r.get("event") == "repaired"]
        self.assertEqual(repaired, ["half a line of 17 bytes was taken away"])

    def test_names_the_first_break(self):
        d = self.start()
        for _ in range(5):
            d.ask(b"do:deny")
        d.stop()
        lines = d.audit.read_bytes().splitlines(keepends=True)
        other = d.dir / "other.jsonl"
        forged = re.sub(rb'"prev":"\w+"', b'"prev":"%s"' % hashlib.sha256(
            lines[2][:-1]).hexdigest().encode(), lines[4])
        changed_or_taken = "the record before this one was changed, or records between the two"
        put_in_before = "the record before this one was put in"
        for changed, place, what in (
                (lines[:3] + [lines[3].replace(b"alice", b"alibi")] + lines[4:], 5,
                 changed_or_taken),
                (lines[:2] + lines[3:], 3, changed_or_taken),
                (lines[:2] + lines[4:], 3, changed_or_taken),
                (lines[:3] + [lines[1]] + lines[3:], 4, "this record was put in, or moved here"),
                (lines[:3] + [forged] + lines[3:], 5, put_in_before),
                (lines[:4] + [lines[3]] + lines[4:], 5, put_in_before),
                (lines[:1] + [lines[2], lines[1]] + lines[3:], 2,
                 "this record and the next one were exchanged"),
                (lines[:4] + [lines[4][:50]], 5, "half a line"),
                (lines[:4] + [b"\n"] + lines[4:], 5, "this is no record of an audit trail"),
                ([gzip.compress(b"".join(lines))], 1, "this file is compressed"),
                (lines[1:2] + [lines[4]], 2, changed_or_taken)):
            other.write_bytes(b"".join(changed))
            status, words = verify(other)
            self.assertEqual(status, 1)
            self.assertTrue(words.startswith(f"{other}:{place}: {what}"), words)
        self.assertEqual(verify(d.audit)[0], 0)


class Content(daemon.Case):
    def test_says_what_was_made(self):
        d = self.start()
        self.assert_allowed(d.ask(b"{}", path=RESPONSE))
        record = d.records()[-1]
        self.assertEqual((record["stage"], record["status"], record["created"]),
                         ("response", 201, "abc"))
        self.assertRegex(record["policy"], "^[0-9a-f]{64}$")

    def test_no_answer_about_a_response_depends_on_a_worker(self):
        d = self.start(decision_timeout_ms=300)
        for word, reason in (("crash", "crash"), ("hang", "deadline"), ("deny", "response")):
            self.assert_allowed(d.ask(b"do:" + word.encode(), path=RESPONSE))
            record = d.records()[-1]
            self.assertEqual((record["verdict"], record["reason"]), ("allow", reason))

    def test_every_refusal_has_its_record(self):
        """Those too that no worker decided."""
        d = self.start("-- 1", decision_timeout_ms=300, workers_min=1, workers_max=1, queue_max=1)
        d.until(lambda: d.logged("event=generation.active"))
        for body, reason in ((b"", "engine-retry"), (b"do:crash", "crash"), (b"do:limit", "limit"),
                             (b"do:hang", "deadline"), (b"do:garbage", "crash"),
                             (b"x" * (9 * MIB), "request")):
            record = self.record_of(d, d.ask(body))
            self.assertEqual((record["stage"], record["verdict"], record["reason"],
                              record["body_bytes"]), ("request", "deny", reason, len(body)))
        self.assertEqual(self.record_of(d, d.ask(b"", path=RESPONSE))["stage"], "response")
        clients = [d.client() for _ in range(3)]
        for client in clients[:2]:
            client.handed_over(b"do:hang")
        self.assertEqual(self.record_of(d, clients[2].ask(b"{}"))["reason"], "overload")
        for client in clients:
            client.close()

    def test_says_over_what_a_worker_was_lost(self):
        """And nothing of an earlier call where it had not read this one yet."""
        rules = self.dir / "policy" / "rules"
        rules.mkdir(parents=True)
        (rules / "spin.lua").write_text(SPIN)
        for settings, reason in (({}, "limit"), ({"instructions_max": 10 ** 9}, "deadline")):
            with self.subTest(reason):
                d = self.start(program=BUILD / "lua-authzd", library=BUILD / "lua-policies",
                               policy='return profile { id = "site", default = "allow" }', workers_min=1, workers_max=1,
                               **settings)
                d.until(lambda d=d: d.logged("event=generation.active"))
                record = self.record_of(d, d.ask(message("alice", "POST", "/v1.41/images/create"
                                                         "?fromImage=busybox&x=hunter2")))
                self.assertEqual(record["reason"], reason)
                self.assertEqual(
                    {k: record.get(k) for k in ("user", "method", "uri", "action", "class", "image")},
                    {"user": "alice", "method": "POST", "action": "image.pull", "class": "write",
                     "uri": "/v1.41/images/create?fromImage=busybox&x=***", "image": "busybox"})
                d.until(lambda d=d: d.ask(message("carol", "GET", "/v1.41/info"))[1]["Allow"])
                d.until(lambda d=d: len(d.workers()) == 1)  # the one before has ended
                worker, = d.workers()
                os.kill(worker, signal.SIGSTOP)
                client = d.client()
                client.handed_over(message("bob", "GET", "/v1.41/info"))
                os.kill(worker, signal.SIGKILL)
                record = self.record_of(d, client.answer())
                client.close()
                self.assertEqual((record["reason"], record.get("user")), ("crash", None))
                d.stop()
                d.audit.unlink()

    def record_of(self, d, answer):
        one = decision_id(self.assert_refused(answer, "["))
        return [r for r in d.records() if r.get("id") == one][0]

    def test_what_happens_to_the_daemon_is_there(self):
        d = self.start("-- 1")
        d.until(lambda: d.logged("event=generation.active"))
        for script, event in (("start:failed", "reload-failed"), ("-- 2", "reload")):
            d.write_policy(script)
            d.signal(signal.SIGHUP)
            d.until(lambda event=event: d.records()[-1].get("event") == event)
        client = d.client()
        client.handed_over(b"do:late")
        client.close()
        d.until(lambda: d.records()[-1].get("event") == "undelivered")
        d.stop()
        self.assertEqual([r["event"] for r in d.records() if "event" in r],
                         ["start", "reload", "reload-failed", "reload", "undelivered", "stop"])

    def test_syncs_before_it_answers(self):
        d = self.start(audit_sync="batch")
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            clients = [d.client() for _ in range(8)]
            loads = [threads.submit(answered, client, 30) for client in clients]
            ids = [one for load in loads for one in load.result()]
        for client in clients:
            client.close()
        self.assertEqual(len(ids), 240)
        self.assertLessEqual(set(ids), {r.get("id") for r in d.records()})


class Disk(daemon.Case):
    """What the records of answers need before these leave: see disk.c."""

    def setUp(self):
        super().setUp()
        self.synced = self.dir / "synced"
        self.synced.touch()

    def syncs(self):
        return self.synced.stat().st_size

    def test_syncs_before_each_answer_or_never(self):
        for settings, each in (({"audit_sync": "batch"}, 1), ({}, 0)):
            with self.subTest(settings):
                d = self.start(**settings)
                d.until(lambda d=d: d.logged("event=generation.active"))
                client = d.client()
                for body in (b"{}", b"do:deny", b""):
                    before = self.syncs()
                    client.ask(body)
                    self.assertEqual(self.syncs(), before + each)
                client.close()
                d.stop()

    def test_syncs_once_for_all_that_are_ready(self):
        d = self.start(audit_sync="batch")
        clients = [d.client() for _ in range(10)]
        for client in clients:
            client.ask(b"{}")
        before = self.syncs()
        d.signal(signal.SIGSTOP)
        for client in clients:
            client.send(b"")  # refused as soon as it is read
        d.signal(signal.SIGCONT)
        for client in clients:
            self.assert_refused(client.answer(), "[engine-retry]")
            client.close()
        self.assertIn(self.syncs() - before, (1, 2))

    def test_allows_nothing_that_is_not_on_the_disk(self):
        for word in ("deny", "allow-read-only", "allow"):
            with self.subTest(word):
                d = self.start(audit_sync="batch", audit_on_failure=word)
                self.assert_allowed(d.ask(b"{}"))
                (self.dir / "broken").touch()
                self.assertIs(d.ask(b"do:read")[1]["Allow"], word != "deny")
                answer = d.ask(b"{}")
                if word == "allow":
                    self.assert_allowed(answer)
                else:
                    msg = self.assert_refused(answer, "[audit] the audit trail cannot be brought")
                    self.assertEqual([(r.get("event"), r.get("subject")) for r in d.records()][-1],
                                     ("withheld", decision_id(msg)))
                (self.dir / "broken").unlink()
                self.assert_allowed(d.ask(b"{}"))
                d.stop()


class FullDisk(daemon.Case):
    def fill(self, on_failure, **more):
        """Answers to reads and writes until long after the file has reached its limit."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (MIB // 2 + 40000, MIB // 2 + 40000))

        d = self.start(preexec=limit, audit_on_failure=on_failure, **more)
        client = d.client()
        reads, writes = [], []
        for _ in range(60):
            reads.append(client.ask(b"do:read"))
            writes.append(client.ask(b"{}"))
        client.close()
        return d, reads, writes

    def failing(self, d):
        return [r.get("event") for r in d.records()].count("audit-failing")

    def test_denies(self):
        d, reads, writes = self.fill("deny")
        self.assert_allowed(reads[0])
        for answer in (reads[-1], writes[-1]):
            msg = self.assert_refused(answer, "[audit] ")
            record = [r for r in d.records() if r.get("id") == decision_id(msg)][0]
            self.assertEqual((record["verdict"], record["reason"]), ("deny", "audit"))
        self.assertEqual(self.failing(d), 1)

    def test_allows_what_only_reads(self):
        d, reads, writes = self.fill("allow-read-only", audit_sync="batch")
        for answer in reads:
            self.assert_allowed(answer)
        self.assert_refused(writes[-1], "[audit] ")
        self.assertEqual(self.failing(d), 1)

    def test_allows(self):
        d, reads, writes = self.fill("allow")
        for answer in reads + writes:
            self.assert_allowed(answer)
        self.assertEqual(self.failing(d), 1)

    def test_is_killed_on_a_full_disk(self):
        """Workers all along, the daemon at last: what was allowed stands in the trail as long as
        that has a place, and the trail is whole."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (MIB // 2 + 40000, MIB // 2 + 40000))

        def load(client):
            allowed = 0
            for _ in range(100000):
                try:
                    answer = client.ask(b"{}")[1]
                except OSError:
                    break
                if answer is None:
                    break
                allowed += answer["Allow"]
            client.close()
            return allowed

        for word in ("deny", "allow-read-only", "allow"):
            with self.subTest(word):
                d = self.start(preexec=limit, audit_on_failure=word)
                with concurrent.futures.ThreadPoolExecutor(4) as threads:
                    loads = [threads.submit(load, d.client()) for _ in range(4)]
                    d.until(lambda d=d: self.failing(d) > 0, 60)
                    for pid in d.workers():
                        os.kill(pid, signal.SIGKILL)
                    d.until(lambda d=d: d.audit.stat().st_size >= MIB // 2)
                    d.process.kill()
                    allowed = sum(one.result() for one in loads)
                d.process.wait()
                d.process.returncode = 0
                # Killed between half a line and its taking back: the next start does that.
                text = d.audit.read_bytes()
                d.audit.write_bytes(text[:text.rindex(b"\n") + 1])
                self.assertEqual(verify(d.audit)[0], 0)
                if word != "allow":
                    self.assertLessEqual(allowed, sum(r.get("verdict") == "allow"
                                                      for r in d.records()))
                d.audit.unlink()

    def test_writes_no_half_line(self):
        """Beyond the reserve too."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        d = self.start(preexec=limit, audit_on_failure="allow")
        for _ in range(20):
            self.assert_allowed(d.ask(b"{}"))
        self.assertGreater(d.audit.stat().st_size, 3000)
        self.check_trail(d.audit.read_bytes().splitlines())

    def test_starts_with_half_a_line_and_no_room(self):
        d = self.start()
        for _ in range(100):  # workers and what they share are within the limit too
            self.assert_allowed(d.ask(b"{}"))
        self.end(d)
        size = d.audit.stat().st_size
        with d.audit.open("ab") as file:
            file.write(b'{"v":1')
        again = self.start(preexec=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
                           audit_on_failure="allow")
        self.assert_allowed(again.ask(b"{}"))
        self.assertEqual(d.audit.stat().st_size, size)

    @unittest.skipUnless(os.geteuid() == 0, "needs root to mount")
    def test_knows_a_full_disk_and_one_with_room_again(self):
        disk = self.dir / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk]
        if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
            self.skipTest("cannot mount")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        for word in ("deny", "allow-read-only", "allow"):
            with self.subTest(word):
                self.try_full(disk, word)

    def try_full(self, disk, word):
        d = daemon.Daemon(self.dir, trail=disk / f"{word}.jsonl", audit_on_failure=word)
        self.addCleanup(self.end, d)
        self.daemons.append(d)
        self.assert_allowed(d.ask(b"{}"))
        with open(disk / "ballast", "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        client = d.client()
        d.until(lambda: [client.ask(b"{}") for _ in range(200)] and self.failing(d))
        client.close()
        for body, is_allowed in ((b"{}", word == "allow"), (b"do:read", word != "deny")):
            self.assertIs(d.ask(body)[1]["Allow"], is_allowed)
        (disk / "ballast").unlink()
        self.assert_allowed(d.ask(b"{}"))
        self.assertEqual(d.records()[-2]["event"], "audit-recovered")
        self.assertEqual(verify(d.audit)[0], 0)
        d.stop()


if __name__ == "__main__":
    daemon.main()
