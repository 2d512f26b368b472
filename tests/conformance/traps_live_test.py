"""Every trap, sent as it stands to a real engine: first unguarded, where it has to bite, then guarded
by lua-authzd with `baseline`, where none may get through that should not.

usage: traps_live_test.py RELEASE BUILD    RELEASE: of engine.sh
"""

import contextlib
import re
import secrets
import sys
import unittest

import trap
from engine import Engine, Guard

RELEASE, BUILD = sys.argv[1:3]

PLAIN = {"Image": "bb:good", "Cmd": ["sleep", "9"]}
PRIVILEGED = {**PLAIN, "HostConfig": {"Privileged": True}}


def prepare(engine):
    """What the traps act on."""
    for tag in ("good", "evil"):
        engine.do("POST", f"/images/e2e:1/tag?repo=bb&tag={tag}")
    engine.do("POST", "/containers/create?name=victim", {
        **PLAIN, "Cmd": ["sleep", "9999"], "HostConfig": {"NetworkMode": "none"}})
    engine.do("POST", "/containers/victim/start")


def clear(engine):
    """Away with all that unguarded traps have made."""
    for container in engine.get("/containers/json?all=1"):
        engine.do("DELETE", f"/containers/{container['Id']}?force=1&v=1")
    for image in engine.get("/images/json"):
        for tag in image["RepoTags"] or ():
            if tag not in ("e2e:1", "<none>:<none>"):
                engine.do("DELETE", f"/images/{tag}")
    for volume in engine.get("/volumes")["Volumes"] or ():
        engine.do("DELETE", f"/volumes/{volume['Name']}")


def shared(engine):
    """What the traps act on, and may change for the next one."""
    answer = engine.call("GET", "/containers/victim/json")
    victim = answer.json() if answer.status == 200 else {"State": {}}
    return {
        "images": {(image["Id"], tag) for image in engine.get("/images/json")
                   for tag in image["RepoTags"] or ()},
        "running": victim["State"].get("Running"),
        "settings": victim.get("HostConfig"),
        "execs": victim.get("ExecIDs"),
    }


def state(engine):
    """All that a trap can make or change."""
    return {
        **shared(engine),
        "containers": {container["Id"] for container in engine.get("/containers/json?all=1")},
        "volumes": {volume["Name"] for volume in engine.get("/volumes")["Volumes"] or ()},
        "swarm": engine.get("/info")["Swarm"]["LocalNodeState"],
    }


def raw_request(one, engine):
    """An image's short id is of this very image; a session's id is free for one session only."""
    if one.name == "session-upgrade":
        return one.raw.replace(b"abcdefgh", secrets.token_hex(4).encode())
    if one.name != "image-short-id":
        return one.raw
    stored = one.observed[engine.release]["effect"]["Config.Image"]
    written = re.search(rb'"Image":"(\w+)"', one.raw).group(1)
    assert len(written) == len(stored)
    image = engine.get("/images/bb:good/json")["Id"].removeprefix("sha256:")
    return one.raw.replace(written, image[:len(written)].encode())


def at(container, path):
    """What stands there; an absent field is a null one."""
    for key in path.split("."):
        container = container.get(key)
    return container


def holds(seen, observed):
    """All that was observed is there; text that differs from engine to engine aside."""
    if isinstance(observed, dict):
        return all(holds(seen[key], value) for key, value in observed.items())
    if isinstance(observed, list):
        return len(seen) == len(observed) and all(map(holds, seen, observed))
    if isinstance(observed, str) and re.search("<data-root>|container:[0-9a-f]{64}", observed):
        return type(seen) is str
    return seen == observed


def effect(engine, one, answer):
    """Of what a trap made or changed, the part that was observed."""
    observed = one.observed[engine.release].get("effect", {})
    if not observed or answer.status != 201 and not one.name.startswith("start-"):
        return {}
    container = engine.inspect("victim" if answer.status != 201 else answer.json()["Id"])
    return {path: at(container, path) for path in observed}


