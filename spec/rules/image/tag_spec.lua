local engine = require("engine")

local RULE = "image.tag"
local DIGEST = "sha256:" .. ("a"):rep(64)

local function run(image)
  return engine.create({}, { Image = image })
end

local function pull(query)
  return engine.call("POST", "/images/create?" .. query)
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["latest"] = run("alpine:latest"),
    ["no tag, which is latest"] = run("alpine"),
    ["a registry with a port and no tag"] = run("localhost:5000/app"),
    ["a service"] = engine.service({ Image = "alpine:latest" }),
    ["a pull"] = pull("fromImage=alpine&tag=latest"),
    ["a pull with the tag in the name"] = pull("fromImage=alpine%3Alatest"),
    ["a pull of all tags"] = pull("fromImage=alpine"),
  }, alone)

  engine.allows({
    ["a version"] = run("alpine:3.20"),
    ["a tag that only starts alike"] = run("alpine:latest-3"),
    ["a digest"] = run("alpine@" .. DIGEST),
    ["latest, which a digest overrules"] = run("alpine:latest@" .. DIGEST),
    ["an id"] = run(DIGEST),
    ["a service"] = engine.service({ Image = "alpine:3.20" }),
    ["a pull"] = pull("fromImage=alpine&tag=3.20"),
  }, alone)

  it("says what to use", function()
    assert.equal("[image.tag] tag latest is not allowed (Image). "
      .. "Fix: use the tag of a version (docker.io/library/alpine:1.2.3), or a digest.",
      engine.decide(run("alpine"), alone).msg)
  end)

  describe("with listed tags", function()
    local listed = engine.alone(RULE, [[deny = { "*-dev", "edge" }, exempt = { "docker.io/library/*" }]])

    engine.denies(RULE, {
      ["these"] = run("example.com/app:edge"),
      ["these by pattern"] = run("example.com/app:1-dev"),
    }, listed)
    engine.allows({
      ["others"] = run("example.com/app:latest"),
      ["an exempt image"] = run("alpine:edge"),
      ["a tag that only holds it"] = run("example.com/app:1-dev2"),
    }, listed)
  end)
end)
