--- CI runners that build, test and push on a shared engine, without privileged containers and without the
-- engine's socket.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your registry and your runners. Let the engine listen on
-- TCP (dockerd --tlsverify) and give each runner a certificate "runner-NAME"; its jobs set DOCKER_HOST,
-- DOCKER_BUILDKIT=0, and add --label owner=runner-NAME to what they create.
-- Limit: what a job builds runs as root during the build, and what it pulls with FROM is not seen. Runners
-- can reach each other's containers by name.

return profile {
  id = "ci-runner",
  api = 1,
  extends = "ci",
  rules = {
    ["access.rbac"] = { params = { users = { ["runner-*"] = "job" } } },
    ["build.options"] = { params = { memory_max = "4g", tags = { "registry.example.com/team/*" } } },
    ["image.push-target"] = { params = { allow = { "registry.example.com/team/*" } } },
    ["image.registry"] = { params = { allow = { "docker.io/library/*", "registry.example.com/*" } } },
  },
}
