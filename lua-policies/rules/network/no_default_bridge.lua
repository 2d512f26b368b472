--- Denies the engine's own bridge, on which every container reaches every other.
-- Source: Docker Engine API, HostConfig.NetworkMode, EndpointsConfig, POST /networks/{id}/connect.

local BRIDGE = { bridge = true, default = true }

local function denial(field)
  return deny("the default bridge lets every container on it reach the others", {
    field = field,
    fix = "use a network of your own (docker network create, --network NAME)",
  })
end

return rule {
  id = "network.no-default-bridge",
  api = 1,
  title = "Containers must use a network of their own",
  severity = "low",
  refs = { "CIS-2.2", "CIS-5.30", "OWASP-R5a" },
  on = { "container.create", "network.connect" },

  check = function(req)
    if req.network then
      return BRIDGE[req.network.kind] and denial("path") or nil
    end
    local named = false
    for _, endpoint in pairs(req.container.networks) do
      if BRIDGE[endpoint.kind] then
        return denial(endpoint.via)
      end
      named = true
    end
    local network = req.container.namespaces.network
    -- Without a word the engine takes the networks that EndpointsConfig names.
    if network.kind == "bridge" or (network.kind == "default" and not named) then
      return denial(network.via)
    end
  end,
}
