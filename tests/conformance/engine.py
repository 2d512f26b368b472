"""A private engine, the daemon that guards it, and calls to the engine over its socket."""

import http.client
import json
import pathlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = TOP / "tests" / "e2e" / "engine.sh"
PLUGINS = pathlib.Path("/run/docker/plugins")
API = "/v1.41"  # the newest that engine 20 speaks


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{condition} did not come true within {seconds} s")
        time.sleep(0.01)


class Answer:
    def __init__(self, response):
        self.status = response.status
        # What follows a 101 is a stream.
        self.body = b"" if response.status == 101 else response.read()

    def json(self):
        return json.loads(self.body)

    @property
    def message(self):
        """An error in words, as a person sees it."""
        try:
            return self.json()["message"]
        except (ValueError, KeyError, TypeError):
            return self.body.decode(errors="replace")

    def __str__(self):
        return f"{self.status} {self.message[:300]}"


class Engine:
    """engine.sh, with the image e2e:1. Use as a context."""

    def __init__(self, release):
        self.release = release
        self.folder = tempfile.TemporaryDirectory(prefix="lua-authz-live.")
        self.dir = pathlib.Path(self.folder.name)
        self.socket = str(self.dir / "d.sock")

    def script(self, *arguments):
        # Into files: what the script leaves running would keep a pipe open.
        with (self.dir / "script.log").open("w+") as log:
            status = subprocess.run([SCRIPT, *arguments], stdout=log, stderr=log).returncode
            log.seek(0)
            assert status == 0, f"engine.sh {arguments}: {log.read()}"

    def __enter__(self):
        try:
            self.script("start", self.release, self.dir)
            self.script("image", self.dir)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.script("stop", self.dir)
        self.folder.cleanup()

    def configure(self, *names):
        """The plugins that the engine asks, once it has read it."""
        settings = {"authorization-plugins": names}
        (self.dir / "daemon.json").write_text(json.dumps(settings))

    def chain(self, *names):
        """The engine asks these plugins from now on."""
        self.configure(*names)
        self.script("hup", self.dir)

    def pid(self):
        return int((self.dir / "pid").read_text())

    def connect(self, timeout=60):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        connection.connect(self.socket)
        return connection

    def send(self, raw, timeout=60):
        """These bytes, as they are; returns the Answer to them."""
        with self.connect(timeout) as connection:
            connection.sendall(raw)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return Answer(response)

    def call(self, method, path, body=None, timeout=60):
        data = b"" if body is None else json.dumps(body).encode()
        kind = "" if body is None else "Content-Type: application/json\r\n"
        head = (f"{method} {API}{path} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n{kind}"
                f"Content-Length: {len(data)}\r\n\r\n")
        return self.send(head.encode() + data, timeout)

    def get(self, path):
        answer = self.call("GET", path)
        assert answer.status == 200, f"GET {path}: {answer}"
        return answer.json()

    def do(self, method, path, body=None):
        """A call that has to succeed."""
        answer = self.call(method, path, body)
        assert answer.status < 300, f"{method} {path}: {answer}"
        return answer.json() if answer.body else None

    def inspect(self, container):
        return self.get(f"/containers/{container}/json")


class Guard:
    """lua-authzd under a name of its own, with the built-in baseline, or with the policy files and
    settings that are given. Use as a context."""

    def __init__(self, build, files=None, **settings):
        self.build = pathlib.Path(build).resolve()
        self.name = f"authz{secrets.token_hex(6)}"
        self.socket = PLUGINS / f"{self.name}.sock"
        self.folder = tempfile.TemporaryDirectory(prefix="lua-authz-guard.")
        self.dir = pathlib.Path(self.folder.name)
        self.audit = self.dir / "audit.jsonl"
        self.log = self.dir / "log"
        self.environment = {f"LUA_AUTHZ_{key.upper()}": str(settings[key]) for key in settings}
        for name, text in (files or {}).items():
            (self.dir / name).parent.mkdir(exist_ok=True)
            (self.dir / name).write_text(text)

    def __enter__(self):
        PLUGINS.mkdir(parents=True, exist_ok=True)
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.socket.unlink(missing_ok=True)
        # Daemons leave their locks.
        shutil.rmtree(self.socket.with_suffix(".d"), ignore_errors=True)
        pathlib.Path(f"{self.socket}.lock").unlink(missing_ok=True)
        self.folder.cleanup()

    def start(self):
        self.socket.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.build / "lua-authzd", "--socket", self.socket, "--policy", self.dir,
                 "--audit", self.audit], env=self.environment, stdout=subprocess.DEVNULL, stderr=log)
        until(self.ready)

    def ready(self):
        assert self.process.poll() is None, self.log.read_text()
        return self.socket.exists() and self.workers()

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def workers(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def asked(self):
        """The records of the requests that it was asked about."""
        records = map(json.loads, self.audit.read_text().splitlines())
        return [record for record in records if record.get("stage") == "request"]
