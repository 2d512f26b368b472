"""What Prometheus reads."""

import http.client
import json
import pathlib
import re
import socket
import stat
import unittest

import daemon
import exposition
from daemon import promptly

LABELS = {"stage", "verdict", "reason", "state", "result", "generation", "hash", "version", "le", "sink"}


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Reader(daemon.Case):
    def start(self, *args, **settings):
        self.place = self.dir / "run" / "metrics"
        settings.setdefault("metrics", self.place)
        return super().start(*args, **settings)

    def fetch(self, path, method="GET", connection=None):
        """(status, type, text)"""
        connection = connection or UnixConnection(self.place)
        connection.request(method, path)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, response.headers["Content-Type"], text

    def samples(self):
        status, kind, text = self.fetch("/metrics")
        self.assertEqual(status, 200)
        self.assertEqual(kind, "text/plain; version=0.0.4; charset=utf-8")
        return exposition.parse(text)

    def value(self, name, **labels):
        return self.samples()[(f"lua_authz_{name}", tuple(labels.items()))]

    def until_serving(self, d):
        d.until(lambda: d.logged("event=generation.active"))


class Metrics(Reader):
    def test_counts(self):
        d = self.start("-- 1", decision_timeout_ms=300)
        self.until_serving(d)
        before = self.samples()
        key = ("lua_authz_decisions_total",
               (("stage", "request"), ("verdict", "deny"), ("reason", "limit")))
        self.assertEqual(before[key], 0, "a counter is there before it counts")
        for body in (b"{}", b"{}", b"do:deny", b"do:limit", b"do:hang", b"do:crash", b""):
            d.ask(body)
        d.ask(b"{}", path=daemon.RESPONSE)
        counts = {labels: number for (name, labels), number in self.samples().items()
                  if name == "lua_authz_decisions_total" and number}
        self.assertEqual(counts, {
            (("stage", stage), ("verdict", verdict), ("reason", reason)): number
            for stage, verdict, reason, number in (
                ("request", "allow", "policy", 2), ("request", "deny", "policy", 1),
                ("request", "deny", "limit", 1), ("request", "deny", "deadline", 1),
                ("request", "deny", "crash", 1), ("request", "deny", "engine-retry", 1),
                ("response", "allow", "response", 1))})
        self.assertEqual(self.value("empty_calls_total"), 1)
        for reason in ("limit", "deadline", "crash"):
            self.assertEqual(self.value("worker_exits_total", reason=reason), 1)
        self.assertEqual(self.value("queue_seconds_count"), 7)
        self.assertEqual(self.value("decision_seconds_count"), 6)
        # Of one decision alone it took that long.
        buckets = {dict(labels)["le"]: number for (name, labels), number in self.samples().items()
                   if name == "lua_authz_decision_seconds_bucket"}
        self.assertEqual(buckets["+Inf"] - buckets["0.250000"], 1)
        self.assertGreaterEqual(self.value("decision_seconds_sum"), 0.25)

    def test_shows_the_state(self):
        d = self.start(workers_min=1, workers_max=1, decision_timeout_ms=10000)
        self.assert_allowed(d.ask())
        clients = [d.client() for _ in range(3)]
        for client in clients:
            client.handed_over(b"do:hang")
        d.until(lambda: self.value("queue_length") == 2)
        for name, labels, number in (
                ("connections", {}, 3), ("calls", {}, 3), ("bytes_in_flight", {}, 21),
                ("workers", {"state": "busy"}, 1), ("workers", {"state": "idle"}, 0)):
            self.assertEqual(self.value(name, **labels), number, name)
        for client in clients:
            client.close()
        for _ in range(2):
            d.signal(15)

    def test_follows_reloads(self):
        d = self.start("-- 1")
        self.until_serving(d)
        self.assertEqual(self.value("reloads_total", result="loaded"), 1)
        d.write_policy("start:failed")
        d.signal(1)
        d.until(lambda: self.value("reloads_total", result="failed") == 1)
        self.assertEqual(self.value("last_reload_successful"), 0)
        d.write_policy("-- 2")
        d.signal(1)
        d.until(lambda: self.value("reloads_total", result="loaded") == 2)
        self.assertEqual(self.value("last_reload_successful"), 1)
        info = [labels for name, labels in self.samples() if name.endswith("generation_info")]
        self.assertEqual(len(info), 1)
        info = dict(info[0])
        self.assertEqual((info["generation"], info["state"]), ("3", "serving"))
        self.assertRegex(info["hash"], r"^[0-9a-f]{64}$")
        d.until(lambda: self.value("worker_exits_total", reason="reload") >= 2)

    def test_answers_that_nobody_took(self):
        d = self.start()
        self.until_serving(d)
        client = d.client()
        client.handed_over(b"do:late")
        client.close()
        d.until(lambda: self.value("undelivered_answers_total") == 1)

    def test_names_nobody_and_nothing_of_a_call(self):
        d = self.start()
        for body in (b"{}", b"do:deny", b"do:large", b"do:script secret-word"):
            d.ask(body)
        text = self.fetch("/metrics")[2]
        for word in ("alice", "busybox", "containers", "secret-word", "test.rule", "HostConfig"):
            self.assertNotIn(word, text)
        used = {label for _, labels in self.samples() for label, _ in labels}
        self.assertLessEqual(used, LABELS)

    def test_reasons_are_those_of_the_trail(self):
        self.start()
        listed = {dict(labels)["reason"] for name, labels in self.samples()
                  if name == "lua_authz_decisions_total"}
        root = pathlib.Path(__file__).parents[3]
        schema = json.loads((root / "plugin/broker/audit.schema.json").read_text())
        enum = re.search(r'"reason": \{"enum": (\[[^]]*\])', json.dumps(schema))
        self.assertEqual(listed - {"other"}, set(json.loads(enum[1])))


