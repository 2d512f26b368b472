--- An AI agent that builds and runs what it writes: in small containers without rights, with its project
-- tree and nothing else of the host.
--
-- Use: copy to /etc/lua-authz/policy.lua on an engine that only the agent uses (a rootless one is best), and
-- name its tree. It runs things as docker run --user 1000 --cap-drop ALL --security-opt no-new-privileges
-- --memory 2g --pids-limit 256 --label owner=agent, and builds with DOCKER_BUILDKIT=0 docker build --memory 2g.
-- Limit: a build runs as root in its container, and what it pulls with FROM is not seen. Links in the tree
-- lead outside; what any user but root may read there can be read. What the agent sends over the network is not seen:
-- give it an internal network. Calls that name a container are not checked for the label.

return profile {
  id = "ai-agent",
  api = 1,
  extends = "restricted",
  default = { read = "deny", write = "deny", unknown = "deny" },
  rules = {
    ["access.ownership"] = { params = { anonymous = "agent" } },
    ["access.rbac"] = {
      params = {
        roles = {
          agent = "build.run container.* exec.* image.delete image.history image.inspect image.list "
            .. "image.pull image.tag network.* system.df system.info volume.*",
        },
        anonymous = "agent",
      },
    },
    ["build.options"] = { params = { memory_max = "2g" } },
    ["container.bind-mounts"] = { params = { allow = { "/srv/agent/project" } } },
    ["container.limits"] = {
      params = { memory = { max = "2g" }, cpus = { max = 2 }, pids = { max = 256 } },
    },
    ["image.registry"] = { params = { allow = { "docker.io/library/*" } } },
    ["protect.prune"] = { params = { values = { "owner=agent" } } },
  },
}
