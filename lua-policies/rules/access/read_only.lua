--- Gives users read access only.
-- Source: the class of each action. Whole images and file systems, terminals and the contents that a
-- stream carries are not reading; streams that only tell what goes on may be listed.

local function is_bound(user, p)
  if user.anonymous then
    return p.anonymous == "read"
  end
  return glob.any(p.users, user.name)
end

return rule {
  id = "access.read-only",
  api = 1,
  title = "Some users may read, and do nothing else",
  severity = "high",
  refs = { "CIS-1.1.2", "NIST-4.3.1", "T1613" },
  on = { "*" },
  params = {
    -- what callers without a name may do
    anonymous = one_of { "read", "write" },
    -- actions of the class "stream" that pass all the same
    streams = list_of("glob", {
      "container.logs", "container.stats", "service.logs", "system.events", "task.logs",
    }),
    -- names in the certificates of those who may only read
    users = list_of("glob", { "*" }),
  },

  check = function(req, p)
    if req.class == "read" or not is_bound(req.user, p) then
      return
    elseif req.class == "stream" and glob.any(p.streams, req.action) then
      return
    end
    return deny(("%s has read access only, and %s is more"):format(req.user.label, req.action), {
      fix = "ask an administrator of this engine",
    })
  end,
}
