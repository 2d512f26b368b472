--- Denies what hands a container the host; everything else that is known passes.
-- Source: Kubernetes Pod Security Standards, level "baseline", with what Docker adds to it.

return profile {
  id = "baseline",
  api = 1,
  default = { read = "allow", write = "allow", unknown = "deny" },
  rules = {
    ["container.bind-mounts"] = {},
    ["container.copy"] = {},
    ["container.host-namespaces"] = {},
    ["container.no-privileged"] = {},
    ["plugin.admin"] = {},
    ["request.opaque"] = {},
    ["self.protect"] = {},
    ["service.plugin-runtime"] = {},
    ["swarm.admin"] = {},
    ["system.debug"] = {},
  },
}
