--- Requires images by digest: a tag can be moved to other content after it was looked at.
-- Source: Docker Engine API, Image of a container or service, fromImage of a pull.

return rule {
  id = "image.digest",
  api = 1,
  title = "Images must be pinned by digest",
  severity = "medium",
  refs = { "CIS-4.5", "T1036", "kyverno:require-image-checksum", "gatekeeper:imagedigests" },
  on = { "container.create", "service.create", "service.update", "image.pull" },
  params = {
    -- registry and repository of images that may be used by tag
    exempt = list_of("glob", {}),
  },

  check = function(req, p)
    local image = req.image
    if not image or (image.valid and image.digest) or glob.any(p.exempt, image.name) then
      return
    end
    return deny(("image %s is not pinned by digest"):format(image.raw), {
      field = image.via,
      fix = ("use %s@sha256:..., as docker images --digests shows it"):format(image.name),
    })
  end,
}
