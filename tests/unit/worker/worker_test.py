"""The worker program itself: by frames as the daemon talks to it, and as `lua-authz` starts it."""

import json
import mmap
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop() if len(sys.argv) > 1 else ".")
READY, FAILED, DECIDE, VERDICT = 1, 2, 3, 4
HEADER = struct.Struct("=IIQ")
# Instructions, Lua memory, memory for reading, address space: see struct worker_limits.
LIMITS = struct.pack("=QQQQ", 1000000, 32 << 20, 64 << 20, 512 << 20)


class Worker:
    """Started on these bytes as its snapshot; descriptors as in base/worker_link.h."""

    def __init__(self, snapshot):
        asked, questions = os.pipe()
        answers, answering = os.pipe()
        files = [os.memfd_create(name) for name in ("snapshot", "page")]
        os.write(files[0], snapshot)
        os.ftruncate(files[1], mmap.PAGESIZE)
        os.pwrite(files[1], LIMITS, 0)
        high = [os.dup(fd) for fd in (asked, *files, answering)]

        def place():
            kept = [os.dup2(fd, 20 + i, inheritable=False) for i, fd in enumerate(high)]
            for i, fd in enumerate(kept):
                os.dup2(fd, 3 + i)
            os.closerange(7, 20)

        self.questions = os.fdopen(questions, "wb", buffering=0)
        self.answers = os.fdopen(answers, "rb")
        self.process = subprocess.Popen([BUILD / "lua-authz-worker"], env={}, preexec_fn=place,
                                        close_fds=False)
        for fd in (*files, *high, asked, answering):
            os.close(fd)

    def read(self):
        header = self.answers.read(HEADER.size)
        if len(header) < HEADER.size:
            raise AssertionError(f"the worker ended: {self.process.wait(20)}")
        size, kind, number = HEADER.unpack(header)
        return kind, number, self.answers.read(size)

    def ask(self, number, **message):
        body = json.dumps(message).encode()
        self.questions.write(HEADER.pack(len(body), DECIDE, number) + body)
        return self.read()

    def end(self):
        """Exit status once nobody asks any more."""
        self.questions.close()
        return self.process.wait(20)


def row(name, content):
    return struct.pack("=II", len(name), len(content)) + name + content


class Snapshots(unittest.TestCase):
    def refused(self, snapshot, words):
        worker = Worker(snapshot)
        kind, _, payload = worker.read()
        self.assertEqual(kind, FAILED)
        self.assertIn(words, payload)
        kind, number, verdict = worker.ask(7, RequestMethod="POST", RequestUri="/v1.41/build")
        self.assertEqual((kind, number), (VERDICT, 7))
        self.assertIn(b"[no-policy] ", verdict)
        self.assertIn(words, verdict)
        kind, number, verdict = worker.ask(8, RequestMethod="GET", RequestUri="/_ping")
        self.assertEqual((kind, number), (VERDICT, 8))
        self.assertNotIn(b"[no-policy]", verdict)
        self.assertEqual(worker.end(), 0)

    def test_unreadable_ones_are_refused_and_the_worker_stays(self):
        for snapshot in (b"?", struct.pack("=II", 4, 4) + b"nam", row(b"a", b"b") + b"\xff" * 9):
            with self.subTest(snapshot):
                self.refused(snapshot, b"the snapshot is cut off")

    def test_findings_are_what_it_refuses_with(self):
        self.refused(row(b"findings", b"rules/site.lua:7: odd\nmore"), b"rules/site.lua:7: odd")

    def test_nothing_is_no_set(self):
        self.refused(b"", b"library/profiles/baseline.lua:1: ")


class Sets(unittest.TestCase):
    """Sets that are small or odd, through the command line."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="authz-")
        self.addCleanup(directory.cleanup)
        self.policy = pathlib.Path(directory.name) / "policy"
        self.library = pathlib.Path(directory.name) / "library"
        (self.policy / "rules").mkdir(parents=True)
        self.library.mkdir()

    def rule(self, name, text):
        (self.policy / "rules" / f"{name}.lua").write_text(text)

    def run_tool(self, verb, message=None, library=True, **settings):
        environment = {f"LUA_AUTHZ_{k.upper()}": str(v) for k, v in settings.items()}
        command = [BUILD / "lua-authz", verb, "--policy", self.policy]
        if library:
            command += ["--library", self.library]
        return subprocess.run(command, env=environment, text=True, capture_output=True, timeout=60,
                              check=False, input=json.dumps(message) + "\n" if message else "")

    def test_sorts_within_the_filter(self):
        # Few files to sort at the start, so that the first large sort comes with the decision.
        (self.policy / "policy.lua").write_text(
            'return profile { id = "site", api = 1, default = "allow" }\n')
        self.rule("site", """
            return rule { id = "site.r", api = 1, on = "*", check = function()
              local many, names = {}, {}
              for i = 1, 1000 do many["key" .. i] = i end
              for name in pairs(many) do names[#names + 1] = name end
              return deny(names[1] .. " to " .. names[1000])
            end }""")
        result = self.run_tool("decide", {"RequestMethod": "GET", "RequestUri": "/info"})
        self.assertIn("[site.r] key1 to key999", json.loads(result.stdout)["msg"])

    def test_a_limit_met_by_loading_is_a_finding(self):
        endless = "local n = 0\nwhile true do n = n + 1 end\n"
        greedy = "local t = {}\nfor i = 1, 1000000 do t[i] = ('x'):rep(60000) .. i end\n"
        for text, words, more in (
                (endless, "rules/site.lua:2: used its 1,000,000 instructions", {}),
                (greedy, "rules/site.lua:2: used its 33,554,432 bytes of memory",
                 {"instructions_max": 1000000000})):
            with self.subTest(words):
                self.rule("site", text)
                result = self.run_tool("check", library=False, **more)
                self.assertEqual(result.stdout, f"{words} while it was loaded\n")
                self.assertEqual((result.returncode, result.stderr), (1, ""))
                ping = self.run_tool("decide", {"RequestMethod": "GET", "RequestUri": "/_ping"},
                                     library=False, **more)
                self.assertEqual((ping.returncode, json.loads(ping.stdout)["allow"]), (1, True))
                other = self.run_tool("decide", {"RequestMethod": "GET", "RequestUri": "/info"},
                                      library=False, **more)
                verdict = json.loads(other.stdout)
                self.assertFalse(verdict["allow"])
                self.assertIn(f"{words} while it was loaded", verdict["msg"])

    def test_loading_may_take_all_but_the_limit(self):
        rule = ("for i = 1, {} do end\n"
                'return rule {{ id = "site.r", api = 1, on = "*", check = function() end }}\n')
        for count, status in ((90000, 0), (110000, 1)):
            self.rule("site", rule.format(count))
            result = self.run_tool("check", library=False, instructions_max=100000)
            self.assertEqual(result.returncode, status, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
