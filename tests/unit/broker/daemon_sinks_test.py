"""Where records go beside the file: none of these places holds a decision up, and what one did not
get is counted."""

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import pathlib
import re
import select
import socket
import subprocess
import unittest

import daemon

CLI = pathlib.Path(os.environ.get("AUTHZ_BUILD", ".")) / "lua-authz"
JOURNALD = pathlib.Path("/usr/lib/systemd/systemd-journald")
LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000
PAGE = 4096
SYSLOG = re.compile(rb"<(\d+)>1 (\S+) (\S+) lua-authz (\d+) (\S+) - (\{.*\})")
LONG = b"do:large"


def in_place_of(**places):
    """A preexec function: the folder stands at /name for this process alone."""
    def enter():
        calls = [(None, b"/", MS_REC | MS_PRIVATE)]
        calls += [(bytes(folder), f"/{name}".encode(), MS_BIND) for name, folder in places.items()]
        if LIBC.unshare(CLONE_NEWNS):
            raise OSError(ctypes.get_errno(), "unshare")
        for source, target, flags in calls:
            if LIBC.mount(source, target, None, flags, None):
                raise OSError(ctypes.get_errno(), "mount")
    return enter


class Sinks(daemon.Case):
    def status(self, d):
        peer = socket.socket(socket.AF_UNIX)
        peer.connect(str(d.socket.parent / "s.d" / "control"))
        peer.sendall(b"status\n")
        with peer, peer.makefile("rb") as file:
            return json.loads(file.read())

    def dropped(self, d):
        return self.status(d)["audit"]["dropped"]

    def gaps(self, records):
        """How many records the trail says that a sink did not get."""
        return sum(int(r["subject"].split()[1]) for r in records if r.get("event") == "dropped")

    def verify(self, text):
        run = subprocess.run([CLI, "audit", "verify", "/dev/stdin"], input=text, check=False,
                             stdout=subprocess.PIPE)
        self.assertEqual(run.returncode, 0, run.stdout)


class StandardOutput(Sinks):
    def setUp(self):
        super().setUp()
        self.reader, self.writer = os.pipe()
        self.addCleanup(self.close, self.reader)
        fcntl.fcntl(self.writer, fcntl.F_SETPIPE_SZ, PAGE)

    def start(self, **settings):
        self.addCleanup(self.close, self.writer)
        return super().start(stdout=self.writer, **settings)

    @staticmethod
    def close(fd):
        with contextlib.suppress(OSError):
            os.close(fd)

    def read(self):
        """All that is there now."""
        text = b""
        while select.select([self.reader], [], [], 0)[0] and (piece := os.read(self.reader, PAGE)):
            text += piece
        return text

    def records(self, text):
        self.assertTrue(text.endswith(b"\n"))
        return [json.loads(line) for line in text.splitlines()]

    def check_gaps(self, lines):
        """The first record after a gap says that there is one."""
        for line, after in zip(lines, lines[1:]):
            record = json.loads(after)
            if record["prev"] != hashlib.sha256(line).hexdigest():
                self.assertEqual(record.get("event"), "dropped")

    def test_is_the_trail(self):
        d = self.start(trail=pathlib.Path("-"))
        text = b""
        for _ in range(20):
            d.ask(b"do:deny")
            text += self.read()
        self.check_trail(text.splitlines())
        self.verify(text)
        self.assertEqual(len([r for r in self.records(text) if "id" in r]), 20)

    def test_shares_nothing_with_who_started_it(self):
        self.start(trail=pathlib.Path("-"))
        self.assertFalse(fcntl.fcntl(self.writer, fcntl.F_GETFL) & os.O_NONBLOCK)

    def test_stalls_and_holds_nobody_up(self):
        """Short records, and such as are longer than a pipe takes at once."""
        for body in (b"{}", LONG):
            with self.subTest(body):
                d = self.start(audit_sinks="stdout")
                client = d.client()
                for _ in range(50):
                    self.assert_allowed(client.ask(b"{}"))
                    client.ask(body)
                self.assertGreater(self.dropped(d)["stdout"], 50)
                text = self.read()
                # The rest of a long line fills the pipe again.
                while self.gaps(d.records()) < self.dropped(d)["stdout"]:
                    self.assert_allowed(client.ask(b"{}"))
                    text += self.read()
                client.close()
                dropped = self.gaps(d.records())
                self.assertEqual(self.dropped(d)["stdout"], dropped)
                self.assertEqual(d.records()[-2]["event"], "dropped")
                self.assertEqual(self.records(text)[-2:], d.records()[-2:])
                self.check_gaps(text.splitlines())
                # A line whose first half the pipe took counts as dropped, and comes whole later.
                self.assertIn(len(d.records()) - len(self.records(text)), (dropped - 1, dropped))
                d.stop()
                self.read()
                d.audit.unlink()

    def test_stalls_and_is_required(self):
        for settings in ({"trail": pathlib.Path("-")},
                         {"audit_sinks": "stdout", "audit_required": "stdout"}):
            with self.subTest(settings):
                d = self.start(**settings)
                client = d.client()
                answers = [client.ask(b"{}") for _ in range(50)]
                self.assert_allowed(answers[0])
                self.assert_refused(answers[-1], "[audit] ")
                self.assertEqual(self.status(d)["amiss"], "the audit trail cannot be written")
                text = self.read()
                self.assert_allowed(client.ask(b"{}"))
                text += self.read()
                client.close()
                records = self.records(text)
                self.assertEqual([r.get("event") for r in records[-3:-1]],
                                 ["dropped", "audit-recovered"])
                # Who was allowed has a record that says so.
                allowed = sum(answer["Allow"] for _, answer in answers) + 1
                self.assertEqual(sum(r.get("verdict") == "allow" for r in records), allowed)
                if d.audit.exists():
                    withheld = [r["subject"] for r in d.records() if r.get("event") == "withheld"]
                    self.assertGreaterEqual(len(withheld), 1)
                    self.assertEqual(self.status(d)["audit"]["withheld"], len(withheld))
                d.stop()
                self.read()

    def test_lets_pass_what_may_pass(self):
        d = self.start(trail=pathlib.Path("-"), audit_on_failure="allow-read-only")
        client = d.client()
        for _ in range(50):
            self.assert_allowed(client.ask(b"do:read"))
        self.assert_refused(client.ask(b"{}"), "[audit] ")
        client.close()

    def test_outlives_its_reader(self):
        d = self.start(audit_sinks="stdout")
        os.close(self.reader)
        self.assert_allowed(d.ask(b"{}"))
        self.assertGreater(self.dropped(d)["stdout"], 0)


