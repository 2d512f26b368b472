local engine = require("engine")

local RULE = "container.ports"

local function publish(port, address, key)
  return engine.create({ PortBindings = { [key or "80/tcp"] = { { HostIp = address or "", HostPort = port } } } })
end

local function raw(bindings)
  return engine.call("POST", "/containers/create",
    ([[{"Image":"alpine","HostConfig":{"PortBindings":%s}}]]):format(bindings))
end

local function service(port)
  return engine.service({}, { EndpointSpec = { Ports = { port } } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["port 80"] = publish("80"),
    ["port 1"] = publish("1"),
    ["the last port below the line"] = publish("1023"),
    ["a range that begins below the line"] = publish("1023-2000"),
    ["a range from 0"] = publish("0-100"),
    ["zeros in front"] = publish("0080"),
    ["a low port on a chosen address"] = publish("443", "127.0.0.1"),
    ["UDP"] = publish("53", "", "53/udp"),
    ["what is no port"] = publish("http"),
    ["a port beyond all"] = publish("65536"),
    ["a range that runs backwards"] = publish("9000-8000"),
    ["a second binding"] = raw([=[{"80/tcp":[{"HostPort":"8080"},{"HostPort":"80"}]}]=]),
    ["a service"] = service({ TargetPort = 80, PublishedPort = 80 }),
    ["a service on its node"] = service({ TargetPort = 80, PublishedPort = 1023, PublishMode = "host" }),
  }, alone)

  engine.allows({
    ["nothing published"] = engine.create({}),
    ["the first port from the line up"] = publish("1024"),
    ["the last port"] = publish("65535"),
    ["a range"] = publish("1024-1030"),
    ["any free port"] = publish("0"),
    ["any free port by saying nothing"] = publish(""),
    ["no bindings"] = raw([[{"80/tcp":[]}]]),
    ["null for bindings"] = raw([[{"80/tcp":null}]]),
    ["every port of the image"] = engine.create({ PublishAllPorts = true }),
    ["a service"] = service({ TargetPort = 80, PublishedPort = 8080 }),
    ["a service on any free port"] = service({ TargetPort = 80 }),
  }, alone)

  it("says which port, where", function()
    assert.equal("[container.ports] host port 80 may not be published: it is below 1024 "
      .. "(HostConfig.PortBindings[\"80/tcp\"][1]). Fix: choose a port from 1024 up, or none for any free one.",
      engine.decide(publish("80"), alone).msg)
  end)

  describe("with require_address", function()
    local chosen = engine.alone(RULE, [[require_address = true, publish_all = "deny"]])

    engine.denies(RULE, {
      ["no address"] = publish("8080"),
      ["0.0.0.0"] = publish("8080", "0.0.0.0"),
      ["::"] = publish("8080", "::"),
      ["zeros in full"] = publish("8080", "0:0:0:0:0:0:0:0"),
      ["zeros in full, four digits each"] = publish("8080", "0000:0000:0000:0000:0000:0000:0000:0000"),
      ["0.0.0.0 as an address of version 6"] = publish("8080", "::ffff:0.0.0.0"),
      ["the same in hexadecimal digits"] = publish("8080", "::ffff:0:0"),
      ["what is no address"] = publish("8080", "localhost"),
      ["an empty list of bindings"] = raw([[{"80/tcp":[]}]]),
      ["null for bindings"] = raw([[{"80/tcp":null}]]),
      ["one of two bindings"] = raw([=[{"80/tcp":[{"HostIp":"127.0.0.1"},{"HostIp":""}]}]=]),
      ["every port of the image"] = engine.create({ PublishAllPorts = true }),
      ["a service"] = service({ TargetPort = 80, PublishedPort = 8080 }),
      ["a service on its node"] = service({ TargetPort = 80, PublishedPort = 8080, PublishMode = "host" }),
    }, chosen)
    engine.allows({
      ["this host alone"] = publish("8080", "127.0.0.1"),
      ["an address of the host"] = publish("8080", "192.0.2.7"),
      ["an address of version 6"] = publish("8080", "::1"),
      ["nothing published"] = engine.create({ PublishAllPorts = false }),
      ["a service that publishes nothing"] = engine.service({}),
    }, chosen)

    it("says how to choose one", function()
      assert.equal("[container.ports] the port would be open on every address of this host "
        .. "(HostConfig.PortBindings[\"80/tcp\"][1]). Fix: choose an address, such as -p 127.0.0.1:8080:80.",
        engine.decide(publish("8080"), chosen).msg)
    end)
  end)

  describe("when an address is missed, but not required,", function()
    local told = engine.alone(RULE, "tell_address = true")

    for title, call in pairs({
      ["a port on every address"] = publish("8080"),
      ["one in version 6"] = publish("8080", "::"),
      ["a service"] = service({ TargetPort = 80, PublishedPort = 8080 }),
    }) do
      it("writes down " .. title, function()
        local verdict = engine.decide(call, told)
        assert.is_true(verdict.allow, verdict.msg)
        assert.equal(1, #verdict.findings)
        assert.equal("audit", verdict.findings[1].effect)
      end)
    end

    it("says nothing of a chosen address", function()
      assert.same({}, engine.decide(publish("8080", "127.0.0.1"), told).findings)
    end)

    engine.denies(RULE, { ["a port below the line"] = publish("80") }, told)

    it("denies where an address is required too", function()
      local both = engine.alone(RULE, "tell_address = true, require_address = true")
      assert.is_false(engine.decide(publish("8080"), both).allow)
    end)
  end)

  describe("with ranges", function()
    local ranges = engine.alone(RULE, [[min_port = 0, ranges = { "443", "8000-8999" }]])

    engine.denies(RULE, {
      ["a port just below"] = publish("7999"),
      ["a port just above"] = publish("9000"),
      ["a range that begins within"] = publish("8990-9000"),
    }, ranges)
    engine.allows({
      ["the first"] = publish("8000"),
      ["the last"] = publish("8999"),
      ["a single port"] = publish("443"),
      ["a range within"] = publish("8000-8999"),
    }, ranges)
  end)
end)
