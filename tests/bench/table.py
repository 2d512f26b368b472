#!/usr/bin/env python3
"""Measure lua-authzd beside the floor and print a table of ratios; run.sh starts it."""

import argparse
import os
import pathlib
import signal
import statistics
import sys
import tempfile

import load
import rows
import server
import stand

LINE = "{:<52} {:>10} {:>10} {:>8}  {:<20} {}"


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("build", nargs="?", default="build", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="rows whose title has this in it")
    args = parser.parse_args()
    if args.quick:
        args.rounds = 1
    for program in ("lua-authzd", "tests/bench/authzload", "tests/bench/echofloor"):
        if not (args.build / program).exists():
            parser.error(f"{args.build / program} is not there: build with -DAUTHZ_TESTS=ON")
    return args


def measure_rounds(place, chosen, rounds):
    """For each row its (ours, base) pairs, or the words of what went wrong. Every row once, then
    every row again, so that what else the machine does falls on all of them alike."""
    results = {row.title: [] for row in chosen}
    for number in range(rounds):
        for row in chosen:
            if sys.stderr.isatty():
                print(f"round {number + 1} of {rounds}: {row.title}", file=sys.stderr)
            if isinstance(results[row.title], str):
                continue
            try:
                results[row.title].append(tuple(row.measure(place)))
            except (load.LoadError, server.ServerError) as error:
                results[row.title] = str(error)
    return results


def amount(value, unit):
    return "-" if value is None else f"{value:.{1 if value >= 10 else 2}f} {unit}"


def reached(row, found):
    if not row.goal:
        return ""
    if found <= row.goal:
        return "goal"
    return "first" if found <= row.first else "NO"


def goal_words(row):
    if not row.goal:
        return ""
    mark = "x" if row.by == "ratio" else f" {row.unit}"
    return f"{row.first:g}{mark}, then {row.goal:g}{mark}"


def print_row(row, pairs):
    ours = statistics.median(pair[0] for pair in pairs)
    bases = [pair[1] for pair in pairs if pair[1] is not None]
    base = statistics.median(bases) if bases else None
    ratio = statistics.median(one / other for one, other in pairs) if bases else None
    found = ratio if row.by == "ratio" else ours
    print(LINE.format(row.title, amount(base, row.unit), amount(ours, row.unit),
                      "-" if ratio is None else f"{ratio:.2f}x", goal_words(row),
                      reached(row, found)))


def describe_mix(place):
    """How lua-authzd answers the mix: a plugin that refuses everything is no use, however fast."""
    with place.daemon(place.policy("baseline")):
        words = place.answers(place.socket, stand.MIX)
    return f"{words.count('allow')} of the mix allowed, {words.count('deny')} denied"


def print_table(results, chosen, rounds):
    print(f"median of {rounds} rounds; {os.cpu_count()} processors, "
          f"load {os.getloadavg()[0]:.1f}")
    print(LINE.format("", "floor", "lua-authz", "ratio", "to reach", "reached"))
    for row in chosen:
        if isinstance(results[row.title], str):
            print(f"{row.title:<52} FAILED: {results[row.title]}")
        else:
            print_row(row, results[row.title])
    print("The floor of the rows about rules and the record is the same daemon without them.")


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = [row for row in rows.all_rows() if args.only in row.title]
    with tempfile.TemporaryDirectory(prefix="lua-authz-bench-") as directory:
        place = stand.Stand(args.build, directory, 0.4 if args.quick else 1.5)
        try:
            print(describe_mix(place))
        except (load.LoadError, server.ServerError) as error:
            sys.exit(f"lua-authzd: {error}")
        results = measure_rounds(place, chosen, args.rounds)
        print_table(results, chosen, args.rounds)
        failed = any(isinstance(result, str) for result in results.values())
        if failed and place.log.exists():
            print("\nThe programs' last words:", file=sys.stderr)
            print(place.log.read_text(encoding="utf-8")[-2000:], file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
