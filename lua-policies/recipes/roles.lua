--- Who may do what, by the name in a certificate.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your people. Let the engine listen on TCP
-- (dockerd --tlsverify) with a certificate for each of them. A role is a list of actions, *.list and the like.
-- Limit: on the Unix socket nobody has a name; here such callers are viewers. Whoever may create containers has what
-- baseline leaves; whose a container is that a call names, is not looked up.

return profile {
  id = "roles",
  api = 1,
  extends = "baseline",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.rbac"] = {
      params = {
        roles = {
          admin = "*",
          developer = "build.* container.* exec.* image.* network.* system.* volume.*",
          viewer = "*.list container.logs container.stats container.top system.df system.events system.info",
        },
        users = { alice = "developer", bob = "developer viewer", ["ops-*"] = "admin" },
        anonymous = "viewer",
      },
    },
    ["secret.read-config"] = { params = { users = { "ops-*" } } },
  },
}