def harmful(container):
    """What of the host a container was given, in the engine's own words."""
    host = container["HostConfig"]
    modes = [host[key] for key in ("NetworkMode", "PidMode", "IpcMode", "UTSMode", "UsernsMode")]
    return [name for name, found in {
        "privileged": host["Privileged"],
        "mounts": container["Mounts"] or host["Binds"] or host.get("Mounts"),
        "capabilities": host["CapAdd"],
        "namespaces": "host" in modes or any(mode.startswith("container:") for mode in modes),
        "devices": host["Devices"],
        "security": host["SecurityOpt"],
        "sysctls": host.get("Sysctls"),
    }.items() if found]


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        cls.engine = cls.stack.enter_context(Engine(RELEASE))
        cls.traps = [one for one in trap.load() if one.raw and RELEASE in one.observed]
        cls.unguarded = cls.without_plugin()
        cls.guard = cls.stack.enter_context(Guard(BUILD))
        cls.engine.chain(cls.guard.name)

    @classmethod
    def without_plugin(cls):
        """What every trap does where nobody guards: {name: (status, effect)}."""
        seen = {}
        prepare(cls.engine)
        before = shared(cls.engine)
        for one in cls.traps:
            if one.name.startswith("start-"):
                cls.engine.do("POST", "/containers/victim/kill")
            answer = cls.engine.send(raw_request(one, cls.engine))
            seen[one.name] = (answer.status, effect(cls.engine, one, answer))
            if shared(cls.engine) != before:
                clear(cls.engine)
                prepare(cls.engine)
                before = shared(cls.engine)
        clear(cls.engine)
        prepare(cls.engine)
        return seen

    def assert_denied(self, answer, opening):
        self.assertEqual(answer.status, 403, str(answer))
        self.assertIn(f"authorization denied by plugin {self.guard.name}: [", answer.message)
        self.assertIn(opening, answer.message)

    def judge(self, one):
        expected = one.expectation(RELEASE)
        raw = raw_request(one, self.engine)
        before, asked = state(self.engine), len(self.guard.asked())
        answer = self.engine.send(raw)
        records = self.guard.asked()[asked:]
        if expected["verdict"] == "refused":
            self.assert_denied(answer, f"[{expected['by']}] ")
            self.assertEqual(state(self.engine), before)
            self.assertEqual([record["verdict"] for record in records], ["deny"])
            return
        self.assertEqual(answer.status, self.unguarded[one.name][0], str(answer))
        if expected["verdict"] == "unasked":
            self.assertEqual(records, [])
            self.assertEqual(state(self.engine), before)
            return
        self.assertEqual([record["verdict"] for record in records], ["allow"])
        self.assertEqual(records[0]["action"], expected["action"])
        if expected["action"] == "container.create":
            self.assertEqual(effect(self.engine, one, answer), self.unguarded[one.name][1])
            self.assertEqual(harmful(self.engine.inspect(answer.json()["Id"])), [])

    def test_traps_bite_where_nobody_guards(self):
        for one in self.traps:
            observed = one.observed[RELEASE]
            status, seen = self.unguarded[one.name]
            with self.subTest(one.name):
                # Whether a privileged container starts is up to the machine.
                if not one.name.startswith("start-"):
                    self.assertEqual(status, int(observed["status"].split()[1]))
                if one.name != "image-short-id":
                    self.assertTrue(holds(seen, observed.get("effect", {})), seen)

    def test_none_gets_through_that_should_not(self):
        for one in self.traps:
            with self.subTest(one.name):
                self.judge(one)

    def test_what_is_refused_never_happens(self):
        answer = self.engine.call("POST", "/containers/create?name=refused", PRIVILEGED)
        self.assert_denied(answer, "[container.no-privileged] ")
        self.assertEqual(self.engine.call("GET", "/containers/refused/json").status, 404)

    def test_answers_over_64_kib_pass(self):
        labels = {"long": "x" * 100 * 1024}
        created = self.engine.do("POST", "/containers/create", {**PLAIN, "Labels": labels})
        self.assertEqual(self.engine.inspect(created["Id"])["Config"]["Labels"], labels)

    def test_nobody_takes_the_plugins_name(self):
        for path, body in (
            (f"/plugins/create?name={self.guard.name}", None),
            (f"/plugins/pull?remote=x.invalid/a/{self.guard.name}&name={self.guard.name}", []),
        ):
            with self.subTest(path):
                self.assert_denied(self.engine.call("POST", path, body), "[plugin.admin] ")

    def test_nobody_switches_the_plugin_off(self):
        for method, path, body in (
            ("POST", "/disable?force=1", None), ("DELETE", "?force=1", None),
            ("POST", "/set", ["A=b"]), ("POST", "/upgrade?remote=x.invalid/a/b", []),
            ("POST", "/enable", None),
        ):
            with self.subTest(method + path):
                answer = self.engine.call(method, f"/plugins/{self.guard.name}{path}", body)
                self.assert_denied(answer, "[plugin.admin] ")
        self.test_what_is_refused_never_happens()


unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
