local engine = require("engine")

local RULE = "container.no-privileged"

--- A site with these exceptions (as Lua text) for the rule.
local function site(exceptions, profile)
  return {
    ["policy.lua"] = ([[return profile { id = "site", extends = "baseline", %s
      exceptions = { %s } }]]):format(profile or "", exceptions),
  }
end

--- One exception with these keys besides those that it must have.
local function one(keys)
  return site(([[{ id = "ci-tmp", rule = %q, expires = "2026-12-31", reason = "old runner", %s }]]):format(RULE, keys))
end

local function privileged(image, labels)
  return engine.at("2026-12-31T23:59:59Z",
    engine.create({ Privileged = true }, { Image = image, Labels = labels }))
end

local function tag(source, target)
  return engine.at("2026-12-31T00:00:00Z", engine.call("POST", "/images/" .. source .. "/tag?repo=" .. target))
end

describe("an exception", function()
  describe("for a rule", function()
    local policy = one("")

    engine.denies(RULE, {
      ["when it has ended"] = engine.at("2027-01-01T00:00:00Z", engine.create({ Privileged = true })),
      ["long after"] = engine.at("2126-12-31T23:59:59Z", engine.create({ Privileged = true })),
    }, policy)
    engine.denies("container.host-namespaces", {
      ["what another rule finds"] = engine.at("2026-01-01T00:00:00Z",
        engine.create({ Privileged = true, PidMode = "host" })),
    }, policy)
    engine.allows({ ["to the last second of its day"] = privileged("alpine") }, policy)

    it("is written down beside what it excuses", function()
      local verdict = engine.decide(privileged("alpine"), policy)
      assert.same({ true, "" }, { verdict.allow, verdict.msg })
      assert.equal(1, #verdict.findings)
      local finding = verdict.findings[1]
      assert.same({ RULE, "deny", "excepted" }, { finding.rule, finding.effect, finding.mode })
      assert.equal("excused by ci-tmp until 2026-12-31 (old runner): "
        .. "privileged mode gives the container full control of this host", finding.msg)
    end)

    it("excuses none of the others", function()
      local verdict = engine.decide(engine.at("2026-12-31T00:00:00Z",
        engine.create({ Privileged = true, PidMode = "host" })), policy)
      assert.is_false(verdict.allow)
      assert.is_nil(verdict.msg:find(RULE, 1, true))
      assert.same({ "enforce", "excepted" }, { verdict.findings[1].mode, verdict.findings[2].mode })
    end)

    it("excuses nothing that the plugin itself refuses", function()
      local call = engine.call("POST", "/containers/create",
        [[{"Image":"alpine","HostConfig":{"Privileged":true,"privileged":true}}]])
      assert.matches("^%[request.duplicate%-key%]", engine.decide(engine.at("2026-12-31T00:00:00Z", call), policy).msg)
    end)
  end)

  describe("with a time", function()
    local policy = site(([[{ id = "a", rule = %q, reason = "x",
      expires = "2026-12-31T18:00:00+01:00" }]]):format(RULE))

    engine.denies(RULE, {
      ["from then on"] = engine.at("2026-12-31T17:00:00Z", engine.create({ Privileged = true })),
    }, policy)
    engine.allows({
      ["until then"] = engine.at("2026-12-31T16:59:59Z", engine.create({ Privileged = true })),
    }, policy)
  end)

  describe("for a user", function()
    local policy = one([[user = "ci-*"]])

    engine.denies(RULE, {
      ["another"] = engine.as("alice", privileged("alpine")),
      ["one whose name only ends so"] = engine.as("x-ci-1", privileged("alpine")),
      ["a caller without a name"] = privileged("alpine"),
    }, policy)
    engine.denies(RULE, {
      ["a caller without a name, whatever the pattern"] = privileged("alpine"),
    }, one([[user = "*"]]))
    engine.allows({ ["that user"] = engine.as("ci-1", privileged("alpine")) }, policy)
  end)

  describe("for an image", function()
    local policy = one([[image = "registry.example.com/ci/*"]])
    local tagged = one([[image = "docker.io/library/*:1.*"]])
    local pinned = one(([[image = "docker.io/library/app@sha256:%s"]]):format(("a"):rep(64)))

    engine.denies(RULE, {
      ["another registry"] = privileged("registry.example.org/ci/app"),
      ["another path"] = privileged("registry.example.com/cii/app"),
      ["an image by its id"] = privileged("sha256:" .. ("a"):rep(64)),
      ["an exec session, which names no image"] =
        engine.at("2026-12-31T00:00:00Z", engine.exec({ Privileged = true, Cmd = { "id" } })),
    }, policy)
    engine.denies(RULE, {
      ["a name that may be the beginning of an id"] = privileged("cafe"),
    }, one([[image = "*"]]))
    engine.denies(RULE, {
      ["another tag"] = privileged("app:2.0"),
      ["no tag"] = privileged("app"),
      ["a digest beside the tag, since that is what counts"] = privileged("app:1.0@sha256:" .. ("a"):rep(64)),
    }, tagged)
    engine.denies(RULE, {
      ["another digest"] = privileged("app@sha256:" .. ("b"):rep(64)),
      ["a tag"] = privileged("app:1.0"),
    }, pinned)
    engine.allows({
      ["that one"] = privileged("registry.example.com/ci/app:1"),
    }, policy)
    engine.allows({ ["its tag"] = privileged("app:1.0") }, tagged)
    engine.allows({ ["its digest"] = privileged("app@sha256:" .. ("a"):rep(64)) }, pinned)
  end)

  describe("for an image that gets a new name", function()
    local policy = site([[{ id = "a", rule = "image.registry", image = "registry.example.com/*",
      expires = "2026-12-31", reason = "x" }]],
      [[rules = { ["image.registry"] = { params = { allow = { "*" }, local_names = "deny" } } },]])

    engine.denies("image.registry", {
      ["one of both"] = tag("alpine", "registry.example.com/a"),
      ["an id as the source"] = tag("cafe", "registry.example.com/a"),
    }, policy)
    engine.allows({ ["both"] = tag("registry.example.com/a", "registry.example.com/b") }, policy)
  end)

  describe("for a label", function()
    local policy = one([[label = "tier=ci-*"]])
    local function service(labels, container_labels)
      return engine.at("2026-12-31T00:00:00Z",
        engine.service({ CapabilityAdd = { "SYS_ADMIN" }, Labels = container_labels }, { Labels = labels }))
    end

    engine.denies(RULE, {
      ["another value"] = privileged("alpine", { tier = "prod" }),
      ["another label"] = privileged("alpine", { Tier = "ci-1" }),
      ["none"] = privileged("alpine"),
      ["an exec session, which has none"] =
        engine.at("2026-12-31T00:00:00Z", engine.exec({ Privileged = true, Cmd = { "id" } })),
    }, policy)
    engine.allows({ ["that value"] = privileged("alpine", { tier = "ci-1" }) }, policy)

    local services = site([[{ id = "a", rule = "container.capabilities", label = "tier=ci",
      expires = "2026-12-31", reason = "x" }]])
    engine.denies("container.capabilities", {
      ["a service whose containers have another"] = service({ tier = "ci" }, { tier = "prod" }),
    }, services)
    engine.allows({
      ["a service that has it"] = service({ tier = "ci" }),
      ["a service whose containers have it"] = service({}, { tier = "ci" }),
    }, services)
  end)

  it("needs all that it names", function()
    local policy = one([[user = "ci", label = "tier=ci"]])
    local verdicts = engine.decide_all({
      engine.as("ci", privileged("alpine")),
      engine.as("bob", privileged("alpine", { tier = "ci" })),
      engine.as("ci", privileged("alpine", { tier = "ci" })),
    }, policy)
    assert.same({ false, false, true }, { verdicts[1].allow, verdicts[2].allow, verdicts[3].allow })
  end)

  it("excuses what a rule in audit mode finds", function()
    local policy = one("")
    policy["policy.lua"] = policy["policy.lua"]:gsub("exceptions", [[mode = "audit", %0]], 1)
    assert.equal("excepted", engine.decide(privileged("alpine"), policy).findings[1].mode)
  end)

  it("does not turn a rule that fails into one that allows", function()
    local policy = site([[{ id = "a", rule = "site.a", expires = "2026-12-31", reason = "x" }]])
    policy["rules/a.lua"] = [[return rule { id = "site.a", on = { "*" }, check = function() return true end }]]
    assert.matches("^%[policy%-error%]", engine.decide(engine.create({}), policy).msg)
  end)

  it("is a finding of check when it has ended, and keeps nothing from being loaded", function()
    local policy = site(([[{ id = "old", rule = %q, expires = "2020-01-31", reason = "x" }]]):format(RULE))
    local checked = engine.check(policy)
    assert.equal(1, checked.status)
    assert.equal("policy.lua:2: exceptions: old ended with 2020-01-31 and excuses nothing any more: "
      .. "take it out, or give it a new date\n", checked.output)
    assert.is_true(engine.decide(engine.create({}), policy).allow)
  end)

  it("cannot be for what the plugin itself refuses", function()
    local checked = engine.check(site([[{ id = "a", rule = "request.json", expires = "2999-12-31", reason = "x" }]]))
    assert.matches("what the plugin itself refuses cannot be excused", checked.output, 1, true)
  end)
end)
