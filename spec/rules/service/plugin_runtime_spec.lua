local engine = require("engine")

local RULE = "service.plugin-runtime"

local function service(task)
  return engine.service({}, { TaskTemplate = task })
end

describe(RULE, function()
  engine.denies(RULE, {
    ["a service that installs a plugin"] =
      service({ Runtime = "plugin", PluginSpec = { Name = "x", Remote = "evil/plugin" } }),
    ["a plugin without the word"] = service({ PluginSpec = { Remote = "evil/plugin" } }),
    ["an empty plugin"] = service({ PluginSpec = {} }),
    ["the word without a plugin"] = service({ Runtime = "plugin" }),
    ["an attachment"] = service({ Runtime = "attachment" }),
    ["the word in capital letters"] = service({ Runtime = "PLUGIN" }),
    ["keys in another case"] = service({ runtime = "plugin", pluginspec = {} }),
    ["it in an update"] = engine.call("POST", "/services/web/update?version=1",
      { Name = "web", TaskTemplate = { Runtime = "plugin", PluginSpec = {} } }),
  })

  engine.allows({
    ["a plain service"] = service({}),
    ["one that says container"] = service({ Runtime = "container" }),
    ["one that says nothing in so many words"] = service({ Runtime = "" }),
  })

  it("names both fields", function()
    assert.equal("[service.plugin-runtime] a service may not install an engine plugin (TaskTemplate.PluginSpec). "
      .. "Fix: leave it out; ask an administrator to install the plugin.\n"
      .. "[service.plugin-runtime] runtime 'plugin' is not one for services (TaskTemplate.Runtime). "
      .. "Fix: leave it out: services run containers.",
      engine.decide(service({ Runtime = "plugin", PluginSpec = {} })).msg)
  end)
end)
