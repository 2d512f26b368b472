local engine = require("engine")

local RULE = "container.host-namespaces"

local function connect(network)
  return engine.call("POST", "/networks/" .. network .. "/connect", { Container = "web" })
end

local function build(networkmode)
  return engine.call("POST", "/build?t=x&networkmode=" .. networkmode)
end

local function service(network)
  return engine.service({}, { TaskTemplate = { Networks = { { Target = network } } } })
end

local function endpoint(name)
  return engine.create({}, { NetworkingConfig = { EndpointsConfig = { [name] = {} } } })
end

describe(RULE, function()
  engine.denies(RULE, {
    ["the host's network"] = engine.create({ NetworkMode = "host" }),
    ["the host's processes"] = engine.create({ PidMode = "host" }),
    ["the host's shared memory"] = engine.create({ IpcMode = "host" }),
    ["the host's name"] = engine.create({ UTSMode = "host" }),
    ["the host's users"] = engine.create({ UsernsMode = "host" }),
    ["the host's control groups"] = engine.create({ CgroupnsMode = "host" }),
    ["the host's network as an endpoint"] = endpoint("host"),
    ["connecting a container to the host's network"] = connect("host"),
    ["a service in the host's network"] =
      engine.service({}, { TaskTemplate = { Networks = { { Target = "host" } } } }),
    ["a service in the host's network by the old field"] =
      engine.service({}, { Networks = { { Target = "host" } } }),
    ["asking for the id of the host's network, as docker service create --network host does"] =
      engine.call("GET", "/networks/host?scope=swarm"),
    ["a build in the host's network"] = build("host"),
    ["capital letters"] = engine.create({ PidMode = "HOST" }),
    ["blanks around the word"] = engine.create({ NetworkMode = " host " }),
    ["a capital letter in container:"] = engine.create({ NetworkMode = "Container:x" }),
    ["container: without a name"] = engine.create({ PidMode = "container:" }),
    ["an odd word for a build"] = build("HOST"),
    ["an odd word for an endpoint"] = endpoint("Host"),
    ["an odd word for a connection"] = connect("HOST"),
  })

  engine.allows({
    ["a container that says nothing"] = engine.create({}),
    ["the engine's default network"] = engine.create({ NetworkMode = "default" }),
    ["the bridge"] = engine.create({ NetworkMode = "bridge" }),
    ["no network"] = engine.create({ NetworkMode = "none" }),
    ["a network called hosts"] = engine.create({ NetworkMode = "hosts" }),
    ["a network called my-host as an endpoint"] = endpoint("my-host"),
    ["another container's network"] = engine.create({ NetworkMode = "container:web" }),
    ["another container's processes"] = engine.create({ PidMode = "container:web" }),
    ["private and shareable memory"] = engine.create({ IpcMode = "shareable", CgroupnsMode = "private" }),
    ["connecting to a network of one's own"] = connect("backend"),
    ["a service in a network of one's own"] =
      engine.service({}, { TaskTemplate = { Networks = { { Target = "backend" } } } }),
    ["a service in a network by its id"] = service("c2ep19zuctg0dkp9n4cy1e4jr"),
    ["reading about the host's network"] = engine.call("GET", "/networks/host"),
    ["asking for the id of another network"] = engine.call("GET", "/networks/backend?scope=swarm"),
    ["a build without a word"] = engine.call("POST", "/build?t=x"),
    ["a build in the default network"] = build("default"),
  })

  it("tells each namespace on a line of its own", function()
    local verdict = engine.decide(engine.create({ NetworkMode = "host", PidMode = "host" }))
    assert.equal("[container.host-namespaces] the network namespace of the host may not be shared "
      .. "(HostConfig.NetworkMode). Fix: leave out --network host; publish the ports that are needed with -p.\n"
      .. "[container.host-namespaces] the pid namespace of the host may not be shared (HostConfig.PidMode). "
      .. "Fix: leave out --pid host.", verdict.msg)
  end)

  describe("with an allowed namespace", function()
    local policy = engine.with_params(RULE, [[allow = { pid = true }]])

    engine.denies(RULE, {
      ["the others"] = engine.create({ PidMode = "host", NetworkMode = "host" }),
      ["an odd spelling of it"] = engine.create({ PidMode = "Host" }),
    }, policy)
    engine.allows({ ["it"] = engine.create({ PidMode = "host" }) }, policy)
  end)

  describe("with service_ids = deny", function()
    local policy = engine.with_params(RULE, [[service_ids = "deny"]])

    engine.denies(RULE, {
      ["a network by its id"] = service("c2ep19zuctg0dkp9n4cy1e4jr"),
      ["a network by the beginning of it"] = service("c"),
      ["a name that may be one"] = service("backend"),
      ["the old field"] = engine.service({}, { Networks = { { Target = "c2ep19" } } }),
    }, policy)
    engine.allows({
      ["a name that cannot be one"] = service("shop_default"),
      ["one that is too long"] = service("c2ep19zuctg0dkp9n4cy1e4jrx"),
      ["a capital letter"] = service("Backend"),
      ["no network"] = engine.service({}),
      ["a container's network"] = engine.create({ NetworkMode = "backend" }),
    }, policy)
  end)

  describe("with joins = deny", function()
    local policy = engine.with_params(RULE, [[joins = "deny"]])

    engine.denies(RULE, {
      ["another container's network"] = engine.create({ NetworkMode = "container:web" }),
      ["another container's processes"] = engine.create({ PidMode = "container:web" }),
      ["another container's memory"] = engine.create({ IpcMode = "container:web" }),
      ["another container's control group"] = engine.create({ Cgroup = "container:web" }),
      ["another container's network in a build"] = build("container:web"),
    }, policy)
    engine.allows({ ["networks by name"] = engine.create({ NetworkMode = "backend" }) }, policy)
  end)
end)
