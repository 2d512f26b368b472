--- Portainer as a window: its users see containers, images, volumes, networks and logs, and change nothing.
--
-- Use: copy to /etc/lua-authz/policy.lua. Let the engine listen on TCP (dockerd --tlsverify), add it to
-- Portainer as an environment with a certificate whose common name is "portainer"; neither Portainer nor
-- its agent gets the socket.
-- Limit: all users of Portainer are one caller for the engine. They read logs and environment variables.
-- Callers on the Unix socket have no name and are administrators here.

return profile {
  id = "portainer",
  api = 1,
  extends = "baseline",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.rbac"] = {
      params = {
        roles = {
          admin = "*",
          viewer = "container.changes container.inspect container.list container.logs container.stats "
            .. "container.top image.history image.inspect image.list network.inspect network.list node.inspect "
            .. "node.list plugin.list service.inspect service.list service.logs system.df system.events system.info "
            .. "task.* volume.inspect volume.list",
        },
        users = { portainer = "viewer", ["admin-*"] = "admin" },
        anonymous = "admin",
      },
    },
  },
}
