--- Traefik sees what runs, and can do nothing else.
--
-- Use: copy to /etc/lua-authz/policy.lua. Let the engine listen on TCP (dockerd --tlsverify), give Traefik
-- a certificate with the common name "traefik", point providers.docker.endpoint and .tls at it, and do not
-- mount the socket into its container.
-- Limit: it reads the environment of every container, as inspect shows it. Callers on the Unix socket have
-- no name and are administrators here.

return profile {
  id = "traefik",
  api = 1,
  extends = "baseline",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.rbac"] = {
      params = {
        roles = {
          admin = "*",
          proxy = "container.inspect container.list network.list node.inspect service.list system.events task.list",
        },
        users = { traefik = "proxy", ["admin-*"] = "admin" },
        anonymous = "admin",
      },
    },
  },
}
