--- What the profiles decide, clause by clause: spec/cases/*.jsonl, one call a line. What is denied has
-- the rule that denies it, and no other may speak; beside it stands the nearest call that passes.

local casefile = require("casefile")
local engine = require("engine")

for _, profile in ipairs({ "baseline", "restricted" }) do
  describe(profile .. ", clause by clause", function()
    local cases = casefile.read(profile)
    local verdicts

    setup(function()
      local calls = {}
      for i, case in ipairs(cases) do
        local method, path = case.call:match("^(%S+) (%S+)$")
        calls[i] = engine.call(method, path, casefile.body(case.body))
      end
      verdicts = engine.decide_all(calls, casefile.extending(profile))
    end)

    for i, case in ipairs(cases) do
      it(("%s, line %d: %s"):format(case.rule and "denies" or "allows", i, case.clause), function()
        if case.rule then
          assert.is_false(verdicts[i].allow, case.line)
          assert.same({ [case.rule] = true }, casefile.deniers(verdicts[i]), case.line .. "\n" .. verdicts[i].msg)
        else
          assert.is_true(verdicts[i].allow, case.line .. "\n" .. (verdicts[i].msg or ""))
        end
      end)
    end
  end)
end