class Health(Reader):
    def test_a_daemon_that_serves_is_ready(self):
        d = self.start()
        self.until_serving(d)
        self.assertEqual(self.fetch("/healthz")[::2], (200, "alive\n"))
        self.assertEqual(self.fetch("/readyz")[::2], (200, "ready\n"))

    def test_one_without_policies_is_alive_and_not_ready(self):
        d = self.start("start:failed")
        self.assert_refused(d.ask(b"{}"), "[no-policy]")
        self.assertEqual(self.fetch("/healthz")[0], 200)
        self.assertEqual(self.fetch("/readyz")[::2], (503, "no set of policies is in force\n"))
        d.write_policy("-- good")
        d.signal(1)
        d.until(lambda: self.fetch("/readyz")[0] == 200)

    def test_one_that_still_loads_is_not_ready(self):
        self.start("start:hang")
        self.assertEqual(self.fetch("/healthz")[0], 200)
        self.assertEqual(self.fetch("/readyz")[0], 503)

    def test_one_whose_reload_failed_is_ready(self):
        d = self.start("-- good")
        self.until_serving(d)
        d.write_policy("start:failed")
        d.signal(1)
        d.until(lambda: d.logged("event=generation.failed"))
        self.assertEqual(self.fetch("/readyz")[0], 200)


class Server(Reader):
    def test_is_off_by_default(self):
        d = self.start(metrics="")
        self.assert_allowed(d.ask(b"{}"))
        self.assertFalse(self.place.exists())

    def test_its_socket_is_private_and_goes_with_it(self):
        d = self.start()
        self.assertEqual(stat.S_IMODE(self.place.stat().st_mode), 0o600)
        self.assertEqual(d.stop(), 0)
        self.assertFalse(self.place.exists())

    def test_serves_on_loopback(self):
        for address, family in (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)):
            with self.subTest(address), socket.socket(family) as probe:
                try:
                    probe.bind((address, 0))
                except OSError:
                    continue  # this machine has no IPv6
                port = probe.getsockname()[1]
                probe.close()
                place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
                d = self.start(metrics=place)
                connection = http.client.HTTPConnection(address, port, timeout=20)
                self.assertEqual(self.fetch("/healthz", connection=connection)[0], 200)
                self.assertEqual(d.stop(), 0)

    def test_serves_nowhere_else(self):
        for place in ("0.0.0.0:9373", "9373", ":9373", "localhost:9373", "127.0.0.1:",
                      "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:99999999999", "127.0.0.1:1x",
                      "[::]:9373", "relative"):
            d = daemon.Daemon(self.dir, wait=False, metrics=place)
            self.assertEqual(d.process.wait(20), 1, place)
            self.assertIn(f'metrics: got "{place}", expected', d.log.read_text())
            d.log.unlink()

    def test_a_port_that_is_taken_is_named(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            place = f"127.0.0.1:{other.getsockname()[1]}"
            d = daemon.Daemon(self.dir, wait=False, metrics=place)
            self.assertEqual(d.process.wait(20), 1)
            self.assertIn(f"metrics: cannot listen on {place}", d.log.read_text())

    def test_other_requests(self):
        self.start()
        self.assertEqual(self.fetch("/")[0], 404)
        self.assertEqual(self.fetch("/metrics/")[0], 404)
        self.assertEqual(self.fetch(daemon.REQUEST, method="POST")[0], 405)
        self.assertEqual(self.fetch("/metrics", method="DELETE")[0], 405)
        status, kind, text = self.fetch("/metrics", method="HEAD")
        self.assertEqual((status, text), (200, ""))
        self.assertIn("version=0.0.4", kind)

    def test_connections_are_kept(self):
        self.start()
        connection = UnixConnection(self.place)
        for _ in range(3):
            connection.request("GET", "/metrics")
            exposition.parse(connection.getresponse().read().decode())
        connection.close()

    def test_silent_readers_hold_up_no_call(self):
        d = self.start()
        self.until_serving(d)
        before = d.settled_descriptors()
        silent = []
        for _ in range(20):
            peer = socket.socket(socket.AF_UNIX)
            peer.connect(str(self.place))
            peer.sendall(b"GET /metr")
            silent.append(peer)
        with promptly(self):
            for _ in range(20):
                self.assert_allowed(d.ask(b"{}"))
        for peer in silent:
            peer.close()
        # All places were taken; they are free again.
        self.assertEqual(self.fetch("/healthz")[0], 200)
        d.until(lambda: d.descriptors() == before)


if __name__ == "__main__":
    daemon.main()
