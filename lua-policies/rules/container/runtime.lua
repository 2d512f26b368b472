--- Keeps containers to runtimes that are listed.
-- Source: Docker Engine API, HostConfig.Runtime: a name that the engine is set up with, or of any
-- containerd shim on the host. io.containerd.runc.v2 is runc.

return rule {
  id = "container.runtime",
  api = 1,
  title = "Containers must run under a listed runtime",
  severity = "high",
  refs = { "NIST-4.4.1", "T1611", "article-1.1" },
  on = { "container.create" },
  params = {
    -- the engine's own runtime passes when none is said
    allow = list_of("glob", { "runc" }),
  },

  check = function(req, p)
    local runtime = req.container.runtime
    if runtime and not glob.any(p.allow, runtime) then
      return deny(("runtime %s is not allowed"):format(runtime), {
        field = "HostConfig.Runtime",
        fix = "leave out --runtime, or use one of " .. table.concat(p.allow, ", "),
      })
    end
  end,
}
