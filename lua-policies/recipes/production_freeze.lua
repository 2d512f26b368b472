--- Changes are made in working hours, and not at all while production is frozen; looking is always possible.
--
-- Use: copy to /etc/lua-authz/policy.lua, and set your hours and dates. For an emergency add an exception with
-- the name of a caller and an end:
--   exceptions = { { id = "incident-42", rule = "time.window", user = "ops-*", expires = "2026-12-25",
--     reason = "..." } }
-- Limit: what runs goes on: restart policies and swarm start containers whenever they like. A zone is an offset
-- that knows no summer time. Callers on the Unix socket have no name, so no exception covers them.

return profile {
  id = "production-freeze",
  api = 1,
  extends = "baseline",
  rules = {
    ["time.window"] = {
      params = {
        days = { "mon", "tue", "wed", "thu" },
        hours = { "08:00-17:00" },
        zone = "+01:00",
        freeze = { "2026-12-18/2027-01-03" },
      },
    },
  },
}
