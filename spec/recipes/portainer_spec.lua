local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("portainer")

local function portainer(call)
  return engine.as("portainer", call)
end

describe("the recipe for Portainer", function()
  engine.denies("access.rbac", {
    ["a new container"] = portainer(engine.create({})),
    -- portainer/portainer api/docker/container.go, Recreate: stop, rename, disconnect, create, start, remove
    ["recreating: the stop"] = portainer(engine.call("POST", "/containers/0f3c/stop")),
    ["recreating: the new name"] = portainer(engine.call("POST", "/containers/0f3c/rename?name=web-old")),
    ["a console"] = portainer(engine.exec({ Cmd = { "sh" }, Tty = true })),
    ["an image from a file"] = portainer(engine.call("POST", "/images/load")),
    ["files of a volume"] = portainer(engine.call("GET", "/containers/0f3c/archive?path=/")),
    ["the contents of configs"] = portainer(engine.call("GET", "/configs/app")),
    ["the tokens of the swarm"] = portainer(engine.call("GET", "/swarm")),
    ["a prune"] = portainer(engine.call("POST", "/images/prune")),
  }, policy)
  engine.denies("container.bind-mounts", {
    ["its agent with the host, by an administrator"] = engine.create({ Binds = {
      "/var/run/docker.sock:/var/run/docker.sock", "/var/lib/docker/volumes:/var/lib/docker/volumes",
    } }, { Image = "portainer/agent" }),
  }, policy)

  -- portainer/portainer pkg/snapshot/docker.go (commit 39b905e1), and what its pages show
  engine.allows({
    ["a greeting"] = portainer(engine.call("HEAD", "/_ping")),
    ["settings of the engine"] = portainer(engine.call("GET", "/info")),
    ["the version"] = portainer(engine.call("GET", "/version")),
    ["services"] = portainer(engine.call("GET", "/services")),
    ["nodes"] = portainer(engine.call("GET", "/nodes")),
    ["all containers"] = portainer(engine.call("GET", "/containers/json?all=1")),
    ["a look at a container"] = portainer(engine.call("GET", "/containers/0f3c/json")),
    ["images"] = portainer(engine.call("GET", "/images/json")),
    ["volumes"] = portainer(engine.call("GET", "/volumes")),
    ["networks"] = portainer(engine.call("GET", "/networks")),
    ["logs"] = portainer(engine.call("GET", "/containers/0f3c/logs?stderr=1&tail=5&timestamps=1")),
    ["use of resources"] = portainer(engine.call("GET", "/containers/0f3c/stats?stream=0")),
    ["a new container, by an administrator"] = engine.create({}),
  }, policy)
end)
