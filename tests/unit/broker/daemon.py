"""Runs a daemon with the scripted worker, and calls it as an engine does."""

import array
import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
import unittest

import schema

BIN = pathlib.Path(sys.argv.pop() if len(sys.argv) > 1 else ".").resolve()
DAEMON = BIN / "lua-authzd"
REQUEST = "/AuthZPlugin.AuthZReq"
RESPONSE = "/AuthZPlugin.AuthZRes"
PATIENCE_S = 6  # for what takes no time on an idle machine


def head(path, length, method="POST", version="1.1", more=""):
    """The headers of engine 20, whose Host is empty on a Unix socket."""
    return (
        f"{method} {path} HTTP/{version}\r\nHost: \r\nUser-Agent: Go-http-client/1.1\r\n"
        f"Content-Length: {length}\r\n{more}"
        "Accept: application/vnd.docker.plugins.v1.2+json\r\n\r\n"
    ).encode()


class Client:
    """One keep-alive connection."""

    def __init__(self, path, timeout=20):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(timeout)
        self.sock.connect(str(path))
        self.file = self.sock.makefile("rb")

    def send(self, body=b"", path=REQUEST, **kwargs):
        self.sock.sendall(head(path, len(body), **kwargs) + body)

    def handed_over(self, body=b"", **kwargs):
        """Send, and wait until the daemon has read all of it: it acts on it before anything that
        comes later."""
        self.send(body, **kwargs)
        left = array.array("i", [1])
        end = time.monotonic() + 20
        while left[0]:
            assert time.monotonic() < end, "the daemon does not read"
            time.sleep(0.002)
            fcntl.ioctl(self.sock, termios.TIOCOUTQ, left)

    def answer(self):
        """(status, answer); (None, None) when the connection was closed without one."""
        line = self.file.readline()
        if not line:
            return None, None
        headers = {}
        while (text := self.file.readline().strip()):
            name, _, value = text.decode().partition(":")
            headers[name.lower()] = value.strip()
        self.headers = headers
        body = self.file.read(int(headers["content-length"]))
        assert headers["content-type"] == "application/json", headers
        return int(line.split()[1]), json.loads(body)

    def ask(self, body=b"", path=REQUEST, **kwargs):
        self.send(body, path, **kwargs)
        return self.answer()

    def close(self):
        self.file.close()
        self.sock.close()


class Daemon:
    def __init__(self, directory, policy="", wait=True, library=True, preexec=None,
                 program=DAEMON, trail=None, place=None, stdout=subprocess.DEVNULL, **settings):
        self.dir = pathlib.Path(directory)
        self.socket = self.dir / "run" / "s.sock"
        self.policy = place or self.dir / "policy"
        self.audit = trail or self.dir / "audit.jsonl"
        self.log = self.dir / "log"
        (self.dir / "library").mkdir(exist_ok=True)
        if not place:
            self.policy.mkdir(exist_ok=True)
            self.write_policy(policy)
        if isinstance(library, bool):
            library = self.dir / ("library" if library else "missing")
        settings.setdefault("decision_timeout_ms", 400)
        settings.setdefault("reload_debounce_ms", 0)
        environment = {f"LUA_AUTHZ_{k.upper()}": str(v) for k, v in settings.items()}
        environment.update(self.sanitizers())
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [program, "", "--socket", self.socket, "--policy", self.policy, "", "--library",
                 library, f"--audit={self.audit}"],
                env=environment, stdout=stdout, stderr=log, preexec_fn=preexec)
        if wait:
            self.until(lambda: self.logged("event=listening"))

    @staticmethod
    def sanitizers():
        return {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}

    def write_policy(self, text):
        new = self.policy / ".new"
        new.write_text(text)
        new.rename(self.policy / "policy.lua")

    def until(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None:
                raise AssertionError(f"the daemon ended: {self.log.read_text()}")
            if time.monotonic() > end:
                raise AssertionError(f"nothing came of it: {self.log.read_text()}")
            time.sleep(0.005)

    def logged(self, text):
        return text in self.log.read_text()[self.log_start:]

    def client(self, **kwargs):
        return Client(self.socket, **kwargs)

    def ask(self, body=b"x", path=REQUEST, **kwargs):
        client = self.client()
        try:
            return client.ask(body, path, **kwargs)
        finally:
            client.close()

    def records(self):
        """Those that are whole: another may be on its way."""
        whole = self.audit.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def workers(self):
        """Ids of the worker processes."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in tasks.read_text().split()]

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def settled_descriptors(self):
        """The same once it has not changed for a while: a look at the files takes one for a moment."""
        seen = []

        def settled():
            time.sleep(0.02)
            seen.append(self.descriptors())
            return len(seen) >= 5 and len(set(seen[-5:])) == 1

        self.until(settled)
        return seen[-1]

    def watches(self):
        """How many directories it watches."""
        total = 0
        for info in pathlib.Path(f"/proc/{self.process.pid}/fdinfo").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                total += info.read_text().count("inotify wd:")
        return total

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, seconds=15):
        """Exit status after SIGTERM."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


class Case(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="authz-")
        self.addCleanup(directory.cleanup)
        self.dir = pathlib.Path(directory.name)
        self.daemons = []

    def start(self, *args, **settings):
        daemon = Daemon(self.dir, *args, **settings)
        self.daemons.append(daemon)
        self.addCleanup(self.end, daemon)
        return daemon

    def end(self, daemon):
        """A sanitizer's finding is an exit status of its own."""
        status = daemon.stop()
        self.assertEqual(status, 0, daemon.log.read_text())
        if daemon.audit.exists():
            self.check_trail(daemon.audit.read_bytes().splitlines())

    def check_trail(self, lines):
        """Each record is as the schema says, and carries the hash of the one before."""
        before = None
        for line in lines:
            record = json.loads(line)
            schema.check(record)
            if before is not None:
                self.assertEqual(record["prev"], hashlib.sha256(before).hexdigest())
            before = line

    def assert_refused(self, answer, opening):
        status, body = answer
        self.assertEqual(status, 200)
        self.assertIs(body["Allow"], False)
        self.assertTrue(body["Msg"].startswith(opening), body["Msg"])
        self.assertRegex(body["Msg"], r" \(decision [0-9a-f]{8}-[1-9][0-9]*\)$")
        self.assertEqual(body["Err"], "")
        return body["Msg"]

    def assert_allowed(self, answer):
        self.assertEqual(answer, (200, {"Allow": True, "Msg": "", "Err": ""}))


def decision_id(msg):
    return re.search(r"\(decision (\S+)\)$", msg).group(1)


@contextlib.contextmanager
def promptly(case, after=0):
    """The block takes that many seconds, and not much more: a busy machine may add to it. Timers
    count from the beginning of the daemon's turn, which is a little before."""
    start = time.monotonic()
    yield
    spent = time.monotonic() - start
    case.assertGreaterEqual(spent, 0.95 * after)
    case.assertLessEqual(spent, after + PATIENCE_S)


def main():
    unittest.main(argv=sys.argv[:1])
