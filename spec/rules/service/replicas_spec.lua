local engine = require("engine")

local RULE = "service.replicas"

local function mode(value)
  return engine.service({}, { Mode = value })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "max = 3")

  engine.denies(RULE, {
    ["one more than may be"] = mode({ Replicated = { Replicas = 4 } }),
    ["more than a signed number holds"] = mode({ Replicated = { Replicas = math.maxinteger } }),
    ["a task on every node"] = mode({ Global = {} }),
    ["a job on every node"] = mode({ GlobalJob = {} }),
    ["a job of too many runs"] = mode({ ReplicatedJob = { TotalCompletions = 4 } }),
    ["a service both on every node and replicated"] = mode({ Global = {}, Replicated = { Replicas = 1 } }),
  }, policy)

  engine.allows({
    ["as many as may be"] = mode({ Replicated = { Replicas = 3 } }),
    ["none"] = mode({ Replicated = { Replicas = 0 } }),
    ["a service that says nothing, which has one"] = engine.service({}),
    ["a job"] = mode({ ReplicatedJob = { TotalCompletions = 3 } }),
  }, policy)

  it("says how many", function()
    assert.equal("[service.replicas] 4 tasks are more than the 3 that are allowed (Mode). "
      .. "Fix: use at most --replicas 3.", engine.decide(mode({ Replicated = { Replicas = 4 } }), policy).msg)
  end)

  engine.allows({ ["a task on every node where that may be"] = mode({ Global = {} }) },
    engine.with_params(RULE, [[global = "allow"]]))
end)
