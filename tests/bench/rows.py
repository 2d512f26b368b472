"""What is measured: the rows of the table."""

import dataclasses
import time
import typing

import load
import server
import stand as stands

MANY = 64
OTHERS = 8
START_RUNS = 5
IDLE_S = 0.5


@dataclasses.dataclass(frozen=True)
class Row:
    """measure returns what lua-authz needs and what its base does, in unit."""

    title: str
    unit: str
    measure: typing.Callable
    base: str = "floor"  # what it is compared with; nothing when it stands for itself
    by: str = "ratio"  # what first and goal are: "ratio" to the base, or a "value" in unit
    first: float = 0  # to be reached first
    goal: float = 0


def floor_and_daemon(stand, measure, *, cpu=None, policy="baseline"):
    """The same measurement at both: measure(socket)."""
    with stand.floor(cpu):
        floor = measure(stand.floor_socket)
    with stand.daemon(stand.policy(policy), cpu):
        return measure(stand.socket), floor


def pinned(corpus, policy="baseline"):
    """p50 of one connection, all of it on one processor: no wake-ups between processors in it."""
    def measure(stand):
        def p50_us(socket):
            return stand.load(socket, getattr(stand, corpus), cpu=stand.cpu)["p50_us"]

        return floor_and_daemon(stand, p50_us, cpu=stand.cpu, policy=policy)

    return measure


def with_and_without(stand, number, *daemons):
    """A number of the mix on one processor, for one daemon after the other."""
    values = []
    for daemon in daemons:
        with daemon:
            values.append(stand.load(stand.socket, stands.MIX, cpu=stand.cpu)[number])
    return values


def extra_rules(profile):
    def measure(stand):
        return with_and_without(stand, "p50_us", stand.daemon(stand.extra_policy(profile), stand.cpu),
                                stand.daemon(stand.policy(profile), stand.cpu))

    return measure


def record(stand):
    """The mean: a record costs about the same for each message, cheap or dear."""
    policy = stand.policy("baseline")
    return with_and_without(stand, "mean_us", stand.daemon(policy, stand.cpu),
                            stand.daemon(policy, stand.cpu, records=False))


def many_connections(stand):
    return floor_and_daemon(stand, lambda socket: stand.load(
        socket, stands.MIX, connections=MANY)["p999_us"] / 1000)


def others_p99_ms(stand, socket, corpus, want):
    """p99 of others while one client sends corpus; and that client's own numbers."""
    seconds = max(stand.seconds, 2.5 * stands.DEADLINE_MS / 1000)
    disturber = stand.load_command(socket, corpus, seconds=seconds + 1, warm_up=0.1)
    with load.background(disturber) as finish:
        time.sleep(0.2)
        others = stand.load(socket, stands.MIX, connections=OTHERS, seconds=seconds)
        disturbed = load.expect(finish(), want)
    return others["p99_us"] / 1000, disturbed


def flood(stand):
    return floor_and_daemon(stand, lambda socket: others_p99_ms(
        stand, socket, stand.flood, "allow")[0])


def stuck(stand):
    with stand.daemon(stand.stuck_policy(), environment=stands.STUCK_ENVIRONMENT):
        return others_p99_ms(stand, stand.socket, stand.stuck, "deny")


def stuck_caller(stand):
    _, caller = stuck(stand)
    if caller["allow"]:
        raise load.LoadError("a stuck policy allowed a call")
    return caller["p50_us"] / 1000 - stands.DEADLINE_MS, None


def stuck_others(stand):
    others_ms, _ = stuck(stand)
    with stand.floor():
        return others_ms, stand.load(stand.floor_socket, stands.MIX,
                                     connections=OTHERS)["p99_us"] / 1000


def idle_memory(stand):
    values = []
    for program in (stand.daemon(stand.policy("baseline")), stand.floor()):
        with program as process:
            time.sleep(IDLE_S)
            values.append(server.pss_kb(process.pid) / 1000)
    return values


def start(corpus):
    def measure(stand):
        first = getattr(stand, corpus)
        daemon = stand.daemon_command(stand.policy("baseline"))
        return (stand.startup_ms(stand.socket, first, daemon, START_RUNS),
                stand.startup_ms(stand.floor_socket, first, stand.floor_command(), START_RUNS))

    return measure


def strict_profile():
    return "restricted" if (stands.PROFILES / "restricted.lua").exists() else "baseline"


def all_rows():
    strict = strict_profile()
    return [
        Row("bench mix, 1 connection pinned, p50", "us", pinned("mix"), first=8, goal=2.5),
        Row(f"the same with {strict}", "us", pinned("mix", strict)),
        Row(f"the same and {stands.EXTRA_RULES} rules that do not match", "us",
            extra_rules(strict), base="without", first=1.2, goal=1.05),
        Row("the mix with and without its record, mean", "us", record, base="without", first=1.1,
            goal=1.05),
        Row("create with 1 MB body, p50", "us", pinned("megabyte"), first=40, goal=4),
        Row(f"{MANY} connections, p99.9", "ms", many_connections, by="value", first=40, goal=10),
        Row(f"{OTHERS} others' p99 beside a client sending 4 MiB", "ms", flood, by="value",
            first=10, goal=5),
        Row("memory when idle, all processes (PSS)", "MB", idle_memory, by="value", first=8,
            goal=5),
        Row("start to first answer (Plugin.Activate)", "ms", start("activation"), by="value",
            first=15, goal=3),
        Row("start to first create allowed", "ms", start("create")),
        Row("stuck policy: the caller's denial after the deadline", "ms", stuck_caller, base="",
            by="value", first=100, goal=20),
        Row(f"stuck policy: {OTHERS} others' p99 meanwhile", "ms", stuck_others, by="value",
            first=20, goal=5),
    ]
