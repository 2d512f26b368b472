local engine = require("engine")

local RULE = "access.require-tls"

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["a caller without a name"] = engine.create({}),
    ["reading by such a caller"] = engine.call("GET", "/containers/json"),
    ["following events by such a caller"] = engine.call("GET", "/events"),
    ["a caller with an empty name"] = engine.as("", engine.create({})),
  }, policy)

  engine.allows({
    ["a caller with a certificate"] = engine.as("alice", engine.create({})),
    ["a greeting"] = engine.call("GET", "/_ping"),
    ["asking for the version"] = engine.call("GET", "/version"),
  }, policy)

  it("says how to connect", function()
    assert.equal("[access.require-tls] a client certificate is required for container.create. "
      .. "Fix: connect over TLS (docker --tlsverify, -H tcp://...:2376).", engine.decide(engine.create({}), policy).msg)
  end)

  describe("with anonymous = read", function()
    local reading = engine.with_params(RULE, [[anonymous = "read"]])

    engine.denies(RULE, {
      ["writing"] = engine.create({}),
      ["a stream"] = engine.call("GET", "/containers/web/export"),
      ["logs"] = engine.call("GET", "/containers/web/logs?stdout=1"),
    }, reading)
    engine.allows({
      ["reading"] = engine.call("GET", "/containers/json"),
      ["writing with a certificate"] = engine.as("alice", engine.create({})),
    }, reading)
  end)
end)
