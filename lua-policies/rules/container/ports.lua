--- Keeps the ports that containers and services open on the host to what is wanted there.
-- Source: Docker Engine API, HostConfig.PortBindings and PublishAllPorts, EndpointSpec.Ports.
--
-- Published ports pass the host's own firewall. A service is published on every address of every
-- node, so where an address must be chosen it may not publish.

--- "8000-8999" or "8080" as two numbers.
local function bounds(range)
  local ends = text.split(range, "-")
  local low = tonumber(ends[1])
  local high = tonumber(ends[2] or ends[1])
  if not low or not high then
    error("ranges: '" .. range .. "' is no port or range, such as 8000-8999")
  end
  return low, high
end

local function in_ranges(port, ranges)
  for _, range in ipairs(ranges) do
    local low, high = bounds(range)
    if port.from >= low and port.to <= high then
      return true
    end
  end
  return false
end

--- "80", "8000-8010"
local function words(port)
  return port.from == port.to and tostring(port.from) or ("%d-%d"):format(port.from, port.to)
end

local function judge_number(port, p)
  if not port.valid then
    return "this port cannot be read", "write ADDRESS:PORT:CONTAINERPORT with numbers up to 65535"
  elseif port.to == 0 then -- any free port
    return
  elseif port.from < p.min_port then
    return ("host port %s may not be published: it is below %d"):format(words(port), p.min_port),
      ("choose a port from %d up, or none for any free one"):format(p.min_port)
  elseif #p.ranges > 0 and not in_ranges(port, p.ranges) then
    return ("host port %s may not be published"):format(words(port)),
      "choose one of " .. table.concat(p.ranges, ", ")
  end
end

local function judge_address(is_service)
  if is_service then
    return "a service may not publish ports: they would be open on every address",
      "put a proxy in front, in the network of the service"
  end
  return "the port would be open on every address of this host",
    "choose an address, such as -p 127.0.0.1:8080:80"
end

local function judge(port, p, is_service, found)
  local what, fix = judge_number(port, p)
  if what then
    found[#found + 1] = deny(what, { field = port.via, fix = fix })
  end
  local say = p.require_address and deny or p.tell_address and audit
  if say and port.any_address then
    what, fix = judge_address(is_service)
    found[#found + 1] = say(what, { field = port.via, fix = fix })
  end
end

return rule {
  id = "container.ports",
  api = 1,
  title = "Ports of the host must not be taken at will",
  severity = "medium",
  refs = {
    "CIS-5.7", "CIS-5.8", "CIS-5.9", "CIS-5.14", "CIS-7.2", "PSS-baseline/hostPorts", "OWASP-R5a", "article-2.11",
    "article-4.7",
  },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- the lowest port of the host that may be named
    min_port = int(1024),
    -- "8000-8999"; without any, all from min_port up
    ranges = list_of("string", {}),
    -- must an address of the host be named? Services may then not publish at all
    require_address = bool(false),
    -- where no address is required: write down that none was named
    tell_address = bool(false),
    -- -P, which publishes every port of the image on all addresses
    publish_all = one_of { "allow", "deny" },
  },

  check = function(req, p)
    local found = {}
    for _, port in ipairs(req.container.ports) do
      judge(port, p, req.service ~= nil, found)
    end
    if req.container.publish_all and p.publish_all == "deny" then
      found[#found + 1] = deny("publishing every port of the image is not allowed", {
        field = "HostConfig.PublishAllPorts",
        fix = "leave out -P; publish the ports that are needed, such as -p 127.0.0.1:8080:80",
      })
    end
    return found
  end,
}
