local engine = require("engine")

local RULE = "container.copy"

local function copy(container, body)
  return engine.call("POST", "/containers/" .. container .. "/copy", body)
end

describe(RULE, function()
  engine.denies(RULE, {
    ["a file"] = copy("web", { Resource = "/etc/passwd" }),
    ["a directory"] = copy("web", { Resource = "/" }),
    ["it by the container's id"] = copy(("0"):rep(64), { Resource = "/etc/passwd" }),
  })

  engine.allows({
    ["docker cp out of a container"] = engine.call("GET", "/containers/web/archive?path=%2Fetc%2Fhosts"),
    ["asking what a path is"] = engine.call("HEAD", "/containers/web/archive?path=%2Fetc%2Fhosts"),
    ["a container called copy"] = engine.call("GET", "/containers/copy/json"),
  })

  it("says what to use", function()
    assert.equal("[container.copy] this way to copy files out of a container is retired. "
      .. "Fix: use a client that knows the archive call, such as docker cp.",
      engine.decide(copy("web", { Resource = "/x" })).msg)
  end)
end)
