local catalogue = require("catalogue")
local engine = require("engine")

local RULES = "lua-policies/rules"
local SPECS = "spec/rules"

--- Paths below a directory without their ending, in order.
local function files(directory, ending)
  local found = {}
  local pipe = assert(io.popen(("find %s -name '*%s' | LC_ALL=C sort"):format(directory, ending)))
  for path in pipe:lines() do
    found[#found + 1] = path:sub(#directory + 2, -#ending - 1)
  end
  pipe:close()
  assert(#found > 0, "no files in " .. directory .. ": run busted in the project's own directory")
  return found
end

local function read(path)
  local file = io.open(path)
  local content = file and file:read("a")
  if file then
    file:close()
  end
  return content
end

--- "container.bind-mounts" is in container/bind_mounts.lua.
local function path_of(id)
  return (id:gsub("%.", "/"):gsub("-", "_"))
end

local function id_of(path)
  return (path:gsub("/", "."):gsub("_", "-"))
end

local function has_file(id)
  return read(("%s/%s.lua"):format(RULES, path_of(id))) ~= nil
end

local WAITS = { lookups = true, state = true }

describe("the catalogue", function()
  for _, entry in ipairs(catalogue) do
    if not WAITS[entry.by] and entry.by ~= "core" then
      it(entry.id .. " has a rule", function()
        assert.is_true(has_file(entry.by or entry.id))
      end)
    end
  end

  it("names everything once", function()
    local seen = {}
    for _, entry in ipairs(catalogue) do
      assert.is_nil(seen[entry.id], entry.id)
      seen[entry.id] = true
    end
  end)

  it("lets no demand wait that a call answers by itself", function()
    for _, entry in ipairs(catalogue) do
      assert.is_false(entry.kind == "Q" and entry.by == "lookups", entry.id)
    end
  end)
end)

describe("what the plugin does itself", function()
  local function site(check)
    return { ["rules/site.lua"] = "return rule { id = 'site.x', on = '*', check = function(req) " .. check .. " end }" }
  end

  local function refused(by, call, policy)
    local verdict = engine.decide(call, policy)
    assert.is_false(verdict.allow)
    assert.matches("[" .. by .. "]", verdict.msg, 1, true)
  end

  it("request.well-formed", function()
    refused("request.json", engine.call("POST", "/containers/create", "{"))
  end)
  it("request.known-route", function()
    refused("request.unknown-route", engine.call("GET", "/nothing/like/this"))
  end)
  it("self.fail-mode", function()
    refused("policy-error", engine.create({}), site("return req.nothing"))
  end)
  it("self.budget", function()
    refused("limit", engine.create({}), site("while true do end"))
  end)
end)

--- How many cases a spec has, by what it expects.
local function cases_of(path)
  local count = { denies = 0, allows = 0 }
  local function add(kind, cases)
    for _ in pairs(cases) do
      count[kind] = count[kind] + 1
    end
  end
  local counting = setmetatable({
    denies = function(_, cases) add("denies", cases) end,
    allows = function(cases) add("allows", cases) end,
  }, { __index = engine })
  local env = setmetatable({
    require = function(name) return name == "engine" and counting or require(name) end,
    describe = function(_, body) body() end,
    it = function() end,
  }, { __index = _G })
  assert(loadfile(path, "t", env))()
  return count
end

describe("each rule", function()
  local rules = files(RULES, ".lua")

  for _, path in ipairs(rules) do
    describe(id_of(path), function()
      local text = read(("%s/%s.lua"):format(RULES, path))

      it("says what it is for and where that comes from", function()
        assert.matches("^%-%-%- %u[^\n]+\n", text)
        assert.truthy(text:find("\n-- Source: ", 1, true))
        for _, key in ipairs({ 'id = "' .. id_of(path) .. '"', 'title = "', "severity = \"", "refs = {", "api = 1" }) do
          assert.truthy(text:find("\n  " .. key, 1, true), key)
        end
      end)

      it("has a spec with three denied and three allowed requests", function()
        local spec = ("%s/%s_spec.lua"):format(SPECS, path)
        assert.truthy(read(spec), "there is no " .. spec)
        local count = cases_of(spec)
        assert.is_true(count.denies >= 3, count.denies .. " denied")
        assert.is_true(count.allows >= 3, count.allows .. " allowed")
      end)
    end)
  end

  it("is there for each spec", function()
    for _, path in ipairs(files(SPECS, "_spec.lua")) do
      assert.truthy(read(("%s/%s.lua"):format(RULES, path)), path)
    end
  end)

  it("loads with its default parameters", function()
    local lines = { "return profile { id = 'site', extends = 'restricted', rules = {" }
    for _, path in ipairs(rules) do
      lines[#lines + 1] = ("  [%q] = {},"):format(id_of(path))
    end
    lines[#lines + 1] = "} }"
    local got = engine.check({ ["policy.lua"] = table.concat(lines, "\n") })
    assert.equal("", got.output)
    assert.equal(0, got.status)
  end)
end)
