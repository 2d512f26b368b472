"""The programs as they are installed: no secret of a request gets into a record or the log."""

import base64
import itertools
import json
import os
import pathlib
import re
import socket
import unittest

import daemon
from daemon import RESPONSE

BUILD = pathlib.Path(os.environ.get("AUTHZ_BUILD", "."))
SECRET = "hunter2-"
RULES = BUILD / "lua-policies" / "rules"
IDS = [re.search(r'^  id = "(.*)"', path.read_text(), re.M)[1] for path in sorted(RULES.rglob("*.lua"))]
POLICIES = {
    "baseline": 'return profile { id = "site", extends = "baseline" }',
    "restricted": 'return profile { id = "site", extends = "restricted" }',
    "all rules": 'return profile { id = "site", extends = "restricted", rules = {%s} }' % "".join(
        f'["{name}"] = {{}},' for name in IDS),
}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def message(method, uri, body=None, headers=None, **more):
    fields = {"RequestMethod": method, "RequestUri": uri, "RequestHeaders": headers or {}}
    if body is not None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        fields["RequestBody"] = base64.b64encode(data).decode()
        fields["RequestHeaders"] = {"Content-Type": "application/json",
                                    "Content-Length": str(len(data)), **(headers or {})}
    return json.dumps({**fields, **more}).encode()


