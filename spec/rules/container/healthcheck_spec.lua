local engine = require("engine")

local RULE = "container.healthcheck"

local function check(test)
  return engine.create({}, { Healthcheck = { Test = test } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["nothing said"] = engine.create({}),
    ["the image's own"] = engine.create({}, { Healthcheck = { Interval = 30000000000 } }),
    ["switching it off"] = check({ "NONE" }),
    ["a word that no engine knows"] = check({ "none" }),
    ["a command without its word"] = check({ "curl", "-f", "http://localhost/" }),
    ["a word without a command"] = check({ "CMD" }),
    ["a shell without a command"] = check({ "CMD-SHELL" }),
    ["a service"] = engine.service({}),
    ["a service that switches it off"] = engine.service({ Healthcheck = { Test = { "NONE" } } }),
  }, alone)

  engine.allows({
    ["a command"] = check({ "CMD", "curl", "-f", "http://localhost/" }),
    ["a command with its settings"] =
      engine.create({}, { Healthcheck = { Test = { "CMD", "true" }, Interval = 1000000, Retries = 3 } }),
    ["a shell"] = check({ "CMD-SHELL", "curl -f http://localhost/ || exit 1" }),
    ["a service"] = engine.service({ Healthcheck = { Test = { "CMD", "true" } } }),
  }, alone)

  it("says what to add", function()
    assert.equal("[container.healthcheck] a health check is required (Healthcheck). "
      .. "Fix: add --health-cmd with a command that fails when the service does.",
      engine.decide(engine.create({}), alone).msg)
    assert.matches("the health check may not be switched off", engine.decide(check({ "NONE" }), alone).msg, 1, true)
  end)

  describe("with use_image", function()
    local trusting = engine.alone(RULE, "use_image = true")

    engine.denies(RULE, {
      ["switching it off"] = check({ "NONE" }),
      ["a service that switches it off"] = engine.service({ Healthcheck = { Test = { "NONE" } } }),
      ["what no engine runs"] = check({ "sh" }),
    }, trusting)
    engine.allows({
      ["nothing said"] = engine.create({}),
      ["the image's own with other settings"] = engine.create({}, { Healthcheck = { Retries = 1 } }),
      ["an empty first word, which is the image's own"] = check({ "" }),
    }, trusting)
  end)
end)
