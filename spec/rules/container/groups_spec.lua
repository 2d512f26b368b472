local engine = require("engine")

local RULE = "container.groups"

local function add(...)
  return engine.create({ GroupAdd = { ... } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["the group of root by number"] = add("0"),
    ["the group of root by name"] = add("root"),
    ["the group of the engine"] = add("docker"),
    ["more zeros"] = add("00"),
    ["zero with a sign"] = add("+0"),
    ["zero with the other sign"] = add("-0"),
    ["one among others"] = add("1000", "docker"),
    ["a service's group"] = engine.service({ Groups = { "0" } }),
  }, alone)

  engine.allows({
    ["no groups"] = engine.create({}),
    ["another number"] = add("1"),
    ["another name"] = add("video"),
    ["a number with a zero in it"] = add("10"),
    ["a name that only starts alike"] = add("docker-users"),
    ["a service's group"] = engine.service({ Groups = { "1000" } }),
    ["the user's own group, which is not judged"] = engine.create({}, { User = "1000:0" }),
  }, alone)

  it("says which, where", function()
    assert.equal("[container.groups] group 0 may not be added (HostConfig.GroupAdd[2]). "
      .. "Fix: leave out --group-add 0.", engine.decide(add("1000", "0"), alone).msg)
    assert.matches("(TaskTemplate.ContainerSpec.Groups[1])",
      engine.decide(engine.service({ Groups = { "root" } }), alone).msg, 1, true)
  end)

  describe("with a listed number and primary", function()
    local strict = engine.alone(RULE, [[deny = { "0", "998" }, primary = true]])

    engine.denies(RULE, {
      ["the number"] = add("998"),
      ["the number with zeros"] = add("0998"),
      ["the user's own group"] = engine.create({}, { User = "1000:998" }),
      ["the user's own group with zeros"] = engine.create({}, { User = "1000:00" }),
      ["a service's user"] = engine.service({ User = "1000:0" }),
    }, strict)
    engine.allows({
      ["the number below"] = add("997"),
      ["the number above"] = add("999"),
      ["a name that is not listed"] = add("root"),
      ["a user of another group"] = engine.create({}, { User = "1000:1000" }),
      ["a user without a group"] = engine.create({}, { User = "1000" }),
    }, strict)
  end)
end)
