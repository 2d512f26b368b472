local engine = require("engine")

local RULE = "image.export"

local function get(path)
  return engine.call("GET", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[users = { "backup" }]])

  engine.denies(RULE, {
    ["saving an image"] = get("/images/alpine/get"),
    ["saving several"] = get("/images/get?names=alpine&names=busybox"),
    ["exporting a container"] = get("/containers/web/export"),
    ["copying files out"] = get("/containers/web/archive?path=%2Fetc%2Fpasswd"),
    ["another user"] = engine.as("alice", get("/containers/web/export")),
  }, policy)

  engine.allows({
    ["asking what a path is"] = engine.call("HEAD", "/containers/web/archive?path=%2Fetc"),
    ["copying files in"] = engine.call("PUT", "/containers/web/archive?path=%2Ftmp"),
    ["a listed user"] = engine.as("backup", get("/containers/web/export")),
    ["an image's settings"] = get("/images/alpine/json"),
  }, policy)

  it("says what to do", function()
    assert.equal("[image.export] copying files out of containers is not allowed. "
      .. "Fix: let the container write them to a volume.",
      engine.decide(get("/containers/web/archive?path=%2Fx"), policy).msg)
    assert.equal("[image.export] taking whole images or file systems away is not allowed. "
      .. "Fix: pull the image from its registry.", engine.decide(get("/images/alpine/get"), policy).msg)
  end)

  describe("with archive = allow", function()
    local copies = engine.with_params(RULE, [[archive = "allow"]])

    engine.denies(RULE, { ["whole file systems"] = get("/containers/web/export") }, copies)
    engine.allows({ ["copying files out"] = get("/containers/web/archive?path=%2Fx") }, copies)
  end)
end)
