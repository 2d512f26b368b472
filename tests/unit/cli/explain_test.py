"""`lua-authz explain`: of messages, and of decisions in an audit trail."""

import json
import os
import pathlib
import pty
import re
import subprocess
import tempfile
import unittest

import command
from command import message

SITE = """return profile { id = "site", extends = "baseline", rules = {
  ["container.bind-mounts"] = { params = { allow = { "/srv/data" } } },
  ["container.no-privileged"] = { mode = "audit" },
  ["container.devices"] = { mode = "off" },
} }"""
RULE = """return rule {{ id = "site.{name}", api = 1, on = {{ "container.create" }},
  check = function(req) {body} end }}"""
BAD = message("POST", "/v1.41/containers/create?name=x", {
    "Image": "busybox", "Env": ["PASSWORD=hunter2"], "HostConfig": {
        "Privileged": True, "Binds": ["/:/host", "/srv/data:/d"]}})


def rules_of(explanation):
    return {rule["id"]: rule for rule in explanation["rules"]}


class Messages(unittest.TestCase):
    def test_tells_what_each_rule_said(self):
        with command.Policy(SITE, note=RULE.format(name="note", body='return audit("seen")'),
                            broken=RULE.format(name="broken", body="return req.nothing")) as policy:
            told, = command.lines("explain", "--json", policy.flag, messages=[BAD])
            decided, = command.lines("decide", policy.flag, messages=[BAD])
        self.assertEqual((told["allow"], told["msg"], told["action"]),
                         (decided["allow"], decided["msg"], decided["action"]))
        said = {name: rule["said"] for name, rule in rules_of(told).items()}
        self.assertLessEqual({
            "container.bind-mounts": "denied", "container.no-privileged": "would deny",
            "container.devices": "off", "container.ports": "nothing", "site.note": "noted",
            "site.broken": "failed", "swarm.admin": "not for this action"}.items(), said.items())
        self.assertEqual([one["id"] for one in told["profiles"]], ["site", "baseline"])
        self.assertEqual(told["default"], "allow")

    def test_tells_parameters_and_their_places(self):
        with command.Policy(SITE) as policy:
            told, = command.lines("explain", "--json", policy.flag, messages=[BAD])
        params = rules_of(told)["container.bind-mounts"]["params"]
        self.assertEqual(params["allow"], {"value": ["/srv/data"], "from": "policy.lua:2"})
        self.assertEqual(params["sockets"], {"value": "deny", "from": "default"})
        self.assertEqual(rules_of(told)["container.host-namespaces"]["params"]["allow.pid"],
                         {"value": False, "from": "default"})

    def test_tells_grants_exceptions_and_defaults(self):
        grant = ('return rule { id = "site.grant", api = 1, kind = "grant", on = "container.create",'
                 'check = function() return allow("fine") end }')
        with command.Policy("""return profile { id = "site", default = "deny", rules = {
              ["container.no-privileged"] = {} }, exceptions = { { id = "e", expires = "2999-12-31",
              rule = "container.no-privileged", reason = "r" } } }""", grant=grant) as policy:
            told, other = command.lines("explain", "--json", policy.flag,
                                        messages=[BAD, message("GET", "/v1.41/info")])
        self.assertEqual({n: r["said"] for n, r in rules_of(told).items()},
                         {"container.no-privileged": "excepted", "site.grant": "allowed"})
        self.assertTrue(told["allow"])
        self.assertEqual(rules_of(other)["default"]["said"], "denied")

    def test_tells_what_the_gate_refused(self):
        told, = command.lines("explain", "--json", messages=[
            message("POST", "/v1.41/containers/create")])
        self.assertEqual(rules_of(told)["request.body-hidden"]["said"], "denied")
        self.assertEqual(rules_of(told)["container.ports"]["said"], "not asked")
        self.assertEqual(told["call"]["body"], "none")

    def test_tells_of_what_no_rule_saw(self):
        loop = RULE.format(name="loop", body="while true do end")
        with command.Policy('return profile { id = "site" }', loop=loop) as policy:
            told = command.lines("explain", "--json", policy.flag, messages=[BAD, "", "x", BAD])
        self.assertEqual([one["reason"] for one in told],
                         ["limit", "engine-retry", "request", "limit"])
        self.assertIn("rules/loop.lua:2", told[0]["msg"])

    def test_a_set_that_does_not_load(self):
        with command.Policy("return 7") as policy:
            out = command.run("explain", policy.flag, messages=[BAD], status=1)
        self.assertIn("denied: container.create", out)
        self.assertIn("no-policy", out)
        self.assertIn("the policy does not load", out)

    def test_hides_secrets(self):
        for form in ([], ["--json"]):
            out = command.run("explain", *form, messages=[BAD])
            self.assertNotIn("hunter2", out)
            self.assertIn("PASSWORD", out)

    def test_every_recorded_message(self):
        told = command.lines("explain", "--json", messages=command.recorded())
        decided = command.lines("decide", messages=command.recorded())
        self.assertEqual([(one["allow"], one["msg"]) for one in told],
                         [(one["allow"], one["msg"]) for one in decided])
        self.assertTrue(all(one["request"]["action"] == one["action"] for one in told))


