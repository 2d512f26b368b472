--- Production containers, volumes and networks that nobody stops, changes or deletes by mistake.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name what must stay; take a name out of the list to change it.
-- Limit: they are known by name only, so protected kinds must be called by name, not by id. Root on the host
-- can still do everything, and so can a program in the container.

return profile {
  id = "protected-objects",
  api = 1,
  extends = "baseline",
  rules = {
    ["image.delete"] = { params = { protect = { "registry.example.com/base/*" } } },
    ["protect.objects"] = { params = { names = { "prod-*", "db" } } },
    ["protect.prune"] = { params = { filters = { "label" } } },
  },
}
