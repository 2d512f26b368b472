local engine = require("engine")

local RULE = "image.push-target"

local function push(name)
  return engine.call("POST", "/images/" .. name .. "/push?tag=1")
end

local function build(outputs)
  return engine.call("POST", "/build?version=2&outputs=" .. outputs:gsub("[^%w]", function(c)
    return ("%%%02X"):format(c:byte())
  end))
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[allow = { "registry.example.com/team/*" }]])

  engine.denies(RULE, {
    ["Docker Hub"] = push("someone/app"),
    ["another registry"] = push("ghcr.io/team/app"),
    ["another team"] = push("registry.example.com/other/app"),
    ["a team that only starts alike"] = push("registry.example.com/team-b/app"),
    ["the team itself, without an image"] = push("registry.example.com/team"),
    ["a name in percent encoding"] = push("ghcr.io%2Fteam%2Fapp"),
    ["a build that pushes"] = build([=[[{"Type":"registry","Attrs":{"name":"ghcr.io/x"}}]]=]),
    ["a build that pushes an image"] = build([=[[{"Type":"image","Attrs":{"push":"true"}}]]=]),
  }, policy)

  engine.allows({
    ["a listed place"] = push("registry.example.com/team/app"),
    ["one below it"] = push("registry.example.com/team/a/b"),
    ["a build"] = engine.call("POST", "/build?t=x"),
    ["a build that keeps its image"] = build([=[[{"Type":"image","Attrs":{}}]]=]),
    ["a pull"] = engine.call("POST", "/images/create?fromImage=alpine&tag=1"),
  }, policy)

  it("says where to", function()
    assert.equal("[image.push-target] pushing to docker.io/someone/app is not allowed (path). "
      .. "Fix: push to registry.example.com/team/*.", engine.decide(push("someone/app"), policy).msg)
  end)
end)
