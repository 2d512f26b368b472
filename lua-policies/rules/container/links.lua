--- Denies links to other containers: on the default bridge they hand over the other one's environment.
-- Source: Docker Engine API, HostConfig.Links and EndpointsConfig.Links; moby daemon/links.

--- "db:database" and "/db:/web/database" are links to db.
local function linked(link)
  local name = text.split(link, ":")[1]
  return text.starts(name, "/") and name:sub(2) or name
end

local function judge(links, field, p, found)
  for i, link in ipairs(links) do
    local name = linked(link)
    if not glob.any(p.allow, name) then
      found[#found + 1] = deny(("a link to container %s is not allowed"):format(name), {
        field = ("%s[%d]"):format(field, i),
        fix = "put both containers into one network of your own (docker network create)",
      })
    end
  end
end

return rule {
  id = "container.links",
  api = 1,
  title = "Containers must not be linked",
  severity = "low",
  refs = { "T1552.007", "OWASP-R5", "article-2.11", "article-4.7" },
  on = { "container.create", "network.connect" },
  params = {
    -- names of containers that may be linked to
    allow = list_of("glob", {}),
  },

  check = function(req, p)
    local found = {}
    if req.network then
      judge(req.network.endpoint.links, "EndpointConfig.Links", p, found)
      return found
    end
    judge(req.container.links, "HostConfig.Links", p, found)
    for _, endpoint in pairs(req.container.networks) do
      judge(endpoint.links, endpoint.via .. ".Links", p, found)
    end
    return found
  end,
}
