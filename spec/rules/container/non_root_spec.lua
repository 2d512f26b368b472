local engine = require("engine")

local RULE = "container.non-root"

local function user(text)
  return engine.create({}, { User = text })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["nothing said, which is the image's own"] = engine.create({}),
    ["an empty user"] = user(""),
    ["an empty user with a group"] = user(":1000"),
    ["0"] = user("0"),
    ["0 with a group"] = user("0:1000"),
    ["00"] = user("00"),
    ["+0"] = user("+0"),
    ["-0"] = user("-0"),
    ["a negative number"] = user("-1"),
    ["root"] = user("root"),
    ["a name"] = user("www-data"),
    ["a name that begins with a number"] = user("1000x"),
    ["a hexadecimal number, which is a name"] = user("0x3e8"),
    ["a number that the engine cannot hold"] = user("2147483648"),
    ["a number beyond 64 bits"] = user("18446744073709551616"),
    ["a number among blanks, which is a name"] = user(" 1000"),
    ["a service"] = engine.service({}),
    ["root in a service"] = engine.service({ User = "0" }),
  }, alone)

  engine.allows({
    ["1"] = user("1"),
    ["1000"] = user("1000"),
    ["a number with a group"] = user("1000:1000"),
    ["a number with the group of root"] = user("1000:0"),
    ["zeros in front"] = user("01000"),
    ["the largest"] = user("2147483647"),
    ["a service"] = engine.service({ User = "65532" }),
  }, alone)

  it("says what to add", function()
    local FIX = " Fix: add --user with a number, such as --user 1000:1000."
    assert.equal("[container.non-root] the container would run as the image's own user, which may be root (User)."
      .. FIX, engine.decide(engine.create({}), alone).msg)
    assert.equal("[container.non-root] the container would run as root ('00') (User)." .. FIX,
      engine.decide(user("00"), alone).msg)
    assert.equal("[container.non-root] user 'web' could be root in the image (User)." .. FIX,
      engine.decide(user("web"), alone).msg)
  end)

  describe("with allowed names and the image's user", function()
    local named = engine.alone(RULE, [[allow_named = { "node", "app-*", "root" }, use_image = true]])

    engine.denies(RULE, {
      ["another name"] = user("web"),
      ["root, whatever is listed"] = user("root"),
      ["0"] = user("0:1000"),
    }, named)
    engine.allows({
      ["a listed name"] = user("node"),
      ["a listed name with a group"] = user("app-1:node"),
      ["nothing said"] = engine.create({}),
    }, named)
  end)
end)
