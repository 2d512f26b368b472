"""Changes of the policy files are seen, by whatever way they come, and only those."""

import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time
import unittest

import daemon
from daemon import DAEMON

REST_MS = 20
ACTIVE = "event=generation.active"
FAILED = "event=generation.failed"
UNSHARE = ["unshare", "--user", "--map-root-user"]


def switch(link, target):
    """As ln -sfn does it, but in one step."""
    new = link.with_name(link.name + ".new")
    new.symlink_to(target)
    new.rename(link)


def make_set(directory, text):
    directory.mkdir(parents=True)
    (directory / "policy.lua").write_text(text)
    return directory


class Case(daemon.Case):
    def watching(self, *args, **settings):
        settings.setdefault("reload_debounce_ms", REST_MS)
        d = self.start(*args, **settings)
        d.until(lambda: self.count(d, ACTIVE) + self.count(d, "event=generation.broken") == 1)
        if settings["reload_debounce_ms"]:
            d.until(d.watches)
            d.ask(path="/Plugin.Activate")  # it does one thing after the other: all are set
        return d

    @staticmethod
    def count(d, event):
        return d.log.read_text()[d.log_start:].count(event)

    def assert_comes(self, d, text):
        d.until(lambda: d.ask(b"do:script")[1]["Msg"].startswith(text))

    def assert_loads(self, d, change, event=ACTIVE):
        """The change is followed by another generation, which is told by that event."""
        before = self.count(d, event)
        change()
        d.until(lambda: self.count(d, event) > before)


