--- Denies the call that copied files out of containers before docker cp had one of its own.
-- Source: Docker Engine API before 1.24, POST /containers/{id}/copy; gone from newer engines.

return rule {
  id = "container.copy",
  api = 1,
  title = "The retired call for copying files out must not be used",
  severity = "medium",
  refs = { "T1552.001" },
  on = { "container.copy" },

  check = function()
    return deny("this way to copy files out of a container is retired", {
      fix = "use a client that knows the archive call, such as docker cp",
    })
  end,
}
