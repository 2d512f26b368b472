--- cis beside the CIS Docker Benchmark: spec/cases/cis.jsonl holds the items of section 5, and those of others
-- that a call shows, numbered as in docker-bench-security (commit ff26d67f, version 1.6.0) and told in our own
-- words: a call that violates the item, one that satisfies it, and the rule that answers it, or why none can.

local casefile = require("casefile")
local engine = require("engine")

local judged = {}
local unjudged = {}
for _, item in ipairs(casefile.read("cis")) do
  local list = item.why and unjudged or judged
  list[#list + 1] = item
end

local function call(case)
  local method, path = case.call:match("^(%S+) (%S+)$")
  return engine.call(method, path, casefile.body(case.body))
end

--- What is found of an item: the findings of its rule, at its field where it has one.
local function found(item, verdict)
  local list = {}
  for _, finding in ipairs(verdict.findings) do
    if finding.rule == item.rule and (not item.field or finding.field == item.field) then
      list[#list + 1] = finding
    end
  end
  return list
end

local function decided(policy)
  local calls = {}
  for _, item in ipairs(judged) do
    calls[#calls + 1] = call(item.violates)
    calls[#calls + 1] = call(item.satisfies)
  end
  return engine.decide_all(calls, policy)
end

describe("cis", function()
  local verdicts, enforced, baseline

  setup(function()
    verdicts = decided(casefile.extending("cis"))
    enforced = decided({ ["policy.lua"] = "return profile { id = 'site', extends = 'cis', mode = 'enforce' }" })
    baseline = decided()
  end)

  for i, item in ipairs(judged) do
    local effect = item.effect or "deny"
    local denies = effect == "deny" and item.mode == "enforce"

    it(("%s: %s (%s)"):format(item.item, denies and "denies" or "writes down", item.title), function()
      local verdict = verdicts[2 * i - 1]
      local finding = found(item, verdict)[1]
      assert.is_table(finding, item.rule .. " found nothing: " .. verdict.msg)
      assert.equal(effect, finding.effect)
      assert.equal(item.mode, finding.mode)
      assert.equal(not denies, verdict.allow, verdict.msg)
    end)

    it(("%s: passes what satisfies it"):format(item.item), function()
      local verdict = verdicts[2 * i]
      assert.is_true(verdict.allow, verdict.msg)
      assert.same({}, found(item, verdict))
    end)

    if item.mode == "audit" then
      it(("%s: denies when a site enforces it"):format(item.item), function()
        assert.is_false(enforced[2 * i - 1].allow)
        assert.matches("[" .. item.rule .. "]", enforced[2 * i - 1].msg, 1, true)
      end)
    end
  end

  it("denies what baseline denies, and nothing more", function()
    for i, verdict in ipairs(verdicts) do
      assert.equal(baseline[i].allow, verdict.allow, verdict.msg)
    end
  end)

  it("has every item of section 5, and says why where it cannot judge one", function()
    local items = {}
    for _, list in ipairs({ judged, unjudged }) do
      for _, item in ipairs(list) do
        items[item.item] = item.rule or item.why
      end
    end
    for i = 1, 32 do
      assert.is_string(items["5." .. i], "5." .. i)
    end
  end)

  it("finds nothing in a container that satisfies all", function()
    local sound = engine.create({
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" }, ReadonlyRootfs = true, NetworkMode = "shop",
      Memory = 1 << 28, NanoCpus = 500000000, PidsLimit = 100,
      RestartPolicy = { Name = "on-failure", MaximumRetryCount = 5 },
      PortBindings = { ["80/tcp"] = { { HostIp = "127.0.0.1", HostPort = "8080" } } },
    }, { Image = "alpine:3.20", User = "1000", Healthcheck = { Test = { "CMD", "true" } } })
    local verdict = engine.decide(sound, casefile.extending("cis"))
    assert.is_true(verdict.allow)
    assert.same({}, verdict.findings)
  end)
end)
