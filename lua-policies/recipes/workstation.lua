--- A workstation that several people share: home and project trees can be mounted, nothing else of the host.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your trees. Run the engine with --userns-remap=default.
-- Limit: callers on the Unix socket have no name, so everybody can mount everybody's home. A symbolic link
-- in a tree leads wherever its owner wants: without userns-remap, root in a container then has the host.
-- This stops accidents, and with userns-remap more than that.

return profile {
  id = "workstation",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.bind-mounts"] = { params = { allow = { "/home", "/srv/projects" } } },
    ["container.engine-socket"] = {},
    ["container.ports"] = { params = { require_address = true, publish_all = "deny" } },
    ["protect.prune"] = {},
  },
}