def corpus():
    """Messages with a secret, a number apart, in each place that a request can hold one."""
    number = itertools.count(1)

    def secret():
        return f"{SECRET}{next(number)}"

    def create(**more):
        return message("POST", "/v1.41/containers/create?name=c", {"Image": "busybox", **more})

    def b64():
        return base64.b64encode(secret().encode()).decode()

    yield create(Env=[f"PASSWORD={secret()}"])
    yield create(Env=[f"PASSWORD={secret()}"], HostConfig={"Privileged": True})
    yield create(Env=f"PASSWORD={secret()}")
    yield create(Env={"PASSWORD": secret()})
    yield create(Env=[{"PASSWORD": secret()}])
    yield create(Env=[secret(), 7])
    yield create(env=[secret()], ENV=[secret()])
    yield create(Cmd=["sh", "-c", secret()], Entrypoint=[secret()])
    yield create(Labels={"token": secret()})
    yield create(Healthcheck={"Test": ["CMD", secret()]})
    yield create(HostConfig={"LogConfig": {"Type": "none", "Config": {"token": secret()}}})
    yield message("POST", "/v1.41/containers/create", b'{"Env":["A=' + secret().encode())
    yield message("POST", "/v1.41/containers/create", b'{"Env":["A=' + secret().encode() + b'"]} x')
    yield message("POST", "/v1.41/containers/create", secret().encode())
    yield message("POST", "/v1.41/containers/c/exec",
                  {"Cmd": ["x", secret()], "Env": [f"A={secret()}"], "Privileged": True})
    for name in ("buildargs", "build%61rgs", "labels", "changes", "cachefrom", "secret",
                 "outputs", "x"):
        yield message("POST", f"/v1.41/build?{name}={secret()}&t=x")
        yield message("POST", f"/v1.41/build?t=x&{name}={secret()}&{name}={secret()}")
    yield message("POST", f"/v1.41/build?remote=https://u:{secret()}@h/x?token={secret()}%23{secret()}")
    yield message("POST", f"/v1.41/build?{secret()}")
    yield message("POST", f"/v1.41/build?buildargs=%zz{secret()}")
    yield message("POST", f"/v1.41/build?a;buildargs={secret()}")
    yield message("POST", f"/v1.41/build?buildargs={secret()}?t=1",
                  headers={"X-Registry-Config": b64()})
    yield message("POST", f"/v1.41/images/create?fromSrc=https://u:{secret()}@h/x&repo=r")
    yield message("POST", f"/v1.41/images/create?fromSrc=-&repo=r&changes=ENV+A={secret()}")
    yield message("POST", "/v1.41/images/create?fromImage=busybox&tag=1",
                  headers={"X-Registry-Auth": b64(), "Authorization": f"Basic {b64()}"})
    yield message("POST", f"/v1.41/commit?container=c&changes=ENV+A={secret()}&comment={secret()}",
                  {"Env": [secret()]})
    yield message("POST", "/v1.41/auth", {"username": "u", "password": secret()})
    for what in ("secrets", "configs"):
        yield message("POST", f"/v1.41/{what}/create", {"Name": "n", "Data": b64()})
        yield message("POST", f"/v1.41/{what}/n/update?version=1", {"Name": "n", "Data": secret()})
    yield message("POST", "/v1.41/services/create", {
        "Name": "s", "TaskTemplate": {"ContainerSpec": {"Image": "i", "Env": [secret()],
                                                        "Args": [secret()]}}},
        headers={"X-Registry-Auth": b64()})
    yield message("POST", "/v1.41/volumes/create", {
        "Name": "v", "Driver": "local",
        "DriverOpts": {"type": "cifs", "o": f"username=u,password={secret()}", "device": "//h/s"}})
    yield message("POST", "/v1.41/swarm/join", {"JoinToken": secret(), "RemoteAddrs": ["h"]})
    yield message("POST", "/v1.41/swarm/init", {"Spec": {"CAConfig": {"SigningCAKey": secret()}}})
    yield message("POST", "/v1.41/swarm/unlock", {"UnlockKey": secret()})
    yield message("POST", "/v1.41/plugins/p/set", [f"KEY={secret()}"])
    yield message("POST", f"/v1.41/plugins/pull?remote=https://u:{secret()}@h/p", [])
    yield message("POST", f"/v1.41/plugins/p/upgrade?remote=https://u:{secret()}@h/p", [],
                  headers={"X-Registry-Auth": b64()})
    yield message("POST", "/v1.41/distribution/i/json", headers={"X-Registry-Auth": b64()})
    yield message("POST", "/v1.41/images/i/push?tag=1", headers={"X-Registry-Auth": b64()})
    yield create(Config={"Env": [secret()]}, HostConfig={"StorageOpt": {"size": secret()}})
    yield create(Env=[f"API_KEY={secret()}", f"X=ghp_{secret()}"], Volumes={"/v": {}}, HostConfig={
        "Mounts": [{"Type": "volume", "Target": "/v", "VolumeOptions": {
            "Labels": {"token": secret()}, "DriverConfig": {
                "Name": "local", "Options": {"o": f"password={secret()}", "device": "//h/s"}}}}]})
    yield create(NetworkingConfig={"EndpointsConfig": {"n": {"DriverOpts": {"key": secret()}}}})
    yield create(Labels=[secret()], Healthcheck={"Test": f"CMD-SHELL {secret()}"})
    yield message("POST", "/v1.41/networks/create", {
        "Name": "n", "Driver": "weave", "Options": {"password": secret()},
        "Labels": {"token": secret()}, "IPAM": {"Options": {"key": secret()}}})
    yield message("POST", "/v1.41/services/create", {
        "Name": "s", "Labels": {"t": secret()}, "TaskTemplate": {
            "LogDriver": {"Name": "splunk", "Options": {"splunk-token": secret()}},
            "ContainerSpec": {
                "Image": "i", "Command": [secret()], "Labels": {"t": secret()},
                "Healthcheck": {"Test": ["CMD", secret()]},
                "Privileges": {"CredentialSpec": {"Config": secret()}}}}})
    yield message("POST", "/v1.41/swarm/update?version=1", {
        "JoinTokens": {"Worker": secret()}, "TaskDefaults": {
            "LogDriver": {"Name": "gelf", "Options": {"t": secret()}}}})
    yield message("POST", "/v1.41/session", headers={"Authorization": f"Bearer {secret()}",
                                                     "Cookie": secret()})
    yield message("POST", "/v1.41/containers/c/attach", headers={"X-Auth-Token": secret()})
    for name in ("fromImage", "repo", "t", "name", "container", "path"):
        yield message("POST", f"/v1.41/images/create?{name}=https://u:{secret()}@h/x")
        yield message("POST", f"/v1.41/images/create?{name}=https%3A%2f%2Fu:{secret()}%40h/x")
        yield message("POST", f"/v1.41/images/create?{name}=u:{secret()}@h/x")
        yield message("POST", f"/v1.41/images/create?{name}=u%3A{secret()}%40h%2Fx")
    yield create(Image=f"u:{secret()}@h/x")
    yield message("POST", f"/v1.41/plugins/pull?remote=u:{secret()}@h/p", [])
    yield message("GET", f"/v1.41/images/u:{secret()}@h/x/json")
    yield message("GET", f"/v1.41/images/u%3a{secret()}%40h/x/json")
    yield message("GET", f"/v1.41/images/https://u:{secret()}@h/x/json")
    yield message("GET", f"/v1.41/images/https%3A%2F%2fu%3A{secret()}%40h%2Fx/json")
    yield message("DELETE", f"/v1.41/plugins/https://u:{secret()}@h/x")
    yield message("POST", f"/v1.41/nowhere?token={secret()}", {"a": secret()})
    yield message("POST", f"/v1.41/nowhere#token={secret()}")
    yield message("GET", f"http://u:{secret()}@h/v1.41/info")
    yield message("GET", f"/v1.41/info?x={secret()}", headers={"Traceparent": secret()})
    yield message("GET", "/v1.41/containers/json?filters="
                  f"%7B%22label%22%3A%5B%22token%3D{secret()}%22%5D%7D")
    yield b'{"RequestMethod":"POST","RequestUri":"/v1.41/x?y=' + secret().encode()
    yield secret().encode()


