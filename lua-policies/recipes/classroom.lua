--- A class on one engine: official images and those of the course, small containers, nothing of the host.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your registry. What the teacher runs is called teacher-*.
-- Limit: students have no names on the Unix socket, so they can stop each other's containers. Limits hold
-- for one container; how many there are is not counted. What runs in a build is not limited by these, and who
-- builds or tags can give an image any name.

return profile {
  id = "classroom",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.limits"] = {
      params = {
        memory = { require = true, max = "1g" },
        cpus = { require = true, max = 1 },
        pids = { require = true, max = 256 },
        oom_killer = "on",
      },
    },
    ["container.log-driver"] = { params = { allow = { "json-file", "local" } } },
    ["container.log-target"] = {},
    ["container.no-new-privileges"] = {},
    ["container.ports"] = { params = { ranges = { "8000-8999" }, publish_all = "deny" } },
    ["container.restart-policy"] = { params = { allow = { "no", "on-failure" } } },
    ["image.registry"] = { params = { allow = { "docker.io/library/*", "registry.example.com/course/*" } } },
    ["network.driver"] = { params = { allow = { "bridge" } } },
    ["network.options"] = {},
    ["network.subnets"] = {},
    ["protect.objects"] = { params = { names = { "teacher-*" } } },
    ["protect.prune"] = {},
  },
}
