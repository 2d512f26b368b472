local engine = require("engine")

local RULE = "container.log-target"

local function log(driver, config)
  return engine.create({ LogConfig = { Type = driver, Config = config } })
end

local function service(driver, options)
  return engine.service({}, { TaskTemplate = { LogDriver = { Name = driver, Options = options } } })
end

local function syslog(address)
  return log("syslog", { ["syslog-address"] = address })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["the engine's socket"] = syslog("unix:///run/docker.sock"),
    ["a socket of datagrams"] = syslog("unixgram:///dev/log"),
    ["the word in another case"] = syslog("UNIX:///run/docker.sock"),
    ["a place on the network"] = syslog("tcp://192.0.2.1:514"),
    ["a place of the host"] = log("fluentd", { ["fluentd-address"] = "127.0.0.1:24224" }),
    ["a socket for another driver"] = log("fluentd", { ["fluentd-address"] = "unix:///run/docker.sock" }),
    ["what is sent in packets"] = log("gelf", { ["gelf-address"] = "udp://192.0.2.1:12201" }),
    ["an address of the web"] = log("splunk", { ["splunk-url"] = "https://192.0.2.1", ["splunk-token"] = "t" }),
    ["a file of the host"] = log("syslog", { ["syslog-tls-ca-cert"] = "/etc/shadow" }),
    ["a file for another driver"] = log("splunk", { ["splunk-capath"] = "/etc/shadow" }),
    ["an engine's rights in a cloud"] = log("awslogs", { ["awslogs-group"] = "audit" }),
    ["a cloud of the caller's own"] = log("awslogs", { ["awslogs-endpoint"] = "http://192.0.2.1" }),
    ["somebody else's project"] = log("gcplogs", { ["gcp-project"] = "other" }),
    ["options of a plugin"] = log("loki", { ["loki-url"] = "http://192.0.2.1" }),
    ["the engine's own driver, which may be syslog"] = log("", { ["syslog-address"] = "unix:///run/docker.sock" }),
    ["an option that is spelled in another way"] = log("loki", { TAG = "unix:///run/docker.sock" }),
    ["a service"] = service("syslog", { ["syslog-address"] = "unix:///run/docker.sock" }),
    ["a service without a driver"] = service("", { ["fluentd-address"] = "unix:///run/docker.sock" }),
    ["an update of a service"] = engine.call("POST", "/services/web/update?version=1", { TaskTemplate = {
      ContainerSpec = { Image = "alpine" },
      LogDriver = { Name = "syslog", Options = { ["syslog-address"] = "unix:///run/docker.sock" } },
    } }),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["null"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"LogConfig":null}}]]),
    ["files in which the engine keeps logs"] = log("json-file", { ["max-size"] = "10m", ["max-file"] = "3" }),
    ["what every driver knows"] = log("local", { mode = "non-blocking", ["max-buffer-size"] = "4m", tag = "web" }),
    ["how logs are written"] = log("syslog", { ["syslog-facility"] = "local0", ["syslog-format"] = "rfc5424" }),
    ["a service"] = service("json-file", { ["max-size"] = "10m" }),
  }, alone)

  it("says which option it is about", function()
    assert.equal("[container.log-target] log option syslog-address names what is not listed "
      .. "(HostConfig.LogConfig.Config). Fix: leave out --log-opt syslog-address.",
      engine.decide(syslog("unix:///run/docker.sock"), alone).msg)
    assert.matches("(TaskTemplate.LogDriver.Options)",
      engine.decide(service("loki", { ["loki-url"] = "http://192.0.2.1" }), alone).msg, 1, true)
  end)

  describe("with listed places", function()
    local listed = engine.alone(RULE, [[allow = { "tcp+tls://logs.example.com:6514", "/etc/ssl/logs.pem" }]])

    engine.denies(RULE, {
      ["another host behind the listed one"] = syslog("tcp+tls://logs.example.com:6514@192.0.2.1"),
      ["another port"] = syslog("tcp+tls://logs.example.com:65140"),
      ["another file"] = log("syslog", { ["syslog-tls-ca-cert"] = "/etc/ssl/logs.pem/../../shadow" }),
    }, listed)
    engine.allows({
      ["these"] = log("syslog", {
        ["syslog-address"] = "tcp+tls://logs.example.com:6514", ["syslog-tls-ca-cert"] = "/etc/ssl/logs.pem",
      }),
    }, listed)

    it("says which there are", function()
      assert.matches("Fix: use one of tcp+tls://logs.example.com:6514, /etc/ssl/logs.pem.",
        engine.decide(syslog("udp://192.0.2.1"), listed).msg, 1, true)
    end)
  end)

  engine.allows({ ["options of a plugin that are listed"] = log("loki", { ["loki-retries"] = "2" }) },
    engine.alone(RULE, [[plain = { "loki-retries" }]]))
end)
