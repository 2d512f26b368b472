local engine = require("engine")

local RULE = "image.delete"

local function delete(name)
  return engine.call("DELETE", "/images/" .. name)
end

local function prune(filters)
  return engine.call("POST", "/images/prune?filters=" .. filters:gsub("[^%w]", function(c)
    return ("%%%02X"):format(c:byte())
  end))
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[protect = { "registry.example.com/base/*", "docker.io/library/alpine" }]])

  engine.denies(RULE, {
    ["a protected image"] = delete("registry.example.com/base/os:1"),
    ["one by its short name"] = delete("alpine:3.20"),
    ["one by digest"] = delete("alpine@sha256:" .. ("a"):rep(64)),
    ["an image by id"] = delete("sha256:" .. ("a"):rep(64)),
    ["an image by the beginning of its id"] = delete("3f2a"),
    ["a prune of all unused images"] = prune([[{"dangling":{"false":true}}]]),
    ["the same in the older form"] = prune([[{"dangling":["0"]}]]),
    ["a prune whose filters cannot be read"] = prune("{"),
  }, policy)

  engine.allows({
    ["another image"] = delete("app:1"),
    ["one whose name only starts alike"] = delete("alpine-slim:1"),
    ["a prune of images without a name"] = prune([[{"dangling":{"true":true}}]]),
    ["a prune that says nothing"] = engine.call("POST", "/images/prune"),
    ["a prune by label"] = prune([[{"label":["a=b"]}]]),
  }, policy)

  it("says what is protected", function()
    assert.equal("[image.delete] image docker.io/library/alpine is protected (path). "
      .. "Fix: ask an administrator of this engine.", engine.decide(delete("alpine"), policy).msg)
  end)

  engine.allows({ ["an id where nothing is protected"] = delete("3f2a") }, engine.with_params(RULE, ""))
end)
