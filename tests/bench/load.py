"""Running authzload, and what it says."""

import re
import statistics
import subprocess


class LoadError(Exception):
    """No measurement came of it."""


def parse(line):
    """The name=number pairs of a line of authzload."""
    return {name: float(value) for name, value in re.findall(r"(\w+)=\s*([\d.]+)", line)}


def command(program, socket, corpus, *, connections=1, seconds=1.5, warm_up=0.3, pid=None,
            options=()):
    """The argument list of one run."""
    line = [str(program), "-s", str(socket), "-f", str(corpus), "-c", str(connections),
            "-d", str(seconds), "-w", str(warm_up), *options]
    return line + (["-p", str(pid)] if pid else [])


def result(output, errors, must_contain="p50_us"):
    numbers = parse(output)
    if must_contain not in numbers:
        raise LoadError(errors.strip() or "authzload said nothing")
    return numbers


def run(argv):
    """Run it to its end: the numbers."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return result(done.stdout, done.stderr)


def medians(runs):
    """For each name the median over the runs."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}
