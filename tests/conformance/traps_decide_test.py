"""Every trap, as each engine showed it to a plugin, judged by `lua-authz decide` under `baseline`.

usage: traps_decide_test.py BUILD
"""

import json
import subprocess
import sys
import unittest

import trap

BUILD = sys.argv.pop() if len(sys.argv) > 1 else "build"


def cases():
    """(trap, engine) of all that an engine asked a plugin about."""
    return [(one, engine) for one in trap.load() if one.raw
            for engine in one.observed if one.message(engine)]


def decide(messages):
    text = "".join(json.dumps(message) + "\n" for message in messages)
    run = subprocess.run([f"{BUILD}/lua-authz", "decide", "--policy", "/nonexistent"], input=text,
                         capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


class Decide(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = cases()
        cls.verdicts = decide(one.message(engine) for one, engine in cls.cases)

    def test_there_is_a_verdict_on_each(self):
        self.assertEqual(len(self.verdicts), len(self.cases))
        self.assertGreater(len(self.cases), 200)

    def test_none_gets_through_that_should_not(self):
        for (one, engine), verdict in zip(self.cases, self.verdicts):
            expected = one.expectation(engine)
            with self.subTest(one.name, engine=engine):
                if expected["verdict"] == "refused":
                    self.assertFalse(verdict["allow"])
                    self.assertIn(f"[{expected['by']}] ", verdict["msg"])
                else:
                    self.assertEqual(expected["verdict"], "allowed")
                    self.assertTrue(verdict["allow"], verdict["msg"])
                    self.assertEqual(verdict["action"], expected["action"])

    def test_what_an_engine_answers_itself_is_expected(self):
        for one in trap.load():
            for engine in one.observed if one.raw else ():
                with self.subTest(one.name, engine=engine):
                    unasked = one.expectation(engine)["verdict"] == "unasked"
                    self.assertEqual(unasked, one.message(engine) is None)

    def test_an_empty_repeat_is_refused(self):
        run = subprocess.run([f"{BUILD}/lua-authz", "decide", "--policy", "/nonexistent"],
                             input="\n", capture_output=True, text=True, check=True)
        verdict = json.loads(run.stdout)
        self.assertFalse(verdict["allow"])
        self.assertIn("[engine-retry] ", verdict["msg"])


unittest.main(argv=sys.argv[:1])
