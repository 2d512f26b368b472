--- `lua-authz check` of what stands in the wrong place, and would be passed over in silence.

local engine = require("engine")

local BUILD = os.getenv("AUTHZ_BUILD") or "build"

local function run(command)
  local pipe = assert(io.popen(command))
  local output = pipe:read("a")
  local _, _, code = pipe:close()
  return output, code
end

describe("lua-authz check", function()
  it("says that nothing reads a rule beside policy.lua", function()
    local got = engine.check({
      ["owner.lua"] = "return rule { id = 'site.owner', on = 'container.create', check = function() end }",
      ["policy.lua"] = "return profile { id = 'site', extends = 'baseline' }",
      [".owner.lua"] = "",
      ["config.json"] = "{}",
    })
    assert.equal("owner.lua:1: nothing reads this file: rules belong into rules/, what they share into lib/\n",
      got.output)
    assert.equal(1, got.status)
  end)
end)

describe("A policy directory that is not there", function()
  for _, command in ipairs({ "check", "decide" }) do
    it("is told by " .. command .. ", and no fault: baseline is in force", function()
      local output, code = run(("%s/lua-authz %s --policy /nothing/here </dev/null 2>&1"):format(BUILD, command))
      assert.equal("lua-authz: /nothing/here: there is no such directory, so the profile baseline is in force\n",
        output)
      assert.equal(0, code)
    end)
  end
end)
