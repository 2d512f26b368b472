"""Where the measurements take place: the programs, the corpora, and the policies."""

import contextlib
import json
import os
import pathlib

import big_create
import load
import server

HERE = pathlib.Path(__file__).resolve().parent
MIX = HERE.parent / "corpus/bench.jsonl"
PROFILES = HERE.parent.parent / "lua-policies/profiles"
EXTRA_RULES = 1000
DEADLINE_MS = 500

# On an action that the mix does not have, so that it is only the number of rules that weighs.
EXTRA_RULE = """return rule {{
  id = "bench.extra-{number:04d}",
  api = 1,
  on = {{ "plugin.set" }},
  check = function(req)
    if req.target.name == "never-{number:04d}" then
      return deny("never")
    end
  end,
}}
"""

STUCK_RULE = """return rule {
  id = "bench.stuck",
  api = 1,
  on = { "volume.list" },
  check = function()
    while true do
    end
  end,
}
"""

# So many that the deadline comes first.
STUCK_ENVIRONMENT = {"LUA_AUTHZ_INSTRUCTIONS_MAX": "1000000000",
                     "LUA_AUTHZ_DECISION_TIMEOUT_MS": str(DEADLINE_MS)}

ACTIVATION = json.dumps({"endpoint": "/Plugin.Activate", "body": {}})
VOLUME_LIST = json.dumps({"endpoint": "/AuthZPlugin.AuthZReq", "body": {
    "RequestMethod": "GET", "RequestUri": "/v1.41/volumes"}})


class Stand:
    """A directory with what a run needs; seconds is how long one measurement takes."""

    def __init__(self, build, directory, seconds):
        self.build = pathlib.Path(build).resolve()
        self.directory = pathlib.Path(directory)
        self.seconds = seconds
        self.mix = MIX
        self.cpu = max(os.sched_getaffinity(0))
        self.floor_socket = self.directory / "floor.sock"
        self.socket = self.directory / "lua-authz.sock"
        self.log = self.directory / "stderr"
        self.activation = self.write("activation.jsonl", ACTIVATION)
        self.create = self.write("create.jsonl", big_create.message(1500))
        self.megabyte = self.write("megabyte.jsonl", big_create.message(1_000_000))
        self.flood = self.write("flood.jsonl", big_create.message(4 * 1024 * 1024))
        self.stuck = self.write("stuck.jsonl", VOLUME_LIST)

    def write(self, name, text):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def policy(self, profile, rules=None):
        """A policy directory: that profile, and the given rule files."""
        name = f"policy-{profile}-{len(rules or {})}"
        self.write(f"{name}/policy.lua",
                   f'return profile {{ id = "bench", api = 1, extends = "{profile}" }}')
        for rule, text in (rules or {}).items():
            self.write(f"{name}/rules/bench/{rule}.lua", text)
        return self.directory / name

    def extra_policy(self, profile):
        rules = {f"extra-{number:04d}": EXTRA_RULE.format(number=number)
                 for number in range(EXTRA_RULES)}
        return self.policy(profile, rules)

    def stuck_policy(self):
        return self.policy("baseline", {"stuck": STUCK_RULE})

    def floor_command(self):
        return [str(self.build / "tests/bench/echofloor"), str(self.floor_socket)]

    def daemon_command(self, policy, records=True):
        command = [str(self.build / "lua-authzd"), "--socket", str(self.socket),
                   "--policy", str(policy)]
        return command + (["--audit", str(self.directory / "audit.jsonl")] if records else [])

    def floor(self, cpu=None):
        return server.running(self.floor_command(), self.floor_socket, cpu=cpu, log=self.log)

    @contextlib.contextmanager
    def daemon(self, policy, cpu=None, environment=None, records=True):
        """The daemon, once it decides by its policy."""
        command = self.daemon_command(policy, records)
        with server.running(command, self.socket, cpu=cpu, environment=environment,
                            log=self.log) as process:
            self.answers(self.socket, self.create)
            yield process
        (self.directory / "audit.jsonl").unlink(missing_ok=True)

    def load_command(self, socket, corpus, *, cpu=None, seconds=None, **more):
        argv = load.command(self.build / "tests/bench/authzload", socket, corpus,
                            seconds=seconds or self.seconds, **more)
        return argv if cpu is None else ["taskset", "-c", str(cpu), *argv]

    def answers(self, socket, corpus):
        """What each message is answered: "allow" or "deny"."""
        words = load.answers(self.load_command(socket, corpus, options=["-E"]))
        if "broken" in words:
            raise load.LoadError("an answer that is no verdict")
        return words

    def load(self, socket, corpus, *, want="allow", **more):
        """One run of the load generator; want: an answer that there must be."""
        return load.expect(load.run(self.load_command(socket, corpus, **more)), want)

    def startup_ms(self, socket, corpus, command, runs):
        """Median time from the start of a command until it allows the corpus's first message."""
        options = ("-S", "-r", str(runs))
        argv = load.command(self.build / "tests/bench/authzload", socket, corpus, options=options)
        return load.run([*argv, "--", *command])["p50_ms"]
