--- Says which calls may pass although what follows on them is never seen: BuildKit, registry logins,
-- terminals.
-- Source: Docker Engine API, /session, /grpc, /build with version=2, /auth, /containers/{id}/attach.
-- The engine shows a plugin the start of such a call only, and never what is sent to /auth.
--
-- Engines from 29 on also take BuildKit's own protocol on their socket without asking any plugin.

local OPAQUE = {
  ["build.session"] = { "buildkit", "a BuildKit session cannot be checked" },
  ["build.grpc"] = { "buildkit", "the BuildKit control channel cannot be checked" },
  ["system.auth"] = { "login", "a login to a registry cannot be checked" },
  ["container.attach"] = { "attach", "what is typed into an attached container cannot be checked" },
  ["container.attach_ws"] = { "attach", "what is typed into an attached container cannot be checked" },
}

local FIX = {
  buildkit = "use the classic builder (DOCKER_BUILDKIT=0 docker build), or a build service",
  login = "ask an administrator to set up the registry's credentials",
  attach = "read its output with docker logs",
}

local function denial(what, msg, field)
  return deny(msg, { field = field, fix = FIX[what] })
end

return rule {
  id = "request.opaque",
  api = 1,
  title = "Calls whose content is never seen pass only where that is accepted",
  severity = "high",
  refs = { "T1612", "OWASP-R13" },
  on = {
    "build.session", "build.grpc", "build.run", "system.auth", "container.attach", "container.attach_ws",
  },
  params = {
    -- terminals of containers (docker attach)
    attach = one_of { "allow", "deny" },
    -- BuildKit: its sessions, its control channel, and builds by it
    buildkit = one_of { "allow", "deny" },
    -- docker login
    login = one_of { "allow", "deny" },
  },

  check = function(req, p)
    if req.action == "build.run" then
      if req.build.buildkit and p.buildkit == "deny" then
        return denial("buildkit", "a BuildKit build cannot be checked", "version")
      end
      return
    end
    local what, msg = OPAQUE[req.action][1], OPAQUE[req.action][2]
    if p[what] == "deny" then
      return denial(what, msg)
    end
  end,
}
