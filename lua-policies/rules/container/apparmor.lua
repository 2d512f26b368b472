--- Keeps AppArmor on, in containers, services and builds.
-- Source: Docker Engine API, HostConfig.SecurityOpt "apparmor="; ContainerSpec.Privileges.AppArmor;
-- parameter securityopt of POST /build.
--
-- The kernel strips blanks around a profile's name and knows namespaces in front of it
-- (security/apparmor/lsm.c, policy.c), so every name that ends up as "unconfined" counts.

local FIELDS = {
  ["service.create"] = "TaskTemplate.ContainerSpec.Privileges.AppArmor",
  ["service.update"] = "TaskTemplate.ContainerSpec.Privileges.AppArmor",
  ["build.run"] = "securityopt",
}

local function is_off(profile)
  return text.contains(profile:lower(), "unconfined")
end

return rule {
  id = "container.apparmor",
  api = 1,
  title = "AppArmor must not be switched off",
  severity = "high",
  refs = { "CIS-5.2", "PSS-baseline/appArmorProfile", "OWASP-R6", "T1611", "article-4.4" },
  on = { "container.create", "service.create", "service.update", "build.run" },
  params = {
    -- names of profiles that may be used besides the engine's own
    allow = list_of("glob", { "*" }),
  },

  check = function(req, p)
    local profile = (req.container or req.build).security.apparmor
    if profile == "default" then
      return
    end
    local field = FIELDS[req.action] or "HostConfig.SecurityOpt"
    if is_off(profile) then
      return deny("AppArmor may not be switched off", {
        field = field,
        fix = "leave out --security-opt apparmor=" .. profile,
      })
    elseif not glob.any(p.allow, profile) then
      return deny(("AppArmor profile '%s' may not be used"):format(profile), {
        field = field,
        fix = "leave it out; these may be used: " .. table.concat(p.allow, ", "),
      })
    end
  end,
}
