local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("roles")

describe("the recipe for roles", function()
  engine.denies("access.rbac", {
    ["a stop without a name"] = engine.call("POST", "/containers/web/stop"),
    ["a look into a container without a name"] = engine.call("GET", "/containers/web/json"),
    ["a stranger"] = engine.as("mallory", engine.call("GET", "/containers/json")),
    ["a service, by a developer"] = engine.as("alice", engine.service({})),
    ["a secret, by a developer"] = engine.as("alice", engine.call("POST", "/secrets/create", { Name = "x" })),
    ["a name in another case"] = engine.as("Alice", engine.create({})),
  }, policy)
  engine.denies("secret.read-config", {
    ["the contents of configs, by a viewer"] = engine.call("GET", "/configs"),
  }, policy)
  engine.denies("container.no-privileged", {
    ["privileges, by an administrator"] = engine.as("ops-1", engine.create({ Privileged = true })),
  }, policy)
  engine.denies("request.unknown-route", {
    ["what is not known, by an administrator"] = engine.as("ops-1", engine.call("GET", "/nothing")),
  }, policy)

  engine.allows({
    ["a greeting"] = engine.call("HEAD", "/_ping"),
    ["a list without a name"] = engine.call("GET", "/containers/json"),
    ["logs without a name"] = engine.call("GET", "/containers/web/logs?stdout=1"),
    ["a container, by a developer"] = engine.as("alice", engine.create({})),
    ["a command, by a developer"] = engine.as("bob", engine.exec({ Cmd = { "id" } })),
    ["a list, by somebody with two roles"] = engine.as("bob", engine.call("GET", "/services")),
    ["a service, by an administrator"] = engine.as("ops-1", engine.service({})),
  }, policy)
end)
