local engine = require("engine")

local RULE = "container.commit"

local function commit(query)
  return engine.call("POST", "/commit?container=web" .. (query or ""), {})
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[users = { "release" }]])

  engine.denies(RULE, {
    ["making an image"] = commit("&repo=mine&tag=1"),
    ["making one without a name"] = commit(),
    ["making one without a body"] = engine.call("POST", "/commit?container=web"),
    ["making one with changes"] = commit("&changes=USER%20root"),
    ["another user"] = engine.as("alice", commit()),
  }, policy)

  engine.allows({
    ["a listed user"] = engine.as("release", commit()),
    ["tagging an image"] = engine.call("POST", "/images/x/tag?repo=mine&tag=1"),
    ["building one"] = engine.call("POST", "/build?t=mine"),
    ["asking what changed"] = engine.call("GET", "/containers/web/changes"),
  }, policy)

  it("says what to do", function()
    assert.equal("[container.commit] committing containers is not allowed (container). "
      .. "Fix: build the image from a Dockerfile.", engine.decide(commit(), policy).msg)
  end)
end)
