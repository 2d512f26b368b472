"""Each system call that deciding does not need, made by a hardened worker: it ends that worker, its
caller is denied, and the next one is served."""

import shutil
import unittest

import real

WORKER = real.BUILD / "tests" / "containment" / "forbidden_worker"
# x86-64's uprobe: Linux 6.18 lets it past any filter, as it was seen here. Made from anywhere but a
# probe of the kernel's own it does nothing but fail.
UNFILTERED = 336
# Beyond the last that Linux has today.
NUMBERS = [n for n in range(512) if n != UNFILTERED]
X32 = 0x40000000  # what an x86-64 kernel may take for a call of its own in another dress
TRICKS = ("map for execution", "map for everything", "enter as 32 bits", "jump into data")
NEEDED = 11


class Calls(real.Case):
    def test_each(self):
        directory = self.dir / "bin"
        directory.mkdir()
        program = shutil.copy(real.BUILD / "lua-authzd", directory)
        shutil.copy(WORKER, directory / "lua-authz-worker")
        d = self.start(program=program, decision_timeout_ms=10000)
        d.until(lambda: d.logged("event=generation.active"))
        client = d.client()
        needed = 0
        for call in (*NUMBERS, *(X32 | n for n in (0, 1, 2, 39, 41, 57, 59)), 1 << 31, *TRICKS):
            status, answer = client.ask(str(call).encode())
            self.assertFalse(answer["Allow"], f"a worker has made {call} and lives")
            msg = self.assert_refused((status, answer), "")
            if msg.startswith("needed"):
                needed += 1
            else:
                self.assertTrue(msg.startswith("[crash] the policy worker ended"), f"{call}: {msg}")
        client.close()
        self.assertEqual(needed, NEEDED)
        # Each of them, and nothing else, has ended a worker.
        self.assertEqual(d.log.read_text().count("event=worker.lost"),
                         len(NUMBERS) + 7 + 1 + len(TRICKS) - NEEDED)


if __name__ == "__main__":
    real.daemon.main()
