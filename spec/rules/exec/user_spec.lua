local engine = require("engine")

local RULE = "exec.user"

local function exec(user)
  return engine.exec({ Cmd = { "id" }, User = user })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["root by name"] = exec("root"),
    ["root by number"] = exec("0"),
    ["root with a group"] = exec("root:users"),
    ["root by number with a group"] = exec("0:1000"),
    ["more zeros"] = exec("000"),
    ["zero with a sign"] = exec("+0"),
    ["zero with the other sign"] = exec("-0"),
    ["a group without a user, which the engine takes for root"] = exec(":1000"),
  }, alone)

  engine.allows({
    ["nobody in particular"] = engine.exec({ Cmd = { "id" } }),
    ["an empty name"] = exec(""),
    ["another number"] = exec("1000"),
    ["another number in the group of root"] = exec("1:0"),
    ["another name"] = exec("www-data"),
    ["a name that only looks like root"] = exec("Root"),
  }, alone)

  it("says what to leave out", function()
    assert.equal("[exec.user] exec as root is not allowed (User). Fix: leave out --user 0:0, or name another user.",
      engine.decide(exec("0:0"), alone).msg)
  end)

  describe("with deny_root = false", function()
    engine.allows({ ["root"] = exec("root") }, engine.alone(RULE, "deny_root = false"))
  end)
end)
