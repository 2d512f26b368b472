--- Denies commands that are run as root in a container.
-- Source: Docker Engine API, ContainerExec User. Names other than root, and the container's own user,
-- are for the image to say.

return rule {
  id = "exec.user",
  api = 1,
  title = "Commands must not be run as root in a container",
  severity = "medium",
  refs = { "CIS-5.24", "T1609", "article-4.9" },
  on = { "exec.create" },
  params = {
    -- false: commands may be run as root
    deny_root = bool(true),
  },

  check = function(req, p)
    if p.deny_root and req.exec.root then
      return deny("exec as root is not allowed", {
        field = "User",
        fix = "leave out --user " .. req.exec.user.raw .. ", or name another user",
      })
    end
  end,
}
