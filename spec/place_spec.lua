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
  it("says that a policy directory is not there", function()
    local output, code = run(BUILD .. "/lua-authz check --policy /nothing/here")
    assert.equal("/nothing/here: there is no such directory; without one the profile baseline is in force\n", output)
    assert.equal(1, code)
  end)

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

describe("lua-authz decide", function()
  it("says that it decides by baseline where the directory is not there", function()
    local output = run(BUILD .. "/lua-authz decide --policy /nothing/here /dev/null 2>&1")
    assert.equal("lua-authz: /nothing/here: there is no such directory, so the profile baseline decides\n", output)
  end)
end)
