local engine = require("engine")

local RULE = "container.restart-policy"

local function restart(name, count)
  return engine.create({ RestartPolicy = { Name = name, MaximumRetryCount = count } })
end

local function update(name, count)
  return engine.call("POST", "/containers/web/update", { RestartPolicy = { Name = name, MaximumRetryCount = count } })
end

local function service(policy)
  return engine.service({}, { TaskTemplate = { RestartPolicy = policy } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["always"] = restart("always"),
    ["unless-stopped"] = restart("unless-stopped"),
    ["on-failure without a bound"] = restart("on-failure"),
    ["on-failure with 0, which is none"] = restart("on-failure", 0),
    ["the first number above the line"] = restart("on-failure", 6),
    ["an update to always"] = update("always"),
    ["an update to too many tries"] = update("on-failure", 6),
    ["a service that says nothing"] = engine.service({}),
    ["a service without a bound"] = service({ Condition = "on-failure" }),
    ["a service with 0, which is none"] = service({ Condition = "any", MaxAttempts = 0 }),
    ["a service above the line"] = service({ Condition = "any", MaxAttempts = 6 }),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["an empty name"] = restart(""),
    ["no"] = restart("no"),
    ["the last number below the line"] = restart("on-failure", 5),
    ["one try"] = restart("on-failure", 1),
    ["an update of something else"] = engine.call("POST", "/containers/web/update", { Memory = 1073741824 }),
    ["an update to five tries"] = update("on-failure", 5),
    ["a service with five tries"] = service({ Condition = "any", MaxAttempts = 5 }),
    ["a service that is never restarted"] = service({ Condition = "none" }),
  }, alone)

  it("says what to use", function()
    assert.equal("[container.restart-policy] restart policy always is not allowed (HostConfig.RestartPolicy.Name). "
      .. "Fix: use --restart on-failure:5.", engine.decide(restart("always"), alone).msg)
    assert.equal("[container.restart-policy] the container may be restarted more than 5 times "
      .. "(RestartPolicy.MaximumRetryCount). Fix: use --restart on-failure:5.",
      engine.decide(update("on-failure"), alone).msg)
  end)

  describe("with other parameters", function()
    local wide = engine.alone(RULE, [[allow = { "no", "on-failure", "unless-stopped" }, max_retries = 9,
      services = "any"]])

    engine.denies(RULE, {
      ["what is not listed"] = restart("always"),
      ["ten tries"] = restart("on-failure", 10),
      ["a listed word in capitals"] = restart("Unless-Stopped"),
    }, wide)
    engine.allows({
      ["what is listed"] = restart("unless-stopped"),
      ["nine tries"] = restart("on-failure", 9),
      ["a service"] = engine.service({}),
    }, wide)
  end)
end)