class Log(daemon.Case):
    def end(self, d):
        d.stop()  # /dev/full has no end

    def test_holds_nobody_up(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PAGE)
        d = self.start(trail=pathlib.Path("/dev/full"), decision_timeout_ms=5000,
                       preexec=lambda: os.dup2(writer, 2), wait=False)
        daemon_is_up = lambda: select.select([reader], [], [], 0)[0] and d.socket.exists()  # noqa: E731
        d.until(daemon_is_up)
        for _ in range(100):
            self.assert_refused(d.ask(b"{}"), "[audit] ")


@unittest.skipUnless(os.geteuid() == 0, "needs root to mount")
class Datagrams(Sinks):
    """Sockets of the system's services, in the place of which a daemon finds ours."""
    def setUp(self):
        super().setUp()
        self.dev, self.run_ = self.dir / "dev", self.dir / "system"
        self.dev.mkdir()
        (self.run_ / "systemd" / "journal").mkdir(parents=True)
        (self.dev / "null").symlink_to("/proc/self/fd/0")
        self.places = {"dev": self.dev, "run": self.run_}

    def start(self, **settings):
        return super().start(preexec=in_place_of(**self.places), **settings)

    def listen(self, path):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(sock.close)
        sock.settimeout(20)
        sock.bind(str(path))
        return sock

    def receive(self, sock):
        """All that is there now."""
        messages = []
        while select.select([sock], [], [], 0)[0]:
            messages.append(sock.recv(65536))
        return messages

    def test_syslog(self):
        sock = self.listen(self.dev / "log")
        d = self.start(audit_sinks="syslog")
        d.ask(b"{}")
        d.ask(b"do:deny")
        d.until(lambda: len(d.records()) >= 4)
        messages = self.receive(sock)
        found = [SYSLOG.fullmatch(message) for message in messages]
        self.assertNotIn(None, found, messages)
        self.assertEqual([json.loads(m[6]) for m in found], d.records())
        for match, record in zip(found, d.records()):
            severity = {"deny": 5}.get(record.get("verdict"), 6)
            self.assertEqual(int(match[1]), 10 * 8 + severity)  # authpriv
            self.assertEqual(match[2].decode(), record["time"])
            self.assertEqual(match[3].decode(), socket.gethostname())
            self.assertEqual(int(match[4]), d.process.pid)
            self.assertEqual(match[5].decode(), record.get("event") or record["stage"])
        self.verify(b"".join(match[6] + b"\n" for match in found))

    def test_syslog_comes_late_stalls_and_is_made_anew(self):
        """Its queue is short here: nobody reads."""
        d = self.start(audit_sinks="syslog")
        self.assert_allowed(d.ask(b"{}"))
        missed = self.dropped(d)["syslog"]
        self.assertGreater(missed, 0)
        for _ in range(2):
            sock = self.listen(self.dev / "log")
            client = d.client()
            for _ in range(30):
                self.assert_allowed(client.ask(b"{}"))
            client.close()
            total = self.dropped(d)["syslog"]
            messages = self.receive(sock)
            self.assertIn(b'"event":"dropped","subject":"syslog: %d records"' % missed, messages[0])
            sock.close()
            (self.dev / "log").unlink()
            missed = total - missed if missed != total else missed
            self.assertGreater(missed, 0)
            d.ask(b"{}")
            missed += 1
        self.check_trail(d.audit.read_bytes().splitlines())

    def test_a_required_one_that_is_not_there(self):
        d = self.start(audit_sinks="syslog, journald", audit_required="journald")
        self.assert_refused(d.ask(b"{}"), "[audit] ")
        self.assertIn("audit-failing", [r.get("event") for r in d.records()])
        self.listen(self.run_ / "systemd" / "journal" / "socket")
        self.assert_allowed(d.ask(b"{}"))
        self.assertEqual(d.records()[-1]["verdict"], "allow")

    def fields(self, message):
        fields = {}
        while message:
            name, _, rest = message.partition(b"\n")
            if b"=" in name:
                name, _, value = name.partition(b"=")
                message = rest
            else:
                length = int.from_bytes(rest[:8], "little")
                value, message = rest[8:8 + length], rest[8 + length + 1:]
            fields[name.decode()] = value
        return fields

    def test_journald_protocol(self):
        sock = self.listen(self.run_ / "systemd" / "journal" / "socket")
        d = self.start(audit_sinks="journald")
        d.ask(b"do:deny")
        found = [self.fields(message) for message in self.receive(sock)]
        self.assertEqual([json.loads(one["MESSAGE"]) for one in found], d.records())
        record = d.records()[-1]
        self.assertEqual({k: v.decode() for k, v in found[-1].items() if k != "MESSAGE"}, {
            "PRIORITY": "5", "SYSLOG_FACILITY": "10", "SYSLOG_IDENTIFIER": "lua-authz",
            "AUTHZ_TOPIC": "request", "AUTHZ_DECISION": record["id"], "AUTHZ_VERDICT": "deny",
            "AUTHZ_REASON": record["reason"], "AUTHZ_ACTION": record["action"],
            "AUTHZ_USER": record["user"]})

    def test_a_real_journald(self):
        (self.run_ / "log" / "journal").mkdir(parents=True)
        # Left to itself it makes the kernel audit all system calls, from then on.
        settings = self.run_ / "systemd" / "journald.conf.d" / "audit.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text("[Journal]\nAudit=\n")
        journald = subprocess.Popen([JOURNALD], preexec_fn=in_place_of(run=self.run_),
                                    stderr=subprocess.DEVNULL)
        self.addCleanup(journald.wait)
        self.addCleanup(journald.terminate)
        d = self.start(audit_sinks="journald")
        journal = self.run_ / "systemd" / "journal" / "socket"
        d.until(journal.exists)
        for _ in range(5):
            d.ask(b"do:deny")

        def read(*args):
            return subprocess.run(["journalctl", "-D", self.run_ / "log" / "journal", "-q", *args],
                                  stdout=subprocess.PIPE, check=False).stdout

        last = d.records()[-1]["id"]
        d.until(lambda: read("-o", "cat", f"AUTHZ_DECISION={last}"))
        text = read("-o", "cat", "-t", "lua-authz")
        self.verify(text)
        self.assertEqual(text.splitlines()[-5:], d.audit.read_bytes().splitlines()[-5:])
        one = json.loads(read("-o", "json", f"AUTHZ_DECISION={last}"))
        self.assertEqual((one["AUTHZ_VERDICT"], one["PRIORITY"], one["AUTHZ_USER"]),
                         ("deny", "5", "alice"))


class Words(daemon.Case):
    def test_are_checked_at_the_start(self):
        for settings, words in (
                ({"audit_sinks": "stdout,jornald"},
                 'audit-sinks: got "jornald", expected some of stdout, syslog, journald'),
                ({"audit_sinks": "syslog", "audit_required": "journald"},
                 'audit-required: got "journald", expected some of those in audit-sinks')):
            d = daemon.Daemon(self.dir, wait=False, **settings)
            self.assertEqual(d.process.wait(20), 1)
            self.assertTrue(d.logged(words), d.log.read_text())


if __name__ == "__main__":
    daemon.main()
