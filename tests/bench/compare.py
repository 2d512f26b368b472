#!/usr/bin/env python3
"""compare.py -f CORPUS [options] LABEL=SOCKET[:PID][:proxy] ...: load several running plugins in
turn, several rounds, and print the medians with their ratios to the first.

The rounds are interleaved (every target once, then every target again), so that what else the
machine does falls on all of them alike. "proxy" sends the API calls themselves."""

import argparse
import pathlib
import sys

import load

ROW = "{:<16} {:>9.0f} {:>7.3f} | {:>9.1f} {:>7.1f} {:>9.0f} {:>9.0f} | {:>8.1f} {:>8.0f} {:>7.0f}"
HEAD = ("target", "req/s", "ratio", "p50 us", "ratio", "p99 us", "p99.9 us", "cpu us/r", "PSS kB",
        "broken")


class Target:
    def __init__(self, text):
        self.label, _, rest = text.partition("=")
        self.socket, *more = rest.split(":")
        self.options = ["-P"] if "proxy" in more else []
        self.pid = next((word for word in more if word.isdigit()), None)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-f", dest="corpus", required=True)
    parser.add_argument("-c", dest="connections", default="1,8,64")
    parser.add_argument("-d", dest="seconds", type=float, default=1.5)
    parser.add_argument("-w", dest="warm_up", type=float, default=0.3)
    parser.add_argument("-R", dest="rounds", type=int, default=3)
    parser.add_argument("--build", default="build", type=pathlib.Path)
    parser.add_argument("targets", nargs="+", type=Target)
    return parser.parse_args()


def measure(args, connections):
    """For each target its medians."""
    runs = {target.label: [] for target in args.targets}
    for _ in range(args.rounds):
        for target in args.targets:
            runs[target.label].append(load.run(load.command(
                args.build / "tests/bench/authzload", target.socket, args.corpus,
                connections=connections, seconds=args.seconds, warm_up=args.warm_up,
                pid=target.pid, options=target.options)))
    return {label: load.medians(numbers) for label, numbers in runs.items()}


def print_table(medians, base):
    print(("{:<16} {:>9} {:>7} | {:>9} {:>7} {:>9} {:>9} | {:>8} {:>8} {:>7}").format(*HEAD))
    for label, numbers in medians.items():
        print(ROW.format(label, numbers["rps"], numbers["rps"] / base["rps"], numbers["p50_us"],
                         numbers["p50_us"] / base["p50_us"], numbers["p99_us"],
                         numbers["p999_us"], numbers.get("cpu_us_per_req", 0),
                         numbers.get("pss_kb", 0), numbers["err"] + numbers["fail"]))


def main():
    args = arguments()
    for connections in map(int, args.connections.split(",")):
        try:
            medians = measure(args, connections)
        except load.LoadError as error:
            sys.exit(str(error))
        print(f"\n{connections} connection(s), median of {args.rounds} rounds")
        print_table(medians, medians[args.targets[0].label])


if __name__ == "__main__":
    main()
