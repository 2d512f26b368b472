"""Decision after decision, with all that can go wrong with one in between: the daemon holds as many
descriptors and as much memory at the end as it did when it had warmed up.

AUTHZ_LEAK_DECISIONS says how many; 1000000 in a long run."""

import concurrent.futures
import os
import pathlib
import time
import unittest

import real
from real import create

DECISIONS = int(os.environ.get("AUTHZ_LEAK_DECISIONS", "16000"))
CALLERS = 4
ROUNDS = 4  # the first is the warm-up
# A large call of each caller, which malloc() holds on to at one time and not at another.
BROKER_GROWTH_KIB = CALLERS * 1536
WORKER_MAX_KIB = 16 * 1024  # what it keeps of its arenas and buffers, and its policies
HARM = """
return rule {
  id = "test.harm", api = 1, on = { "container.create" },
  check = function(req)
    local harm = req.container.labels.harm
    local s = harm and ("\\0"):rep(1000):rep(1000)
    local a, b, less = harm and s .. "a", harm and s .. "b", nil
    while harm == "loop" do end
    while harm == "compare" do less = a < b or less end
    while harm == "memory" do s = s .. s end
    if harm == "error" then error({}) end
  end,
}
"""


def anonymous_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1])
    return 0


def leave(d):
    """Somebody who does not wait for the answer."""
    client = d.client()
    client.send(real.ALLOWED)
    client.close()


CALLS = {
    "allowed": (real.ALLOWED, ""),
    "denied": (real.DENIED, "[container.no-privileged]"),
    "empty": (b"", "[engine-retry]"),
    "garbage": (b"\xff{[", "[request."),
    "half": (real.ALLOWED[:100], "[request."),
    "large": (create({"x": "x" * 1000000}), ""),
    "loop": (create({"harm": "loop"}), "[limit]"),
    "memory": (create({"harm": "memory"}), "[limit]"),
    "compare": (create({"harm": "compare"}), "[deadline]"),
    "error": (create({"harm": "error"}), "[policy-error]"),
}


def kind(i):
    for every, name in ((701, "compare"), (500, "loop"), (501, "memory"), (307, "large"),
                        (101, "garbage"), (103, "half"), (107, "empty"), (53, "error")):
        if i % every == every - 1:
            return name
    return "denied" if i % 3 == 0 else "allowed"


class Leaks(real.Case):
    def call(self, d, count):
        client = d.client()
        for i in range(count):
            body, opening = CALLS[kind(i)]
            answer = client.ask(body)
            if opening:
                # A busy machine may be too slow for any limit.
                self.assertRegex(self.assert_refused(answer, "["),
                                 rf"^(\{opening[:-1]}|\[deadline\])")
            elif not answer[1]["Allow"]:
                self.assert_refused(answer, "[deadline]")
            if i % 211 == 0:
                leave(d)
            if i % 97 == 0:
                client.close()
                client = d.client()
        client.close()
        return count

    def settled(self, d):
        """(descriptors, KiB of the broker, KiB of its largest worker) when all is quiet."""
        seen = []

        def quiet():
            seen.append((len(d.workers()), d.descriptors()))
            time.sleep(0.05)
            return seen[-10:] == [(2, seen[-1][1])] * 10

        d.until(quiet)
        return (d.descriptors(), anonymous_kib(d.process.pid),
                max(anonymous_kib(w) for w in d.workers()))

    def test_none(self):
        rules = self.dir / "policy" / "rules"
        rules.mkdir(parents=True)
        (rules / "harm.lua").write_text(HARM)
        d = self.start_real(workers_min=2, workers_max=2, decision_timeout_ms=200,
                            instructions_max=100000, audit_file_bytes_max=1000000,
                            audit_files_max=1)
        figures = []
        for _ in range(ROUNDS):
            with concurrent.futures.ThreadPoolExecutor(CALLERS) as threads:
                list(threads.map(lambda _: self.call(d, DECISIONS // ROUNDS // CALLERS),
                                 range(CALLERS)))
            figures.append(self.settled(d))
        print(f"{DECISIONS} decisions; descriptors, KiB of the broker and of the largest worker after "
              f"each {100 // ROUNDS} %: {figures}")
        warm, last = figures[0], figures[-1]
        self.assertEqual(last[0], warm[0])
        self.assertLess(last[1], warm[1] + BROKER_GROWTH_KIB)
        self.assertLess(last[2], WORKER_MAX_KIB)


if __name__ == "__main__":
    real.daemon.main()
