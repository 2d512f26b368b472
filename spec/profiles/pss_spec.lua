--- The profiles beside the Kubernetes Pod Security Standards: spec/cases/pss.jsonl holds the fixtures of
-- kubernetes/pod-security-admission (commit 8f84a87c, version 1.37 of the standards), each container of a
-- pod as the request that creates it; of a pod that fails, the container that makes it fail. A note says why
-- there is no such request, or why the verdict is another one. Where Kubernetes leaves the number of a user
-- to the image (runAsNonRoot), the request names one, and those of the level "restricted" have the memory
-- and process limits that the profile wants beside the standard.

local casefile = require("casefile")
local engine = require("engine")

local cases = casefile.read("pss")

for _, profile in ipairs({ "baseline", "restricted" }) do
  describe(profile .. ", with the fixtures of the Pod Security Standards,", function()
    local judged, verdicts = {}, {}

    for _, case in ipairs(cases) do
      if case.denied_by and case.denied_by[profile] then
        judged[#judged + 1] = case
      end
    end

    setup(function()
      local calls = {}
      for i, case in ipairs(judged) do
        calls[i] = engine.call("POST", "/containers/create", casefile.body(case.body))
      end
      verdicts = engine.decide_all(calls, casefile.extending(profile))
    end)

    for i, case in ipairs(judged) do
      local rules = case.denied_by[profile]
      it(("%s %s (%d)"):format(#rules > 0 and "denies" or "allows", case.source, i), function()
        assert.equal(#rules == 0, verdicts[i].allow, case.line .. "\n" .. verdicts[i].msg)
        assert.same(casefile.set(rules), casefile.deniers(verdicts[i]), case.line)
      end)
    end
  end)
end

describe("the fixtures of the Pod Security Standards", function()
  it("are all there", function()
    local files = {}
    for _, case in ipairs(cases) do
      files[case.source] = case.psa
    end
    local count = { pass = 0, fail = 0 }
    for source, psa in pairs(files) do
      assert.matches("^test/testdata/%l+/v1%.37/" .. psa .. "/%w+", source)
      count[psa] = count[psa] + 1
    end
    assert.same({ pass = 15 + 23, fail = 34 + 76 }, count)
  end)

  it("are decided as in Kubernetes, but where a note says why not", function()
    for _, case in ipairs(cases) do
      local rules = case.denied_by and case.denied_by[case.level]
      if not rules or (#rules > 0) ~= (case.psa == "fail") then
        assert.is_string(case.note, case.line)
      end
    end
  end)
end)
