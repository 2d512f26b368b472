--- Baseline, and what a container can do without: root, capabilities, unlimited resources, other
-- containers' namespaces, ports on every address.
-- Source: Kubernetes Pod Security Standards, level "restricted", with what Docker adds to it.

return profile {
  id = "restricted",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.capabilities"] = { params = { allow_add = { "NET_BIND_SERVICE" }, require_drop = { "ALL" } } },
    ["container.devices"] = { params = { requests = "deny" } },
    ["container.host-namespaces"] = { params = { joins = "deny" } },
    ["container.limits"] = {
      params = { memory = { require = true }, pids = { require = true }, oom_killer = "on" },
    },
    ["container.log-driver"] = {},
    ["container.no-new-privileges"] = {},
    ["container.non-root"] = {},
    ["container.ports"] = { params = { require_address = true, publish_all = "deny" } },
    ["exec.user"] = {},
    ["network.driver"] = {},
    ["network.encrypted"] = {},
    ["request.opaque"] = { params = { buildkit = "deny" } },
    ["service.rollback"] = {},
    ["volume.drivers"] = {},
  },
}
