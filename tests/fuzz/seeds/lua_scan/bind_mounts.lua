--- Denies host paths in containers, by whatever way a request brings them in, unless they lie under
-- a listed one.
-- Source: Docker Engine API, HostConfig.Binds, Mounts, VolumesFrom; options of the local volume
-- driver; the checkpoint directory of start and of checkpoints.
--
-- Paths are compared by their words. A symbolic link on the host can lead elsewhere, so listed
-- trees should be writable by administrators only.

--- The fix for a path that may not be mounted.
local function instead(p)
  if #p.allow > 0 then
    return "use a named volume, or a path under " .. table.concat(p.allow, ", ")
  end
  return "use a named volume"
end

--- Sockets that hand over the engine, however deep the allowed trees reach.
local function socket_in(source, p)
  return p.sockets == "deny" and path.reaches(source, p.socket_names)
end

--- The option of a local volume that takes a mount of the host away or changes it.
local function harmful_option(mount)
  for _, word in ipairs(text.split(mount.options.o or "", ",")) do
    if word == "move" or word == "remount" then
      return word
    end
  end
  return nil
end

local function judge_bind(mount, p)
  local source = mount.source
  local option = harmful_option(mount)
  if option then
    return deny(("volume option '%s' changes a mount of the host"):format(option), {
      field = mount.via,
      fix = "leave it out of the option o",
    })
  end
  local listed = path.under_any(source, p.allow)
    or (mount.readonly and path.under_any(source, p.allow_read_only))
  if not listed then
    return deny(("host path %s may not be mounted"):format(source), {
      field = mount.via,
      fix = instead(p),
    })
  end
  local socket = socket_in(source, p)
  if socket then
    return deny(("host path %s gives control of the container engine (%s)"):format(source, socket), {
      field = mount.via,
      fix = "leave it out, or mount the socket of a filtering proxy",
    })
  elseif mount.propagation == "shared" or mount.propagation == "rshared" then
    return deny(("mounts made under %s would appear on the host (propagation %s)"):format(source, mount.propagation), {
      field = mount.via,
      fix = "leave out the propagation, or use rslave",
    })
  end
end

local function judge_volume(mount)
  if #mount.odd_options > 0 then
    return deny(("volume option '%s' is not spelled as the driver knows it"):format(mount.odd_options[1]), {
      field = mount.via,
      fix = "write the names of options in small letters",
    })
  end
end

local judges = {
  bind = judge_bind,
  volume = judge_volume,
  tmpfs = function() end,
  image = function() end,
  cluster = function() end,
  device = function(mount)
    return deny(("a volume over device %s opens the host's storage"):format(mount.source), {
      field = mount.via,
      fix = "use a volume without the option device, or one of type tmpfs or nfs",
    })
  end,
}

judges["volumes-from"] = function(mount, p)
  if p.volumes_from == "deny" then
    return deny(("the mounts of container %s would come along unseen"):format(mount.source), {
      field = mount.via,
      fix = "mount the volumes by name (-v NAME:/path) instead of --volumes-from",
    })
  end
end

local function judge(mount, p)
  if mount.climbs then
    return deny(("subpath %s leaves its volume"):format(mount.subpath), {
      field = mount.via,
      fix = "write a subpath without ..",
    })
  end
  local by_kind = judges[mount.kind]
  if not by_kind or not mount.valid then
    return deny(("this mount cannot be read: %s"):format(mount.raw or mount.kind), {
      field = mount.via,
      fix = "write SOURCE:TARGET[:ro], or a mount of type volume, tmpfs or bind",
    })
  end
  return by_kind(mount, p)
end

return rule {
  id = "container.bind-mounts",
  api = 1,
  title = "Host paths must not be mounted unless they are listed",
  severity = "high",
  refs = { "CIS-5.6", "CIS-5.20", "CIS-5.32", "PSS-baseline/hostPath", "OWASP-R1", "T1611" },
  on = {
    "container.create", "container.start", "service.create", "service.update", "volume.create",
    "checkpoint.*",
  },
  params = {
    -- "/srv/data" stands for itself and all below it
    allow = list_of("path", {}),
    -- the same for mounts that are read-only
    allow_read_only = list_of("path", {}),
    -- sockets of engines, and the directories that hold them, below an allowed path
    sockets = one_of { "deny", "allow" },
    -- what those sockets are called: bare names, or whole paths
    socket_names = list_of("string", { "docker.sock", "containerd.sock", "crio.sock", "podman.sock" }),
    -- the mounts of another container, which are not seen
    volumes_from = one_of { "deny", "allow" },
  },

  check = function(req, p)
    local found = {}
    for _, mount in ipairs(req.mounts) do
      found[#found + 1] = judge(mount, p)
    end
    return found
  end,
}
