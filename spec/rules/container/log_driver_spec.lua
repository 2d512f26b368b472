local engine = require("engine")

local RULE = "container.log-driver"

local function log(driver, config)
  return engine.create({ LogConfig = { Type = driver, Config = config } })
end

local function service(driver)
  return engine.service({}, { TaskTemplate = { LogDriver = { Name = driver } } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["no logs"] = log("none"),
    ["no logs with options"] = log("none", { tag = "a" }),
    ["no logs of a service"] = service("none"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["an empty name"] = log(""),
    ["null"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"LogConfig":null}}]]),
    ["files"] = log("json-file", { ["max-size"] = "10m" }),
    ["a service"] = service("journald"),
    ["a service that says nothing"] = engine.service({}),
  }, alone)

  it("says what to leave out", function()
    assert.equal("[container.log-driver] log driver none is not allowed (HostConfig.LogConfig.Type). "
      .. "Fix: leave out --log-driver.", engine.decide(log("none"), alone).msg)
    assert.matches("(TaskTemplate.LogDriver.Name)", engine.decide(service("none"), alone).msg, 1, true)
  end)

  describe("with listed drivers and options", function()
    local listed = engine.alone(RULE, [[allow = { "json-file", "local" }, options = { "max-*" }]])

    engine.denies(RULE, {
      ["others"] = log("syslog"),
      ["other options"] = log("json-file", { ["syslog-address"] = "tcp://192.0.2.1" }),
      ["no logs"] = log("none"),
    }, listed)
    engine.allows({
      ["these"] = log("local"),
      ["these options"] = log("json-file", { ["max-size"] = "10m", ["max-file"] = "3" }),
      ["nothing said"] = engine.create({}),
    }, listed)
  end)
end)
