"""What an engine sees of the daemon while all is well."""

import concurrent.futures
import unittest

import daemon
from daemon import RESPONSE, decision_id

CAP = 8 * 1024 * 1024


class Calls(daemon.Case):
    def test_serves_its_endpoints(self):
        client = self.start().client()
        activated = (200, {"Implements": ["authz"]})
        self.assertEqual(client.ask(path="/Plugin.Activate"), activated)
        self.assertEqual(client.ask(b"{}", path="/Plugin.Activate"), activated)
        self.assert_allowed(client.ask(b"{}"))
        self.assert_allowed(client.ask(b"{}", path=RESPONSE))
        for path, method in (("/", "POST"), ("/AuthZPlugin.AuthZReq", "GET"),
                             ("/AuthZPlugin.AuthZReq/", "POST"), ("/metrics", "GET")):
            status, answer = client.ask(b"{}", path=path, method=method)
            self.assertEqual(status, 404)
            self.assertIn("no such endpoint", answer["Err"])
        client.close()

    def test_speaks_http_1_0(self):
        self.assert_allowed(self.start().ask(b"{}", version="1.0"))

    def test_refuses_empty_calls(self):
        client = self.start().client()
        for path in (daemon.REQUEST, RESPONSE):
            msg = self.assert_refused(client.ask(b"", path=path), "[engine-retry] the engine ")
            self.assertIn("run the command again", msg)
        self.assert_allowed(client.ask(b"{}"))
        client.close()

    def test_passes_on_the_workers_words(self):
        d = self.start()
        msg = self.assert_refused(d.ask(b"do:deny"), "[test.rule] not this way (decision ")
        record = d.records()[-1]
        self.assertEqual(record["id"], decision_id(msg))
        self.assertEqual(record["verdict"], "deny")
        self.assertEqual(record["reason"], "policy")
        self.assertEqual(record["action"], "container.create")
        self.assertEqual(record["user"], "alice")
        self.assertEqual(record["findings"], [
            {"rule": "test.rule", "effect": "deny", "mode": "enforce",
             "field": "HostConfig.Binds[1]", "msg": "not this way"}])

    def test_records_before_it_answers(self):
        d = self.start()
        client = d.client()
        for i in range(50):
            self.assert_allowed(client.ask(b"{}", path=RESPONSE if i % 2 else daemon.REQUEST))
            decisions = [r for r in d.records() if "verdict" in r]
            self.assertEqual(len(decisions), i + 1)
            self.assertEqual(decisions[-1]["stage"], "response" if i % 2 else "request")
            self.assertRegex(decisions[-1]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        client.close()

    def test_keeps_records_short(self):
        d = self.start()
        self.assert_refused(d.ask(b"do:large"), "\1\1\1")
        line = d.audit.read_bytes().splitlines()[-1]
        self.assertLessEqual(len(line), 8191)
        record = d.records()[-1]
        self.assertEqual(len(record["findings"]) + record["findings_left_out"], 64)

    def test_reads_bodies_to_their_end(self):
        client = self.start(decision_timeout_ms=5000).client()
        for size in (CAP - 1, CAP):
            self.assert_allowed(client.ask(b"x" * size))
        for size in (CAP + 1, 2 * CAP):
            msg = self.assert_refused(client.ask(b"x" * size), "[request.too-large] ")
            self.assertIn(f"{size} bytes", msg)
        self.assert_allowed(client.ask(b"{}"))
        self.assert_allowed(client.ask(b"x" * 2 * CAP, path=RESPONSE))
        client.close()

    def test_takes_bodies_in_pieces(self):
        d = self.start()
        client = d.client()
        client.send(b"", more="Transfer-Encoding: chunked\r\n")
        for piece in (b"4\r\ndo:d\r\n", b"3\r\neny\r\n", b"0\r\n\r\n"):
            client.sock.sendall(piece)
        self.assert_refused(client.answer(), "[test.rule]")
        client.close()

    def test_answers_a_thousand_callers(self):
        d = self.start(queue_timeout_ms=10000)
        clients = [d.client() for _ in range(1000)]
        for client in clients:
            client.send(b"{}")
        for client in clients:
            self.assert_allowed(client.answer())
            client.close()

    def test_serves_more_callers_than_connections(self):
        d = self.start(connections_max=8)

        def call(i):
            return [d.ask(b"do:late" if i % 4 == 0 else b"{}") for _ in range(3)]

        with concurrent.futures.ThreadPoolExecutor(40) as threads:
            for answers in threads.map(call, range(40)):
                for answer in answers:
                    self.assert_allowed(answer)


if __name__ == "__main__":
    daemon.main()
