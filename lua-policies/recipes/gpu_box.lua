--- A machine with GPUs for a group: GPUs by --gpus, data sets read-only, scratch space, memory limits.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your trees. Jobs run as
-- docker run --gpus 1 --memory 64g --pids-limit 4096 -v /srv/datasets:/data:ro ...
-- Limit: who has which GPU, and for how long, is not looked after; the memory of a GPU is not limited.
-- NVIDIA_VISIBLE_DEVICES in an image hands out GPUs without --gpus where the runtime nvidia is the default.

return profile {
  id = "gpu-box",
  api = 1,
  extends = "baseline",
  rules = {
    ["container.bind-mounts"] = {
      params = { allow = { "/srv/scratch" }, allow_read_only = { "/srv/datasets" } },
    },
    ["container.devices"] = { params = { requests = "allow", cdi = true } },
    ["container.limits"] = {
      params = {
        memory = { require = true, max = "256g" },
        pids = { require = true, max = 16384 },
        shm = { max = "64g" },
        oom_killer = "on",
      },
    },
    ["container.runtime"] = { params = { allow = { "runc", "nvidia" } } },
  },
}
