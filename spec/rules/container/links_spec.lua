local engine = require("engine")

local RULE = "container.links"

local function link(...)
  return engine.create({ Links = { ... } })
end

local function endpoint(...)
  return engine.create({}, { NetworkingConfig = { EndpointsConfig = { backend = { Links = { ... } } } } })
end

local function connect(...)
  return engine.call("POST", "/networks/backend/connect", { Container = "web", EndpointConfig = { Links = { ... } } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a link"] = link("db:database"),
    ["a link without a name of its own"] = link("db"),
    ["a link as the engine writes it"] = link("/db:/web/database"),
    ["a link in a network"] = endpoint("db:database"),
    ["a link of a connection"] = connect("db:database"),
    ["the last of several links"] = link("cache:c", "db:database"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["no links"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"Links":[]}}]]),
    ["null"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"Links":null}}]]),
    ["a network with a name of its own there"] =
      engine.create({}, { NetworkingConfig = { EndpointsConfig = { backend = { Aliases = { "web" } } } } }),
    ["a connection"] = engine.call("POST", "/networks/backend/connect", { Container = "web" }),
  }, alone)

  it("says to whom, where", function()
    assert.equal("[container.links] a link to container db is not allowed (HostConfig.Links[2]). "
      .. "Fix: put both containers into one network of your own (docker network create).",
      engine.decide(link("cache:c", "/db:/web/database"), engine.alone(RULE, [[allow = { "cache" }]])).msg)
  end)

  describe("with listed containers", function()
    local listed = engine.alone(RULE, [[allow = { "db-*" }]])

    engine.denies(RULE, {
      ["another one"] = link("db:database"),
      ["one that is only called so here"] = link("web:db-1"),
    }, listed)
    engine.allows({
      ["these"] = link("db-1:database"),
      ["these as the engine writes it"] = link("/db-1:/web/database"),
      ["these in a network"] = endpoint("db-1"),
    }, listed)
  end)
end)
