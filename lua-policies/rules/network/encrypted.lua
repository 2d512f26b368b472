--- Denies overlay networks whose traffic between nodes can be read.
-- Source: the overlay driver's option "encrypted". Newer engines read its value, so "false" is off.

return rule {
  id = "network.encrypted",
  api = 1,
  title = "Overlay networks must be encrypted",
  severity = "medium",
  refs = { "CIS-7.3" },
  on = { "network.create" },

  check = function(req)
    if req.network.driver == "overlay" and not req.network.encrypted then
      return deny("overlay networks must be encrypted", {
        field = "Options.encrypted",
        fix = "add --opt encrypted",
      })
    end
  end,
}
