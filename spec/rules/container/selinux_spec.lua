local engine = require("engine")

local RULE = "container.selinux"

local function label(...)
  local options = {}
  for i, value in ipairs({ ... }) do
    options[i] = "label=" .. value
  end
  return engine.create({ SecurityOpt = options })
end

local function service(context)
  return engine.service({ Privileges = { SELinuxContext = context } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["switching it off"] = label("disable"),
    ["switching it off by the bare word"] = engine.create({ SecurityOpt = { "disable" } }),
    ["switching it off in the old form"] = engine.create({ SecurityOpt = { "label:disable" } }),
    ["a user"] = label("user:system_u"),
    ["a role"] = label("role:sysadm_r"),
    ["a type that does not confine"] = label("type:spc_t"),
    ["a type that only starts like one that does"] = label("type:container_t2"),
    ["a type for files"] = label("filetype:etc_t"),
    ["nested labels"] = label("nested"),
    ["one among others"] = label("level:s0:c1", "type:container_t", "user:root"),
    ["a service without it"] = service({ Disable = true }),
    ["a user of a service"] = service({ User = "system_u" }),
    ["a role of a service"] = service({ Role = "sysadm_r" }),
    ["a type of a service"] = service({ Type = "spc_t" }),
    ["a build without it"] = engine.call("POST", "/build?securityopt=label%3Ddisable"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["a level"] = label("level:s0:c100,c200"),
    ["the usual type"] = label("type:container_t"),
    ["the type for init systems"] = label("type:container_init_t"),
    ["the type for virtual machines"] = label("type:container_kvm_t"),
    ["the type for engines"] = label("type:container_engine_t"),
    ["no type"] = label("type:"),
    ["a service"] = service({ Disable = false, Type = "container_t", Level = "s0" }),
    ["a build"] = engine.call("POST", "/build?securityopt=label%3Dtype:container_t"),
  }, alone)

  it("tells each fault", function()
    assert.equal("[container.selinux] SELinux user may not be set (HostConfig.SecurityOpt). "
      .. "Fix: leave out --security-opt label=user:root.\n"
      .. "[container.selinux] SELinux type spc_t may not be set (HostConfig.SecurityOpt). "
      .. "Fix: leave it out, or use one of svirt_lxc_net_t.",
      engine.decide(label("type:spc_t", "user:root"), engine.alone(RULE, [[types = { "svirt_lxc_net_t" }]])).msg)
  end)
end)
