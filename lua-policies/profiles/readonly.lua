--- Everybody may look, nobody may change anything; whole images and file systems are not handed out.
--
-- Looking shows much: inspect tells environment variables, logs what programs write. Where that is too
-- much, inspect.env-guard and logs.access close it. A site names who is bound (access.read-only, users);
-- for all others baseline is in force.

return profile {
  id = "readonly",
  api = 1,
  extends = "baseline",
  rules = {
    ["access.read-only"] = {},
    ["secret.read-config"] = {}, -- who reads a join token can join as a manager
  },
}
