--- Requires what is created to name its owner in a label: a plugin cannot add one to a request.
-- Source: Docker Engine API, Labels of containers, volumes, networks, services, secrets and configs.
--
-- It judges creation only. Whose an object is that a later call names, only the engine knows.

--- The labels that a creation sets, and where they stand.
local function labels_of(req)
  local made = req.service or req.container or req.volume or req.network or req.secret or req.config
  return made.labels
end

local function is_shared(value, p)
  return p.shared ~= "" and value == p.shared
end

return rule {
  id = "access.ownership",
  api = 1,
  title = "What is created must carry its owner's label",
  severity = "medium",
  refs = { "NIST-4.4.5", "kyverno:require-labels", "gatekeeper:requiredlabels" },
  on = {
    "container.create", "volume.create", "network.create", "service.create", "service.update",
    "secret.create", "config.create",
  },
  params = {
    -- names in the certificates of those who need none
    admins = list_of("glob", {}),
    -- the label's name
    label = string_of("owner"),
    -- the owner of what callers without a name create; "": they may create nothing
    anonymous = string_of(""),
    -- a value that anyone may use; "": none
    shared = string_of(""),
  },

  check = function(req, p)
    local owner = req.user.name or p.anonymous
    if owner == "" then
      return deny("a client certificate is required to create anything", {
        fix = "connect over TLS (docker --tlsverify, -H tcp://...:2376)",
      })
    elseif req.user.name and glob.any(p.admins, req.user.name) then
      return
    end
    local value = labels_of(req)[p.label]
    if value ~= owner and not is_shared(value, p) then
      return deny(("label %s=%s is required"):format(p.label, owner), {
        field = "Labels",
        fix = ("add --label %s=%s"):format(p.label, owner),
      })
    end
  end,
}
