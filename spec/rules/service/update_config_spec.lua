local engine = require("engine")

local RULE = "service.update-config"

local function update(config)
  return engine.service({}, { UpdateConfig = config })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["going on after a failure"] = update({ FailureAction = "continue", Parallelism = 1 }),
    ["all tasks at once"] = update({ Parallelism = 0 }),
    ["all tasks at once, by leaving the number out"] = update({ FailureAction = "rollback" }),
    ["one task too many at once"] = update({ Parallelism = 3 }),
    ["a word in another case"] = update({ FailureAction = "ROLLBACK", Parallelism = 1 }),
  }, policy)

  engine.allows({
    ["the engine's own way"] = engine.service({}),
    ["as many tasks as may be"] = update({ Parallelism = 2 }),
    ["going back after a failure"] = update({ FailureAction = "rollback", Parallelism = 1 }),
  }, policy)

  it("tells both", function()
    assert.equal("[service.update-config] a failed update may not lead to 'continue' (UpdateConfig.FailureAction). "
      .. "Fix: use --update-failure-action pause or rollback.\n"
      .. "[service.update-config] an update reaches too many tasks at once (UpdateConfig.Parallelism). "
      .. "Fix: use --update-parallelism 1 to 2.",
      engine.decide(update({ FailureAction = "continue", Parallelism = 9 }), policy).msg)
  end)
end)
