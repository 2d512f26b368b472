local engine = require("engine")
local recipe = require("recipe")

describe("each recipe", function()
  local names = recipe.names()

  it("is there", function()
    assert.is_true(#names >= 10)
  end)

  for _, name in ipairs(names) do
    local policy, content = recipe.policy(name)

    it("loads as the policy of a site: " .. name, function()
      local got = engine.check(policy)
      assert.equal(0, got.status, got.output)
    end)

    it("says how it is used and where it ends: " .. name, function()
      assert.matches("\n%-%- Use: copy to /etc/lua%-authz/policy%.lua", content)
      assert.matches("\n%-%- Limit: ", content)
    end)

    it("can be read at a glance: " .. name, function()
      local _, lines = content:match("\nreturn profile .*"):gsub("\n", "")
      assert.is_true(lines <= 31, "lines: " .. lines)
    end)

    it("has a spec of its own: " .. name, function()
      assert(io.open(("spec/recipes/%s_spec.lua"):format(name))):close()
    end)
  end
end)
