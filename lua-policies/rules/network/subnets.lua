--- Denies networks over addresses that are somebody else's: the host sends what is for these into the network
-- from then on, and answers itself for the gateway's.
-- Source: Docker Engine API, IPAM.Config of /networks/create. Without a subnet the engine takes one of its own
-- pools (default-address-pools).

local function part(block)
  local parts = text.split(block, "/")
  return parts[1], math.tointeger(tonumber(parts[2]))
end

--- Does the block hold the whole subnet? Old engines take ::ffff:10.0.0.0/97 for 0.0.0.0/1, so bits are
-- compared within a family.
local function holds(block, subnet)
  local address, bits = part(subnet)
  local _, least = part(block)
  local related = text.contains(address, ":") == text.contains(block, ":")
  return related and bits ~= nil and least ~= nil and bits >= least and cidr.match(address, block) == true
end

local function is_listed(subnet, blocks)
  for _, block in ipairs(blocks) do
    if holds(block, subnet) then
      return true
    end
  end
  return false
end

return rule {
  id = "network.subnets",
  api = 1,
  title = "Networks must have listed addresses only",
  severity = "high",
  refs = { "OWASP-R5", "T1557" },
  on = { "network.create" },
  params = {
    -- blocks that a subnet must lie in: "172.16.0.0/12"
    allow = list_of("string", { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7" }),
  },

  check = function(req, p)
    local found = {}
    for i, subnet in ipairs(req.network.subnets) do
      if subnet ~= "" and not is_listed(subnet, p.allow) then
        found[#found + 1] = deny(("a network may not have the addresses %s"):format(subnet), {
          field = ("IPAM.Config[%d].Subnet"):format(i),
          fix = #p.allow > 0 and "take a part of " .. table.concat(p.allow, ", ") or "leave out --subnet",
        })
      end
    end
    return found
  end,
}
