--- Protects containers, networks, volumes and services that must stay as they are, by name.
-- Source: Docker Engine API. The engine also takes an id or the beginning of one, which could be that
-- of any object, so protected kinds must be called by name.

local PRUNES = { ["container.prune"] = true, ["network.prune"] = true, ["volume.prune"] = true }

--- Ids are hex digits, in a swarm small letters and digits: 25 of them, or the first few.
local function may_be_id(kind, name)
  if kind == "service" or kind == "config" or kind == "secret" then
    return name:find("^[0-9a-z]+$") ~= nil and #name == 25
  end
  return kind ~= "volume" and name:find("^%x+$") ~= nil
end

local function judge_prune(req, p)
  if p.prune == "deny" then
    return deny(("a prune may delete a protected %s"):format(req.category), {
      fix = ("delete each %s by name"):format(req.category),
    })
  end
end

return rule {
  id = "protect.objects",
  api = 1,
  title = "Protected objects must not be changed or deleted",
  severity = "medium",
  refs = { "T1485", "T1489", "T1490", "kyverno:block-updates-deletes" },
  on = {
    "container.delete", "container.stop", "container.kill", "container.restart", "container.pause",
    "container.rename", "container.update", "container.prune", "network.delete", "network.disconnect",
    "network.prune", "volume.delete", "volume.update", "volume.prune", "service.delete", "service.update",
    "secret.delete", "secret.update", "config.delete", "config.update",
  },
  params = {
    -- "db", "prod-*": names of what is protected, of any kind
    names = list_of("glob", {}),
    -- calls that name an object by what may be the id of a protected one
    ids = one_of { "deny", "allow" },
    -- prunes, which may delete a protected object
    prune = one_of { "deny", "allow" },
  },

  check = function(req, p)
    if #p.names == 0 then
      return
    elseif PRUNES[req.action] then
      return judge_prune(req, p)
    end
    local kind, name = req.target.kind, req.target.name
    if glob.any(p.names, name) then
      return deny(("%s %s is protected"):format(kind, name), {
        fix = "ask an administrator of this engine",
      })
    elseif p.ids == "deny" and may_be_id(kind, name) then
      return deny(("%s may be the id of a protected %s"):format(name, kind), {
        fix = ("give the %s by its name"):format(kind),
      })
    end
  end,
}
