--- Denies making images out of containers: nobody can tell what is in them.
-- Source: Docker Engine API, POST /commit.

return rule {
  id = "container.commit",
  api = 1,
  title = "Containers must not be made into images",
  severity = "low",
  refs = { "T1525", "NIST-4.1.5", "article-4.9", "article-5.2" },
  on = { "image.commit" },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    return deny("committing containers is not allowed", {
      field = "container",
      fix = "build the image from a Dockerfile",
    })
  end,
}
