--- Denies reading settings that hold environment variables, where passwords often stand.
-- Source: Docker Engine API: inspect of containers, images, services and tasks, and lists of services
-- and tasks. An answer cannot be changed on its way, only withheld as a whole.

return rule {
  id = "inspect.env-guard",
  api = 1,
  title = "Environment variables must not be read by everyone",
  severity = "medium",
  refs = { "T1552.007", "T1613" },
  on = {
    "container.inspect", "image.inspect", "image.history", "service.inspect", "service.list",
    "task.inspect", "task.list",
  },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    return deny("the answer would show environment values", {
      fix = "ask an administrator; docker ps shows names, images and states",
    })
  end,
}
