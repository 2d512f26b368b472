local engine = require("engine")

local RULE = "container.readonly-rootfs"

local function run(image, readonly)
  return engine.create({ ReadonlyRootfs = readonly }, { Image = image })
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[exempt_images = { "docker.io/library/postgres" }]])

  engine.denies(RULE, {
    ["nothing said"] = engine.create({}),
    ["false"] = engine.create({ ReadonlyRootfs = false }),
    ["null"] = engine.call("POST", "/containers/create", [[{"Image":"a","HostConfig":{"ReadonlyRootfs":null}}]]),
    ["no host configuration"] = engine.call("POST", "/containers/create", [[{"Image":"alpine"}]]),
    ["a service"] = engine.service({}),
    ["a service that says false"] = engine.service({ ReadOnly = false }),
    ["an image of the same name from elsewhere"] = run("ghcr.io/library/postgres:16"),
    ["an image that only starts alike"] = run("postgres-extra:16"),
    ["an image by its id"] = run("sha256:" .. ("a"):rep(64)),
  }, policy)

  engine.allows({
    ["a root that cannot be written"] = engine.create({ ReadonlyRootfs = true }),
    ["the same in another letter case"] =
      engine.call("POST", "/containers/create", [[{"Image":"a","hostconfig":{"readonlyrootfs":true}}]]),
    ["a service"] = engine.service({ ReadOnly = true }),
    ["an exempt image"] = run("postgres:16"),
    ["an exempt image of a service"] = engine.service({ Image = "postgres:16" }),
  }, policy)

  it("says what to add", function()
    assert.equal("[container.readonly-rootfs] the container could change its own file system "
      .. "(HostConfig.ReadonlyRootfs). Fix: add --read-only (and --tmpfs for scratch space).",
      engine.decide(engine.create({}), policy).msg)
    assert.matches("(TaskTemplate.ContainerSpec.ReadOnly)", engine.decide(engine.service({}), policy).msg, 1, true)
  end)
end)
