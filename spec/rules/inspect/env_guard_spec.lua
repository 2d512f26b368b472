local engine = require("engine")

local RULE = "inspect.env-guard"

local function get(path)
  return engine.call("GET", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[users = { "ops" }]])

  engine.denies(RULE, {
    ["a container's settings"] = get("/containers/web/json"),
    ["an image's settings"] = get("/images/app:1/json"),
    ["an image's history"] = get("/images/app:1/history"),
    ["a service's settings"] = get("/services/web"),
    ["all services' settings"] = get("/services"),
    ["a task's settings"] = get("/tasks/t1"),
    ["all tasks' settings"] = get("/tasks"),
    ["another user"] = engine.as("alice", get("/containers/web/json")),
  }, policy)

  engine.allows({
    ["listing containers"] = get("/containers/json"),
    ["a network's settings"] = get("/networks/n"),
    ["a command's state"] = get("/exec/" .. ("a"):rep(64) .. "/json"),
    ["a listed user"] = engine.as("ops", get("/containers/web/json")),
  }, policy)

  it("says what is left", function()
    assert.equal("[inspect.env-guard] the answer would show environment values. "
      .. "Fix: ask an administrator; docker ps shows names, images and states.",
      engine.decide(get("/containers/web/json"), policy).msg)
  end)
end)
