local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("watchtower")

local function watchtower(call)
  return engine.as("watchtower", call)
end

--- What inspect tells of a running container, sent back as it is (containrrr/watchtower
-- pkg/container/client.go, StartContainer, commit ca0e86e8).
local function recreate(changes, image)
  local host_config = {
    Binds = { "/srv/web:/usr/share/nginx/html:ro", "cache:/cache" }, ContainerIDFile = "",
    LogConfig = { Type = "json-file", Config = {} }, NetworkMode = "shop",
    PortBindings = { ["80/tcp"] = { { HostIp = "", HostPort = "8080" } } },
    RestartPolicy = { Name = "unless-stopped", MaximumRetryCount = 0 }, CgroupnsMode = "private",
    IpcMode = "private", Cgroup = "", PidMode = "", Privileged = false, UTSMode = "", UsernsMode = "",
    ShmSize = 67108864, Runtime = "runc", Isolation = "", Memory = 0, NanoCpus = 0, CgroupParent = "",
    MaskedPaths = {
      "/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
      "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    },
    ReadonlyPaths = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" },
  }
  for key, value in pairs(changes or {}) do
    host_config[key] = value
  end
  return watchtower(engine.call("POST", "/containers/create?name=web", {
    Hostname = "0f3c", User = "", Image = image or "nginx:1", Labels = { team = "web" }, HostConfig = host_config,
    NetworkingConfig = { EndpointsConfig = { shop = { NetworkID = "ab12", Gateway = "172.18.0.1" } } },
  }))
end

describe("the recipe for Watchtower", function()
  engine.denies("access.rbac", {
    ["a command in a container"] = watchtower(engine.exec({ Cmd = { "sh" } })),
    ["files out of a container"] = watchtower(engine.call("GET", "/containers/web/archive?path=/etc")),
    ["an image from a file"] = watchtower(engine.call("POST", "/images/load")),
    ["a push"] = watchtower(engine.call("POST", "/images/registry.example.com/app/push")),
    ["a new volume"] = watchtower(engine.volume({ Name = "data" })),
    ["a plugin"] = watchtower(engine.call("POST", "/plugins/x/enable")),
  }, policy)
  engine.denies("container.no-privileged", { ["a container with the host"] = recreate({ Privileged = true }) }, policy)
  engine.denies("container.bind-mounts", {
    ["a tree that is not listed"] = recreate({ Binds = { "/etc:/etc" } }),
    ["itself, with the socket"] = recreate({ Binds = { "/var/run/docker.sock:/var/run/docker.sock" } }),
  }, policy)
  engine.denies("container.proc-masks", {
    ["less protection than the engine's"] = recreate({ MaskedPaths = { "/proc/asound" } }),
  }, policy)
  engine.denies("image.registry", {
    ["an image from elsewhere"] = recreate({}, "somebody/nginx:1"),
    ["a pull from elsewhere"] = watchtower(engine.call("POST", "/images/create?fromImage=somebody%2Fx&tag=1")),
  }, policy)

  engine.allows({
    ["running containers"] = watchtower(engine.call("GET",
      "/containers/json?filters=%7B%22status%22%3A%7B%22running%22%3Atrue%7D%7D")),
    ["a look at a container"] = watchtower(engine.call("GET", "/containers/0f3c/json")),
    ["a look at its image"] = watchtower(engine.call("GET", "/images/sha256:" .. ("a"):rep(64) .. "/json")),
    ["a pull"] = watchtower(engine.call("POST", "/images/create?fromImage=nginx&tag=1")),
    ["ending the old container"] = watchtower(engine.call("POST", "/containers/0f3c/kill?signal=SIGTERM")),
    ["deleting it"] = watchtower(engine.call("DELETE", "/containers/0f3c?force=1&v=1")),
    ["creating the new one"] = recreate(),
    ["taking it off its network"] = watchtower(engine.call("POST", "/networks/shop/disconnect",
      { Container = "0f3d", Force = true })),
    ["putting it on its networks"] = watchtower(engine.call("POST", "/networks/shop/connect",
      { Container = "0f3d", EndpointConfig = { Aliases = { "web" } } })),
    ["starting it"] = watchtower(engine.call("POST", "/containers/0f3d/start")),
    ["giving itself another name"] = watchtower(engine.call("POST", "/containers/0f3c/rename?name=old")),
    ["deleting the old image"] = watchtower(engine.call("DELETE", "/images/sha256:" .. ("a"):rep(64) .. "?force=1")),
  }, policy)
end)