class Secrets(daemon.Case):
    def start_real(self, policy='return profile { id = "site", extends = "baseline" }', **more):
        d = self.start(program=BUILD / "lua-authzd", library=BUILD / "lua-policies",
                       decision_timeout_ms=5000, policy=policy, **more)
        d.until(lambda: d.logged("event=generation.active"))
        return d

    def test_leaves_none_behind(self):
        for name, policy in POLICIES.items():
            with self.subTest(name):
                d = self.start_real(policy, metrics=self.dir / "run" / "metrics")
                self.try_all(d)
                d.stop()
                if name == "all rules":  # they name what they refuse, but not all of it
                    self.assertIn("from https://***@h/x?*** is not allowed", d.audit.read_text())
                d.audit.unlink()

    def try_all(self, d):
        client = d.client()
        for body in corpus():
            answer = {"ResponseStatusCode": 200, "ResponseBody": base64.b64encode(
                json.dumps({"Spec": {"Env": [f"{SECRET}0"]}}).encode()).decode()}
            self.assertEqual(client.ask(body)[0], 200)
            after = json.dumps({**json.loads(body), **answer}).encode() \
                if body.startswith(b"{") and body.endswith(b"}") else body
            self.assertEqual(client.ask(after, path=RESPONSE)[0], 200)
        client.close()
        told = self.fetch(d.dir / "run" / "metrics", b"GET /metrics HTTP/1.0\r\n\r\n") + \
            self.fetch(d.dir / "run" / "s.d" / "control", b"status\n")
        self.assertIn("lua_authz_decisions_total", told)
        d.stop()
        seen = {(r["stage"], r["reason"]) for r in d.records() if "stage" in r}
        self.assertLessEqual({("request", "policy"), ("request", "request"), ("response", "response"),
                              ("response", "unreadable")}, seen)
        for line in (d.audit.read_text() + d.log.read_text() + told).splitlines():
            self.assertNotIn(SECRET, line)
            self.assertNotIn(base64.b64encode(SECRET.encode()).decode()[:8], line)

    def fetch(self, path, question):
        peer = socket.socket(socket.AF_UNIX)
        peer.settimeout(20)
        peer.connect(str(path))
        peer.sendall(question)
        with peer, peer.makefile("rb") as file:
            return file.read().decode()

    def test_captures_none(self):
        d = self.start_real(audit_capture="on", metrics=self.dir / "run" / "metrics")
        self.try_all(d)
        captured = [json.loads(r["capture"]) for r in d.records() if "capture" in r]
        self.assertGreater(len(captured), 30)
        for one in captured:
            self.assertNotIn(SECRET, base64.b64decode(one.get("RequestBody", "")).decode())
        told = {r["reason"] for r in d.records() if r.get("stage") == "request" and "capture" not in r}
        self.assertEqual(told, {"request"})
        self.assertFalse([r for r in d.records() if r.get("stage") == "response" and "capture" in r])

    def test_captures_what_fits(self):
        d = self.start_real(audit_capture="with-labels")

        def record(length):
            labels = {f"l{i}": "x" * 100 for i in range(length // 100)}
            d.ask(message("POST", "/v1.41/containers/create", {"Image": "busybox", "Labels": labels}))
            return d.records()[-1]

        whole = json.loads(record(1000)["capture"])
        self.assertEqual(json.loads(base64.b64decode(whole["RequestBody"]))["Labels"]["l0"], "x" * 100)
        for length in (7000, 100000):  # over the line's end, and over what a worker hands over
            long = record(length)
            self.assertNotIn("capture", long)
            self.assertGreater(long["capture_left_out"], length)
        for line in d.audit.read_text().splitlines():
            self.assertLess(len(line), 8192)

    def test_tells_the_facts(self):
        d = self.start_real()
        d.ask(message("POST", "/v1.41/containers/create?name=web&platform=", {"Image": "busybox:1"},
                      headers={"Traceparent": TRACE}, User="alice", UserAuthNMethod="TLS"))
        record = d.records()[-1]
        self.assertEqual({k: record[k] for k in record if k not in (
            "time", "prev", "id", "generation", "policy", "body_bytes", "queue_us", "decide_us")}, {
                "v": 1, "stage": "request", "verdict": "allow", "reason": "policy",
                "action": "container.create", "class": "write", "user": "alice", "authn": "TLS",
                "method": "POST", "uri": "/v1.41/containers/create?name=web&platform=",
                "kind": "container", "target": "web", "image": "busybox:1", "api": "1.41", "body": "read", "traceparent": TRACE})
        created = base64.b64encode(b'{"Id":"abc","Warnings":[]}').decode()
        self.assert_allowed(d.ask(message(
            "POST", "/v1.41/containers/create?name=web", {"Image": "busybox:1"},
            ResponseStatusCode=201, ResponseBody=created), path=RESPONSE))
        record = d.records()[-1]
        self.assertEqual((record["status"], record["created"], record["action"], record["target"]),
                         (201, "abc", "container.create", "web"))

    def test_names_what_is_made_or_fetched(self):
        d = self.start_real()
        pull = "remote=h.example%2Fp:1"
        for uri, body, kind, name, image in (
                ("networks/create?name=decoy", {"Name": "n"}, "network", "n", None),
                ("volumes/create", {"Name": "v"}, "volume", "v", None),
                ("volumes/create", {}, None, None, None),
                ("secrets/create", {"Name": "s", "Data": "aA=="}, "secret", "s", None),
                ("configs/create", {"Name": "c", "Data": "aA=="}, "config", "c", None),
                ("services/create", {"Name": "w", "TaskTemplate": {"ContainerSpec": {
                    "Image": "busybox:1"}}}, "service", "w", "busybox:1"),
                (f"plugins/pull?{pull}", [], "plugin", "h.example/p:1", "h.example/p:1"),
                (f"plugins/pull?{pull}&name=mine", [], "plugin", "mine", "h.example/p:1"),
                ("plugins/pull?remote=u:pw@h.example/p", [], "plugin", "h.example/p", "h.example/p"),
                (f"plugins/p/upgrade?{pull}", [], "plugin", "p", "h.example/p:1")):
            d.ask(message("POST", f"/v1.41/{uri}", body))
            record = d.records()[-1]
            self.assertEqual([record.get(key) for key in ("kind", "target", "image")],
                             [kind, name, image], uri)


if __name__ == "__main__":
    daemon.main()
