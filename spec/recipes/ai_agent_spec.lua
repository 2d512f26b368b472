local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("ai_agent")

local function run(host_config, config)
  local asked = {
    Memory = 2 << 30, PidsLimit = 256, CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" },
  }
  for key, value in pairs(host_config or {}) do
    asked[key] = value ~= "" and value or nil
  end
  config = config or {}
  config.User = config.User or "1000"
  config.Labels = config.Labels or { owner = "agent" }
  return engine.create(asked, config)
end

describe("the recipe for an AI agent", function()
  engine.denies("container.bind-mounts", {
    ["the host"] = run({ Binds = { "/:/host" } }),
    ["the socket"] = run({ Binds = { "/var/run/docker.sock:/var/run/docker.sock" } }),
    ["keys of its user"] = run({ Binds = { "/home/agent/.ssh:/k:ro" } }),
    ["what lies beside the project"] = run({ Binds = { "/srv/agent/project2:/p" } }),
    ["a way out of the project"] = run({ Binds = { "/srv/agent/project/../secrets:/p" } }),
    ["a volume over the host"] = engine.volume({ Name = "v", Labels = { owner = "agent" },
      DriverOpts = { type = "none", o = "bind", device = "/etc" } }),
  }, policy)
  engine.denies("container.no-privileged", {
    ["privileges"] = run({ Privileged = true }),
    ["privileges in a container"] = engine.exec({ Privileged = true, Cmd = { "sh" } }),
  }, policy)
  engine.denies("container.limits", {
    ["no memory limit"] = run({ Memory = "" }),
    ["too much memory"] = run({ Memory = (2 << 30) + 1 }),
    ["no process limit"] = run({ PidsLimit = "" }),
    ["no limits later"] = engine.call("POST", "/containers/x1/update", { Memory = -1 }),
  }, policy)
  engine.denies("container.non-root", { ["root"] = run({}, { User = "0" }) }, policy)
  engine.denies("container.capabilities", { ["capabilities"] = run({ CapDrop = "" }) }, policy)
  engine.denies("access.ownership", {
    ["what does not say whose it is"] = run({}, { Labels = {} }),
    ["what says that it is another's"] = run({}, { Labels = { owner = "alice" } }),
  }, policy)
  engine.denies("image.registry", { ["an image from anywhere"] = run({}, { Image = "evil.example.com/x:1" }) }, policy)
  engine.denies("request.opaque", { ["a BuildKit build"] = engine.call("POST", "/build?version=2&memory=1073741824") },
    policy)
  engine.denies("build.options", { ["a build without a limit"] = engine.call("POST", "/build?t=app") }, policy)
  engine.denies("container.ports", {
    ["a port for the network"] = run({ PortBindings = { ["80/tcp"] = { { HostPort = "8080" } } } }),
  }, policy)
  engine.denies("access.rbac", {
    ["a push"] = engine.call("POST", "/images/somebody/app/push"),
    ["an image from a file"] = engine.call("POST", "/images/load"),
    ["a service"] = engine.service({}),
    ["a plugin"] = engine.call("POST", "/plugins/x/enable"),
    ["a caller with a certificate"] = engine.as("mallory", engine.call("GET", "/containers/json")),
  }, policy)
  engine.denies("protect.prune", { ["deleting what others left"] = engine.call("POST", "/containers/prune") }, policy)

  engine.allows({
    ["a container with its project"] = run({ Binds = { "/srv/agent/project:/work" } }),
    ["a part of the project, read-only"] = run({ Binds = { "/srv/agent/project/src:/src:ro" } }),
    ["a volume of its own"] = engine.volume({ Name = "cache", Labels = { owner = "agent" } }),
    ["a port on the machine itself"] = run(
      { PortBindings = { ["80/tcp"] = { { HostIp = "127.0.0.1", HostPort = "8080" } } } }),
    ["a pull"] = engine.call("POST", "/images/create?fromImage=python&tag=3.12"),
    ["a build"] = engine.call("POST", "/build?t=app&memory=2147483648"),
    ["a container of what was built"] = run({}, { Image = "app" }),
    ["a command in it"] = engine.exec({ Cmd = { "pytest" } }),
    ["its logs"] = engine.call("GET", "/containers/x1/logs?stdout=1"),
    ["deleting it"] = engine.call("DELETE", "/containers/x1?force=1"),
    ["a prune of its own"] = engine.call("POST",
      "/containers/prune?filters=%7B%22label%22%3A%7B%22owner%3Dagent%22%3Atrue%7D%7D"),
  }, policy)
end)
