local engine = require("engine")

local RULE = "container.env-secrets"

local function env(...)
  return engine.create({}, { Env = { ... } })
end

local function build(args)
  return engine.call("POST", "/build?buildargs=" .. args)
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a password by its name"] = env("DB_PASSWORD=x"),
    ["a name in small letters"] = env("db_password=x"),
    ["a token"] = env("GITHUB_TOKEN=x"),
    ["a key"] = env("STRIPE_API_KEY=x"),
    ["one among others"] = env("PATH=/bin", "APP_SECRET=x"),
    ["a name that comes twice"] = env("APP_SECRET=x", "APP_SECRET="),
    ["a key by its form"] = env("X=AKIA" .. ("A"):rep(16)),
    ["a key in PEM"] = env("X=-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
    ["a token by its form"] = env("X=ghp_0123"),
    ["a service's password"] = engine.service({ Env = { "DB_PASSWORD=x" } }),
    ["a command's password"] = engine.exec({ Cmd = { "id" }, Env = { "DB_PASSWORD=x" } }),
    ["a build's token"] = build("%7B%22NPM_TOKEN%22%3A%22x%22%7D"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["other variables"] = env("PATH=/bin", "LANG=C.UTF-8", "X=long but plain words, nothing else"),
    ["an empty value"] = env("DB_PASSWORD="),
    ["a name without a value, which takes it away"] = env("DB_PASSWORD"),
    ["the path of a file that has it"] = env("DB_PASSWORD_FILE=/run/secrets/db"),
    ["a key's form with a letter less"] = env("X=AKIA" .. ("A"):rep(15)),
    ["a service"] = engine.service({ Env = { "MODE=production" } }),
    ["a build"] = build("%7B%22VERSION%22%3A%221%22%7D"),
    ["a build's argument without a value"] = build("%7B%22NPM_TOKEN%22%3Anull%7D"),
  }, alone)

  it("says which, and never the value", function()
    local verdict = engine.decide(env("LANG=C", "DB_PASSWORD=hunter2"), alone)
    assert.equal("[container.env-secrets] variable DB_PASSWORD looks like a secret (Env[2]). "
      .. "Fix: mount a file with it, and give its path in DB_PASSWORD_FILE.", verdict.msg)
    local service = engine.decide(engine.service({ Env = { "DB_PASSWORD=hunter2" } }), alone)
    assert.matches("use docker secret create and --secret", service.msg, 1, true)
    assert.is_nil(service.msg:find("hunter2", 1, true))
  end)

  describe("with its own names", function()
    local own = engine.alone(RULE, [[names = { "PIN" }, patterns = {}, allow = { "TEST_*" }]])

    engine.denies(RULE, { ["these"] = env("PIN=1234"), ["these in small letters"] = env("pin=1234") }, own)
    engine.allows({ ["others"] = env("DB_PASSWORD=x"), ["a name that only holds it"] = env("PINS=1") }, own)
  end)

  describe("with entropy", function()
    local random = engine.alone(RULE, "entropy = 4")

    engine.denies(RULE, {
      ["sixteen letters twice, which is 4 bits a byte"] = env("X=" .. ("abcdefghijklmnop"):rep(2)),
      ["a random value"] = env("X=9f8Kq2Lw7Zx1Vb4Nm6Tp"),
    }, random)
    engine.allows({
      ["a value that is one letter too short"] = env("X=9f8Kq2Lw7Zx1Vb4Nm6T"),
      ["a little less than that"] = env("X=" .. ("abcdefghijklmnoo"):rep(2)),
      ["a value of few letters"] = env("X=aaaaaaaaaaaaaaaaaaaaaaab"),
      ["several words"] = env("X=the quick brown fox jumps over it"),
      ["an address"] = env("X=https://example.com/Qz8kLm2Vb"),
      ["a path"] = env("X=/usr/lib/x86_64-linux-gnu/Qz8kLm2Vb"),
    }, random)
  end)
end)
