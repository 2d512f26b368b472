local engine = require("engine")

local RULE = "logs.access"

local function get(path)
  return engine.call("GET", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[users = { "ops" }]])

  engine.denies(RULE, {
    ["a container's logs"] = get("/containers/web/logs?stdout=1"),
    ["a service's logs"] = get("/services/web/logs?stdout=1"),
    ["a task's logs"] = get("/tasks/t1/logs?stdout=1"),
    ["attaching"] = engine.call("POST", "/containers/web/attach?stdout=1&stream=1"),
    ["attaching over a websocket"] = get("/containers/web/attach/ws?stdout=1"),
    ["another user"] = engine.as("alice", get("/containers/web/logs?stdout=1")),
  }, policy)

  engine.allows({
    ["events"] = get("/events"),
    ["the engine's settings"] = get("/info"),
    ["what a container uses"] = get("/containers/web/stats"),
    ["a listed user"] = engine.as("ops", get("/containers/web/logs?stdout=1")),
  }, policy)

  it("says whom to ask", function()
    assert.equal("[logs.access] the output of containers is not for everyone. "
      .. "Fix: ask an administrator of this engine.", engine.decide(get("/containers/web/logs"), policy).msg)
  end)

  describe("with engine = deny", function()
    local closed = engine.with_params(RULE, [[engine = "deny"]])

    engine.denies(RULE, {
      ["events"] = get("/events"),
      ["the engine's settings"] = get("/info"),
      ["its disk use"] = get("/system/df"),
    }, closed)
    engine.allows({ ["its version"] = get("/version") }, closed)
  end)
end)
