local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("traefik")

local function traefik(call)
  return engine.as("traefik", call)
end

describe("the recipe for Traefik", function()
  engine.denies("access.rbac", {
    ["a new container"] = traefik(engine.create({})),
    ["a stop"] = traefik(engine.call("POST", "/containers/web/stop")),
    ["a command in a container"] = traefik(engine.exec({ Cmd = { "sh" } })),
    ["logs"] = traefik(engine.call("GET", "/containers/web/logs?stdout=1")),
    ["files out of a container"] = traefik(engine.call("GET", "/containers/web/archive?path=/etc")),
    ["a whole image"] = traefik(engine.call("GET", "/images/alpine/get")),
    ["the contents of configs"] = traefik(engine.call("GET", "/configs")),
    ["the tokens of the swarm"] = traefik(engine.call("GET", "/swarm")),
    ["somebody with another certificate"] = engine.as("mallory", engine.call("GET", "/containers/json")),
    ["somebody whose name goes on"] = engine.as("traefik2", engine.call("GET", "/containers/json")),
  }, policy)
  engine.denies("container.bind-mounts", {
    ["Traefik with the socket, by an administrator"] = engine.create(
      { Binds = { "/var/run/docker.sock:/var/run/docker.sock:ro" } }, { Image = "traefik:v3" }),
  }, policy)

  -- traefik/traefik pkg/provider/docker: pdocker.go, pswarm.go, shared.go (v3, 2026)
  engine.allows({
    ["learning which version to speak"] = traefik(engine.call("HEAD", "/_ping")),
    ["the version"] = traefik(engine.call("GET", "/version")),
    ["all containers"] = traefik(engine.call("GET", "/containers/json?all=1")),
    ["a look at a container"] = traefik(engine.call("GET", "/containers/0f3c/json")),
    ["events of containers"] = traefik(engine.call("GET",
      "/events?filters=%7B%22type%22%3A%7B%22container%22%3Atrue%7D%7D")),
    ["services"] = traefik(engine.call("GET", "/services")),
    ["networks of the swarm"] = traefik(engine.call("GET",
      "/networks?filters=%7B%22scope%22%3A%7B%22swarm%22%3Atrue%7D%7D")),
    ["tasks of a service"] = traefik(engine.call("GET",
      "/tasks?filters=%7B%22service%22%3A%7B%22abc%22%3Atrue%7D%7D")),
    ["the address of a node"] = traefik(engine.call("GET", "/nodes/x1")),
    ["a new container, by an administrator"] = engine.create({}),
    ["a stop, by an administrator with a name"] = engine.as("admin-eve", engine.call("POST", "/containers/web/stop")),
  }, policy)
end)
