--- What clients send all day: every call that the docker command, Compose and the Python SDK were seen to
-- make (tests/corpus/recorded.jsonl). The baseline denies those that take the host, and only those.

local casefile = require("casefile")
local engine = require("engine")
local json = require("dkjson")

--- The calls as the engine showed them before they were done.
local function recorded()
  local calls = {}
  for line in io.lines("tests/corpus/recorded.jsonl") do
    local message = assert(json.decode(line))
    if message.endpoint == "/AuthZPlugin.AuthZReq" then
      calls[#calls + 1] = message.body
    end
  end
  return calls
end

-- The path of each call that is denied, the rule that must be among those that deny it, and how often.
local DENIED = {
  { "/containers/create?name=priv", "container.no-privileged", 3 },
  { "/containers/plain/exec", "container.no-privileged", 1 },
  { "/containers/create?name=flags", "container.bind-mounts", 1 },
  { "/containers/create?name=joiner", "container.bind-mounts", 1 },
  { "/containers/create?name=demo_web_1", "container.bind-mounts", 1 },
  { "/containers/create?name=py1", "container.bind-mounts", 1 },
  { "/volumes/create", "container.bind-mounts", 1 },
  { "/services/create", "container.bind-mounts", 1 },
  { "/swarm/init", "swarm.admin", 1 },
  { "/swarm/leave?force=1", "swarm.admin", 1 },
  { "/plugins/pull?name=&remote=docker.io%2Fnosuch%2Fplugin", "plugin.admin", 1 },
}

describe("recorded traffic", function()
  local calls, verdicts

  setup(function()
    calls = recorded()
    verdicts = engine.decide_all(calls)
  end)

  it("is all there", function()
    assert.equal(144, #calls)
  end)

  for _, expected in ipairs(DENIED) do
    local path, rule, times = expected[1], expected[2], expected[3]
    it(("is denied by %s: %s"):format(rule, path), function()
      local count = 0
      for i, verdict in ipairs(verdicts) do
        local denied = not verdict.allow and calls[i].RequestUri:gsub("^/v[%d.]+", "") == path
        if denied and casefile.deniers(verdict)[rule] then
          count = count + 1
        end
      end
      assert.equal(times, count)
    end)
  end

  it("is allowed but for these", function()
    local denied = {}
    for _, verdict in ipairs(verdicts) do
      denied[#denied + 1] = not verdict.allow and verdict.msg or nil
    end
    assert.equal(13, #denied, table.concat(denied, "\n"))
  end)

  it("is denied by cis no more than by baseline", function()
    for i, verdict in ipairs(engine.decide_all(calls, casefile.extending("cis"))) do
      assert.equal(verdicts[i].allow, verdict.allow, verdict.msg)
    end
  end)

  it("is read by readonly, and not changed", function()
    for i, verdict in ipairs(engine.decide_all(calls, casefile.extending("readonly"))) do
      local method = calls[i].RequestMethod
      if method ~= "GET" and method ~= "HEAD" and verdict.action ~= "container.wait" then
        assert.is_false(verdict.allow, verdict.action)
      end
    end
  end)

  it("passes the gate, and is known to the route table", function()
    for i, verdict in ipairs(verdicts) do
      assert.not_equal("unknown", verdict.action, calls[i].RequestUri)
      for name in pairs(casefile.deniers(verdict)) do
        assert.not_matches("^request%.", name, calls[i].RequestUri)
      end
    end
  end)
end)
