local engine = require("engine")

local RULE = "image.registry"
local DIGEST = "sha256:" .. ("a"):rep(64)

local function run(image)
  return engine.create({}, { Image = image })
end

local function pull(query)
  return engine.call("POST", "/images/create?" .. query)
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[allow = { "registry.example.com/team/*", "docker.io/library/*" },
    deny_tags = { "latest", "*-dev" }]])

  engine.denies(RULE, {
    ["an image of another registry"] = run("ghcr.io/team/app:1"),
    ["an image of another team"] = run("registry.example.com/other/app:1"),
    ["a team that only starts alike"] = run("registry.example.com/team-b/app:1"),
    ["the same registry on another port"] = run("registry.example.com:5000/team/app:1"),
    ["a registry that only ends alike"] = run("evilregistry.example.com/team/app:1"),
    ["a user's image of Docker Hub"] = run("someone/app:1"),
    ["an image by its id"] = run(DIGEST),
    ["an image by the beginning of its id"] = run("3f2a"),
    ["a name that no engine takes"] = run("Registry.example.com/Team/app:1"),
    ["an unwanted tag"] = run("registry.example.com/team/app:latest"),
    ["the same tag left out"] = run("registry.example.com/team/app"),
    ["an unwanted tag by its pattern"] = run("registry.example.com/team/app:2-dev"),
    ["a service's image"] = engine.service({ Image = "ghcr.io/team/app:1" }),
    ["a pull"] = pull("fromImage=ghcr.io%2Fteam%2Fapp&tag=1"),
    ["a pull of an unwanted tag"] = pull("fromImage=alpine&tag=latest"),
    ["a pull of all tags"] = pull("fromImage=alpine"),
  }, policy)

  engine.allows({
    ["an image of a listed team"] = run("registry.example.com/team/app:1"),
    ["one below it"] = run("registry.example.com/team/a/b:1"),
    ["an official image"] = run("alpine:3.20"),
    ["the same in full"] = run("docker.io/library/alpine:3.20"),
    ["the same by its old name"] = run("index.docker.io/library/alpine:3.20"),
    ["a digest"] = run("registry.example.com/team/app@" .. DIGEST),
    ["an unwanted tag that a digest overrules"] = run("registry.example.com/team/app:latest@" .. DIGEST),
    ["a pull"] = pull("fromImage=alpine&tag=3.20"),
    ["a pull by digest"] = pull("fromImage=alpine&tag=" .. DIGEST:gsub(":", "%%3A")),
    ["giving a listed name"] = engine.call("POST", "/images/x/tag?repo=registry.example.com%2Fteam%2Fx&tag=1"),
    ["giving another name"] = engine.call("POST", "/images/x/tag?repo=mine&tag=1"),
    ["a commit without a name"] = engine.call("POST", "/commit?container=web", {}),
  }, policy)

  it("says what may be used", function()
    assert.equal("[image.registry] image ghcr.io/team/app is not from an allowed registry (Image). "
      .. "Fix: use an image of registry.example.com/team/* or docker.io/library/*.",
      engine.decide(run("ghcr.io/team/app:1"), policy).msg)
  end)

  describe("with nothing listed", function()
    local none = engine.alone(RULE)

    engine.denies(RULE, { ["every image"] = run("alpine:3.20") }, none)
    it("says whom to ask", function()
      assert.matches("Fix: ask an administrator to list its registry.", engine.decide(run("alpine"), none).msg, 1, true)
    end)
  end)

  describe("with ids = allow and local_names = deny", function()
    local strict = engine.alone(RULE, [[allow = { "registry.example.com/*" }, ids = "allow", local_names = "deny"]])

    engine.denies(RULE, {
      ["a tag with a listed name"] = engine.call("POST", "/images/x/tag?repo=registry.example.com%2Fteam%2Fx"),
      ["a commit with a listed name"] =
        engine.call("POST", "/commit?container=web&repo=registry.example.com%2Fx", {}),
      ["an import with a listed name"] =
        engine.call("POST", "/images/create?fromSrc=-&repo=registry.example.com%2Fx"),
      ["a build with a listed name"] = engine.call("POST", "/build?t=mine&t=registry.example.com%2Fx"),
    }, strict)
    engine.allows({
      ["an id"] = run(DIGEST),
      ["the beginning of one"] = run("3f2a"),
      ["a build with another name"] = engine.call("POST", "/build?t=mine"),
      ["a tag with another name"] = engine.call("POST", "/images/x/tag?repo=mine"),
    }, strict)
  end)
end)
