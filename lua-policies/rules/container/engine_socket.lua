--- Denies handing a container the socket of a container engine, by whatever way: whoever has it has the
-- host.
-- Source: Docker Engine API, HostConfig.Binds and Mounts, options of the local volume driver. The
-- directories above a socket count, and so does every spelling of them; symbolic links of the host
-- are not followed.

return rule {
  id = "container.engine-socket",
  api = 1,
  title = "Sockets of container engines must not be mounted",
  severity = "critical",
  refs = {
    "CIS-5.32", "OWASP-R1", "kyverno:disallow-cri-sock-mount", "kyverno:docker-socket-requires-label", "T1611",
    "T1552.007", "article-5.1",
  },
  on = { "container.create", "container.start", "service.create", "service.update", "volume.create", "checkpoint.*" },
  params = {
    -- registry and repository of images that may have it: "docker.io/library/traefik"
    allow_images = list_of("glob", {}),
    -- bare file names, wherever engines put them, and absolute paths
    names = list_of("string", {
      "docker.sock", "containerd.sock", "crio.sock", "podman.sock", "buildkitd.sock", "cri-dockerd.sock",
      "/run/docker/plugins",
    }),
  },

  check = function(req, p)
    local found = {}
    if req.container and glob.any(p.allow_images, req.container.image.name) then
      return
    end
    for _, mount in ipairs(req.mounts) do
      local name = mount.kind == "bind" and path.reaches(mount.source, p.names)
      if name then
        found[#found + 1] = deny(("%s gives control of the container engine (%s)"):format(mount.source, name), {
          field = mount.via,
          fix = "leave it out, or mount the socket of a filtering proxy",
        })
      end
    end
    return found
  end,
}
