--- Closes the engine's debugging pages: profiles, stack traces and counters of its process.
-- Source: moby api/server/middleware/debug.go; served under /debug when the engine runs with --debug.

return rule {
  id = "system.debug",
  api = 1,
  title = "The engine's debugging pages must stay closed",
  severity = "medium",
  refs = { "T1613" },
  on = { "system.debug" },

  check = function()
    return deny("the engine's debugging pages are not open to clients", {
      fix = "an administrator can read them on the host, past this plugin",
    })
  end,
}
