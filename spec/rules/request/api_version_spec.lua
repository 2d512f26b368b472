local engine = require("engine")

local RULE = "request.api-version"

local function list(version)
  local call = engine.call("GET", "/containers/json")
  call.RequestUri = version .. "/containers/json"
  return call
end

local function ask(uri)
  local call = engine.call("GET", "/")
  call.RequestUri = uri
  return call
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["the version just below"] = list("/v1.39"),
    ["an old one"] = list("/v1.24"),
    ["one between"] = list("/v1.30"),
  }, policy)

  engine.allows({
    ["the oldest that may be"] = list("/v1.40"),
    ["a newer one"] = list("/v1.51"),
    ["the next major version"] = list("/v2.0"),
    ["a call without a version"] = list(""),
    ["asking for the version"] = ask("/v1.24/version"),
    ["a greeting"] = ask("/v1.24/_ping"),
  }, policy)

  it("says which version to speak", function()
    assert.equal("[request.api-version] API version 1.39 is too old. Fix: use a client that speaks 1.40 or later.",
      engine.decide(list("/v1.39"), policy).msg)
  end)

  describe("with another minimum", function()
    local newer = engine.with_params(RULE, "min = { minor = 45 }")

    engine.denies(RULE, { ["just below"] = list("/v1.44") }, newer)
    engine.allows({ ["it"] = list("/v1.45") }, newer)
  end)
end)