class Text(unittest.TestCase):
    def test_reads_as_a_tree(self):
        with command.Policy(SITE) as policy:
            out = command.run("explain", policy.flag, messages=[BAD, BAD])
        self.assertTrue(out.startswith(
            "denied: container.create POST /v1.41/containers/create?name=x\n\nwhat was said\n"), out)
        self.assertRegex(out, r"\n  container.bind-mounts +denied  library/rules/.*\n"
                              r"      host path / may not be mounted \(HostConfig.Binds\[1\]\)\n"
                              r"      fix: use a named volume.*\n      allow = /srv/data  \[policy.lua:2\]\n")
        self.assertRegex(out, r"\n  container.no-privileged +would deny  \(mode audit\)")
        self.assertRegex(out, r"\n  container.ports +nothing\n  \S")
        self.assertIn("\n  off: container.devices\n", out)
        self.assertIn("\n    [1]\n      kind: bind\n", out)
        self.assertEqual(out.count("denied: container.create"), 2)

    def test_cannot_steer_the_terminal(self):
        evil = "a\x1b[2J\u009b1m\u202e\r\nb\x7f"
        out = command.run("explain", messages=[message(
            "POST", "/v1.41/containers/create", {"Image": evil, "Labels": {evil: evil}})])
        self.assertIn("a\\x1b[2J\\u009b1m\\u202e\\x0d\\nb\\x7f: a\\x1b[2J", out)
        for line in out.splitlines():
            self.assertTrue(line.isprintable(), repr(line))

    def seen(self, **environment):
        """What a terminal gets."""
        ours, theirs = pty.openpty()
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(json.dumps(message("GET", "/v1.41/info")))
            file.flush()
            with subprocess.Popen([command.BUILD / "lua-authz", "explain", file.name,
                                   f"--config={command.CONFIG}", f"--policy={command.EMPTY.name}"],
                                  stdout=theirs, env=environment) as process:
                os.close(theirs)
                out = b""
                while True:
                    try:
                        out += os.read(ours, 65536)
                    except OSError:  # the other end is closed
                        break
                self.assertEqual(process.wait(), 0)
        os.close(ours)
        return out

    def test_colours_only_where_they_are_wanted(self):
        self.assertIn(b"\x1b[1;32mallowed\x1b[0m: ", self.seen(TERM="xterm"))
        for environment in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}):
            self.assertNotIn(b"\x1b", self.seen(**environment))


class Trail(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = pathlib.Path(self.folder.name) / "audit.jsonl"
        capture = command.lines("explain", "--json", messages=[BAD])[0]["capture"]
        self.write("audit.jsonl.20260101T000000.000000Z", self.record("0000beef-1"))
        self.write("audit.jsonl.20260102T000000.000000Z", self.record("0000beef-2", capture=capture))
        self.write("audit.jsonl", self.record("0000beef-12", capture_left_out=9000),
                   {"v": 1, "time": "t", "event": "undelivered", "subject": "0000beef-2"})

    def write(self, name, *records):
        (self.file.parent / name).write_text("".join(json.dumps(one) + "\n" for one in records))

    @staticmethod
    def record(number, **more):
        return {"v": 1, "time": "2026-01-02T00:00:00.000000Z", "prev": "0" * 64, "id": number,
                "stage": "request", "verdict": "deny", "reason": "policy", "user": "a\x1bb",
                "action": "container.create", "method": "POST", "uri": "/v1.41/containers/create",
                "findings": [{"rule": "a.b", "effect": "deny", "msg": "no"}], **more}

    def explain(self, number, *flags, status=0):
        return command.run("explain", number, f"--audit={self.file}", *flags, status=status)

    def test_finds_it_in_files_that_were_moved_away(self):
        for number in ("0000beef-1", "0000beef-2", "0000beef-12"):
            told = json.loads(self.explain(number, "--json"))
            self.assertEqual(told["record"]["id"], number)

    def test_tells_what_was_decided(self):
        out = self.explain("0000beef-1")
        self.assertTrue(out.startswith("denied: container.create POST /v1.41/containers/create\n"))
        self.assertIn("  user: a\\x1bb\n", out)
        self.assertIn("      rule: a.b\n", out)
        self.assertIn("not kept (see audit-capture)", out)
        self.assertIn("too long for a record", self.explain("0000beef-12"))

    def test_explains_what_was_captured_anew(self):
        out = self.explain("0000beef-2")
        self.assertIn("  then: undelivered at t\n", out)
        self.assertRegex(out, r"container.bind-mounts +denied")
        told = json.loads(self.explain("0000beef-2", "--json"))
        self.assertEqual([one["event"] for one in told["events"]], ["undelivered"])
        self.assertFalse(told["explanation"]["allow"])
        with command.Policy('return profile { id = "site" , default = "allow" }') as policy:
            told = json.loads(self.explain("0000beef-2", "--json", policy.flag))
        self.assertTrue(told["explanation"]["allow"])

    def test_says_where_it_looked(self):
        self.assertRegex(self.explain("0000beef-3", status=1),
                         re.escape(f"{self.file} and the files moved away from it have no decision"))
        self.file.unlink()
        self.assertIn("cannot be read", self.explain("0000beef-1", status=1))


if __name__ == "__main__":
    unittest.main()
