--- Denies updates that bring devices of the host into a running container.
-- Source: Docker Engine API, ContainerUpdate Devices, DeviceCgroupRules and DeviceRequests: ignored by
-- engines up to 28, applied from API 1.55 on. Limits are container.limits' matter, the control group is
-- container.cgroup-parent's.

return rule {
  id = "container.update",
  api = 1,
  title = "Updates must not add devices",
  severity = "high",
  refs = { "CIS-5.18", "T1611", "article-4.9" },
  on = { "container.update" },

  check = function(req)
    local update, found = req.update, {}
    local function judge(list, field)
      if #list > 0 then
        found[#found + 1] = deny("an update may not change the devices of a container", {
          field = field,
          fix = "leave it out, and create a new container",
        })
      end
    end
    judge(update.devices, "Devices")
    judge(update.device_rules, "DeviceCgroupRules")
    judge(update.device_requests, "DeviceRequests")
    return found
  end,
}
