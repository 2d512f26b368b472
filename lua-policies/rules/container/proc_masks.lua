--- Keeps the protection of /proc, /sys and the control groups as the engine sets it.
-- Source: Docker Engine API, HostConfig.MaskedPaths and ReadonlyPaths; SecurityOpt
-- "writable-cgroups". The docker command turns --security-opt systempaths=unconfined into two empty
-- lists.

local function denial(what, field, fix)
  return deny(what, { field = field, fix = fix })
end

return rule {
  id = "container.proc-masks",
  api = 1,
  title = "Protected paths of /proc and /sys must stay protected",
  severity = "high",
  refs = { "PSS-baseline/procMount", "T1611", "article-1.1" },
  on = { "container.create", "build.run" },

  check = function(req)
    local security, found = (req.container or req.build).security, {}
    if security.masked_paths then
      found[1] = denial("the hidden paths of /proc may not be changed", "HostConfig.MaskedPaths",
        "leave out --security-opt systempaths=unconfined")
    end
    if security.readonly_paths then
      found[#found + 1] = denial("the read-only paths of /proc may not be changed", "HostConfig.ReadonlyPaths",
        "leave out --security-opt systempaths=unconfined")
    end
    if security.writable_cgroups then
      found[#found + 1] = denial("control groups may not be made writable",
        req.build and "securityopt" or "HostConfig.SecurityOpt", "leave out --security-opt writable-cgroups")
    end
    return found
  end,
}
