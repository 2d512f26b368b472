local engine = require("engine")

local RULE = "container.apparmor"

local function profile(name)
  return engine.create({ SecurityOpt = { "apparmor=" .. name } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["unconfined"] = profile("unconfined"),
    ["unconfined in the old form"] = engine.create({ SecurityOpt = { "apparmor:unconfined" } }),
    ["unconfined as the last of two"] =
      engine.create({ SecurityOpt = { "apparmor=web", "apparmor=unconfined" } }),
    ["a blank behind it, which the kernel strips"] = profile("unconfined "),
    ["a blank in front of it"] = profile(" unconfined"),
    ["another letter case"] = profile("Unconfined"),
    ["a namespace in front of it"] = profile(":root://unconfined"),
    ["a service without it"] = engine.service({ Privileges = { AppArmor = { Mode = "disabled" } } }),
    ["a build without it"] = engine.call("POST", "/build?securityopt=apparmor%3Dunconfined"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["the engine's own profile"] = profile("docker-default"),
    ["an empty name, which is the engine's own"] = profile(""),
    ["a profile of the host"] = profile("web"),
    ["a last option that confines"] =
      engine.create({ SecurityOpt = { "apparmor=unconfined", "apparmor=web" } }),
    ["a service"] = engine.service({ Privileges = { AppArmor = { Mode = "default" } } }),
    ["a build"] = engine.call("POST", "/build?securityopt=apparmor%3Dweb"),
  }, alone)

  it("says what to leave out", function()
    assert.equal("[container.apparmor] AppArmor may not be switched off (HostConfig.SecurityOpt). "
      .. "Fix: leave out --security-opt apparmor=unconfined.", engine.decide(profile("unconfined"), alone).msg)
  end)

  describe("with listed profiles", function()
    local listed = engine.alone(RULE, [[allow = { "web-*" }]])

    engine.denies(RULE, {
      ["another one"] = profile("web"),
      ["a pattern's sibling"] = profile("my-web-1"),
      ["unconfined, whatever is listed"] = profile("web-unconfined"),
    }, listed)
    engine.allows({
      ["these"] = profile("web-1"),
      ["the engine's own"] = profile("docker-default"),
      ["nothing said"] = engine.create({}),
    }, listed)
  end)
end)
