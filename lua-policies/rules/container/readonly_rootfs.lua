--- Requires that containers and services cannot change their own file system.
-- Source: Docker Engine API, HostConfig.ReadonlyRootfs; ContainerSpec.ReadOnly.

return rule {
  id = "container.readonly-rootfs",
  api = 1,
  title = "The root file system must be read-only",
  severity = "medium",
  refs = {
    "CIS-5.13", "OWASP-R8", "kyverno:require-ro-rootfs", "gatekeeper:read-only-root-filesystem", "article-2.14",
    "article-4.6",
  },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- registry and repository of images that may write: "docker.io/library/postgres"
    exempt_images = list_of("glob", {}),
  },

  check = function(req, p)
    local container = req.container
    if container.readonly_rootfs or glob.any(p.exempt_images, container.image.name) then
      return
    end
    return deny("the container could change its own file system", {
      field = req.service and "TaskTemplate.ContainerSpec.ReadOnly" or "HostConfig.ReadonlyRootfs",
      fix = "add --read-only (and --tmpfs for scratch space)",
    })
  end,
}
