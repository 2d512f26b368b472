--- Watchtower replaces containers by newer ones, and cannot give them more than baseline allows.
--
-- Use: copy to /etc/lua-authz/policy.lua, and list below what the containers mount. Let the engine listen
-- on TCP (dockerd --tlsverify) and give Watchtower a certificate with the common name "watchtower". With
-- lifecycle hooks it needs exec.* too.
-- Limit: it can delete any container and start any image of a listed registry. It deletes the old container
-- before it creates the new one: what is not listed below is gone then, so run it with --monitor-only first.
-- It sends back the engine's own lists of protected paths, so lists that hold those pass.

return profile {
  id = "watchtower",
  api = 1,
  extends = "baseline",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.rbac"] = {
      params = {
        roles = {
          admin = "*",
          updater = "container.create container.delete container.inspect container.kill container.list "
            .. "container.rename container.start image.delete image.inspect image.pull network.connect "
            .. "network.disconnect",
        },
        users = { watchtower = "updater", ["admin-*"] = "admin" },
        anonymous = "admin",
      },
    },
    ["container.bind-mounts"] = { params = { allow = { "/srv" } } },
    ["container.proc-masks"] = { params = { lists = "as_engine" } },
    ["image.registry"] = { params = { allow = { "docker.io/library/*", "registry.example.com/*" } } },
  },
}
