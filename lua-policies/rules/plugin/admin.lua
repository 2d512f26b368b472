--- Keeps the engine's plugins, which run with rights on the host, to those who look after it.
-- Source: Docker Engine API, /plugins: every call that writes, push included.

return rule {
  id = "plugin.admin",
  api = 1,
  title = "Only administrators manage the engine's plugins",
  severity = "critical",
  refs = { "CIS-2.12", "T1562.001", "T1611" },
  on = {
    "plugin.pull", "plugin.create", "plugin.enable", "plugin.disable", "plugin.push", "plugin.upgrade",
    "plugin.set", "plugin.delete",
  },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    return deny("the engine's plugins are managed by administrators only", {
      fix = "ask an administrator of this engine",
    })
  end,
}
