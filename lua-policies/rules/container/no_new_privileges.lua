--- Requires that processes cannot gain privileges, as by set-user-ID programs.
-- Source: Docker Engine API, HostConfig.SecurityOpt "no-new-privileges";
-- ContainerSpec.Privileges.NoNewPrivileges (API 1.44).

return rule {
  id = "container.no-new-privileges",
  api = 1,
  title = "Processes must not gain privileges",
  severity = "medium",
  refs = { "CIS-5.26", "CIS-2.14", "PSS-restricted/allowPrivilegeEscalation", "OWASP-R4", "T1611", "article-4.8" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- true where the engine runs with "no-new-privileges": true for all containers
    daemon_default = bool(false),
  },

  check = function(req, p)
    local security = req.container.security
    if security.no_new_privileges or p.daemon_default and not security.no_new_privileges_off then
      return
    elseif req.service then
      return deny("processes of the service could gain privileges", {
        field = "TaskTemplate.ContainerSpec.Privileges.NoNewPrivileges",
        fix = "set NoNewPrivileges to true, by a call of API 1.44 or newer (/v1.44/services/...)",
      })
    end
    return deny("processes of the container could gain privileges", {
      field = "HostConfig.SecurityOpt",
      fix = "add --security-opt no-new-privileges",
    })
  end,
}
