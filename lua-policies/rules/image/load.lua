--- Denies images out of files: an archive brings any content under any name.
-- Source: Docker Engine API, /images/load, and /images/create?fromSrc=, which also fetches addresses.

return rule {
  id = "image.load",
  api = 1,
  title = "Images must come from a registry, not from files",
  severity = "medium",
  refs = { "NIST-4.1.5", "T1525", "T1204.003" },
  on = { "image.load", "image.import" },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    return deny("images must come from a registry, not from a file or an address", {
      field = req.import and "fromSrc" or nil,
      fix = "push it to a registry, and pull it from there",
    })
  end,
}
