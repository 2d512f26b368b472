--- Denies volumes of drivers that are not listed, and local ones that lie on the network.
-- Source: Docker Engine API, Driver of /volumes/create, HostConfig.VolumeDriver, DriverConfig of a
-- mount; ClusterVolumeSpec.

local function refuse_driver(driver, field, p)
  return deny(("volume driver %s is not allowed"):format(driver), {
    field = field,
    fix = #p.allow > 0 and "use " .. table.concat(p.allow, " or ") or "leave out the volume",
  })
end

local function judge(mount, p)
  if mount.kind == "cluster" then
    if not glob.any(p.allow, "csi") then
      return refuse_driver("csi", mount.via, p)
    end
  elseif mount.driver and not glob.any(p.allow, mount.driver) then
    return refuse_driver(mount.driver, mount.via, p)
  elseif mount.network and p.network_file_systems == "deny" then
    return deny(("a volume of type %s lies on the network"):format(mount.filesystem), {
      field = mount.via,
      fix = "use a plain local volume",
    })
  end
end

return rule {
  id = "volume.drivers",
  api = 1,
  title = "Volumes must be of listed drivers",
  severity = "medium",
  refs = { "PSS-restricted/restrictedVolumes", "kyverno:restrict-volume-types" },
  on = { "volume.create", "volume.update", "container.create", "service.create", "service.update" },
  params = {
    -- "csi" stands for cluster volumes
    allow = list_of("glob", { "local" }),
    -- nfs, cifs and the like, mounted by the local driver
    network_file_systems = one_of { "deny", "allow" },
  },

  check = function(req, p)
    local found = {}
    if req.volume and req.volume.cluster and not glob.any(p.allow, "csi") then
      return refuse_driver("csi", "ClusterVolumeSpec", p)
    end
    -- Also without a volume of the request: the image may have some.
    local driver = req.container and req.container.volume_driver
    local told = not driver or glob.any(p.allow, driver)
    for _, mount in ipairs(req.mounts) do
      found[#found + 1] = judge(mount, p)
      told = told or mount.driver == driver
    end
    if not told then
      found[#found + 1] = refuse_driver(driver, "HostConfig.VolumeDriver", p)
    end
    return found
  end,
}
