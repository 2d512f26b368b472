--- Denies security options that cannot be judged, and Windows credentials.
-- Source: Docker Engine API, HostConfig.SecurityOpt; ContainerSpec.Privileges.CredentialSpec; parameter
-- securityopt of POST /build.

return rule {
  id = "container.security-options",
  api = 1,
  title = "Security options must be known ones",
  severity = "medium",
  refs = { "PSS-baseline/windowsHostProcess", "T1611" },
  on = { "container.create", "service.create", "service.update", "build.run" },

  check = function(req)
    local security, found = (req.container or req.build).security, {}
    local field = req.build and "securityopt" or "HostConfig.SecurityOpt"
    for i, option in ipairs(security.other) do
      found[i] = deny(("security option '%s' is not known"):format(option), {
        field = field,
        fix = "leave it out, or write it as the engine's documentation does",
      })
    end
    if security.credential_spec then
      found[#found + 1] = deny("credentials of the host may not be passed on", {
        field = "TaskTemplate.ContainerSpec.Privileges.CredentialSpec",
        fix = "leave out --credential-spec",
      })
    end
    return found
  end,
}
