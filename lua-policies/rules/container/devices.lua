--- Keeps devices of the host out of containers, unless they are listed.
-- Source: Docker Engine API, HostConfig.Devices, DeviceCgroupRules and DeviceRequests;
-- Resources.Reservations.GenericResources of services.

local function judge_device(device, p)
  local fix = #p.allow > 0 and "leave out --device, or use one of " .. table.concat(p.allow, ", ")
    or "leave out --device"
  if device.relative then
    return deny(("device '%s' is not an absolute path"):format(device.raw), {
      field = device.via,
      fix = "write the whole path, such as /dev/fuse",
    })
  elseif device.directory then
    return deny(("%s is a directory: all devices below it would be passed in"):format(device.path), {
      field = device.via,
      fix = "name the one device that is needed",
    })
  elseif not glob.any(p.allow, device.path) then
    return deny(("host device %s may not be passed in"):format(device.path), {
      field = device.via,
      fix = fix,
    })
  end
end

local function judge_request(request, p)
  if request.cdi and not p.cdi then
    return deny("devices may not be passed in through CDI", {
      field = request.via,
      fix = "leave out --device VENDOR/CLASS=NAME",
    })
  elseif not request.cdi and p.requests == "deny" then
    return deny(
      request.gpu and "GPUs may not be passed in"
        or ("devices of driver '%s' may not be requested"):format(request.driver or ""),
      { field = request.via, fix = "leave out --gpus" }
    )
  end
end

local function judge_container(container, p, found)
  for _, device in ipairs(container.devices) do
    found[#found + 1] = judge_device(device, p)
  end
  for _, request in ipairs(container.device_requests) do
    found[#found + 1] = judge_request(request, p)
  end
  for i, text in ipairs(container.device_rules) do
    if not glob.any(p.allow_rules, text) then
      found[#found + 1] = deny(("device rule '%s' would open devices of the host"):format(text), {
        field = ("HostConfig.DeviceCgroupRules[%d]"):format(i),
        fix = "leave out --device-cgroup-rule",
      })
    end
  end
end

local function judge_resources(service, p, found)
  if p.requests ~= "deny" then
    return
  end
  for i, resource in ipairs(service.generic_resources) do
    found[#found + 1] = deny(("resource %s of a node may not be reserved"):format(resource.kind or ""), {
      field = ("TaskTemplate.Resources.Reservations.GenericResources[%d]"):format(i),
      fix = "leave out --generic-resource",
    })
  end
end

return rule {
  id = "container.devices",
  api = 1,
  title = "Devices of the host must not be passed in unless they are listed",
  severity = "high",
  refs = { "CIS-5.18", "T1611", "article-1.1" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- "/dev/fuse"; a directory is never passed in
    allow = list_of("glob", {}),
    -- rules of the device cgroup, as sent: "c 10:229 rwm"
    allow_rules = list_of("glob", {}),
    -- may devices be asked for through CDI?
    cdi = bool(false),
    -- GPUs and other devices by driver; generic resources of services
    requests = one_of { "allow", "deny" },
  },

  check = function(req, p)
    local found = {}
    judge_container(req.container, p, found)
    if req.service then
      judge_resources(req.service, p, found)
    end
    return found
  end,
}
