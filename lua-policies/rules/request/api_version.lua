--- Denies calls to old versions of the engine's API, which do more with a request than newer ones.
-- Source: the version in the path, "/v1.40/...". A call without one gets the engine's newest.

return rule {
  id = "request.api-version",
  api = 1,
  title = "Clients must speak a recent version of the API",
  severity = "low",
  refs = { "moby: api/docs/CHANGELOG.md" },
  on = { "*" },
  params = {
    -- the oldest that passes
    min = { major = int(1), minor = int(40) },
  },

  check = function(req, p)
    -- Clients ask these to learn which version to speak.
    if not req.api or req.action == "system.ping" or req.action == "system.version" then
      return
    end
    local major, minor = req.api.major, req.api.minor
    if major < p.min.major or (major == p.min.major and minor < p.min.minor) then
      return deny(("API version %d.%d is too old"):format(major, minor), {
        fix = ("use a client that speaks %d.%d or later"):format(p.min.major, p.min.minor),
      })
    end
  end,
}
