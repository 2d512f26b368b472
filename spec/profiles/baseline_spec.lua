local engine = require("engine")

describe("baseline", function()
  engine.denies("request.unknown-route", {
    ["reading what is not known"] = engine.call("GET", "/nothing/like/this"),
    ["writing what is not known"] = engine.call("POST", "/nothing/like/this", {}),
  })

  engine.allows({
    ["a greeting"] = engine.call("GET", "/_ping"),
    ["listing containers"] = engine.call("GET", "/containers/json"),
    ["a plain container"] = engine.create({}),
    ["pulling an image"] = engine.call("POST", "/images/create?fromImage=alpine&tag=3.20"),
  })

  it("is in force in a policy directory that has rules of its own", function()
    local policy = { ["rules/site.lua"] = [[return rule {
      id = "site.no-list", on = { "container.list" },
      check = function() return deny("no lists today") end }]] }
    assert.equal("[site.no-list] no lists today.",
      engine.decide(engine.call("GET", "/containers/json"), policy).msg)
    assert.is_false(engine.decide(engine.create({ Privileged = true }), policy).allow)
  end)

  it("can be weakened by a profile that extends it", function()
    local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline",
      rules = { ["container.no-privileged"] = { mode = "audit" } } }]] }
    local verdict = engine.decide(engine.create({ Privileged = true }), policy)
    assert.is_true(verdict.allow)
    assert.equal("audit", verdict.findings[1].mode)
    assert.equal("deny", verdict.findings[1].effect)
  end)
end)

describe("a policy that does not load", function()
  local broken = { ["rules/site.lua"] = "return rule {\n  id = 'site.x' on = {} }" }

  it("is told by file and line", function()
    local got = engine.check(broken)
    assert.equal(1, got.status)
    assert.matches("rules/site.lua:2: '}' expected (to close '{' at line 1) near 'on'", got.output, 1, true)
  end)

  it("allows nothing but greetings", function()
    local verdict = engine.decide(engine.create({}), broken)
    assert.is_false(verdict.allow)
    assert.matches("[no-policy] the policies of this engine do not load", verdict.msg, 1, true)
    assert.is_true(engine.decide(engine.call("GET", "/_ping"), broken).allow)
  end)
end)

describe("a policy that takes too much", function()
  local function with(text)
    return { ["rules/site.lua"] = "return rule { id = 'site.x', on = '*', check = function(req)\n" .. text .. " end }" }
  end

  it("is stopped, and the line named", function()
    local verdict = engine.decide(engine.call("GET", "/_ping"), with("while true do end"))
    assert.is_false(verdict.allow)
    assert.matches("[limit] rules/site.lua:2 used its", verdict.msg, 1, true)
  end)

  it("cannot hide that", function()
    local verdict = engine.decide(engine.call("GET", "/_ping"),
      with("while true do pcall(function() local s = 'x' while true do s = s .. s end end) end"))
    assert.is_false(verdict.allow)
    assert.matches("[limit] rules/site.lua:2 used its", verdict.msg, 1, true)
  end)

  it("does not touch the next call", function()
    local verdicts = engine.decide_all({ engine.create({ Privileged = true }), engine.create({}) },
      with("if req.container.privileged then while true do end end"))
    assert.is_false(verdicts[1].allow)
    assert.is_true(verdicts[2].allow)
  end)
end)
