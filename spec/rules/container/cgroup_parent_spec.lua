local engine = require("engine")

local RULE = "container.cgroup-parent"

local function update(parent)
  return engine.call("POST", "/containers/web/update", { CgroupParent = parent })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a parent of a container"] = engine.create({ CgroupParent = "/system.slice" }),
    ["a way up"] = engine.create({ CgroupParent = "../../" }),
    ["a property of its unit"] =
      engine.create({ Annotations = { ["org.systemd.property.MemoryMax"] = "uint64 18446744073709551615" } }),
    ["a parent in an update"] = update("/system.slice"),
    ["a parent of a build"] = engine.call("POST", "/build?cgroupparent=%2Fsystem.slice"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["an empty name"] = engine.create({ CgroupParent = "" }),
    ["an annotation of another kind"] = engine.create({ Annotations = { ["org.systemd.propertyx"] = "a" } }),
    ["an update of something else"] = engine.call("POST", "/containers/web/update", { CpuShares = 512 }),
    ["an update with an empty name"] = update(""),
    ["a build"] = engine.call("POST", "/build?cgroupparent="),
  }, alone)

  it("says where it stands", function()
    assert.equal("[container.cgroup-parent] cgroup parent /a is not allowed (HostConfig.CgroupParent). "
      .. "Fix: leave out --cgroup-parent.", engine.decide(engine.create({ CgroupParent = "/a" }), alone).msg)
    assert.matches("(CgroupParent)", engine.decide(update("/a"), alone).msg, 1, true)
  end)

  describe("with a listed parent", function()
    local listed = engine.alone(RULE, [[allow = { "batch.slice" }]])

    engine.denies(RULE, {
      ["others"] = engine.create({ CgroupParent = "batch.slice2" }),
      ["what lies below it"] = engine.create({ CgroupParent = "batch.slice/.." }),
    }, listed)
    engine.allows({ ["it"] = engine.create({ CgroupParent = "batch.slice" }) }, listed)
  end)
end)
