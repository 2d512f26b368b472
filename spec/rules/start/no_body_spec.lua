local engine = require("engine")

local RULE = "start.no-body"

local function start(body)
  return engine.call("POST", "/containers/web/start", body)
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["settings"] = start({ Privileged = true }),
    ["settings that change nothing"] = start([[{"Privileged":null}]]),
    ["settings that no engine knows"] = start({ a = 1 }),
    ["an empty object in an object"] = start({ HostConfig = {} }),
  }, alone)

  engine.denies("request.json", { ["a list"] = start("[]"), ["a text"] = start([["a"]]) }, alone)

  engine.allows({
    ["no body"] = start(),
    ["an empty object"] = start("{}"),
    ["an empty object among blanks"] = start(" { } "),
    ["null"] = start("null"),
  }, alone)

  it("says where settings belong", function()
    assert.equal("[start.no-body] a start request may not change settings (Binds). Fix: create the container with "
      .. "these settings, and start it without a body.", engine.decide(start({ Binds = { "/:/x" } }), alone).msg)
  end)
end)
