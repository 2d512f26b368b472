--- Denies taking images and file systems away.
-- Source: Docker Engine API, /images/get, /images/{name}/get, /containers/{id}/export and archive.
-- Their answers are streams that no plugin can hold back, so the call is the only place to stop them.

return rule {
  id = "image.export",
  api = 1,
  title = "Images and file systems must not be taken away",
  severity = "medium",
  refs = { "T1552.001", "T1567", "NIST-4.1.4" },
  on = { "image.export", "container.export", "container.archive_get" },
  params = {
    -- docker cp, which takes single files
    archive = one_of { "deny", "allow" },
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    local copies = req.action == "container.archive_get"
    if (req.user.name and glob.any(p.users, req.user.name)) or (copies and p.archive == "allow") then
      return
    elseif copies then
      return deny("copying files out of containers is not allowed", {
        fix = "let the container write them to a volume",
      })
    end
    return deny("taking whole images or file systems away is not allowed", {
      fix = "pull the image from its registry",
    })
  end,
}
