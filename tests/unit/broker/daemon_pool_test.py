"""Who gets a worker, and when workers are replaced."""

import os
import signal
import time
import unittest

import daemon

LARGE = 64 * 1024 + 1  # bytes of a body


def padded(words, size=LARGE):
    return words + b"." * (size - len(words))


class Sizes(daemon.Case):
    def order(self, d, count):
        """Sizes of the decided calls, in the order of their end."""
        d.until(lambda: len([r for r in d.records() if "verdict" in r]) >= count)
        return [r["body_bytes"] for r in d.records() if "verdict" in r][-count:]

    def start_small(self, workers):
        d = self.start(workers_min=workers, workers_max=workers, decision_timeout_ms=1000)
        d.until(lambda: len(d.workers()) == workers)
        self.assert_allowed(d.ask(b"{}"))
        return d

    def test_large_ones_have_half_of_the_workers(self):
        d = self.start_small(4)
        stuck = [d.client() for _ in range(2)]
        for client in stuck:
            client.handed_over(padded(b"do:hang"))
        third = d.client()
        third.handed_over(padded(b"{}", LARGE + 1))
        for size in (2, LARGE - 1):
            self.assert_allowed(d.ask(padded(b"{}", size)))
        for client in stuck:
            self.assert_refused(client.answer(), "[deadline]")
            client.close()
        self.assert_allowed(third.answer())
        third.close()
        # What came after the third was decided before it, and it when a share was free.
        order = self.order(d, 5)
        self.assertEqual(order[:3], [2, LARGE - 1, LARGE])
        self.assertIn(LARGE + 1, order[3:])

    def test_large_ones_have_at_least_one_worker(self):
        d = self.start_small(1)
        self.assert_allowed(d.ask(padded(b"{}")))

    def test_large_ones_that_waited_long_go_first(self):
        d = self.start_small(1)
        clients = [d.client() for _ in range(3)]
        for client, body in zip(clients, (b"do:late", padded(b"{}"), b"{}")):
            client.handed_over(body)
        for client in clients:
            self.assert_allowed(client.answer())
            client.close()
        self.assertEqual(self.order(d, 3), [7, LARGE, 2])

    def start_grown(self):
        """Three idle workers, of which one may have a large call and two may be lost."""
        d = self.start(workers_min=1, workers_max=3, decision_timeout_ms=1000)
        self.assert_allowed(d.ask(b"{}"))
        clients = [d.client() for _ in range(3)]
        while len(d.workers()) < 3:
            for client in clients:
                client.send(b"do:late")
            for client in clients:
                self.assert_allowed(client.answer())
        for client in clients:
            client.close()
        return d

    def test_the_share_of_a_lost_worker_is_free(self):
        for words, opening in ((b"do:hang", "[deadline]"), (b"do:late-exit", "[crash]")):
            d = self.start_grown()
            first, second = d.client(), d.client()
            first.handed_over(padded(words))
            second.handed_over(padded(b"{}"))
            self.assert_refused(first.answer(), opening)
            self.assert_allowed(second.answer())
            d.until(lambda n=d: len(n.workers()) == 2, seconds=10)  # no more had to be started
            first.close()
            second.close()
            d.stop()

    def test_large_ones_leave_room_in_the_queue(self):
        d = self.start(workers_min=1, workers_max=1, queue_max=4, decision_timeout_ms=1000)
        self.assert_allowed(d.ask(b"{}"))
        clients = [d.client() for _ in range(6)]
        clients[0].handed_over(b"do:hang")
        for client in clients[1:4]:
            client.handed_over(padded(b"{}"))
        for client in clients[4:]:
            client.handed_over(b"{}")
        self.assert_refused(clients[3].answer(), "[overload] 2 calls are waiting")
        self.assert_refused(clients[0].answer(), "[deadline]")
        for i in (1, 2, 4, 5):
            self.assert_allowed(clients[i].answer())
        for client in clients:
            client.close()

    def test_stuck_large_ones_get_more_workers(self):
        d = self.start(workers_min=2, workers_max=8, decision_timeout_ms=10000)
        self.assert_allowed(d.ask(b"{}"))
        stuck = d.client()
        stuck.handed_over(padded(b"do:hang"))
        self.assert_allowed(d.ask(padded(b"{}")))
        stuck.close()
        d.signal(15)
        d.signal(15)


