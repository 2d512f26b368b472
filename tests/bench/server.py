"""Starting the programs that are measured, and ending them whatever happens."""

import contextlib
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import time

START_WITHIN_S = 10
END_WITHIN_S = 5
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class ServerError(Exception):
    """A program that did not start or did not stay."""


def prepare_child(cpu):
    """What the child does before it becomes the program: end with us, run where it is told to."""
    libc = ctypes.CDLL(None)

    def prepare():
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if cpu is not None:
            os.sched_setaffinity(0, {cpu})

    return prepare


def listens(path):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def wait_until_listening(process, path):
    deadline = time.monotonic() + START_WITHIN_S
    while not listens(path):
        if process.poll() is not None:
            raise ServerError(f"{process.args[0]} ended with {process.returncode}")
        if time.monotonic() > deadline:
            raise ServerError(f"{process.args[0]} does not listen after {START_WITHIN_S} s")
        time.sleep(0.002)


def end(process):
    if process.poll() is not None:
        raise ServerError(f"{process.args[0]} ended by itself with {process.returncode}")
    process.terminate()
    try:
        process.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running(argv, path, *, cpu=None, environment=None, log=None):
    """The process of a program that listens on path, as long as the with block lasts."""
    pathlib.Path(path).unlink(missing_ok=True)
    with open(log or os.devnull, "a", encoding="utf-8") as stderr:
        # The threads of this program, if any, hold no lock that the child needs.
        process = subprocess.Popen(  # pylint: disable=subprocess-popen-preexec-fn
            [str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr,
            env={**os.environ, **(environment or {})}, preexec_fn=prepare_child(cpu))
    try:
        wait_until_listening(process, path)
        yield process
    except BaseException:
        process.kill()
        process.wait()
        raise
    end(process)


def tree(pid):
    """The pids of a process and of its descendants."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text(encoding="ascii", errors="replace")
                parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def pss_kb(pid):
    """Memory of a process and its descendants; pages shared with others count in part."""
    total = 0
    for member in tree(pid):
        try:
            rollup = pathlib.Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
        except OSError as error:
            raise ServerError(f"memory of process {member}: {error.strerror}; root may look") \
                from error
        total += next(int(line.split()[1]) for line in rollup.splitlines()
                      if line.startswith("Pss:"))
    return total