class WaysOfChange(Case):
    def test_written_in_place(self):
        d = self.watching("-- 1")
        for i in range(2, 5):
            (d.policy / "policy.lua").write_text(f"-- {i}")
            self.assert_comes(d, f"-- {i}")

    def test_replaced(self):
        d = self.watching("-- 1")
        for i in range(2, 5):
            d.write_policy(f"-- {i}")
            self.assert_comes(d, f"-- {i}")

    def test_before_there_is_a_watch(self):
        for _ in range(10):
            d = self.start("-- 1", reload_debounce_ms=REST_MS)
            d.until(lambda d=d: self.count(d, ACTIVE))
            d.write_policy("-- 2")
            self.assert_comes(d, "-- 2")
            self.end(d)

    def test_taken_away_and_put_back(self):
        d = self.watching("-- 1")
        self.assert_loads(d, (d.policy / "policy.lua").unlink)
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")

    def test_files_in_directories_old_and_new(self):
        d = self.watching("-- 1")
        rules = d.policy / "rules" / "site" / "more"

        def add_rule():
            rules.mkdir(parents=True)
            (rules / "a.lua").write_text("-- a")

        self.assert_loads(d, add_rule)
        self.assert_loads(d, lambda: (rules / "a.lua").write_text("-- A"))
        self.assert_loads(d, lambda: (rules / "a.lua").rename(rules / "b.lua"))
        self.assert_loads(d, lambda: rules.rename(d.policy / "rules" / "other"))
        self.assert_loads(d, lambda: (d.policy / "rules" / "other" / "b.lua").write_text("-- B"))
        self.assert_loads(d, lambda: shutil.rmtree(d.policy / "rules"))
        self.assert_loads(d, lambda: make_set(d.policy / "data", "{}"))

    def test_the_library(self):
        d = self.watching("-- 1")
        lib = d.dir / "library" / "lib"
        self.assert_loads(d, lambda: make_set(lib, "-- lib"))
        self.assert_loads(d, lambda: (lib / "policy.lua").write_text("-- other"))

    def test_a_link_that_is_switched(self):
        for name in ("1", "2", "3"):
            make_set(self.dir / name, f"-- {name}")
        place = self.dir / "policy"
        place.symlink_to("1")
        d = self.watching(place=place)
        self.assert_comes(d, "-- 1")
        switch(place, "2")
        self.assert_comes(d, "-- 2")
        (self.dir / "2" / "policy.lua").write_text("-- 2b")
        self.assert_comes(d, "-- 2b")
        switch(place, self.dir / "3")
        self.assert_comes(d, "-- 3")
        # Not in one step: the link is gone for a while.
        place.unlink()
        self.assert_loads(d, lambda: None)
        place.symlink_to("1")
        self.assert_comes(d, "-- 1")

    def test_a_link_above_that_is_switched(self):
        for name in ("1", "2"):
            make_set(self.dir / "releases" / name / "etc" / "policy", f"-- {name}")
        current = self.dir / "current"
        current.symlink_to("releases/../releases/1")
        outer = self.dir / "outer"
        outer.symlink_to(current)
        d = self.watching(place=outer / "etc" / "policy")
        self.assert_comes(d, "-- 1")
        switch(current, "releases/2")
        self.assert_comes(d, "-- 2")
        switch(outer, "releases/1")
        self.assert_comes(d, "-- 1")

    def test_as_kubernetes_updates_a_mounted_map(self):
        place = self.dir / "policy"
        place.mkdir()
        for name in ("1", "2"):
            make_set(place / f"..{name}", f"-- {name}")
            make_set(place / f"..{name}" / "rules", f"-- rule {name}")
        switch(place / "..data", "..1")
        (place / "policy.lua").symlink_to("..data/policy.lua")
        (place / "rules").symlink_to("..data/rules")
        d = self.watching(place=place)
        self.assert_comes(d, "-- 1")
        switch(place / "..data", "..2")
        self.assert_comes(d, "-- 2")
        self.assert_loads(d, lambda: (place / "..2" / "rules" / "policy.lua").write_text("--"))

    def test_files_elsewhere_that_links_lead_to(self):
        other = make_set(self.dir / "elsewhere" / "deep", "-- 1")
        place = self.dir / "policy"
        place.mkdir()
        (place / "policy.lua").symlink_to(other / "policy.lua")
        d = self.watching(place=place)
        (other / "policy.lua").write_text("-- 2")
        self.assert_comes(d, "-- 2")
        other.rename(self.dir / "elsewhere" / "gone")
        d.until(lambda: self.count(d, FAILED) == 1)
        make_set(other, "-- 3")
        self.assert_comes(d, "-- 3")

    def test_a_directory_that_comes_later(self):
        place = self.dir / "a" / "b" / "policy"
        d = self.watching(place=place)
        make_set(place, "-- 1")
        self.assert_comes(d, "-- 1")
        shutil.rmtree(self.dir / "a")
        d.until(lambda: self.count(d, ACTIVE) == 3)
        make_set(place, "-- 2")
        self.assert_comes(d, "-- 2")

    def test_a_directory_that_another_takes_the_place_of(self):
        d = self.watching("-- 1")
        new = make_set(self.dir / "new", "-- 2")
        d.policy.rename(self.dir / "old")
        new.rename(d.policy)
        self.assert_comes(d, "-- 2")
        (d.policy / "policy.lua").write_text("-- 3")
        self.assert_comes(d, "-- 3")

    def test_a_relative_path(self):
        make_set(self.dir / "here" / "policy", "-- 1")
        d = self.watching(place="here/../here/./policy", preexec=lambda: os.chdir(self.dir))
        self.assert_comes(d, "-- 1")
        (self.dir / "here" / "policy" / "policy.lua").write_text("-- 2")
        self.assert_comes(d, "-- 2")


