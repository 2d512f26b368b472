"""Each function of attacks/ as a policy: its caller is denied with words and in time, nobody else
waits, and the next call is served.

What is to be answered stands above each function: `-- answer: ` and how the denial begins; a "*"
stands for anything. More than one such line when that depends on the machine."""

import pathlib
import re
import signal
import time
import unittest

import real
from real import SLACK_S, create, quantile

FILES = sorted((pathlib.Path(__file__).parent / "attacks").glob("*.lua"))
DEADLINE_S = 0.6
# A machine that is busy with other things may be late, but not each time.
TRIES = 4
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def attacks():
    """(file, name, openings) of each."""
    openings = []
    for path in FILES:
        for line in path.read_text().splitlines():
            answer = re.fullmatch(r"-- answer: (.*)", line)
            name = re.fullmatch(r"function attack\.(\w+)\(.*", line)
            if answer:
                openings.append(answer[1])
            elif name:
                assert openings, f"{path}: {name[1]}: no answer is expected"
                yield path, name[1], openings
                openings = []


class Attacks(real.Case):
    def check_words(self, msg):
        self.assertIsNone(CONTROL.search(msg), msg)
        self.assertLess(len(msg), 5000)
        self.assertNotIn("[witness", msg)
        self.assertNotRegex(msg, "0x[0-9a-f]{6}")

    def attack(self, d, client, labels):
        """Words, the seconds they took, and the longest that somebody else waited meanwhile."""
        with real.Bystander(d) as other:
            while len(other.waits) < 3:
                time.sleep(0.001)
            start = time.monotonic()
            answer = client.ask(create({**labels, "blanks": " " * 65536 + "x"}))
            spent = time.monotonic() - start
            self.assert_allowed(client.ask(real.ALLOWED))
        msg = self.assert_refused(answer, "[")
        self.check_words(msg)
        self.assertEqual(other.odd, [])
        self.waits += other.waits
        return msg, spent, max(other.waits)

    def repeat(self, d, client, labels, openings):
        """Until all is in time and as expected. Returns the seconds beyond the deadline."""
        wanted = "|".join(re.escape(one).replace(r"\*", ".*") for one in openings)
        for _ in range(TRIES):
            msg, spent, waited = self.attack(d, client, labels)
            as_expected = re.match(wanted, msg)
            if as_expected and spent < DEADLINE_S + SLACK_S and waited < DEADLINE_S / 2:
                return max(0, spent - DEADLINE_S)
            if not as_expected and not msg.startswith("[deadline]"):
                break
        self.fail(f"{msg!r} and not {openings} after {spent:.3f} s; others waited {waited:.3f} s")

    def test_each(self):
        d = self.start_real(FILES, decision_timeout_ms=int(DEADLINE_S * 1000))
        client = d.client()
        self.waits = []
        late = []
        for path, name, openings in attacks():
            with self.subTest(f"{path.name}: {name}"):
                late.append((self.repeat(d, client, {path.stem: name}, openings), name))
        client.close()
        print(f"{len(late)} attacks; at most {max(late)[0] * 1000:.1f} ms beyond the deadline "
              f"({max(late)[1]}); others: p50 {quantile(self.waits, .5) * 1000:.2f} ms, p99 "
              f"{quantile(self.waits, .99) * 1000:.2f} ms, max {max(self.waits) * 1000:.2f} ms "
              f"of {len(self.waits)}")
        self.assertLess(quantile(self.waits, 0.5), 0.02)

    def test_nothing_is_kept(self):
        """The same worker, the same rule, call after call."""
        d = self.start_real(FILES, workers_min=1, workers_max=1)
        client = d.client()
        for _ in range(20):
            msg = self.assert_refused(client.ask(create({"escape": "remembers"})), "[")
            self.assertTrue(msg.startswith("[attack.escape] as before"), msg)
            self.assert_allowed(client.ask(real.ALLOWED))
        client.close()


class Loading(real.Case):
    """The same at the top of a file, where it runs when the set is loaded: it is never in force,
    and the one before stays so."""

    SETS = {
        "an endless loop": ("while true do end", "policy.lua:1: used its 1,000,000 instructions"),
        "endless memory": ("local s = 'x' while true do s = s .. s end",
                           "policy.lua:1: used its 33,554,432 bytes"),
        "an endless pattern": ("(' '):rep(65536):match('^(.-)%s*x$')", "policy.lua:1: used its"),
        "deep nesting": (f"return {'(' * 100000}1{')' * 100000}", "C stack overflow"),
        "deep tables": (f"return {'{' * 100000}{'}' * 100000}", "C stack overflow"),
        "too many locals": ("".join(f"local a{i}\n" for i in range(300)), "too many local variables"),
        "a compiled chunk": ("\x1bLua", "attempt to load a binary chunk"),
        "a file that is too long": ("--" + "x" * 1024 * 1024, "policy.lua"),
        "no text at all": ("\0", "policy.lua:1: "),
        "an error that is no text": ("error({})", "the error raised is not text"),
        "a decision": ("return deny('x')", "deny is for check functions only"),
        "nothing": ("", "policy.lua"),
        "a file of the host": ("require('/etc/passwd')", "there is no file lib/ for require"),
    }

    def test_each(self):
        d = self.start_real()
        client = d.client()
        for name, (text, words) in self.SETS.items():
            with self.subTest(name):
                before = d.log.read_text().count("event=generation.failed")
                d.write_policy(text)
                d.signal(signal.SIGHUP)
                d.until(lambda: d.log.read_text().count("event=generation.failed") > before)
                lines = [x for x in d.log.read_text().splitlines() if "generation.failed" in x]
                self.assertIn(words, lines[-1])
                self.assert_allowed(client.ask(real.ALLOWED))
                self.assert_refused(client.ask(real.DENIED), "[container.no-privileged]")
        client.close()


if __name__ == "__main__":
    real.daemon.main()
