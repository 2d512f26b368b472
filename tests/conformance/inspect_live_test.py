"""What the view of a create says is what the engine makes of it: hundreds of creates, sent to a real
engine and inspected; some of them started, and looked at from inside.

usage: inspect_live_test.py RELEASE BUILD VIEW_PRINT    RELEASE: of engine.sh
"""

import base64
import concurrent.futures
import contextlib
import json
import subprocess
import sys
import unittest

import creates
import engine
import inside
import made
import said

RELEASE, BUILD, VIEW_PRINT = sys.argv[1:4]
API = {"20": "/v1.41", "28": "/v1.51"}[RELEASE]
CREATES, SEED = 400, 1
PARALLEL = 4
SHOWN = 20  # differences that are printed


class World:
    """What the creates refer to, and what only the engine knows."""

    def __init__(self, live):
        self.engine = live
        self.folder = live.dir / "host"
        (self.folder / "x").mkdir(parents=True)
        live.do("POST", "/networks/create", {"Name": "inner", "Driver": "bridge"})
        donor = live.do("POST", "/containers/create?name=donor", {
            "Image": "e2e:1", "Volumes": {"/d3": {}},
            "HostConfig": {"NetworkMode": "none", "Binds": [f"{self.folder}:/d1:ro", "given:/d2"]},
        })["Id"]
        image = live.get("/images/e2e:1/json")["Id"].removeprefix("sha256:")
        self.names = {"donor": donor, "donor12": donor[:12], "image": image, "image12": image[:12]}
        self.ids = {"donor": donor, donor[:12]: donor}
        live.do("POST", "/containers/create?name=plain", {"Image": "e2e:1"})
        self.plain = self.made("plain")
        self.donor_mounts = self.made("donor")["mounts"]

    def made(self, name):
        container = self.engine.inspect(name)
        path = self.engine.dir / "data" / "containers" / container["Id"] / "config.v2.json"
        return made.container(container, json.loads(path.read_text()), self)

    def volume_options(self, name):
        return self.engine.get(f"/volumes/{name}")["Options"]


def message(path, body):
    return json.dumps({
        "RequestMethod": "POST", "RequestUri": path,
        "RequestHeaders": {"Content-Type": "application/json"},
        "RequestBody": base64.b64encode(json.dumps(body).encode()).decode(),
    })


def views(messages):
    text = "".join(line + "\n" for line in messages)
    run = subprocess.run([VIEW_PRINT], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.split("\n")[:-1]]


class Inspect(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        engine.API = API
        cls.engine = cls.stack.enter_context(engine.Engine(RELEASE))
        cls.world = World(cls.engine)
        # Its bridge would outlive the engine.
        cls.addClassCleanup(cls.engine.do, "DELETE", "/networks/inner")

    def test_an_engine_makes_what_the_view_says(self):
        generator = creates.Generator(SEED, RELEASE, str(self.world.folder), self.world.names)
        cases = [generator.create() for _ in range(CREATES)]
        lines = views(message(f"{API}/containers/create?name={name}", body) for name, body in cases)
        self.assertEqual(len(lines), CREATES)
        with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
            different = [text for texts in pool.map(self.differences, cases, lines) for text in texts]
        if different:
            self.fail(f"{len(different)} differences:\n" + "\n".join(different[:SHOWN]))

    def differences(self, case, line):
        """In words."""
        name, body = case
        answer = self.engine.call("POST", f"/containers/create?name={name}", body)
        if answer.status != 201 or "view" not in line:
            return [f"{name}: not compared: {answer}, {line.get('refused', 'a view')}: {body}"]
        ours = said.container(line["view"], self.world)
        theirs = self.world.made(name)
        self.engine.do("DELETE", f"/containers/{name}?force=1&v=1")
        self.assertEqual(ours.keys(), theirs.keys())
        return [f"{name}: {topic}\n  said {ours[topic]}\n  made {theirs[topic]}"
                for topic in ours if ours[topic] not in (theirs[topic], said.UNSAID)]

    def test_a_container_runs_with_what_the_view_says(self):
        bodies = list(creates.runs(RELEASE, inside.lacking()))
        lines = views(message(f"{API}/containers/create", body) for body in bodies)
        with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
            outputs = list(pool.map(self.run_container, bodies))
        for body, line, output in zip(bodies, lines, outputs):
            with self.subTest(json.dumps(body)):
                self.assertEqual(inside.said(line["view"]), inside.made(output))

    def run_container(self, body):
        container = self.engine.do("POST", "/containers/create", body)["Id"]
        self.engine.do("POST", f"/containers/{container}/start")
        self.engine.do("POST", f"/containers/{container}/wait")
        logs = self.engine.call("GET", f"/containers/{container}/logs?stdout=1&stderr=1")
        return logs.body.decode()


unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
