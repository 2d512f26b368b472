local engine = require("engine")

--- What a rule says that denies with this expression, beside this data file.
local function says(expression, roles)
  return engine.decide(engine.create({}), {
    ["rules/a.lua"] = ([[return rule { id = "site.a", on = { "container.create" },
      check = function(req, p, ctx) return deny(tostring(%s)) end }]]):format(expression),
    ["data/roles.json"] = roles or [[{ "users": { "alice": ["dev", "ops"] }, "limit": 3, "none": null }]],
  }).msg
end

describe("a data file", function()
  it("is read by its name", function()
    assert.equal("[site.a] ops.", says("ctx.data.roles.users.alice[2]"))
    assert.equal("[site.a] 3.", says("ctx.data.roles.limit"))
    assert.equal("[site.a] nil.", says("ctx.data.roles.none"))
  end)

  it("is as good as a table to helpers", function()
    assert.equal("[site.a] true.", says([[glob.any(ctx.data.roles.users.alice, "dev")]]))
  end)

  it("has no key at its top that it lacks", function()
    assert.matches("[policy-error] rules/a.lua:2: ctx.data.roles has no field 'usrs'; did you mean 'users'?",
      says("ctx.data.roles.usrs"), 1, true)
  end)

  it("has names as data below that", function()
    assert.equal("[site.a] nil.", says("ctx.data.roles.users.bob"))
  end)

  it("must be there", function()
    assert.matches("[policy-error] rules/a.lua:2: ctx.data has no field 'role'; did you mean 'roles'?",
      says("ctx.data.role"), 1, true)
  end)

  it("cannot be changed", function()
    assert.matches("ctx.data.roles.users cannot be changed",
      says("(function() ctx.data.roles.users.bob = {} end)()"), 1, true)
  end)

  it("keeps the set from being loaded when it is broken", function()
    local checked = engine.check({ ["data/roles.json"] = "{\n\"a\": 1,\n}" })
    assert.equal(1, checked.status)
    assert.matches("^data/roles.json:3: not JSON at byte ", checked.output)
  end)
end)
