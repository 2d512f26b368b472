local engine = require("engine")

local RULE = "image.load"

local function load_archive()
  return engine.call("POST", "/images/load?quiet=1")
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[users = { "builder" }]])

  engine.denies(RULE, {
    ["loading an archive"] = load_archive(),
    ["importing a file system"] = engine.call("POST", "/images/create?fromSrc=-&repo=x"),
    ["importing from an address"] = engine.call("POST", "/images/create?fromSrc=http%3A%2F%2Fx%2Fy.tar"),
    ["another user"] = engine.as("alice", load_archive()),
  }, policy)

  engine.allows({
    ["a pull"] = engine.call("POST", "/images/create?fromImage=alpine&tag=3.20"),
    ["a listed user"] = engine.as("builder", load_archive()),
    ["a listed user's import"] = engine.as("builder", engine.call("POST", "/images/create?fromSrc=-&repo=x")),
    ["saving, which is another rule's"] = engine.call("GET", "/images/get?names=alpine"),
  }, policy)

  it("says what to do", function()
    assert.equal("[image.load] images must come from a registry, not from a file or an address. "
      .. "Fix: push it to a registry, and pull it from there.", engine.decide(load_archive(), policy).msg)
  end)
end)
