"""Calls at the ends of what is read: the largest, the most tangled, and memory that does not suffice.
Each is answered in time, and the next one is served."""

import base64
import json
import time
import unittest

import real
from real import create

CAP = 8 * 1024 * 1024
MIB = 1024 * 1024


def padded(size):
    """A call of so many bytes, half of them its body."""
    call = json.loads(create({"x": "x" * (3 * MIB)}))
    call["RequestHeaders"]["X-Pad"] = ""
    call["RequestHeaders"]["X-Pad"] = "x" * (size - len(json.dumps(call)))
    return json.dumps(call).encode()


def raw(body, **headers):
    return json.dumps({
        "RequestMethod": "POST", "RequestUri": "/v1.41/containers/create",
        "RequestHeaders": {"Content-Type": "application/json", "Content-Length": str(len(body)),
                           **headers},
        "RequestBody": base64.b64encode(body).decode(),
    }).encode()


def tangled():
    """(name, call): what takes a reader far more time or memory than bytes, if it is not careful."""
    size = 4 * MIB
    head = b'{"Image":"busybox",'
    yield "lists", raw(head + b'"Env":[' + b"[]," * (size // 3) + b"[]]}")
    yield "objects", raw(head + b'"x":[' + b"{}," * (size // 3) + b"{}]}")
    yield "texts", raw(head + b'"Env":[' + b'"",' * (size // 3) + b'""]}')
    yield "keys", raw(head + b'"Labels":{' + b",".join(b'"%d":""' % i for i in range(size // 10))
                      + b"}}")
    yield "the same key", raw(head + b'"Labels":{' + b'"a":"",' * (size // 7) + b'"a":""}}')
    yield "unknown keys", raw(b"{" + b",".join(b'"x%d":1' % i for i in range(size // 10)) + b"}")
    yield "deep lists", raw(head + b'"Env":' + b"[" * (size // 2) + b"]" * (size // 2) + b"}")
    yield "deep objects", raw(b'{"a":' * (size // 5) + b"1" + b"}" * (size // 5))
    yield "escapes", raw(head + b'"Labels":{"a":"' + b"\\u0041" * (size // 6) + b'"}}')
    yield "a number", raw(head + b'"HostConfig":{"Memory":' + b"9" * size + b"}}")
    yield "mounts", raw(head + b'"HostConfig":{"Binds":['
                        + b",".join(b'"v%d:/%d"' % (i, i) for i in range(size // 16)) + b"]}}")
    yield "a path", raw(head + b'"HostConfig":{"Binds":["/' + b"../" * (size // 3) + b'etc:/x"]}}')
    yield "a target", json.dumps({"RequestMethod": "GET",
                                  "RequestUri": "/v1.41/" + "a/../" * (size // 5)}).encode()
    yield "a name", json.dumps({"RequestMethod": "GET", "RequestUri": "/v1.41/containers/"
                                + "a" * size + "/json"}).encode()
    yield "a query", json.dumps({"RequestMethod": "GET", "RequestUri":
                                 "/v1.41/info?" + "a=b&" * (size // 4)}).encode()
    yield "headers", json.dumps({"RequestMethod": "GET", "RequestUri": "/v1.41/info",
                                 "RequestHeaders": {f"X{i}": "" for i in range(size // 12)}}).encode()


class Sizes(real.Case):
    def test_the_largest_call(self):
        d = self.start_real(decision_timeout_ms=5000)
        client = d.client()
        for size in (CAP - 1, CAP):
            call = padded(size)
            self.assertEqual(len(call), size)
            self.assert_allowed(client.ask(call))
        for size in (CAP + 1, 2 * CAP):
            self.assert_refused(client.ask(padded(size)), f"[request.too-large] the engine sent {size}")
            self.assert_allowed(client.ask(real.ALLOWED))
        client.close()

    def test_tangled_calls(self):
        d = self.start_real(decision_timeout_ms=10000)
        client = d.client()
        slowest = (0, "")
        for name, call in tangled():
            with self.subTest(name):
                start = time.monotonic()
                status, answer = client.ask(call)
                slowest = max(slowest, (time.monotonic() - start, name))
                self.assertEqual(status, 200)
                if not answer["Allow"]:
                    self.assertRegex(answer["Msg"], r"^\[[a-z.-]+\] .*\(decision [0-9a-f-]+\)$")
                    self.assertNotRegex(answer["Msg"], r"^\[(crash|deadline|policy-error)\]")
                self.assert_allowed(client.ask(real.ALLOWED))
        client.close()
        print(f"the slowest of the tangled calls took {slowest[0] * 1000:.0f} ms: {slowest[1]}")


class Memory(real.Case):
    def test_address_space_is_used_up(self):
        """The smallest that may be set, nearly all of it spoken for."""
        d = self.start_real(decision_timeout_ms=5000, worker_address_space_max=256 * MIB,
                            read_memory_max=88 * MIB)
        client = d.client()
        for _ in range(5):
            self.assert_refused(client.ask(create({"x": "x" * 4 * MIB})),
                                "[crash] the policy worker could not go on: no memory for a frame of ")
            self.assert_allowed(client.ask(real.ALLOWED))
        client.close()

    def test_no_worker_can_start(self):
        d = self.start(real.POLICY, program=real.BUILD / "lua-authzd",
                       library=real.BUILD / "lua-policies", worker_address_space_max=256 * MIB,
                       read_memory_max=1024 * MIB, decision_timeout_ms=2000)
        self.assert_refused(d.ask(real.ALLOWED), "[no-policy] ")
        self.assert_refused(d.ask(real.DENIED), "[no-policy] ")

    def test_one_call_takes_no_more_than_it_may(self):
        d = self.start_real(read_memory_max=1 * MIB, decision_timeout_ms=5000)
        client = d.client()
        for size in (1 * MIB, 4 * MIB):
            self.assert_refused(client.ask(create({"x": "x" * size})), "[request.")
            self.assert_allowed(client.ask(real.ALLOWED))
        client.close()


if __name__ == "__main__":
    real.daemon.main()
