local engine = require("engine")

local RULE = "service.rollback"

local function update(query)
  return engine.call("POST", "/services/web/update?version=7" .. query,
    { Name = "web", TaskTemplate = { ContainerSpec = { Image = "alpine" } } })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["going back"] = update("&rollback=previous"),
    ["a word that the engine does not know"] = update("&rollback=PREVIOUS"),
    ["it in percent encoding"] = update("&rollback=%70revious"),
  }, policy)

  engine.allows({
    ["an update"] = update(""),
    ["an update that says none"] = update("&rollback=none"),
    ["an update with an empty word"] = update("&rollback="),
    ["a new service"] = engine.service({}),
  }, policy)

  it("says what to do", function()
    assert.equal("[service.rollback] the settings that a rollback brings back cannot be checked (rollback). "
      .. "Fix: send the earlier settings as an update of their own.",
      engine.decide(update("&rollback=previous"), policy).msg)
  end)
end)
