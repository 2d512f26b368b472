local engine = require("engine")

local RULE = "request.opaque"

local function post(path)
  return engine.call("POST", path)
end

describe(RULE, function()
  engine.allows({
    ["a BuildKit session"] = post("/session"),
    ["the BuildKit control channel"] = post("/grpc"),
    ["a BuildKit build"] = post("/build?t=x&version=2"),
    ["a login"] = post("/auth"),
    ["attaching"] = post("/containers/web/attach?stream=1&stdin=1"),
    ["attaching over a websocket"] = engine.call("GET", "/containers/web/attach/ws?stream=1"),
  })

  describe("with buildkit = deny", function()
    local policy = engine.with_params(RULE, [[buildkit = "deny"]])

    engine.denies(RULE, {
      ["a session"] = post("/session"),
      ["the control channel"] = post("/grpc"),
      ["a build"] = post("/build?t=x&version=2"),
      ["a build whose files come over a session"] = post("/build?version=2&remote=client-session&session=a"),
    }, policy)
    engine.allows({
      ["a classic build"] = post("/build?t=x&version=1"),
      ["a build that says nothing"] = post("/build?t=x"),
      ["a login"] = post("/auth"),
      ["emptying the build cache"] = post("/build/prune"),
    }, policy)

    it("says what to use instead", function()
      assert.equal("[request.opaque] a BuildKit build cannot be checked (version). Fix: use the classic builder "
        .. "(DOCKER_BUILDKIT=0 docker build), or a build service.",
        engine.decide(post("/build?version=2"), policy).msg)
    end)
  end)

  describe("with login and attach = deny", function()
    local policy = engine.with_params(RULE, [[login = "deny", attach = "deny"]])

    engine.denies(RULE, {
      ["a login"] = post("/auth"),
      ["attaching"] = post("/containers/web/attach?stream=1"),
      ["attaching over a websocket"] = engine.call("GET", "/containers/web/attach/ws?stream=1"),
    }, policy)
    engine.allows({
      ["BuildKit"] = post("/session"),
      ["logs"] = engine.call("GET", "/containers/web/logs?stdout=1"),
      ["resizing a terminal"] = post("/containers/web/resize?h=1&w=1"),
    }, policy)
  end)
end)
