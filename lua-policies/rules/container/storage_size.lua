--- Limits what a container can write to its own layer and to memory that it mounts.
-- Source: Docker Engine API, HostConfig.StorageOpt, Tmpfs, TmpfsOptions.SizeBytes. Not every storage
-- driver takes a size; services know none, so theirs must not have a writable layer.

local function too_much(size, p)
  return not size or (p.max and size > p.max)
end

local function within(p)
  return p.max and (" of at most %d bytes"):format(p.max) or ""
end

local function judge_layer(req, p)
  local container = req.container
  if container.readonly_rootfs then
    return
  elseif req.service then
    return deny("writable storage must be limited, and a service's cannot be", {
      field = "TaskTemplate.ContainerSpec.ReadOnly",
      fix = "add --read-only, and --mount type=tmpfs,tmpfs-size=... for scratch space",
    })
  end
  -- The engine reads the option in any case (moby overlay2, parseStorageOpt).
  for name in pairs(container.storage.options) do
    if name ~= "size" and name:lower() == "size" then
      return deny(("storage option '%s' is not spelled as it should be"):format(name), {
        field = "HostConfig.StorageOpt",
        fix = "write size in small letters",
      })
    end
  end
  if too_much(container.storage.size, p) then
    return deny("writable storage must be limited", {
      field = "HostConfig.StorageOpt",
      fix = ("add --storage-opt size=...%s, or --read-only"):format(within(p)),
    })
  end
end

local function judge_memory(mount, p)
  local size = mount.size and mount.size > 0 and mount.size or nil
  if mount.kind == "tmpfs" and too_much(size, p) then
    return deny(("the file system in memory at %s must be limited"):format(mount.target or "?"), {
      field = mount.via,
      fix = ("give it a size%s, such as --tmpfs /run:size=64m"):format(within(p)),
    })
  end
end

return rule {
  id = "container.storage-size",
  api = 1,
  title = "Writable storage must be limited",
  severity = "low",
  refs = { "T1499", "OWASP-R7", "article-2.14", "article-4.6" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- the container's own layer
    layer = one_of { "limited", "any" },
    -- none: any size will do
    max = size(),
    -- file systems in memory
    tmpfs = one_of { "limited", "any" },
  },

  check = function(req, p)
    local found = {}
    if p.layer == "limited" then
      found[1] = judge_layer(req, p)
    end
    for _, mount in ipairs(p.tmpfs == "limited" and req.mounts or {}) do
      found[#found + 1] = judge_memory(mount, p)
    end
    return found
  end,
}
