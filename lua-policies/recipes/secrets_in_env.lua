--- Passwords and tokens do not stand in the environment, where inspect shows them to everyone.
--
-- Use: copy to /etc/lua-authz/policy.lua. It begins by writing down what it would deny; when the audit records
-- look right, turn the modes into "enforce". Compose needs inspect: name those who use it.
-- Limit: names and well-known forms are guessed at, so something is missed, and something harmless is named.
-- What an image or a file holds is not seen.

return profile {
  id = "secrets-in-env",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.env-secrets"] = { mode = "audit", params = { entropy = 4.5 } },
    ["inspect.env-guard"] = { mode = "audit", params = { users = { "ops-*" } } },
  },
}
