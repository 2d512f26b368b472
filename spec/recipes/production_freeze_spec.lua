local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("production_freeze")

local WEDNESDAY = "2026-11-25T%sZ" -- an hour before the clocks of the place

local function create_at(time)
  return engine.at(time, engine.create({}))
end

describe("the recipe for a freeze of production", function()
  engine.denies("time.window", {
    ["a container before hours"] = create_at(WEDNESDAY:format("06:59:59")),
    ["a container after hours"] = create_at(WEDNESDAY:format("16:00:00")),
    ["a container on Friday"] = create_at("2026-11-27T10:00:00Z"),
    ["a container on Sunday"] = create_at("2026-11-29T10:00:00Z"),
    ["a container during the freeze"] = create_at("2026-12-21T10:00:00Z"),
    ["a stop during the freeze"] = engine.at("2026-12-21T10:00:00Z", engine.call("POST", "/containers/web/stop")),
    ["a deletion during the freeze"] = engine.at("2026-12-31T10:00:00Z", engine.call("DELETE", "/containers/web")),
    ["a command during the freeze"] = engine.at("2026-12-21T10:00:00Z", engine.exec({ Cmd = { "sh" } })),
  }, policy)
  engine.denies("container.no-privileged", {
    ["privileges, in hours"] = engine.at(WEDNESDAY:format("10:00:00"), engine.create({ Privileged = true })),
  }, policy)

  engine.allows({
    ["a container at the first second"] = create_at(WEDNESDAY:format("07:00:00")),
    ["a container at the last second"] = create_at(WEDNESDAY:format("15:59:59")),
    ["a container on the last day before the freeze"] = create_at("2026-12-17T10:00:00Z"),
    ["a container on the first day after it"] = create_at("2027-01-04T07:00:00Z"),
    ["a list at night"] = engine.at(WEDNESDAY:format("23:00:00"), engine.call("GET", "/containers/json")),
    ["a look during the freeze"] = engine.at("2026-12-24T18:00:00Z", engine.call("GET", "/containers/web/json")),
    ["logs during the freeze"] = engine.at("2026-12-24T18:00:00Z",
      engine.call("GET", "/containers/web/logs?stdout=1")),
  }, policy)

  it("lets those through whom an exception names", function()
    local _, content = recipe.policy("production_freeze")
    local excepted = { ["policy.lua"] = content:gsub("\n}\n*$", [[

  exceptions = { { id = "incident-42", rule = "time.window", user = "ops-*", expires = "2026-12-25",
    reason = "the shop is down" } },
}
]]) }
    local verdicts = engine.decide_all({
      engine.as("ops-1", create_at("2026-12-21T10:00:00Z")),
      engine.as("dev-1", create_at("2026-12-21T10:00:00Z")),
      engine.as("ops-1", create_at("2026-12-28T10:00:00Z")),
    }, excepted)
    assert.is_true(verdicts[1].allow, verdicts[1].msg)
    assert.is_false(verdicts[2].allow)
    assert.is_false(verdicts[3].allow)
  end)
end)
