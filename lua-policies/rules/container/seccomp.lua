--- Keeps the system call filter on, in containers, services and builds.
-- Source: Docker Engine API, HostConfig.SecurityOpt "seccomp="; ContainerSpec.Privileges.Seccomp;
-- parameter securityopt of POST /build.
--
-- A custom profile that lets through what it does not name is as good as none.

local FIELDS = {
  ["service.create"] = "TaskTemplate.ContainerSpec.Privileges.Seccomp",
  ["service.update"] = "TaskTemplate.ContainerSpec.Privileges.Seccomp",
  ["build.run"] = "securityopt",
}

return rule {
  id = "container.seccomp",
  api = 1,
  title = "The system call filter must not be switched off",
  severity = "high",
  refs = {
    "CIS-5.22", "CIS-2.17", "PSS-baseline/seccompProfile", "PSS-restricted/seccompProfile", "OWASP-R6", "T1611",
    "article-1.1", "article-5.1",
  },
  on = { "container.create", "service.create", "service.update", "build.run" },
  params = {
    -- whether profiles other than the engine's own may be brought along
    allow_custom = bool(true),
  },

  check = function(req, p)
    local security = (req.container or req.build).security
    local field = FIELDS[req.action] or "HostConfig.SecurityOpt"
    if security.seccomp == "unconfined" then
      return deny("seccomp may not be switched off", {
        field = field,
        fix = "leave out --security-opt seccomp=unconfined",
      })
    elseif security.seccomp_allows_all then
      return deny(("the seccomp profile filters nothing: %s"):format(security.seccomp_problem or "it allows all"), {
        field = field,
        fix = "leave the profile out, or give it \"defaultAction\": \"SCMP_ACT_ERRNO\"",
      })
    elseif security.seccomp == "custom" and not p.allow_custom then
      return deny("a seccomp profile of your own may not be used", {
        field = field,
        fix = "leave out --security-opt seccomp=FILE",
      })
    end
  end,
}
