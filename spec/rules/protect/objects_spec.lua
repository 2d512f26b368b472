local engine = require("engine")

local RULE = "protect.objects"
local ID = ("0123456789abcdef"):rep(4)

local function post(path)
  return engine.call("POST", path)
end

local function delete(path)
  return engine.call("DELETE", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[names = { "db", "prod-*" }]])

  engine.denies(RULE, {
    ["deleting a container"] = delete("/containers/db?force=1"),
    ["the same in percent encoding"] = delete("/containers/%64b"),
    ["stopping one"] = post("/containers/prod-web/stop"),
    ["killing one"] = post("/containers/prod-web/kill?signal=KILL"),
    ["renaming one"] = post("/containers/db/rename?name=x"),
    ["changing its limits"] = engine.call("POST", "/containers/db/update", { Memory = 1048576 }),
    ["what may be a protected container's id"] = delete("/containers/" .. ID),
    ["the beginning of an id"] = delete("/containers/3f2"),
    ["deleting a volume"] = delete("/volumes/db"),
    ["deleting a network"] = delete("/networks/prod-net"),
    ["deleting a service"] = delete("/services/db"),
    ["a service by its id"] = delete("/services/" .. ("a"):rep(25)),
    ["a prune of containers"] = post("/containers/prune"),
    ["a prune of volumes"] = post("/volumes/prune"),
  }, policy)

  engine.allows({
    ["another container"] = delete("/containers/web"),
    ["a name that only starts alike"] = delete("/containers/db-copy"),
    ["a volume whose name looks like an id, for volumes have none"] = delete("/volumes/" .. ID),
    ["a service with a short name of small letters"] = delete("/services/web"),
    ["reading a protected container's settings"] = engine.call("GET", "/containers/db/json"),
    ["starting it"] = post("/containers/db/start"),
    ["a prune of images"] = post("/images/prune"),
  }, policy)

  it("names what is protected", function()
    assert.equal("[protect.objects] container db is protected. Fix: ask an administrator of this engine.",
      engine.decide(delete("/containers/db"), policy).msg)
    assert.equal("[protect.objects] 3f2 may be the id of a protected container. "
      .. "Fix: give the container by its name.", engine.decide(delete("/containers/3f2"), policy).msg)
  end)

  describe("with ids and prune = allow", function()
    local loose = engine.with_params(RULE, [[names = { "db" }, ids = "allow", prune = "allow"]])

    engine.denies(RULE, { ["the name"] = delete("/containers/db") }, loose)
    engine.allows({ ["an id"] = delete("/containers/3f2"), ["a prune"] = post("/containers/prune") }, loose)
  end)

  engine.allows({ ["everything where nothing is protected"] = delete("/containers/3f2") },
    engine.with_params(RULE, ""))
end)
