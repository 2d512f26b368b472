local engine = require("engine")

local RULE = "container.labels"

local function labelled(labels)
  return engine.create({}, { Labels = labels })
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[require = { team = "*", stage = "dev-*" }]])

  engine.denies(RULE, {
    ["no labels"] = engine.create({}),
    ["null for labels"] = engine.call("POST", "/containers/create", [[{"Image":"alpine","Labels":null}]]),
    ["one of two"] = labelled({ team = "web" }),
    ["an empty value"] = labelled({ team = "", stage = "dev-1" }),
    ["a value that is not like that"] = labelled({ team = "web", stage = "prod" }),
    ["a value that only holds it"] = labelled({ team = "web", stage = "my-dev-1" }),
    ["a key in another letter case"] = labelled({ Team = "web", stage = "dev-1" }),
    ["a service"] = engine.service({}),
    ["a service whose containers alone have them"] = engine.service({ Labels = { team = "web", stage = "dev-1" } }),
  }, policy)

  engine.allows({
    ["both"] = labelled({ team = "web", stage = "dev-1" }),
    ["others besides"] = labelled({ team = "web", stage = "dev-1", x = "" }),
    ["the shortest value"] = labelled({ team = "w", stage = "dev-" }),
    ["a service"] = engine.service({}, { Labels = { team = "web", stage = "dev-1" } }),
  }, policy)

  it("tells each of them", function()
    assert.equal("[container.labels] label stage is 'prod' (Labels). Fix: give it a value like dev-*.\n"
      .. "[container.labels] label team is required (Labels). Fix: add --label team=VALUE.",
      engine.decide(labelled({ stage = "prod" }), policy).msg)
  end)

  describe("with nothing required", function()
    engine.allows({ ["no labels"] = engine.create({}) }, engine.alone(RULE))
  end)
end)
