local engine = require("engine")

local RULE = "network.no-default-bridge"

local function create(mode, ...)
  local endpoints = {}
  for _, name in ipairs({ ... }) do
    endpoints[name] = {}
  end
  return engine.create({ NetworkMode = mode }, { NetworkingConfig = { EndpointsConfig = endpoints } })
end

local function connect(network)
  return engine.call("POST", "/networks/" .. network .. "/connect", { Container = "web" })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["a container that says nothing"] = engine.create({}),
    ["the default"] = create("default"),
    ["the bridge by name"] = create("bridge"),
    ["the bridge beside a network of one's own"] = create("backend", "backend", "bridge"),
    ["the bridge as the only endpoint"] = create(nil, "bridge"),
    ["connecting to the bridge"] = connect("bridge"),
  }, policy)

  engine.allows({
    ["a network of one's own"] = create("backend"),
    ["one named as an endpoint only"] = create(nil, "backend"),
    ["the default with an endpoint, as Compose may say it"] = create("default", "backend"),
    ["no network"] = create("none"),
    ["connecting to a network of one's own"] = connect("backend"),
    ["a network whose name holds the word"] = create("bridge-net"),
  }, policy)

  it("says what to use", function()
    assert.equal("[network.no-default-bridge] the default bridge lets every container on it reach the others "
      .. "(HostConfig.NetworkMode). Fix: use a network of your own (docker network create, --network NAME).",
      engine.decide(engine.create({}), policy).msg)
  end)
end)
