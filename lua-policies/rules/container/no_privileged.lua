--- Denies privileged containers and privileged exec sessions.
-- Source: Docker Engine API, ContainerCreate HostConfig.Privileged, ContainerExec Privileged.

local function denial(field)
  return deny("privileged mode gives the container full control of this host", {
    field = field,
    fix = "leave out --privileged and ask for the one capability or device that is needed",
  })
end

return rule {
  id = "container.no-privileged",
  api = 1,
  title = "Containers and exec sessions must not be privileged",
  severity = "critical",
  refs = { "CIS-5.5", "CIS-5.23", "PSS-baseline/privileged", "T1611" },
  on = { "container.create", "service.create", "service.update", "exec.create" },
  params = {
    -- "registry.example.com/team/*": images that may be privileged, by registry and repository
    allow_images = list_of("glob", {}),
  },

  check = function(req, p)
    if req.action == "exec.create" then
      if req.exec.privileged then
        return denial("Privileged")
      end
      return
    end
    if not req.container.privileged then
      return
    end
    local image = req.image
    if image and image.repository
      and glob.any(p.allow_images, image.registry .. "/" .. image.repository) then
      return
    end
    return denial("HostConfig.Privileged")
  end,
}
