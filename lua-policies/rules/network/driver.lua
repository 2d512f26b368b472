--- Denies networks of drivers that are not listed, such as those that put containers into the LAN.
-- Source: Docker Engine API, Driver of /networks/create; without one the engine takes bridge. A
-- network that only holds settings for others has the driver null.

return rule {
  id = "network.driver",
  api = 1,
  title = "Networks must be of listed drivers",
  severity = "medium",
  refs = { "CIS-2.2", "OWASP-R5" },
  on = { "network.create" },
  params = {
    -- drivers that may be used; without one the engine takes bridge
    allow = list_of("glob", { "bridge", "overlay" }),
  },

  check = function(req, p)
    local network = req.network
    local driver = network.driver or "bridge"
    if glob.any(p.allow, driver) or (driver == "null" and network.config_only) then
      return
    end
    return deny(("network driver %s is not allowed"):format(driver), {
      field = "Driver",
      fix = #p.allow > 0 and "use " .. table.concat(p.allow, " or ")
        or "ask an administrator for a network",
    })
  end,
}
