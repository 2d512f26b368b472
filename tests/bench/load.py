"""Running authzload, and what it says."""

import contextlib
import re
import statistics
import subprocess


class LoadError(Exception):
    """No measurement came of it."""


def command(program, socket, corpus, *, connections=1, seconds=1.5, warm_up=0.3, pid=None,
            options=()):
    """The argument list of one run."""
    line = [str(program), "-s", str(socket), "-f", str(corpus), "-c", str(connections),
            "-d", str(seconds), "-w", str(warm_up), *options]
    return line + (["-p", str(pid)] if pid else [])


def last_words(errors):
    """The last line of what authzload said, whose standard error is that of what it starts too."""
    return (errors.strip().splitlines() or ["authzload said nothing"])[-1]


def numbers(output, errors):
    """The name=number pairs that it printed."""
    found = {name: float(value) for name, value in re.findall(r"(\w+)=\s*([\d.]+)", output)}
    if not found:
        raise LoadError(last_words(errors))
    return found


def run(argv):
    """Run it to its end: the numbers."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return numbers(done.stdout, done.stderr)


def answers(argv):
    """Run it with -E: the first word of each line."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout:
        raise LoadError(last_words(done.stderr))
    return [line.split()[0] for line in done.stdout.splitlines()]


def expect(found, want):
    """The same numbers, if every message had an answer, and some of them the one wanted."""
    if found["err"] or found["fail"]:
        raise LoadError(f"{found['err']:.0f} broken answers, {found['fail']:.0f} without any")
    if not found[want]:
        raise LoadError(f"no answer of the kind {want} among {found['n']:.0f}")
    return found


@contextlib.contextmanager
def background(argv):
    """A run beside what the with block does; yields a function that waits for its numbers."""
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield lambda: numbers(*process.communicate())
    finally:
        process.kill()
        process.communicate()


def medians(runs):
    """For each name the median over the runs."""
    return {name: statistics.median(found[name] for found in runs) for name in runs[0]}
