--- Denies fields in a body that no engine known here reads: a newer engine may do something by them.
-- Source: the fields of the Docker Engine API up to the version that this plugin was built for.

return rule {
  id = "request.unknown-fields",
  api = 1,
  title = "Bodies must hold fields that are known only",
  severity = "low",
  refs = {},
  on = { "*" },
  params = {
    -- "HostConfig.Shiny", "*.Name": fields that may stand there all the same
    ignore = list_of("glob", {}),
  },

  check = function(req, p)
    local found = {}
    for _, field in ipairs(req.unknown_fields) do
      if not glob.any(p.ignore, field) then
        found[#found + 1] = deny("this plugin does not know what the field does", {
          field = field,
          fix = "leave it out, or update the plugin",
        })
      end
    end
    return found
  end,
}
