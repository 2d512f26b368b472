--- Denies what hands a container the host; everything else that is known passes.
-- Source: Kubernetes Pod Security Standards, level "baseline", with what Docker adds to it.

return profile {
  id = "baseline",
  api = 1,
  default = { read = "allow", write = "allow", unknown = "deny" },
  rules = {
    ["container.apparmor"] = {},
    ["container.bind-mounts"] = {},
    ["container.capabilities"] = {},
    ["container.cgroup-parent"] = {},
    ["container.copy"] = {},
    ["container.devices"] = {},
    ["container.host-namespaces"] = {},
    ["container.no-privileged"] = {},
    ["container.ports"] = {},
    ["container.proc-masks"] = {},
    ["container.runtime"] = {},
    ["container.seccomp"] = {},
    ["container.security-options"] = {},
    ["container.selinux"] = {},
    ["container.sysctls"] = {},
    ["container.update"] = {},
    ["plugin.admin"] = {},
    ["request.opaque"] = {},
    ["self.protect"] = {},
    ["service.plugin-runtime"] = {},
    ["start.no-body"] = {},
    ["swarm.admin"] = {},
    ["system.debug"] = {},
  },
}
