local engine = require("engine")

local RULE = "container.capabilities"

local function add(...)
  return engine.create({ CapAdd = { ... } })
end

local function raw(host_config)
  return engine.call("POST", "/containers/create", ([[{"Image":"alpine","HostConfig":%s}]]):format(host_config))
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a capability outside the list"] = add("SYS_ADMIN"),
    ["what the engine gives by itself but Kubernetes does not list"] = add("NET_RAW"),
    ["all of them"] = add("ALL"),
    ["all of them in small letters"] = add("all"),
    ["small letters"] = add("sys_ptrace"),
    ["the prefix"] = add("CAP_SYS_MODULE"),
    ["the prefix in small letters"] = add("cap_dac_read_search"),
    ["one among others that are fine"] = add("CHOWN", "SYS_ADMIN"),
    ["a letter that becomes S in capitals"] = add("\u{17F}ys_admin"),
    ["a bare text for a list"] = engine.create({ CapAdd = "SYS_ADMIN" }),
    ["a name that no engine knows"] = add("EVERYTHING"),
    ["an empty name"] = add(""),
    ["an exact list"] = raw([[{"Capabilities":["CHOWN"]}]]),
    ["a service"] = engine.service({ CapabilityAdd = { "CAP_NET_ADMIN" } }),
    ["an update of a service"] = engine.call("POST", "/services/web/update?version=1",
      { Name = "web", TaskTemplate = { ContainerSpec = { Image = "a", CapabilityAdd = { "NET_ADMIN" } } } }),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["an empty list"] = raw([[{"CapAdd":[],"Capabilities":null}]]),
    ["null"] = raw([[{"CapAdd":null}]]),
    ["all of the thirteen"] = add("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
      "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    ["them with the prefix, in small letters"] = add("cap_chown"),
    ["dropping any"] = engine.create({ CapDrop = { "ALL", "NET_RAW" } }),
    ["a service that drops"] = engine.service({ CapabilityDrop = { "CAP_ALL" } }),
  }, alone)

  it("names each capability and its place", function()
    assert.equal("[container.capabilities] capability NET_ADMIN may not be added (HostConfig.CapAdd). "
      .. "Fix: leave it out; these may be added: CHOWN.\n"
      .. "[container.capabilities] capability SYS_ADMIN may not be added (HostConfig.CapAdd). "
      .. "Fix: leave it out; these may be added: CHOWN.",
      engine.decide(add("SYS_ADMIN", "net_admin"), engine.alone(RULE, [[allow_add = { "CHOWN" }]])).msg)
  end)

  describe("with require_drop", function()
    local all = engine.alone(RULE, [[allow_add = { "NET_BIND_SERVICE" }, require_drop = { "ALL" }]])
    local some = engine.alone(RULE, [[require_drop = { "NET_RAW", "MKNOD" }]])

    engine.denies(RULE, {
      ["nothing dropped"] = engine.create({}),
      ["all but in name dropped"] = engine.create({ CapDrop = { "NET_RAW", "CHOWN" } }),
      ["more added than is listed"] = engine.create({ CapDrop = { "ALL" }, CapAdd = { "CHOWN" } }),
      ["a service that drops nothing"] = engine.service({}),
    }, all)
    engine.allows({
      ["all dropped"] = engine.create({ CapDrop = { "all" } }),
      ["all dropped and what is listed added"] =
        engine.create({ CapDrop = { "ALL" }, CapAdd = { "NET_BIND_SERVICE" } }),
      ["a service that drops all"] = engine.service({ CapabilityDrop = { "ALL" } }),
    }, all)
    engine.denies(RULE, { ["one of two dropped"] = engine.create({ CapDrop = { "NET_RAW" } }) }, some)
    engine.allows({
      ["both dropped"] = engine.create({ CapDrop = { "CAP_MKNOD", "net_raw" } }),
      ["all dropped, both among them"] = engine.create({ CapDrop = { "ALL" } }),
    }, some)

    it("says what to add to the command", function()
      assert.equal("[container.capabilities] capability ALL must be dropped (HostConfig.CapDrop). "
        .. "Fix: add --cap-drop ALL.", engine.decide(engine.create({}), all).msg)
    end)
  end)
end)
