--- Requires a user other than root, by number: what a name stands for, only the image knows.
-- Source: Docker Engine API, ContainerCreate User, ContainerSpec.User. Numbers are read as the engine
-- does: "00" and "+0" are root.

local UID_MAX = 2147483647 -- moby/sys/user, GetExecUser: larger ones are refused

local function is_fine(user, p)
  if user.numeric then
    return user.uid > 0 and user.uid <= UID_MAX
  elseif user.raw == "" then
    return p.use_image
  end
  return not user.root and user.name ~= nil and glob.any(p.allow_named, user.name)
end

local function what(user)
  if user.root then
    return ("the container would run as root ('%s')"):format(user.raw)
  elseif user.raw == "" then
    return "the container would run as the image's own user, which may be root"
  end
  return ("user '%s' could be root in the image"):format(user.raw)
end

return rule {
  id = "container.non-root",
  api = 1,
  title = "Containers must run as a user other than root",
  severity = "medium",
  refs = { "CIS-4.1", "PSS-restricted/runAsNonRoot", "PSS-restricted/runAsUser", "OWASP-R2", "T1611", "article-4.8" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- names of users that are known not to be root in any image here
    allow_named = list_of("glob", {}),
    -- true: without a user the image's own is good enough
    use_image = bool(false),
  },

  check = function(req, p)
    local user = req.container.user
    if not is_fine(user, p) then
      return deny(what(user), {
        field = req.service and "TaskTemplate.ContainerSpec.User" or "User",
        fix = "add --user with a number, such as --user 1000:1000",
      })
    end
  end,
}
