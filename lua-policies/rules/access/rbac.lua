--- Grants actions by role: who may do what, everything else stays denied.
-- Source: the name of a caller is that of its TLS certificate; on the Unix socket there is none.
--
-- It belongs into a profile whose default is to deny.

--- "viewer dev" as a list.
local function words(line)
  local list = {}
  for word in line:gmatch("%S+") do
    list[#list + 1] = word
  end
  return list
end

--- The roles of a caller: those of every entry that matches its name.
local function roles_of(user, p)
  if user.anonymous then
    return words(p.anonymous)
  end
  local roles = {}
  for pattern, line in pairs(p.users) do
    if glob.match(pattern, user.name) then
      for _, role in ipairs(words(line)) do
        roles[#roles + 1] = role
      end
    end
  end
  return roles
end

return rule {
  id = "access.rbac",
  api = 1,
  kind = "grant",
  title = "Users may do what their roles say",
  severity = "high",
  refs = { "CIS-1.1.2", "NIST-4.3.1", "T1078" },
  on = { "*" },
  params = {
    -- roles, with blanks between them, of callers without a name
    anonymous = string_of(""),
    -- actions by role, with blanks between them: viewer = "*.list *.inspect"
    roles = map_of("string", {}),
    -- roles by the name in a certificate: ["ops-*"] = "admin"
    users = map_of("string", {}),
  },

  check = function(req, p)
    -- Clients ask these to learn which version to speak.
    if req.action == "system.ping" or req.action == "system.version" then
      return allow("everyone")
    end
    for _, role in ipairs(roles_of(req.user, p)) do
      if not p.roles[role] then
        return deny(("role %s is not defined"):format(role), {
          fix = "tell whoever keeps the policies of this engine",
        })
      elseif glob.any(words(p.roles[role]), req.action) then
        return allow("role " .. role)
      end
    end
    return deny(("%s may not do %s"):format(req.user.label, req.action), {
      fix = "ask an administrator for a role that covers " .. req.action,
    })
  end,
}
