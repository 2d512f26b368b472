--- Keeps the kernel capabilities of containers and services to a list, and can require that others
-- are dropped.
-- Source: Docker Engine API, HostConfig.CapAdd, CapDrop and Capabilities; ContainerSpec.CapabilityAdd
-- and CapabilityDrop; the list of Kubernetes Pod Security Standards, level "baseline".
--
-- Names are compared in capitals and without CAP_, however they were sent.

local list = require("lib.list")

--- What a container may have when nothing is said to the contrary.
local HARMLESS = {
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
  "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

local function judge_added(caps, p, field, found)
  for name in pairs(caps.add) do
    if not list.has(p.allow_add, name) then
      found[#found + 1] = deny(("capability %s may not be added"):format(name), {
        field = field,
        fix = #p.allow_add > 0 and "leave it out; these may be added: " .. table.concat(p.allow_add, ", ")
          or "leave it out",
      })
    end
  end
end

local function judge_dropped(caps, p, field, found)
  for _, name in ipairs(p.require_drop) do
    if not caps.drops_all and not caps.drop[name] then
      found[#found + 1] = deny(("capability %s must be dropped"):format(name), {
        field = field,
        fix = "add --cap-drop " .. name,
      })
    end
  end
end

return rule {
  id = "container.capabilities",
  api = 1,
  title = "Containers must not get capabilities beyond a list",
  severity = "high",
  refs = {
    "CIS-5.4", "PSS-baseline/capabilities", "PSS-restricted/capabilities", "OWASP-R3", "T1611",
    "article-2.16", "article-4.5",
  },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- in capitals, without CAP_
    allow_add = list_of("string", HARMLESS),
    -- "ALL", or names of their own: dropping ALL drops them too
    require_drop = list_of("string", {}),
  },

  check = function(req, p)
    local caps, found = req.container.caps, {}
    local at = req.service and "TaskTemplate.ContainerSpec.Capability" or "HostConfig.Cap"
    judge_added(caps, p, at .. "Add", found)
    judge_dropped(caps, p, at .. "Drop", found)
    if caps.exact then
      found[#found + 1] = deny("an exact list of capabilities may not be set", {
        field = "HostConfig.Capabilities",
        fix = "say what to add and drop with --cap-add and --cap-drop",
      })
    end
    return found
  end,
}
