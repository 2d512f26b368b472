local engine = require("engine")

local RULE = "access.read-only"

local function get(path)
  return engine.call("GET", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["creating a container"] = engine.create({}),
    ["stopping one"] = engine.call("POST", "/containers/web/stop"),
    ["deleting an image"] = engine.call("DELETE", "/images/app:1"),
    ["exporting a file system"] = get("/containers/web/export"),
    ["copying files out"] = get("/containers/web/archive?path=%2Fetc%2Fpasswd"),
    ["saving an image"] = get("/images/app/get"),
    ["attaching over a websocket"] = get("/containers/web/attach/ws?stdin=1"),
    ["a BuildKit session"] = engine.call("POST", "/session"),
    ["running a command"] = engine.exec({ Cmd = { "id" } }),
  }, policy)

  engine.allows({
    ["listing containers"] = get("/containers/json"),
    ["a container's settings"] = get("/containers/web/json"),
    ["its logs"] = get("/containers/web/logs?stdout=1"),
    ["what goes on"] = get("/events"),
    ["a greeting"] = engine.call("HEAD", "/_ping"),
    ["waiting for a container"] = engine.call("POST", "/containers/web/wait"),
  }, policy)

  it("says what is more than reading", function()
    assert.equal("[access.read-only] alice has read access only, and container.stop is more. "
      .. "Fix: ask an administrator of this engine.",
      engine.decide(engine.as("alice", engine.call("POST", "/containers/web/stop")), policy).msg)
  end)

  describe("with users and streams", function()
    local some = engine.with_params(RULE, [[users = { "view-*" }, streams = {}]])

    engine.denies(RULE, {
      ["a listed user"] = engine.as("view-1", engine.create({})),
      ["a caller without a name"] = engine.create({}),
      ["logs"] = engine.as("view-1", get("/containers/web/logs?stdout=1")),
    }, some)
    engine.allows({ ["another user"] = engine.as("alice", engine.create({})) }, some)
  end)

  describe("with anonymous = write", function()
    local socket = engine.with_params(RULE, [[anonymous = "write"]])

    engine.denies(RULE, { ["a caller with a name"] = engine.as("alice", engine.create({})) }, socket)
    engine.allows({ ["a caller without one"] = engine.create({}) }, socket)
  end)
end)
