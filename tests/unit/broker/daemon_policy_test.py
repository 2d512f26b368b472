"""Real policies in the real daemon: what only shows where both meet."""

import base64
import json
import os
import pathlib
import signal

import daemon

PROGRAM = pathlib.Path(os.environ["AUTHZ_BUILD"]) / "lua-authzd"
LIBRARY = pathlib.Path(__file__).resolve().parents[3] / "lua-policies"

RULE = """return rule { id = "site.a", on = { "container.create" }, check = function(req, p, ctx)
  if not ctx.data.names[1] then return deny("nobody") end
  return deny(ctx.data.names[1])
end }"""

EXCEPTIONS = """return profile { id = "site", extends = "baseline", exceptions = {
  { id = "tmp", rule = "container.no-privileged", expires = "%s", reason = "x" } } }"""


def create(**more):
    body = json.dumps({"Image": "alpine", "HostConfig": {"Privileged": True}}).encode()
    return json.dumps({
        "RequestMethod": "POST", "RequestUri": "/v1.41/containers/create",
        "RequestHeaders": {"Content-Type": "application/json"},
        "RequestBody": base64.b64encode(body).decode(), **more}).encode()


class Policies(daemon.Case):
    def put(self, name, text):
        """The file appears whole."""
        path = self.dir / "policy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(".new")
        new.write_text(text)
        new.rename(path)

    def start_real(self, policy):
        return self.start(policy, program=PROGRAM, library=LIBRARY, decision_timeout_ms=5000)

    def test_data_files_are_read_anew(self):
        self.put("data/names.json", '["alice"]')
        self.put("rules/a.lua", RULE)
        d = self.start_real("return profile { id = 'site', default = 'allow' }")
        d.until(lambda: d.logged("event=generation.active"))
        self.assert_refused(d.ask(create()), "[site.a] alice.")
        self.put("data/names.json", '["bob"]')
        d.signal(signal.SIGHUP)
        d.until(lambda: "[site.a] bob." in d.ask(create())[1]["Msg"])
        self.put("data/names.json", '["carol"')
        d.signal(signal.SIGHUP)
        d.until(lambda: d.logged("data/names.json:1: not JSON"))
        self.assert_refused(d.ask(create()), "[site.a] bob.")

    def test_what_is_excused_is_in_the_trail(self):
        d = self.start_real(EXCEPTIONS % "2999-12-31")
        d.until(lambda: d.logged("event=generation.active"))
        self.assert_allowed(d.ask(create()))
        record = d.records()[-1]
        self.assertEqual(record["verdict"], "allow")
        finding, = record["findings"]
        self.assertEqual((finding["rule"], finding["effect"], finding["mode"]),
                         ("container.no-privileged", "deny", "excepted"))
        self.assertTrue(finding["msg"].startswith("excused by tmp until 2999-12-31 (x): "))

    def test_an_exception_that_has_ended_is_told_of(self):
        d = self.start_real(EXCEPTIONS % "2020-12-31")
        d.until(lambda: d.logged("event=generation.active"))
        self.assertIn("tmp ended with 2020-12-31", d.log.read_text())
        self.assert_refused(d.ask(create()), "[container.no-privileged] ")

    def test_messages_do_not_say_what_time_it_is(self):
        d = self.start_real(EXCEPTIONS % "2020-12-31")
        d.until(lambda: d.logged("event=generation.active"))
        self.assert_refused(d.ask(create(Time="2020-01-01T00:00:00Z")),
                            "[container.no-privileged] ")


if __name__ == "__main__":
    daemon.main()
