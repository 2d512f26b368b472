--- Denies what hands a container the host; everything else that is known passes.
-- Source: Kubernetes Pod Security Standards, level "baseline", with what Docker adds to it.

return profile {
  id = "baseline",
  api = 1,
  default = { read = "allow", write = "allow", unknown = "deny" },
  rules = {
    ["container.bind-mounts"] = {},
    ["container.host-namespaces"] = {},
    ["container.no-privileged"] = {},
  },
}
