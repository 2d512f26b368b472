--- Keeps what containers print, and what goes on in the engine, to those who look after them.
-- Source: Docker Engine API, logs, attach, /events, /info and /system/df.

local ENGINE = { ["system.events"] = true, ["system.info"] = true, ["system.df"] = true }

return rule {
  id = "logs.access",
  api = 1,
  title = "Output of containers must not be read by everyone",
  severity = "low",
  refs = { "T1613", "T1552" },
  on = {
    "container.logs", "container.attach", "container.attach_ws", "service.logs", "task.logs", "system.events",
    "system.info", "system.df",
  },
  params = {
    -- events, settings and disk use of the engine
    engine = one_of { "allow", "deny" },
    -- names in the certificates of those who may
    users = list_of("glob", {}),
  },

  check = function(req, p)
    if req.user.name and glob.any(p.users, req.user.name) then
      return
    elseif ENGINE[req.action] then
      if p.engine == "deny" then
        return deny("what goes on in the engine is not for everyone", {
          fix = "ask an administrator of this engine",
        })
      end
      return
    end
    return deny("the output of containers is not for everyone", {
      fix = "ask an administrator of this engine",
    })
  end,
}
