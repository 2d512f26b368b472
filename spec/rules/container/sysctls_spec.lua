local engine = require("engine")

local RULE = "container.sysctls"

local function set(name)
  return engine.create({ Sysctls = { [name] = "1" } })
end

local OPTION = "com.docker.network.endpoint.sysctls"

--- A container whose interface in a network gets these settings.
local function endpoint(settings)
  local options = settings and { [OPTION] = settings } or {}
  return engine.create({}, { NetworkingConfig = { EndpointsConfig = { backend = { DriverOpts = options } } } })
end

local SAFE = {
  "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem", "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat",
}

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a setting of the host"] = set("kernel.core_pattern"),
    ["it with slashes"] = set("kernel/core_pattern"),
    ["a network setting that is not listed"] = set("net.ipv4.ip_forward"),
    ["a name that only starts like a listed one"] = set("net.ipv4.tcp_rmem2"),
    ["capital letters"] = set("Kernel.shm_rmid_forced"),
    ["one among those that are listed"] =
      engine.create({ Sysctls = { ["kernel.shm_rmid_forced"] = "1", ["kernel.msgmax"] = "1" } }),
    ["a service"] = engine.service({ Sysctls = { ["kernel.sem"] = "1" } }),
    ["a setting of an interface"] = endpoint("net.ipv4.conf.IFNAME.forwarding=1"),
    ["it as the second one"] = endpoint("net.ipv4.tcp_rmem=1,net.ipv6.conf.IFNAME.accept_ra=2"),
    ["it when a container is connected"] = engine.call("POST", "/networks/backend/connect",
      { Container = "web", EndpointConfig = { DriverOpts = { [OPTION] = "net.ipv4.conf.IFNAME.forwarding=1" } } }),
    ["it in a service"] = engine.service({}, { TaskTemplate = { Networks = {
      { Target = "backend", DriverOpts = { [OPTION] = "net.ipv4.conf.IFNAME.forwarding=1" } } } } }),
  }, alone)

  local allowed = {
    ["nothing said"] = engine.create({}),
    ["null"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"Sysctls":null}}]]),
    ["a service"] = engine.service({ Sysctls = { ["net.ipv4.tcp_syncookies"] = "1" } }),
    ["a network"] = endpoint(nil),
    ["a network with an option that sets nothing"] = endpoint(""),
    ["a connection"] = engine.call("POST", "/networks/backend/connect", { Container = "web" }),
    ["a listed one with slashes"] = set("net/ipv4/tcp_syncookies"),
  }
  for _, name in ipairs(SAFE) do
    allowed[name] = set(name)
  end
  engine.allows(allowed, alone)

  it("names the setting", function()
    assert.equal("[container.sysctls] kernel setting kernel.core_pattern may not be changed (HostConfig.Sysctls). "
      .. "Fix: leave out --sysctl kernel.core_pattern.", engine.decide(set("kernel/core_pattern"), alone).msg)
  end)

  describe("with a list of its own", function()
    local listed = engine.alone(RULE, [[allow = { "net.ipv6.*" }]])

    engine.denies(RULE, { ["what was listed without it"] = set("kernel.shm_rmid_forced") }, listed)
    engine.allows({
      ["what its pattern covers"] = set("net.ipv6.conf.all.disable_ipv6"),
      ["it on an interface"] = endpoint("net.ipv6.conf.IFNAME.accept_ra=2"),
    }, listed)
  end)
end)
