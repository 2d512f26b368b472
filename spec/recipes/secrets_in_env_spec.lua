local engine = require("engine")
local recipe = require("recipe")

local policy, content = recipe.policy("secrets_in_env")
local enforced = { ["policy.lua"] = (content:gsub('mode = "audit"', 'mode = "enforce"')) }

local function run(...)
  return engine.create({}, { Env = { ... } })
end

describe("the recipe for secrets in the environment", function()
  engine.denies("inspect.env-guard", {
    ["a look at the environment, when it is enforced"] = engine.call("GET", "/containers/web/json"),
    ["a look at an image's"] = engine.call("GET", "/images/alpine/json"),
    ["a look by a user with a name"] = engine.as("alice", engine.call("GET", "/services/web")),
  }, enforced)

  it("writes down a password, and lets it pass", function()
    local verdict = engine.decide(run("DB_PASSWORD=hunter2"), policy)
    assert.is_true(verdict.allow)
    assert.equal("container.env-secrets", verdict.findings[1].rule)
    assert.equal("audit", verdict.findings[1].mode)
    assert.not_matches("hunter2", verdict.findings[1].msg, 1, true)
  end)

  engine.denies("container.env-secrets", {
    ["a password, when it is enforced"] = run("DB_PASSWORD=hunter2"),
    ["a token by its form"] = run("X=ghp_" .. ("a1B2"):rep(9)),
    ["a random value"] = run("SEED=q8Zt3LmX0vRb7YcWk2JhN5sDfGp9Ua1E"),
    ["a token for a command"] = engine.exec({ Env = { "API_KEY=abc" }, Cmd = { "sh" } }),
  }, enforced)

  engine.allows({
    ["a path to a secret"] = run("DB_PASSWORD_FILE=/run/secrets/db"),
    ["ordinary variables"] = run("TZ=Europe/Berlin", "LANG=C.UTF-8", "VERSION=1.2.3"),
    ["the list of containers"] = engine.call("GET", "/containers/json"),
    ["a look by those who may"] = engine.as("ops-1", engine.call("GET", "/containers/web/json")),
  }, enforced)
end)
