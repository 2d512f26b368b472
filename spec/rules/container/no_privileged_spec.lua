local engine = require("engine")

local RULE = "container.no-privileged"

describe(RULE, function()
  engine.denies(RULE, {
    ["a privileged container"] = engine.create({ Privileged = true }),
    ["a privileged exec session"] = engine.exec({ Privileged = true, Cmd = { "id" } }),
    ["it in another letter case"] = engine.create({ pRIVILEGED = true }),
    ["it beside settings that are fine"] = engine.create({ Privileged = true, Memory = 1048576 }),
  })

  engine.allows({
    ["a plain container"] = engine.create({}),
    ["a container that says false"] = engine.create({ Privileged = false }),
    ["a container that says null"] = engine.call("POST", "/containers/create",
      [[{"Image":"alpine","HostConfig":{"Privileged":null}}]]),
    ["a plain exec session"] = engine.exec({ Cmd = { "id" } }),
    ["an exec session that says false"] = engine.exec({ Privileged = false, Cmd = { "id" } }),
    ["a plain service"] = engine.service({}),
  })

  it("says what is wrong, where, and what to do", function()
    local verdict = engine.decide(engine.create({ Privileged = true }))
    assert.equal("[container.no-privileged] privileged mode gives the container full control of this host "
      .. "(HostConfig.Privileged). Fix: leave out --privileged and ask for the one capability or device that "
      .. "is needed.", verdict.msg)
  end)

  describe("with allow_images", function()
    local policy = engine.with_params(RULE, [[allow_images = { "docker.io/library/docker", "r.example.com/ci/*" }]])

    engine.denies(RULE, {
      ["an image that is not listed"] = engine.create({ Privileged = true }, { Image = "alpine" }),
      ["one that only starts like a listed one"] =
        engine.create({ Privileged = true }, { Image = "docker-evil" }),
      ["an exec session, whose image is not known"] = engine.exec({ Privileged = true, Cmd = { "id" } }),
    }, policy)

    engine.allows({
      ["a listed image by its short name"] = engine.create({ Privileged = true }, { Image = "docker:27-dind" }),
      ["a listed image by pattern"] = engine.create({ Privileged = true }, { Image = "r.example.com/ci/runner" }),
    }, policy)
  end)
end)