class Wear(daemon.Case):
    def pid(self, d):
        return int(self.assert_refused(d.ask(b"do:pid"), "pid ").split()[1])

    def one(self, **settings):
        d = self.start(workers_min=1, workers_max=1, **settings)
        first = self.pid(d)
        return d, first

    def test_a_worker_is_replaced_at_its_age(self):
        d, first = self.one(worker_age_max=3)
        self.assertEqual(self.pid(d), first)
        self.assertFalse(d.logged("event=worker.worn"))
        self.pid(d)
        self.assertTrue(d.logged("event=worker.worn"))
        d.until(lambda: len(d.workers()) == 1 and first not in d.workers())
        second = self.pid(d)
        self.assertNotEqual(second, first)
        for _ in range(40):
            self.pid(d)
        self.assertFalse(d.logged("event=worker.lost"))

    def test_no_age_is_for_ever(self):
        d, first = self.one(worker_age_max=0)
        for _ in range(30):
            self.assertEqual(self.pid(d), first)

    def test_the_old_one_serves_until_the_new_one_can(self):
        d = self.start("start:slow", workers_min=1, workers_max=1, worker_age_max=1)
        d.until(lambda: d.logged("event=generation.active"))
        first = self.pid(d)
        self.assertEqual(self.pid(d), first)
        d.until(lambda: first not in d.workers())
        self.assertNotEqual(self.pid(d), first)

    def test_a_busy_one_is_not_disturbed(self):
        # Of two calls of 300 ms, the second is being decided when the next worker has come.
        d = self.start("start:slow", workers_min=1, workers_max=1, worker_age_max=1,
                       decision_timeout_ms=5000)
        d.until(lambda: d.logged("event=generation.active"))
        first = self.pid(d)
        clients = [d.client() for _ in range(2)]
        for client in clients:
            client.handed_over(b"do:late do:pid")
        for client in clients:
            self.assert_refused(client.answer(), "pid ")
            client.close()
        d.until(lambda: first not in d.workers())
        self.assertFalse(d.logged("event=worker.lost"))

    def test_none_goes_for_one_that_was_lost_again(self):
        d = self.start("start:slow", workers_min=1, workers_max=1, worker_age_max=2,
                       queue_timeout_ms=10000, decision_timeout_ms=10000)
        d.until(lambda: d.logged("event=generation.active"))
        first = self.pid(d)
        self.assertEqual(self.pid(d), first)
        os.kill(first, signal.SIGSTOP)
        client = d.client()
        client.handed_over(b"do:pid")
        second = self.pid(d)
        self.assertNotEqual(second, first)
        os.kill(second, signal.SIGKILL)
        d.until(lambda: d.logged("event=worker.lost"))
        os.kill(first, signal.SIGCONT)
        self.assert_refused(client.answer(), f"pid {first}")
        client.close()
        d.until(lambda: len(d.workers()) == 1 and not {first, second} & set(d.workers()))

    def test_many_are_replaced_under_load(self):
        d = self.start(workers_min=3, workers_max=3, worker_age_max=5)
        client = d.client()

        def replaced():
            self.assert_allowed(client.ask(b"{}"))
            return d.log.read_text().count("event=worker.worn") > 3

        d.until(replaced)
        client.close()
        d.until(lambda: len(d.workers()) == 3)
        self.assertFalse(d.logged("event=worker.lost"))

    def test_memory_that_is_kept_costs_the_place(self):
        mib = 1024 * 1024
        d, first = self.one(worker_kept_memory_max=12 * mib)
        for word in (b"do:keep", b"do:pid"):
            self.assertIs(d.ask(padded(word))[1]["Allow"], word == b"do:keep")
        time.sleep(0.3)  # far more than the daemon waits before it looks: nothing may come of it
        self.assertEqual(self.pid(d), first)
        self.assert_allowed(d.ask(padded(b"do:keep")))
        d.until(lambda: first not in d.workers())
        self.assertTrue(d.logged("why=memory") or d.logged('why="memory"'))
        self.assertNotEqual(self.pid(d), first)

    def test_any_memory_may_be_kept_where_it_is_so_set(self):
        d, first = self.one(worker_kept_memory_max=0)
        for _ in range(3):
            self.assert_allowed(d.ask(padded(b"do:keep")))
        time.sleep(0.2)
        self.assertEqual(self.pid(d), first)


class Losses(daemon.Case):
    LOUD = "event=policy.loses-workers"

    def test_five_within_a_minute_are_told_of_once(self):
        d = self.start("-- 1", decision_timeout_ms=200)
        for _ in range(4):
            self.assert_refused(d.ask(b"do:limit"), "[limit]")
        self.assertFalse(d.logged(self.LOUD))
        self.assert_refused(d.ask(b"do:hang"), "[deadline]")
        line, = [line for line in d.log.read_text().splitlines() if self.LOUD in line]
        for words in ("level=error", "generation=1", "lost=5", "deadline", "rules/slow.lua:3"):
            self.assertIn(words, line)
        for _ in range(6):
            self.assert_refused(d.ask(b"do:limit"), "[limit]")
        self.assertEqual(d.log.read_text().count(self.LOUD), 1)
        self.assert_allowed(d.ask(b"{}"))

    def test_each_set_is_counted_by_itself(self):
        d = self.start("-- 1")
        for i in (2, 3):
            for _ in range(4):
                self.assert_refused(d.ask(b"do:limit"), "[limit]")
            d.write_policy(f"-- {i}")
            d.signal(1)
            d.until(lambda n=i: d.log.read_text().count("event=generation.active") == n)
        self.assertFalse(d.logged(self.LOUD))

    def test_starts_that_fail_are_spaced_out_more_and_more(self):
        d = self.start("start:die", workers_min=1, workers_max=1)
        start = time.monotonic()
        d.until(lambda: d.log.read_text().count("event=worker.start-failed") >= 7)
        # 10, 20, 40 ... 320 ms; the first may have been before the clock was read.
        self.assertGreaterEqual(time.monotonic() - start, 0.6)

    def test_workers_that_die_once_they_are_ready_are_spaced_out_too(self):
        d = self.start("start:then-die", workers_min=1, workers_max=1)
        start = time.monotonic()
        d.until(lambda: d.log.read_text().count("event=worker.lost") >= 7)
        self.assertGreaterEqual(time.monotonic() - start, 0.6)
        self.assertTrue(d.logged("ended while it had nothing to do"))

    def test_what_the_system_lacks_is_said_once(self):
        d = self.start("start:missing", workers_min=3)
        d.until(lambda: len(d.workers()) == 3)
        self.assert_refused(d.ask(b"do:limit"), "[limit]")
        d.write_policy("start:missing, again")
        d.signal(1)
        d.until(lambda: d.log.read_text().count("event=generation.active") == 2)
        self.assertEqual(d.log.read_text().count("landlock"), 1)


if __name__ == "__main__":
    daemon.main()
