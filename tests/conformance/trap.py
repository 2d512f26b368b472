"""The traps as data: a request each, what every engine did with it unguarded, and what must come of
it under `baseline` (expected.json)."""

import base64
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent


def unchunked(data):
    """The body of Transfer-Encoding: chunked."""
    body = b""
    while True:
        size, _, rest = data.partition(b"\r\n")
        count = int(size, 16)
        if count == 0:
            return body
        body, data = body + rest[:count], rest[count + 2:]


def padded(size):
    """A privileged create of that many bytes."""
    body = b'{"Image":"bb:good","Cmd":["sleep","9"],"HostConfig":{"Privileged":true}'
    return body + b" " * (size - len(body) - 1) + b"}"


class Trap:
    def __init__(self, data, expected):
        self.name = data["name"]
        self.expected = expected
        self.observed = {engine.split(".")[0]: seen for engine, seen in data["observed"].items()
                         if isinstance(seen, dict)}
        if data.get("raw_request_base64"):
            self.raw = base64.b64decode(data["raw_request_base64"])
        elif "body_generator" in data:
            self.raw = self.generated(data)
        else:
            self.raw = None

    @staticmethod
    def generated(data):
        """The one request that is too long to be stored."""
        body = padded(1048576)
        head = "\r\n".join([f"{data['method']} {data['uri']} HTTP/1.1", *data["headers"], "", ""])
        return head.encode() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)

    @property
    def body(self):
        head, _, body = self.raw.partition(b"\r\n\r\n")
        return unchunked(body) if b"\r\nTransfer-Encoding: chunked" in head else body

    def expectation(self, engine):
        return self.expected.get("engines", {}).get(engine, self.expected)

    def message(self, engine):
        """What that engine asked its plugin; None when it did not."""
        seen = self.observed[engine]
        if not seen["plugin_called"]:
            return None
        message = {
            "RequestMethod": self.raw.split(b" ", 1)[0].decode(),
            "RequestUri": seen["plugin_saw_uri"],
            "RequestHeaders": seen["plugin_saw_headers"],
        }
        if seen["plugin_saw_body"]:
            message["RequestBody"] = base64.b64encode(self.body).decode()
        return message


def load():
    """All of them. One without an expectation, or the other way round, is an error."""
    expected = json.loads((FOLDER / "expected.json").read_text())
    files = {file.stem: file for file in (FOLDER / "traps").glob("*.json")}
    assert files.keys() == expected.keys(), files.keys() ^ expected.keys()
    traps = [Trap(json.loads(files[name].read_text()), expected[name]) for name in sorted(files)]
    assert [one.name for one in traps] == sorted(files), "a trap is named unlike its file"
    return traps
