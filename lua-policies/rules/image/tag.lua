--- Denies tags that do not say which version they are, "latest" first of all.
-- Source: Docker Engine API, Image of a container or service, fromImage and tag of a pull. No tag and
-- no digest mean latest to the engine.

return rule {
  id = "image.tag",
  api = 1,
  title = "Tags must name a version",
  severity = "low",
  refs = { "CIS-5.28", "kyverno:disallow-latest-tag", "gatekeeper:disallowedtags", "NIST-4.2.2" },
  on = { "container.create", "service.create", "service.update", "image.pull" },
  params = {
    -- tags that may not be used
    deny = list_of("glob", { "latest" }),
    -- registry and repository of images to which this does not apply
    exempt = list_of("glob", {}),
  },

  check = function(req, p)
    local image = req.image
    if not image or image.digest or glob.any(p.exempt, image.name) then
      return
    elseif image.all_tags then
      return deny(("all tags of %s may hold one that is not allowed"):format(image.name), {
        field = image.via,
        fix = "pull one version by its tag",
      })
    elseif image.tag and glob.any(p.deny, image.tag) then
      return deny(("tag %s is not allowed"):format(image.tag), {
        field = image.via,
        fix = ("use the tag of a version (%s:1.2.3), or a digest"):format(image.name),
      })
    end
  end,
}
