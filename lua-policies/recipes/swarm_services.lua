--- Teams deploy services to a swarm: on workers, with limits, encrypted, and updates that can stop.
--
-- Use: copy to /etc/lua-authz/policy.lua on every manager, and name your log server. docker service create
-- --constraint node.role==worker --limit-memory 512m --limit-pids 200 --label team=NAME ...
-- Limit: only the manager that is asked checks. Tasks that it sends to other nodes are not seen there; keep
-- the engines of workers closed.

return profile {
  id = "swarm-services",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.labels"] = { params = { require = { team = "*" } } },
    ["container.limits"] = { params = { memory = { require = true, max = "8g" }, pids = { require = true } } },
    ["container.log-target"] = { params = { allow = { "tcp+tls://logs.example.com:6514" } } },
    ["network.encrypted"] = {},
    ["network.options"] = {},
    ["network.subnets"] = {},
    ["secret.read-config"] = { params = { users = { "ops-*" } } },
    ["service.placement"] = { params = { require = { "node.role==worker" } } },
    ["service.replicas"] = { params = { max = 20 } },
    ["service.rollback"] = {},
    ["service.update-config"] = {},
    ["swarm.admin"] = { params = { users = { "ops-*" }, autolock = "required" } },
  },
}
