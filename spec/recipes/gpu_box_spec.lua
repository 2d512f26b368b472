local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("gpu_box")

--- docker run --gpus: docker/cli opts/gpus.go sends it as a device request.
local function gpus(count, driver)
  return { { Driver = driver or "", Count = count, Capabilities = { { "gpu" } }, Options = {} } }
end

local function run(host_config)
  local asked = { Memory = 64 << 30, PidsLimit = 4096, DeviceRequests = gpus(1) }
  for key, value in pairs(host_config or {}) do
    asked[key] = value ~= "" and value or nil
  end
  return engine.create(asked, { Image = "nvidia/cuda:12.6.0-base" })
end

describe("the recipe for a GPU box", function()
  engine.denies("container.devices", {
    ["a device of the kernel's driver by path"] = run({ Devices = {
      { PathOnHost = "/dev/nvidia0", PathInContainer = "/dev/nvidia0", CgroupPermissions = "rwm" },
    } }),
    ["all devices by rule"] = run({ DeviceCgroupRules = { "c 195:* rwm" } }),
  }, policy)
  engine.denies("container.bind-mounts", {
    ["data sets for writing"] = run({ Binds = { "/srv/datasets:/data" } }),
    ["another tree"] = run({ Binds = { "/var/lib:/x:ro" } }),
  }, policy)
  engine.denies("container.limits", {
    ["no memory limit"] = run({ Memory = "" }),
    ["all memory of the machine"] = run({ Memory = (256 << 30) + 1 }),
    ["too much shared memory"] = run({ ShmSize = (64 << 30) + 1 }),
    ["a job that cannot be ended for lack of memory"] = run({ OomScoreAdj = -500 }),
  }, policy)
  engine.denies("container.no-privileged", { ["privileges"] = run({ Privileged = true }) }, policy)
  engine.denies("container.host-namespaces", { ["shared memory of the host"] = run({ IpcMode = "host" }) }, policy)
  engine.denies("container.runtime", { ["another runtime"] = run({ Runtime = "crun" }) }, policy)

  engine.allows({
    ["one GPU"] = run(),
    ["all GPUs"] = run({ DeviceRequests = gpus(-1) }),
    ["a GPU by its driver's name"] = run({ DeviceRequests = gpus(1, "nvidia") }),
    ["a GPU by CDI"] = run({ DeviceRequests = { { Driver = "cdi", DeviceIDs = { "nvidia.com/gpu=0" } } } }),
    ["the older way"] = run({ DeviceRequests = "", Runtime = "nvidia" }),
    ["data sets and scratch space"] = run({ Binds = { "/srv/datasets:/data:ro", "/srv/scratch/alice:/out" } }),
    ["shared memory for loaders"] = run({ ShmSize = 16 << 30 }),
  }, policy)
end)
