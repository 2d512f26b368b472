local engine = require("engine")

local RULE = "container.copy-in"

local function copy(container, query)
  return engine.call("PUT", ("/containers/%s/archive?path=%%2Ftmp%s"):format(container, query or ""))
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[users = { "deploy-*" }]])

  engine.denies(RULE, {
    ["copying files in"] = copy("web"),
    ["copying them in with their owners"] = copy("web", "&copyUIDGID=true"),
    ["a container by its id"] = copy("3f2a"),
    ["another user"] = engine.as("alice", copy("web")),
    ["a user whose name only holds a listed one"] = engine.as("my-deploy-1", copy("web")),
  }, policy)

  engine.allows({
    ["a listed user"] = engine.as("deploy-1", copy("web")),
    ["copying files out"] = engine.call("GET", "/containers/web/archive?path=%2Ftmp"),
    ["asking what a path is"] = engine.call("HEAD", "/containers/web/archive?path=%2Ftmp"),
    ["running a command"] = engine.exec({ Cmd = { "id" } }),
  }, policy)

  it("names the container", function()
    assert.equal("[container.copy-in] copying into web is not allowed. "
      .. "Fix: put the files into the image, or into a volume.", engine.decide(copy("web"), policy).msg)
  end)
end)
