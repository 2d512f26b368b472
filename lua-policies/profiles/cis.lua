--- Baseline, and what the CIS Docker Benchmark wants beyond it: that is written down, not denied.
-- Source: CIS Docker Benchmark 1.6.0 as docker-bench-security numbers it, section 5 and what else of it a
-- call shows.
--
-- Where the audit records show nothing that has to go on, a site denies it all: extends = "cis",
-- mode = "enforce", and require_address = true for container.ports. Engines that listen on TCP need
-- access.require-tls and access.rbac as well (1.1.2, 2.7).

return profile {
  id = "cis",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.env-secrets"] = { mode = "audit" }, -- 4.10, 7.4
    ["container.healthcheck"] = { mode = "audit" }, -- 4.6, 5.27
    ["container.limits"] = { -- 5.11, 5.12, 5.29
      mode = "audit",
      params = { memory = { require = true }, cpus = { require = true }, pids = { require = true } },
    },
    ["container.log-driver"] = { mode = "audit" }, -- 2.13
    ["container.log-target"] = { mode = "audit" }, -- 2.13: where the logs are collected, a site says
    ["container.no-new-privileges"] = { mode = "audit" }, -- 2.14, 5.26
    ["container.non-root"] = { mode = "audit" }, -- 4.1
    ["container.ports"] = { params = { tell_address = true } }, -- 5.14, 7.2; 5.8 is denied
    ["container.readonly-rootfs"] = { mode = "audit" }, -- 5.13
    ["container.restart-policy"] = { mode = "audit" }, -- 5.15
    ["exec.user"] = { mode = "audit" }, -- 5.24
    ["image.registry"] = { mode = "audit", params = { allow = { "docker.io/library/*" } } }, -- 4.2
    ["image.tag"] = { mode = "audit" }, -- 5.28
    ["network.encrypted"] = { mode = "audit" }, -- 7.3
    ["network.no-default-bridge"] = { mode = "audit" }, -- 2.2, 5.30
    ["network.options"] = { mode = "audit" }, -- 5.8: routed networks have all their ports open
  },
}
