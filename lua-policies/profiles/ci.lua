--- For machines that build and test for several tenants: a caller with a certificate may do what a job
-- needs, with limits, under its own label; everything else is denied.
--
-- A site says which images may be used, what builds may call theirs, and where they may be pushed
-- (image.registry, build.options, image.push-target). Images cannot be tagged otherwise: who may give any
-- name can pass one tenant's image for another's.
-- Whose a container is that a call names, is not looked up: tenants can stop, exec into and read each
-- other's containers when they know their names. BuildKit's builds cannot be checked; where they are
-- wanted all the same, request.opaque takes buildkit = "allow", and the engine's own configuration should
-- deny the entitlement network-host.

return profile {
  id = "ci",
  api = 1,
  extends = "baseline",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.ownership"] = {},
    ["access.rbac"] = {
      params = {
        roles = {
          job = "build.grpc build.run build.session container.archive_* container.attach container.create "
            .. "container.delete container.inspect container.kill container.list container.logs container.resize "
            .. "container.start container.stats container.stop container.top container.wait exec.* image.history "
            .. "image.inspect image.list image.pull image.push network.connect network.create "
            .. "network.delete network.disconnect network.inspect network.list system.auth system.info "
            .. "volume.create volume.delete volume.inspect volume.list",
        },
        users = { ["*"] = "job" },
      },
    },
    ["access.require-tls"] = {},
    ["build.options"] = { params = { extra_hosts = "deny", tags = {} } },
    ["container.host-namespaces"] = { params = { joins = "deny" } },
    ["container.limits"] = {
      params = {
        memory = { require = true, max = "4g" },
        cpus = { require = true, max = 2 },
        pids = { require = true, max = 1024 },
        oom_killer = "on",
      },
    },
    ["container.log-driver"] = { params = { allow = { "json-file", "local" } } },
    ["container.log-target"] = {},
    ["image.push-target"] = {},
    ["image.registry"] = { params = { allow = { "docker.io/library/*" } } },
    ["network.driver"] = { params = { allow = { "bridge" } } },
    ["network.options"] = {},
    ["network.subnets"] = {},
    ["request.opaque"] = { params = { buildkit = "deny" } },
    ["volume.drivers"] = {},
  },
}
