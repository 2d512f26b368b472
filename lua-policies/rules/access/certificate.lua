--- Denies callers whose certificate was revoked, is about to end, or is of another organization.
-- Source: the engine shows the certificate that it has verified (RequestPeerCertificates), but knows no
-- list of revoked ones. Callers on the Unix socket have none: access.require-tls is about them.

local DAY_S = 86400

--- "0a:1b:2c" and "0A1B2C" as the view writes them.
local function serial(text)
  return (text:upper():gsub(":", ""):gsub("^0+(.)", "%1"))
end

local function is_revoked(cert, p)
  for _, each in ipairs(p.revoked) do
    if serial(each) == cert.serial then
      return true
    end
  end
  return false
end

local function is_of(names, patterns)
  for _, name in ipairs(names) do
    if glob.any(patterns, name) then
      return true
    end
  end
  return #patterns == 0
end

local function fault(cert, p, ctx)
  if not (cert and cert.complete) then
    return "cannot be read as a whole"
  elseif is_revoked(cert, p) then
    return ("is revoked (serial %s)"):format(cert.serial)
  elseif p.min_days > 0 and cert.not_after - ctx.now < p.min_days * DAY_S then
    return ("ends in less than %d days"):format(p.min_days)
  elseif not is_of(cert.o, p.organizations) then
    return "is of no organization that may call this engine"
  elseif not is_of(cert.ou, p.units) then
    return "is of no unit that may call this engine"
  end
end

return rule {
  id = "access.certificate",
  api = 1,
  title = "Certificates of callers must be good ones",
  severity = "high",
  refs = { "CIS-1.1.2", "CIS-2.7", "T1078", "article-5.3" },
  on = { "*" },
  params = {
    -- how long a certificate must still be good for; 0: no matter
    min_days = int(0),
    -- one of the subject's organizations must match one of these; none: any will do
    organizations = list_of("glob", {}),
    -- the same for its organizational units
    units = list_of("glob", {}),
    -- serial numbers, as openssl x509 -serial shows them
    revoked = list_of("string", {}),
  },

  check = function(req, p, ctx)
    if req.user.anonymous or req.action == "system.ping" then
      return
    end
    local what = fault(req.user.cert, p, ctx)
    if what then
      return deny(("the certificate of %s %s"):format(req.user.name, what), {
        fix = "get a new one from whoever issues them for this engine",
      })
    end
  end,
}
