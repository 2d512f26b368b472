--- Keeps the swarm itself, its keys and its nodes to those who look after it.
-- Source: Docker Engine API, /swarm and /nodes.

return rule {
  id = "swarm.admin",
  api = 1,
  title = "Only administrators manage the swarm and its nodes",
  severity = "high",
  refs = { "CIS-5.1", "CIS-7.5", "NIST-4.3.1", "T1543.005" },
  on = {
    "swarm.init", "swarm.join", "swarm.leave", "swarm.update", "swarm.unlock", "swarm.unlock_key",
    "node.update", "node.delete",
  },
  params = {
    -- names in the certificates of those who may
    users = list_of("glob", {}),
    -- must managers need a key after a restart?
    autolock = one_of { "any", "required" },
  },

  check = function(req, p)
    if not req.user.name or not glob.any(p.users, req.user.name) then
      return deny("the swarm is managed by administrators only", {
        fix = "ask an administrator of this swarm",
      })
    end
    local sets_spec = req.action == "swarm.init" or req.action == "swarm.update"
    if sets_spec and p.autolock == "required" and not req.swarm.autolock then
      return deny("managers must stay locked after a restart", {
        field = "EncryptionConfig.AutoLockManagers",
        fix = "add --autolock",
      })
    end
  end,
}
