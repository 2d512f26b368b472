--- Keeps the contents of configs and the swarm's join tokens to those who look after them.
-- Source: Docker Engine API: /configs answers with contents, /swarm with tokens; /secrets never does.

return rule {
  id = "secret.read-config",
  api = 1,
  title = "Contents of configs and join tokens must not be read by everyone",
  severity = "medium",
  refs = { "CIS-7.4", "T1552.007" },
  on = { "config.list", "config.inspect", "swarm.inspect" },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    end
    local what = req.category == "swarm" and "the swarm's join tokens" or "the contents of configs"
    return deny(("reading %s is restricted"):format(what), {
      fix = "ask an administrator of this swarm",
    })
  end,
}
