local engine = require("engine")

local RULE = "image.digest"
local DIGEST = "sha256:" .. ("a"):rep(64)

local function run(image)
  return engine.create({}, { Image = image })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[exempt = { "registry.example.com/ci/*" }]])

  engine.denies(RULE, {
    ["a tag"] = run("alpine:3.20"),
    ["nothing at all"] = run("alpine"),
    ["a digest that is one hex digit short"] = run("alpine@sha256:" .. ("a"):rep(63)),
    ["the digest as a tag"] = run("alpine:sha256-" .. ("a"):rep(64)),
    ["a service's tag"] = engine.service({ Image = "alpine:3.20" }),
    ["a pull by tag"] = engine.call("POST", "/images/create?fromImage=alpine&tag=3.20"),
    ["a pull of all tags"] = engine.call("POST", "/images/create?fromImage=alpine"),
  }, policy)

  engine.allows({
    ["a digest"] = run("alpine@" .. DIGEST),
    ["a tag with a digest"] = run("alpine:3.20@" .. DIGEST),
    ["an id, which is one"] = run(DIGEST),
    ["a pull by digest"] = engine.call("POST", "/images/create?fromImage=alpine&tag=sha256%3A" .. ("a"):rep(64)),
    ["an exempt image"] = run("registry.example.com/ci/job:7"),
  }, policy)

  it("shows the form", function()
    assert.matches("[image.digest] image alpine:3.20 is not pinned by digest (Image). Fix: use "
      .. "docker.io/library/alpine@sha256:..., as docker images --digests shows it.",
      engine.decide(run("alpine:3.20"), policy).msg, 1, true)
  end)
end)
