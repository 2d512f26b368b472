"""What is captured of a request means what the request meant."""

import base64
import json
import subprocess
import unittest

import command
from command import message

# What these rules judge is hidden.
JUDGE_SECRETS = {"container.env-secrets", "exec.commands"}


def captures(messages, *arguments):
    return [one["capture"] for one in command.lines("explain", "--json", *arguments,
                                                    messages=messages)]


def views(messages):
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in messages)
    done = subprocess.run([command.VIEW_PRINT], input=text, capture_output=True, text=True,
                          check=True)
    return [json.loads(line)["view"] for line in done.stdout.splitlines()]


def differences(was, now, where=""):
    """Where two views differ but for what is hidden, as texts."""
    if isinstance(now, str) and ("***" in now or "%2A" in now):
        return
    if isinstance(now, str) and now[:1] in ("{", "["):  # JSON in a parameter: blanks do not count
        was, now = json.loads(was), json.loads(now)
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(set(was) | set(now)):
            yield from differences(was.get(key), now.get(key), f"{where}.{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now), 1):
            yield from differences(one, other, f"{where}[{i}]")
    elif was != now:
        yield f"{where}: {was!r} became {now!r}"


class Recorded(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.messages = list(command.recorded())
        cls.captures = captures(cls.messages)

    def test_decides_the_same(self):
        for profile in ("baseline", "restricted"):
            with command.Policy(f'return profile {{ id = "site", extends = "{profile}" }}') as policy:
                was = command.lines("decide", policy.flag, messages=self.messages)
                now = command.lines("decide", policy.flag, messages=self.captures)
            self.assertEqual(len(was), len(now))
            self.assertGreater(sum(not one["allow"] for one in was), 5)
            for request, one, other in zip(self.messages, was, now):
                self.assertEqual(one, other, request)

    def test_every_rule_finds_the_same(self):
        ids = sorted({f"{path.parent.name}.{path.stem.replace('_', '-')}"
                      for path in (command.BUILD / "lua-policies" / "rules").glob("*/*.lua")})
        rules = ", ".join(f'["{name}"] = {{ mode = "audit" }}' for name in ids
                          if name not in JUDGE_SECRETS)
        with command.Policy('return profile { id = "all", default = "allow", rules = { '
                            f"{rules} }} }}") as policy:
            was = command.lines("decide", policy.flag, messages=self.messages)
            now = command.lines("decide", policy.flag, messages=self.captures)
        self.assertGreater(sum(len(one["findings"]) for one in was), 100)
        for request, one, other in zip(self.messages, was, now):
            self.assertEqual([(f["rule"], f["field"]) for f in one["findings"]],
                             [(f["rule"], f["field"]) for f in other["findings"]], request)

    def test_means_the_same(self):
        for request, was, now in zip(self.messages, views(self.messages), views(self.captures)):
            for view in (was, now):
                for part in ("raw", "uri", "headers"):  # as sent, not what it means
                    del view[part]
            self.assertEqual(list(differences(was, now)), [], request)

    def test_captures_the_same_again(self):
        self.assertEqual(captures(self.captures), self.captures)


class Single(unittest.TestCase):
    def body_of(self, request):
        capture = json.loads(captures([request])[0])
        return json.loads(base64.b64decode(capture["RequestBody"]))

    def test_keeps_names_and_hides_values(self):
        body = self.body_of(message("POST", "/v1.41/containers/create", {
            "image": "busybox", "env": ["A=1", "B=", "C", "not a name"],
            "Cmd": ["sh", "-c", "x"], "Labels": {"owner": "web", "api-token": "x"},
            "Healthcheck": {"Test": ["CMD-SHELL", "curl http://u:p@h"]},
            "HostConfig": {"LogConfig": {"Type": "syslog", "Config": {
                "max-size": "10m", "syslog-address": "tcp://h"}}}}))
        self.assertEqual(body, {
            "Image": "busybox", "Env": ["A=***", "B=", "C", "***"], "Cmd": ["***"] * 3,
            "Labels": {"owner": "web", "api-token": "***"},
            "Healthcheck": {"Test": ["CMD-SHELL", "***"]},
            "HostConfig": {"LogConfig": {"Type": "syslog", "Config": {
                "max-size": "10m", "syslog-address": "***"}}}})

    def test_keeps_what_an_option_mounts(self):
        body = self.body_of(message("POST", "/v1.41/volumes/create", {
            "Name": "v", "Driver": "local", "DriverOpts": {
                "type": "cifs", "device": "//u:p@h/share", "x": "y",
                "o": "bind,addr=10.0.0.1,username=u,password=p,ro"}}))
        self.assertEqual(body["DriverOpts"], {
            "type": "cifs", "device": "//***@h/share", "x": "***",
            "o": "bind,addr=10.0.0.1,username=***,password=***,ro"})

    def test_keeps_the_program_of_an_exec(self):
        body = self.body_of(message("POST", "/v1.41/containers/c/exec",
                                    {"Cmd": ["mysql --x", "-psecret"], "Env": ["P=s"]}))
        self.assertEqual(body, {"Cmd": ["mysql ***", "***"], "Env": ["P=***"]})

    def test_hides_data_that_still_decodes(self):
        body = self.body_of(message("POST", "/v1.41/secrets/create", {"Name": "n", "Data": "c2VjcmV0"}))
        self.assertEqual(body, {"Name": "n", "Data": base64.b64encode(b"***").decode()})

    def test_leaves_out_zero_but_not_where_it_counts(self):
        body = self.body_of(message("POST", "/v1.41/containers/create", {
            "Image": "i", "Tty": False, "User": "", "StopTimeout": 0, "HostConfig": {
                "Memory": 0, "PidsLimit": 0, "OomKillDisable": False, "MaskedPaths": [],
                "Binds": None, "CpuShares": -1}}))
        self.assertEqual(body, {"Image": "i", "StopTimeout": 0, "HostConfig": {
            "PidsLimit": 0, "OomKillDisable": False, "MaskedPaths": [], "CpuShares": -1}})

    def test_hides_in_the_target(self):
        uri = ("/v1.41/build?t=a&t=b%20c&buildargs=%7B%22A%22%3A%22s%22%2C%22B%22%3Anull%7D&"
               "remote=https%3A%2F%2Fu%3Ap%40h%2Fx%3Ftoken%3Dy&labels=%7B%22a%22%3A%221%22%7D&odd=s&word")
        capture = json.loads(captures([message("POST", uri)])[0])
        self.assertEqual(capture["RequestUri"],
                         "/v1.41/build?t=a&t=b%20c&buildargs=%7B%22A%22:%22***%22,%22B%22:null%7D&"
                         "remote=https://h/x&labels=%7B%22a%22:%221%22%7D&odd=***&***=")

    def test_keeps_the_names_of_unknown_fields(self):
        sent = message("POST", "/v1.41/containers/create", {
            "Image": "i", "Fresh": "s", "HostConfig": {
                "New.One": 1, "Mounts": [{"Type": "tmpfs", "Target": "/t", "Odd": {}}]}})
        self.assertEqual(self.body_of(sent), {
            "Image": "i", "Fresh": "***", "HostConfig": {
                "New.One": "***", "Mounts": [{"Type": "tmpfs", "Target": "/t", "Odd": "***"}]}})
        told = command.lines("explain", "--json", messages=[sent, *captures([sent])])
        self.assertEqual(told[0]["request"]["unknown_fields"], told[1]["request"]["unknown_fields"])
        self.assertEqual(len(told[0]["request"]["unknown_fields"]), 3)

    def test_keeps_the_time(self):
        time = "2026-01-31T12:00:00Z"
        capture = json.loads(captures([message("GET", "/v1.41/info", Time=time)])[0])
        self.assertEqual(capture, {"Time": time, "RequestMethod": "GET", "RequestUri": "/v1.41/info",
                                   "RequestHeaders": {}})

    def test_what_the_gate_refuses_has_none(self):
        twice = message("POST", "/v1.41/containers/create")
        twice["RequestBody"] = base64.b64encode(b'{"Image":"i","image":"j"}').decode()
        twice["RequestHeaders"] = {"Content-Type": "application/json"}
        told, = command.lines("explain", "--json", messages=[twice])
        self.assertNotIn("capture", told)
        self.assertNotIn("request", told)
        self.assertEqual(told["rules"][0]["id"], "request.duplicate-key")


if __name__ == "__main__":
    unittest.main()
