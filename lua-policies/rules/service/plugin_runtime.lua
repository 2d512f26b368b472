--- Denies services that run something other than containers: a service can install an engine plugin
-- on every node.
-- Source: Docker Engine API, TaskTemplate.Runtime and TaskTemplate.PluginSpec.

return rule {
  id = "service.plugin-runtime",
  api = 1,
  title = "Services must run containers, not plugins",
  severity = "critical",
  refs = { "T1543.005", "T1611" },
  on = { "service.create", "service.update" },

  check = function(req)
    local found = {}
    if req.service.plugin then
      found[1] = deny("a service may not install an engine plugin", {
        field = "TaskTemplate.PluginSpec",
        fix = "leave it out; ask an administrator to install the plugin",
      })
    end
    if req.service.runtime then
      found[#found + 1] = deny(("runtime '%s' is not one for services"):format(req.service.runtime), {
        field = "TaskTemplate.Runtime",
        fix = "leave it out: services run containers",
      })
    end
    return found
  end,
}
