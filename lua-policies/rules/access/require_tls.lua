--- Denies callers without a name: those on the Unix socket, and those without a client certificate.
-- Source: the engine names a caller by the common name of its TLS certificate; others have none.

return rule {
  id = "access.require-tls",
  api = 1,
  title = "Callers must have a client certificate",
  severity = "high",
  refs = { "CIS-1.1.2", "CIS-2.7", "T1078", "T1133" },
  on = { "*" },
  params = {
    -- what callers without a name may do
    anonymous = one_of { "nothing", "read" },
  },

  check = function(req, p)
    if not req.user.anonymous or req.action == "system.ping" or req.action == "system.version" then
      return
    elseif p.anonymous == "read" and req.class == "read" then
      return
    end
    return deny(("a client certificate is required for %s"):format(req.action), {
      fix = "connect over TLS (docker --tlsverify, -H tcp://...:2376)",
    })
  end,
}
