--- Keeps kernel settings of containers and services to those that stay within the container.
-- Source: Docker Engine API, HostConfig.Sysctls, ContainerSpec.Sysctls; the safe list of Kubernetes Pod
-- Security Standards; the endpoint option of networks in API 1.46. "/" in names counts as ".", as it
-- does for the kernel.

local SAFE = {
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_notsent_lowat",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_slow_start_after_idle",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
}

--- The option of an endpoint that sets "net.ipv4.conf.IFNAME.forwarding=1,..." on its interface.
-- Source: moby daemon/libnetwork/netlabel, EndpointSysctls.
local OPTION = "com.docker.network.endpoint.sysctls"

local function judge(name, p, at, fix)
  if glob.any(p.allow, name) then
    return nil
  end
  return deny(("kernel setting %s may not be changed"):format(name), { field = at, fix = fix })
end

local function judge_endpoint(endpoint, p, found)
  for _, setting in ipairs(text.split(endpoint.driver_options[OPTION] or "", ",")) do
    local name = text.split(setting, "=")[1]:gsub("/", ".")
    if name ~= "" then
      found[#found + 1] = judge(name, p, endpoint.via, "leave out the option " .. OPTION)
    end
  end
end

return rule {
  id = "container.sysctls",
  api = 1,
  title = "Kernel settings must not be changed unless they are listed",
  severity = "high",
  refs = { "PSS-baseline/sysctls", "T1611", "article-1.1" },
  on = { "container.create", "network.connect", "service.create", "service.update" },
  params = {
    -- by name with points; "net.ipv4.*" stands for all that start so
    allow = list_of("glob", SAFE),
  },

  check = function(req, p)
    local found = {}
    if req.network then
      judge_endpoint(req.network.endpoint, p, found)
      return found
    end
    local at = req.service and "TaskTemplate.ContainerSpec.Sysctls" or "HostConfig.Sysctls"
    for name in pairs(req.container.sysctls) do
      found[#found + 1] = judge(name, p, at, "leave out --sysctl " .. name)
    end
    for _, endpoint in pairs(req.container.networks) do
      judge_endpoint(endpoint, p, found)
    end
    return found
  end,
}
