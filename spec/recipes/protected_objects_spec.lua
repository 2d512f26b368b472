local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("protected_objects")

describe("the recipe for protected objects", function()
  engine.denies("protect.objects", {
    ["deleting a container"] = engine.call("DELETE", "/containers/prod-web?force=1"),
    ["stopping it"] = engine.call("POST", "/containers/prod-web/stop"),
    ["another name, to do it then"] = engine.call("POST", "/containers/prod-web/rename?name=x"),
    ["deleting it by its id"] = engine.call("DELETE", "/containers/" .. ("ab12"):rep(16)),
    ["deleting it by the beginning of its id"] = engine.call("DELETE", "/containers/ab1"),
    ["deleting a volume"] = engine.call("DELETE", "/volumes/db"),
    ["deleting a network"] = engine.call("DELETE", "/networks/prod-net"),
    ["deleting all that are stopped"] = engine.call("POST", "/containers/prune"),
  }, policy)
  engine.denies("image.delete", {
    ["deleting an image that others are built from"] = engine.call("DELETE", "/images/registry.example.com/base/os:1"),
  }, policy)
  engine.denies("protect.prune", { ["a prune for nothing"] = engine.call("POST", "/build/prune") }, policy)

  engine.allows({
    ["deleting another container"] = engine.call("DELETE", "/containers/test-web"),
    ["deleting another volume"] = engine.call("DELETE", "/volumes/dbtest"),
    ["deleting another image"] = engine.call("DELETE", "/images/test:1"),
    ["a look at what is protected"] = engine.call("GET", "/containers/prod-web/json"),
    ["its start"] = engine.call("POST", "/containers/prod-web/start"),
  }, policy)
end)
