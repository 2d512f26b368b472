--- Denies copying files into containers: what runs would no longer be what the image says.
-- Source: Docker Engine API, PUT /containers/{id}/archive. What is copied is never seen.

return rule {
  id = "container.copy-in",
  api = 1,
  title = "Files must not be copied into containers",
  severity = "medium",
  refs = { "kyverno:block-kubectl-cp", "T1609", "T1105", "article-4.9" },
  on = { "container.archive_put" },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    return deny(("copying into %s is not allowed"):format(req.target.name), {
      fix = "put the files into the image, or into a volume",
    })
  end,
}
