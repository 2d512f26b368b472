local engine = require("engine")

local RULE = "container.no-new-privileges"

local function options(...)
  return engine.create({ SecurityOpt = { ... } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["nothing said"] = engine.create({}),
    ["other options"] = options("seccomp=builtin"),
    ["switching it off"] = options("no-new-privileges=false"),
    ["switching it off last"] = options("no-new-privileges", "no-new-privileges:false"),
    ["another letter case"] = options("No-New-Privileges"),
    ["a service"] = engine.service({}),
    ["a service that says no"] = engine.service({ Privileges = { NoNewPrivileges = false } }),
  }, alone)

  engine.allows({
    ["the bare word"] = options("no-new-privileges"),
    ["the word with true"] = options("no-new-privileges=true"),
    ["the old form"] = options("no-new-privileges:true"),
    ["a word for true"] = options("no-new-privileges=1"),
    ["switching it on last"] = options("no-new-privileges=false", "no-new-privileges"),
    ["a service"] = engine.service({ Privileges = { NoNewPrivileges = true } }),
  }, alone)

  it("says what to add", function()
    assert.equal("[container.no-new-privileges] processes of the container could gain privileges "
      .. "(HostConfig.SecurityOpt). Fix: add --security-opt no-new-privileges.",
      engine.decide(engine.create({}), alone).msg)
  end)

  describe("where the engine does it for all", function()
    local default = engine.alone(RULE, "daemon_default = true")

    engine.allows({ ["nothing said"] = engine.create({}), ["a service"] = engine.service({}) }, default)
    engine.denies(RULE, { ["switching it off"] = options("no-new-privileges=false") }, default)
  end)
end)
