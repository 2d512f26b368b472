--- What the profiles decide, clause by clause: spec/cases/*.jsonl, one call a line. What is denied has
-- the rule that denies it, and no other may speak; beside it stands the nearest call that passes.

local engine = require("engine")
local json = require("dkjson")

--- The cases of a file, each with the line it is on.
local function read(profile)
  local cases = {}
  for line in io.lines(("spec/cases/%s.jsonl"):format(profile)) do
    local case = assert(json.decode(line, 1, json.null))
    local method, path = case.call:match("^(%S+) (%S+)$")
    case.line = line
    case.call = engine.call(method, path, case.body and json.encode(case.body))
    cases[#cases + 1] = case
  end
  return cases
end

--- The rules, or parts of the plugin, that denied.
local function deniers(verdict)
  local names = {}
  for name in verdict.msg:gmatch("%f[^\n\0]%[([%l.%-]+)%]") do
    names[name] = true
  end
  return names
end

for _, profile in ipairs({ "baseline", "restricted" }) do
  describe(profile .. ", clause by clause", function()
    local cases = read(profile)
    local verdicts

    setup(function()
      local calls = {}
      for i, case in ipairs(cases) do
        calls[i] = case.call
      end
      verdicts = engine.decide_all(calls, {
        ["policy.lua"] = ("return profile { id = 'site', extends = '%s' }"):format(profile),
      })
    end)

    for i, case in ipairs(cases) do
      it(("%s, line %d: %s"):format(case.rule and "denies" or "allows", i, case.clause), function()
        if case.rule then
          assert.is_false(verdicts[i].allow, case.line)
          assert.same({ [case.rule] = true }, deniers(verdicts[i]), case.line .. "\n" .. verdicts[i].msg)
        else
          assert.is_true(verdicts[i].allow, case.line .. "\n" .. (verdicts[i].msg or ""))
        end
      end)
    end
  end)
end
