local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("swarm_services")

--- A service as teams have to ask for it, but for what is changed in it.
local function service(change, container)
  local asked = {
    Labels = { team = "web" }, Mode = { Replicated = { Replicas = 3 } },
    UpdateConfig = { Parallelism = 1, FailureAction = "rollback" },
    TaskTemplate = {
      Placement = { Constraints = { "node.role==worker" } },
      Resources = { Limits = { MemoryBytes = 1 << 29, Pids = 200 } },
    },
  }
  if change then
    change(asked)
  end
  return engine.service(container or {}, asked)
end

describe("the recipe for services of a swarm", function()
  engine.denies("service.placement", {
    ["a service on managers"] = service(function(s)
      s.TaskTemplate.Placement = { Constraints = { "node.role==manager" } }
    end),
  }, policy)
  engine.denies("container.limits", {
    ["no limits"] = service(function(s) s.TaskTemplate.Resources = nil end),
    ["too much memory"] = service(function(s) s.TaskTemplate.Resources.Limits.MemoryBytes = (8 << 30) + 1 end),
  }, policy)
  engine.denies("container.labels", {
    ["a service of nobody"] = service(function(s) s.Labels = {} end),
  }, policy)
  engine.denies("service.replicas", {
    ["too many tasks"] = service(function(s) s.Mode.Replicated.Replicas = 21 end),
    ["one on every node"] = service(function(s) s.Mode = { Global = {} } end),
  }, policy)
  engine.denies("service.update-config", {
    ["updates that go on when they fail"] = service(function(s) s.UpdateConfig.FailureAction = "continue" end),
  }, policy)
  engine.denies("service.plugin-runtime", {
    ["a plugin on every node"] = service(function(s) s.TaskTemplate.Runtime = "plugin" end),
  }, policy)
  engine.denies("container.bind-mounts", {
    ["files of the nodes"] = service(nil, { Mounts = { { Type = "bind", Source = "/etc", Target = "/e" } } }),
  }, policy)
  engine.denies("container.log-target", {
    ["logs that go elsewhere"] = service(function(s)
      s.TaskTemplate.LogDriver = { Name = "fluentd", Options = { ["fluentd-address"] = "unix:///run/docker.sock" } }
    end),
  }, policy)
  engine.denies("network.options", {
    ["the tunnel of another network"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "overlay",
      Options = { encrypted = "", ["com.docker.network.driver.overlay.vxlanid_list"] = "4097" } }),
  }, policy)
  engine.denies("network.subnets", {
    ["addresses of others"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "overlay",
      Options = { encrypted = "" }, IPAM = { Config = { { Subnet = "203.0.113.0/24" } } } }),
  }, policy)
  engine.denies("network.encrypted", {
    ["an open network between nodes"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "overlay" }),
  }, policy)
  engine.denies("secret.read-config", {
    ["reading configs"] = engine.as("dev", engine.call("GET", "/configs")),
  }, policy)
  engine.denies("swarm.admin", {
    ["leaving the swarm"] = engine.as("dev", engine.call("POST", "/swarm/leave")),
    ["a node that others work on"] = engine.as("dev", engine.call("POST", "/nodes/n1/update?version=1",
      { Availability = "drain" })),
  }, policy)

  engine.allows({
    ["a service"] = service(),
    ["the most tasks"] = service(function(s) s.Mode.Replicated.Replicas = 20 end),
    ["an encrypted network"] = engine.call("POST", "/networks/create",
      { Name = "n", Driver = "overlay", Options = { encrypted = "" } }),
    ["logs for those who collect them"] = service(function(s)
      s.TaskTemplate.LogDriver = { Name = "syslog",
        Options = { ["syslog-address"] = "tcp+tls://logs.example.com:6514", ["syslog-format"] = "rfc5424" } }
    end),
    ["a secret"] = engine.call("POST", "/secrets/create", { Name = "x", Data = "eA==" }),
    ["services"] = engine.call("GET", "/services"),
    ["nodes, by an administrator"] = engine.as("ops-1", engine.call("POST", "/nodes/n1/update?version=1",
      { Availability = "drain" })),
  }, policy)
end)