class NoChange(Case):
    def test_what_is_not_part_of_the_set(self):
        d = self.watching("-- 1")
        make_set(d.policy / "tests", "-- a test")
        for name in (".policy.lua.swp", "4913", "policy.lua~", "#policy.lua#", "notes.txt"):
            (d.policy / name).write_text("start:failed")
        (d.policy / "4913").unlink()
        (d.policy / "policy.lua").write_text("-- 1")
        os.utime(d.policy / "policy.lua")
        time.sleep(10 * REST_MS / 1000)
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")
        self.assertEqual((self.count(d, ACTIVE), self.count(d, FAILED)), (2, 0))

    def test_half_a_file_that_is_being_written(self):
        d = self.watching("-- 1")
        with (d.policy / "policy.lua").open("w") as file:
            for part in ("-- half", " and", " half"):
                file.write(part)
                file.flush()
                time.sleep(5 * REST_MS / 1000)
            self.assert_refused(d.ask(b"do:script"), "-- 1")
        self.assert_comes(d, "-- half and half")
        self.assertEqual(self.count(d, ACTIVE), 2)

    def test_many_at_once_are_one(self):
        d = self.watching("-- 1", reload_debounce_ms=1000)
        (d.policy / "rules").mkdir()
        for i in range(100):
            (d.policy / "rules" / f"{i}.lua").write_text("--")
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")
        self.assertEqual(self.count(d, ACTIVE), 2)

    def test_a_writer_who_never_rests_is_not_waited_for(self):
        d = self.watching("-- 1", reload_debounce_ms=300)
        stop = threading.Event()

        def write():
            while not stop.wait(0.01):
                (d.policy / "log.txt").write_text("x")

        writer = threading.Thread(target=write)
        writer.start()
        self.addCleanup(writer.join)
        self.addCleanup(stop.set)
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")

    def test_switched_off(self):
        d = self.watching("-- 1", reload_debounce_ms=0)
        d.write_policy("-- 2")
        time.sleep(0.4)
        self.assert_refused(d.ask(b"do:script"), "-- 1")
        d.signal(signal.SIGHUP)
        self.assert_comes(d, "-- 2")


class BrokenSets(Case):
    def test_one_between_good_ones(self):
        d = self.watching("-- 1")
        for broken in ("start:failed", "start:die"):
            self.assert_loads(d, lambda b=broken: d.write_policy(b), FAILED)
            self.assert_refused(d.ask(b"do:script"), "-- 1")
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")
        events = [r["event"] for r in d.records() if "event" in r]
        self.assertEqual(events, ["start", "reload", "reload-failed", "reload-failed", "reload"])
        policies = {r["policy"] for r in d.records() if "verdict" in r}
        subjects = {r["subject"] for r in d.records() if r.get("event") == "reload"}
        self.assertEqual(policies, subjects)

    def test_one_is_not_tried_again_until_it_changes_or_someone_asks(self):
        d = self.watching("-- 1")
        self.assert_loads(d, lambda: d.write_policy("start:failed"), FAILED)
        (d.policy / "notes.txt").write_text("x")
        time.sleep(10 * REST_MS / 1000)
        self.assertEqual(self.count(d, FAILED), 1)
        self.assert_loads(d, lambda: d.signal(signal.SIGHUP), FAILED)
        self.assert_loads(d, lambda: d.write_policy("start:failed too"), FAILED)
        self.assertEqual(self.count(d, FAILED), 3)

    def test_the_earlier_one_put_back_is_in_force_as_before(self):
        d = self.watching("-- 1")
        workers = d.workers()
        self.assert_loads(d, lambda: d.write_policy("start:failed"), FAILED)
        self.assert_loads(d, lambda: d.write_policy("-- 1"), "event=generation.unchanged")
        d.until(lambda: sorted(d.workers()) == sorted(workers))
        self.assertEqual(self.count(d, ACTIVE), 1)

    def test_at_the_first_start_it_is_mended_without_a_word(self):
        for broken in ("start:failed", "start:die"):
            with self.subTest(broken):
                d = self.start(broken, reload_debounce_ms=REST_MS, decision_timeout_ms=3000)
                self.assert_refused(d.ask(b"{}"), "[no-policy] ")
                d.write_policy("-- fine")
                self.assert_comes(d, "-- fine")
                self.end(d)

    def test_a_missing_library_is_made_good(self):
        d = self.watching(library=False)
        self.assert_refused(d.ask(b"{}"), "[no-policy] ")
        (self.dir / "missing").mkdir()
        d.until(lambda: d.ask(b"{}")[1]["Allow"])

    def test_a_link_that_leads_nowhere_at_the_first_start(self):
        place = self.dir / "policy"
        place.mkdir()
        (place / "policy.lua").symlink_to("target.lua")
        d = self.watching(place=place)
        self.assertIn("target", self.assert_refused(d.ask(b"{}"), "[no-policy] ").replace(
            "policy.lua: a symbolic link leads nowhere", "target"))
        (place / "target.lua").write_text("-- 1")
        self.assert_comes(d, "-- 1")

    def test_a_newer_one_takes_the_place_of_one_that_loads(self):
        d = self.watching("-- 1")
        for i in range(3):
            d.write_policy(f"-- start:hang {i}")
            d.until(lambda n=i: self.count(d, "event=generation.outdated") == n and
                    len(d.workers()) == 4)
        d.write_policy("-- 2")
        self.assert_comes(d, "-- 2")
        # Back to what is in force, while another loads: that one has had its day.
        d.write_policy("-- start:hang again")
        d.until(lambda: len(d.workers()) == 4)
        self.assert_loads(d, lambda: d.write_policy("-- 2"), "event=generation.unchanged")
        d.until(lambda: len(d.workers()) == 2)
        self.assert_refused(d.ask(b"do:script"), "-- 2")
        self.assertEqual((self.count(d, ACTIVE), self.count(d, FAILED)), (2, 0))


