--- Keeps this plugin from being switched off, changed or replaced through the engine that asks it.
-- Source: Docker Engine API, /plugins. The engine finds a plugin by its name, with or without a tag
-- and a registry, and by the beginning of its id (moby plugin/store.go, resolvePluginID).

--- A plugin is told apart by the last part of its name: an administrator may install this one from
-- any registry.
local function is_name(reference, name)
  return reference.name == name
    or reference.repository == name
    or text.ends(reference.repository, "/" .. name)
end

--- Could the engine take `name` for the beginning of an id?
local function may_be_id(name)
  return name:find("^%x+$") ~= nil
end

local function protected_name(plugin, names)
  for _, name in ipairs(names) do
    if plugin.name == name or (plugin.reference and is_name(plugin.reference, name)) then
      return name
    end
  end
  return nil
end

return rule {
  id = "self.protect",
  api = 1,
  title = "This plugin must not be changed through the API",
  severity = "critical",
  refs = { "CIS-2.12", "T1562.001" },
  on = {
    "plugin.pull", "plugin.create", "plugin.enable", "plugin.disable", "plugin.upgrade", "plugin.set",
    "plugin.delete",
  },
  params = {
    -- what this plugin is called here, the alias included
    names = list_of("string", { "lua-authz" }),
  },

  check = function(req, p)
    local plugin = req.plugin
    if protected_name(plugin, p.names) then
      return deny(("the authorization plugin %s may not be changed through the API"):format(plugin.name), {
        fix = "take its name out of daemon.json on the host first",
      })
    elseif req.target.kind == "plugin" and may_be_id(plugin.name) then
      return deny(("%s may be the id of the authorization plugin"):format(plugin.name), {
        fix = "give the plugin by its name",
      })
    end
  end,
}
