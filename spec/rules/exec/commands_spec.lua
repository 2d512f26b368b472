local engine = require("engine")

local RULE = "exec.commands"

local function exec(...)
  return engine.exec({ Cmd = { ... } })
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[deny = { "nsenter", "apt*", "npm install *" }]])

  engine.denies(RULE, {
    ["a program"] = exec("nsenter", "-t", "1"),
    ["a program by its path"] = exec("/usr/bin/nsenter"),
    ["a program by an odd path"] = exec("/usr/bin/../bin//nsenter"),
    ["a program by a pattern"] = exec("apt-get", "update"),
    ["the pattern's shortest"] = exec("apt"),
    ["a command line"] = exec("npm", "install", "left-pad"),
  }, policy)

  engine.allows({
    ["another program"] = exec("id"),
    ["a program that only starts alike"] = exec("nsenter2"),
    ["a program that only ends alike"] = exec("/usr/bin/my-nsenter"),
    ["a program as another one's word"] = exec("which", "nsenter"),
    ["another line of the same program"] = exec("npm", "test"),
    ["the line without its last word"] = exec("npm", "install"),
    ["no command, which the engine refuses"] = engine.exec({ Tty = true }),
    -- What the rule cannot see: it is advice.
    ["a shell that runs it"] = exec("sh", "-c", "nsenter -t 1"),
  }, policy)

  it("says which", function()
    assert.equal("[exec.commands] command nsenter is not allowed (Cmd). "
      .. "Fix: put what it is for into the image, or ask an administrator.",
      engine.decide(exec("/usr/bin/nsenter", "-t", "1"), policy).msg)
  end)

  describe("with nothing listed", function()
    engine.allows({ ["any command"] = exec("nsenter") }, engine.alone(RULE))
  end)
end)