class Trouble(Case):
    def reloads_when_told(self, d):
        d.write_policy("-- 9")
        d.signal(signal.SIGHUP)
        self.assert_comes(d, "-- 9")

    def limited(self, limit, value):
        """The daemon where no more than that is to be had of inotify."""
        command = f"echo {value} > /proc/sys/user/{limit}"
        if subprocess.run([*UNSHARE, "sh", "-c", command], capture_output=True,
                          check=False).returncode:
            self.skipTest("no user namespaces here")
        program = self.dir / "limited"
        program.write_text(f'#!/bin/sh\nexec {" ".join(UNSHARE)} sh -c '
                           f"""'{command}; exec "{DAEMON}" "$@"' sh "$@"\n""")
        program.chmod(0o755)
        return self.start("-- 1", program=program, reload_debounce_ms=REST_MS)

    def test_a_queue_that_runs_over(self):
        d = self.watching("-- 1")
        d.signal(signal.SIGSTOP)
        queue = int(pathlib.Path("/proc/sys/fs/inotify/max_queued_events").read_text())
        for i in range(queue // 2 + 10):
            (d.policy / f".{i}").touch()
        d.write_policy("-- 2")
        d.signal(signal.SIGCONT)
        self.assert_comes(d, "-- 2")
        d.write_policy("-- 3")
        self.assert_comes(d, "-- 3")

    def test_no_inotify_at_all(self):
        d = self.limited("max_inotify_instances", 0)
        self.assert_comes(d, "-- 1")
        d.until(lambda: d.logged("max_user_instances"))
        self.reloads_when_told(d)
        self.assertEqual(self.count(d, "event=watch.partial"), 1)

    def test_too_few_watches(self):
        d = self.limited("max_inotify_watches", 2)
        self.assert_comes(d, "-- 1")
        d.until(lambda: d.logged("max_user_watches"))
        self.reloads_when_told(d)
        self.assertEqual(self.count(d, "event=watch.partial"), 1)

    def test_watches_are_given_back(self):
        d = self.watching("-- 1")
        before = d.watches()
        self.assertGreater(before, 2)
        self.assert_loads(d, lambda: make_set(d.policy / "rules" / "a" / "b", "--"))
        self.assertEqual(d.watches(), before + 3)
        self.assert_loads(d, lambda: (d.policy / "rules").rename(self.dir / "away"))
        self.assertEqual(d.watches(), before)


if __name__ == "__main__":
    daemon.main()
