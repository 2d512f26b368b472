local engine = require("engine")

local RULE = "container.update"

local function update(body)
  return engine.call("POST", "/containers/web/update", body)
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a device"] = update({ Devices = { { PathOnHost = "/dev/sda" } } }),
    ["a rule of the device cgroup"] = update({ DeviceCgroupRules = { "a" } }),
    ["a request for devices"] = update({ DeviceRequests = { { Driver = "nvidia", Count = -1 } } }),
    ["keys in another case"] = update([[{"devicecgrouprules":["a"]}]]),
  }, alone)

  engine.allows({
    ["limits"] = update({ Memory = 1048576, CpuShares = 10 }),
    ["null and empty lists"] =
      update([[{"Devices":null,"DeviceCgroupRules":[],"DeviceRequests":null,"CgroupParent":""}]]),
    ["keys that the engine ignores"] = update({ Privileged = true }),
    ["a restart policy"] = update({ RestartPolicy = { Name = "always" } }),
  }, alone)

  it("says what to do instead", function()
    assert.equal("[container.update] an update may not change the devices of a container (DeviceCgroupRules). "
      .. "Fix: leave it out, and create a new container.",
      engine.decide(update({ DeviceCgroupRules = { "a" } }), alone).msg)
  end)
end)
