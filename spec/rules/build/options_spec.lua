local engine = require("engine")

local RULE = "build.options"

local function build(query)
  return engine.call("POST", "/build?" .. query)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[extra_hosts = "deny", memory_max = "512m",
    remote = { "https://git.example.com/team/*" },
    tags = { "registry.example.com/team/*", "docker.io/library/dev-*" }]])
  local MEMORY = "&memory=536870912"

  engine.denies(RULE, {
    ["files from an address"] = build("remote=https%3A%2F%2Fevil.example%2Fx.git" .. MEMORY),
    ["an address that only starts alike"] = build("remote=https%3A%2F%2Fgit.example.com%2Fteam-b" .. MEMORY),
    ["files over git's own protocol"] = build("remote=git%3A%2F%2Fgit.example.com%2Fteam%2Fx" .. MEMORY),
    ["names for addresses"] = build("extrahosts=db%3A10.0.0.1" .. MEMORY),
    ["a name that is not listed"] = build("t=app" .. MEMORY),
    ["one of several names"] = build("t=dev-app&t=someone%2Fapp" .. MEMORY),
    ["no memory limit"] = build("t=dev-app"),
    ["a limit of nothing"] = build("t=dev-app&memory=0"),
    ["a byte too much memory"] = build("t=dev-app&memory=536870913"),
    ["labels that are no JSON"] = build("labels=x" .. MEMORY),
    ["arguments with a key twice"] = build("buildargs=%7B%22a%22%3A%22b%22%2C%22a%22%3A%22c%22%7D" .. MEMORY),
  }, policy)

  engine.allows({
    ["files that are sent"] = build("t=dev-app" .. MEMORY),
    ["a name of the team"] = build("t=registry.example.com%2Fteam%2Fapp:1" .. MEMORY),
    ["files from a listed address"] = build("remote=https%3A%2F%2Fgit.example.com%2Fteam%2Fx.git" .. MEMORY),
    ["less memory"] = build("memory=1048576"),
    ["no name"] = build("dockerfile=Dockerfile" .. MEMORY),
  }, policy)

  it("tells all at once", function()
    assert.equal("[build.options] building from http://x is not allowed (remote). "
      .. "Fix: send the files (docker build .).\n"
      .. "[build.options] a build may use at most 536870912 bytes of memory (memory). Fix: add --memory 536870912.\n"
      .. "[build.options] an image may not be called docker.io/library/app here (t). "
      .. "Fix: use a name like registry.example.com/team/* or docker.io/library/dev-*.",
      engine.decide(build("remote=http%3A%2F%2Fx&t=app"), policy).msg)
  end)

  describe("without a word", function()
    local default = engine.with_params(RULE, "")

    engine.denies(RULE, { ["files from an address"] = build("remote=http%3A%2F%2Fx") }, default)
    engine.allows({
      ["any name"] = build("t=someone%2Fapp"),
      ["names for addresses"] = build("extrahosts=db%3A10.0.0.1"),
      ["a session, which another rule judges"] = build("version=2&remote=client-session&session=a"),
    }, default)
  end)
end)
