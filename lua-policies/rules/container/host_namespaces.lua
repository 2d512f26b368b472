--- Keeps containers, services, network connections and builds out of the host's namespaces.
-- Source: Docker Engine API, HostConfig.NetworkMode, PidMode, IpcMode, UTSMode, UsernsMode,
-- CgroupnsMode, NetworkingConfig.EndpointsConfig; the networkmode parameter of a build.
--
-- A service can name the host's network by its id in the swarm, or by the beginning of that id. Before
-- `docker service create --network NAME` the docker client asks for the id, and sends nothing else; so
-- that question is denied for the host's network. Who knows the id is stopped by service_ids = "deny".

local KINDS = { "network", "pid", "ipc", "uts", "user", "cgroup" }

local FIX = {
  network = "leave out --network host; publish the ports that are needed with -p",
  pid = "leave out --pid host",
  ipc = "leave out --ipc host; use --shm-size, or --ipc shareable and --ipc container:NAME",
  uts = "leave out --uts host; --hostname sets the container's own name",
  user = "leave out --userns host",
  cgroup = "leave out --cgroupns host",
}

--- Judges one namespace as the request asks for it.
---@param kind string "network", "pid" …
---@param ns table {kind, raw, via}
---@param p table
local function judge(kind, ns, p)
  if ns.kind == "host" and not p.allow[kind] then
    return deny(("the %s namespace of the host may not be shared"):format(kind), {
      field = ns.via,
      fix = FIX[kind],
    })
  elseif ns.kind == "odd" then
    return deny(("'%s' is not a plain word for a %s namespace"):format(ns.raw, kind), {
      field = ns.via,
      fix = "write the engine's own words in small letters, without blanks",
    })
  elseif ns.kind == "container" and p.joins == "deny" then
    return deny(("the %s namespace of another container may not be shared"):format(kind), {
      field = ns.via,
      fix = "put both containers into one network of your own (docker network create)",
    })
  end
end

local ID_LENGTH = 25 -- of a swarm's ids, in base 36

local function judge_id(endpoint)
  local raw = endpoint.raw
  if endpoint.kind ~= "named" or #raw > ID_LENGTH or raw:find("[^a-z0-9]") then
    return nil
  end
  return deny(("network '%s' may be the id of the host's network"):format(raw), {
    field = endpoint.via,
    fix = "name a network with a capital letter, '-' or '_' in its name, as docker stack deploy does",
  })
end

local function judge_inspect(req, p)
  if req.target.name == "host" and req.query.scope == "swarm" and not p.allow.network then
    return deny("the network namespace of the host may not be shared by services", {
      field = "path",
      fix = "leave out --network host; use an overlay network, and publish the ports that are needed",
    })
  end
end

--- All that a container or service asks for.
local function judge_container(container, p)
  local found = {}
  local function add(kind, ns)
    found[#found + 1] = judge(kind, ns, p)
  end
  for _, kind in ipairs(KINDS) do
    add(kind, container.namespaces[kind])
  end
  add("cgroup", container.namespaces.cgroup_of)
  for _, endpoint in pairs(container.networks) do
    add("network", endpoint)
  end
  return found
end

return rule {
  id = "container.host-namespaces",
  api = 1,
  title = "Containers and builds must not share namespaces of the host",
  severity = "critical",
  refs = { "CIS-5.10", "CIS-5.16", "CIS-5.17", "CIS-5.21", "CIS-5.31", "PSS-baseline/hostNamespaces", "T1611" },
  on = {
    "container.create", "service.create", "service.update", "network.connect", "network.inspect", "build.run",
  },
  params = {
    -- the host's namespaces that may be shared all the same
    allow = {
      network = bool(false),
      pid = bool(false),
      ipc = bool(false),
      uts = bool(false),
      user = bool(false),
      cgroup = bool(false),
    },
    -- namespaces of other containers
    joins = one_of { "allow", "deny" },
    -- networks of services by what may be an id, or its beginning: small letters and digits alone
    service_ids = one_of { "allow", "deny" },
  },

  check = function(req, p)
    if req.container then
      local found = judge_container(req.container, p)
      if req.service and p.service_ids == "deny" and not p.allow.network then
        for _, endpoint in pairs(req.container.networks) do
          found[#found + 1] = judge_id(endpoint)
        end
      end
      return found
    elseif req.action == "network.inspect" then
      return judge_inspect(req, p)
    elseif req.build then
      return judge("network", req.build.network, p)
    end
    return judge("network", req.network.endpoint, p)
  end,
}
