"""Whatever fails, a call is answered with a denial that says so, and the next one is served."""

import os
import signal
import time
import unittest

import daemon
from daemon import RESPONSE, promptly


class LostWorkers(daemon.Case):
    def test_answers_for_a_lost_worker(self):
        d = self.start(decision_timeout_ms=10000)
        client = d.client()
        for word, opening in (
                ("crash", "[crash] the policy worker ended"),
                ("exit", "[crash] the policy worker ended"),
                ("limit", "[limit] rules/site.lua:12 used its 1,000,000 instructions"),
                ("garbage", "[crash] the policy worker was ended: "),
                ("huge", "[crash] the policy worker was ended: a frame of 4294967295 bytes"),
                ("half", "[crash] the policy worker ended"),
                ("overlong", "[crash] the policy worker was ended: its frame is too long"),
                ("other-id", "[crash] the policy worker was ended: it answered what"),
                ("no-verdict", "[crash] the policy worker was ended: "),
                ("ready", "[crash] the policy worker was ended: it spoke out of turn")):
            with self.subTest(word), promptly(self):
                self.assert_refused(client.ask(b"do:" + word.encode()), opening)
                self.assert_allowed(client.ask(b"{}"))
                self.assertEqual(d.records()[-2]["reason"], opening[1:].split("]")[0])
        client.close()

    def test_believes_no_second_verdict(self):
        d = self.start()
        client = d.client()
        for _ in range(20):
            self.assertEqual(client.ask(b"do:twice")[0], 200)
            self.assert_refused(client.ask(b"do:deny"), "[")
        client.close()

    def test_no_worker_takes_the_shared_page_away(self):
        d = self.start()
        self.assert_allowed(d.ask(b"do:shrink-page"))
        self.assert_refused(d.ask(b"do:hang"), "[deadline]")

    def test_kills_at_the_deadline(self):
        d = self.start(decision_timeout_ms=300)
        client = d.client()
        with promptly(self):
            self.assert_refused(client.ask(b"do:truncated"), "[deadline] the policy took longer")
        with promptly(self, after=0.3):
            msg = self.assert_refused(client.ask(b"do:hang"), "[deadline] the policy took longer")
        self.assertIn("longer than 300 ms in rules/slow.lua:3", msg)
        self.assert_allowed(client.ask(b"{}"))
        client.close()

    def test_serves_others_while_policies_are_stuck(self):
        d = self.start(decision_timeout_ms=5000, workers_max=6)
        stuck = [d.client() for _ in range(4)]
        for client in stuck:
            client.handed_over(b"do:hang")
        client = d.client()
        with promptly(self):
            for _ in range(20):
                self.assert_allowed(client.ask(b"{}"))
        for other in stuck:
            self.assert_refused(other.answer(), "[deadline]")
            other.close()
        client.close()

    def test_replaces_idle_workers_that_die(self):
        d = self.start()
        self.assert_allowed(d.ask())
        for _ in range(5):
            old = set(d.workers())
            for pid in old:
                os.kill(pid, signal.SIGKILL)
            self.assertEqual(d.ask()[0], 200)
            d.until(lambda: len(d.workers()) == 2 and not old & set(d.workers()))
            self.assert_allowed(d.ask())

    def test_no_stopped_worker_holds_up_a_call(self):
        d = self.start(decision_timeout_ms=200)
        self.assert_allowed(d.ask())
        for pid in d.workers():
            os.kill(pid, signal.SIGSTOP)
        with promptly(self, after=0.2):
            self.assert_refused(d.ask(b"{}"), "[deadline]")

    def test_leaks_nothing(self):
        d = self.start(decision_timeout_ms=50)
        client = d.client()
        self.assert_allowed(client.ask(b"{}"))
        d.until(lambda: len(d.workers()) == 2)
        before = d.settled_descriptors()
        for i in range(60):
            client.ask((b"do:crash", b"do:garbage", b"do:hang", b"do:then-die")[i % 4])
        d.until(lambda: len(d.workers()) == 2 and d.descriptors() == before)
        client.close()


class Overload(daemon.Case):
    def test_bounds_the_queue(self):
        d = self.start(queue_max=3, workers_min=1, workers_max=1, decision_timeout_ms=2000)
        self.assert_allowed(d.ask())
        clients = [d.client() for _ in range(6)]
        clients[0].handed_over(b"do:hang")
        for client in clients[1:]:
            client.handed_over(b"{}")
        first, *answers = [client.answer() for client in clients]
        self.assert_refused(first, "[deadline]")
        for answer in answers[:3]:
            self.assert_allowed(answer)
        for answer in answers[3:]:
            self.assert_refused(answer, "[overload] 3 calls are waiting")
        for client in clients:
            client.close()

    def test_bounds_the_wait(self):
        d = self.start(queue_timeout_ms=150, workers_min=1, workers_max=1,
                       decision_timeout_ms=2000)
        self.assert_allowed(d.ask())
        slow = d.client()
        slow.handed_over(b"do:hang")
        with promptly(self, after=0.15):
            self.assert_refused(d.ask(b"{}"), "[overload] no worker was free for 150 ms")
        self.assert_refused(slow.answer(), "[deadline]")
        slow.close()

    def test_bounds_the_bytes_held(self):
        mib = 1024 * 1024
        d = self.start(bytes_in_flight_max=16 * mib, workers_max=2, decision_timeout_ms=4000)
        slow = [d.client() for _ in range(2)]
        for client in slow:
            client.handed_over(b"do:hang" + b"x" * (7 * mib))
        self.assert_refused(d.ask(b"x" * (3 * mib)), "[overload] too many large calls")
        self.assert_allowed(d.ask(b"{}", path=RESPONSE))
        for client in slow:
            self.assert_refused(client.answer(), "[deadline]")
            client.close()
        self.assert_allowed(d.ask(b"x" * (3 * mib)))

    def test_serves_on_when_all_connections_end_at_once(self):
        d = self.start(connections_max=2)
        clients = [d.client() for _ in range(2)]
        for client in clients:
            self.assert_allowed(client.ask(b"{}"))
        waiting = d.client()
        waiting.send(b"{}")
        # So that the daemon learns of both ends in one go.
        d.signal(signal.SIGSTOP)
        for client in clients:
            client.close()
        d.signal(signal.SIGCONT)
        self.assert_allowed(waiting.answer())
        waiting.close()


class Clients(daemon.Case):
    def test_outlives_clients_that_leave(self):
        d = self.start()
        for body in (b"do:late", b"do:hang"):
            client = d.client()
            client.handed_over(body)
            client.close()
        client = d.client()
        client.send(b"{}")
        client.close()
        half = d.client()
        half.sock.sendall(daemon.head(daemon.REQUEST, 100) + b"only this")
        half.close()
        d.until(lambda: sum(r.get("event") == "undelivered" for r in d.records()) >= 2)
        self.assert_allowed(d.ask(b"{}"))
        decided = {r["id"] for r in d.records() if "verdict" in r}
        for r in d.records():
            if r.get("event") == "undelivered":
                self.assertIn(r["subject"], decided)

    def test_keeps_idle_connections(self):
        client = self.start().client()
        self.assert_allowed(client.ask(b"{}"))
        time.sleep(1.2)
        self.assert_allowed(client.ask(b"{}"))
        client.close()


if __name__ == "__main__":
    daemon.main()
