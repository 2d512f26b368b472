local engine = require("engine")

local RULE = "service.placement"

local function service(constraints)
  return engine.service({}, { TaskTemplate = { Placement = { Constraints = constraints } } })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[require = { "node.labels.zone==*" }, deny = { "node.role==manager" }]])

  engine.denies(RULE, {
    ["a service without constraints"] = engine.service({}),
    ["one with others only"] = service({ "node.hostname==a" }),
    ["one that says where it must not be"] = service({ "node.labels.zone!=dmz" }),
    ["one on managers"] = service({ "node.labels.zone==dmz", "node.role==manager" }),
    ["the same with blanks"] = service({ "node.labels.zone==dmz", "node.role == manager" }),
    ["an update"] = engine.call("POST", "/services/web/update?version=1",
      { TaskTemplate = { ContainerSpec = { Image = "alpine" } } }),
  }, policy)

  engine.allows({
    ["a zone"] = service({ "node.labels.zone==dmz" }),
    ["a zone with blanks"] = service({ "node.labels.zone == dmz" }),
    ["a zone among others"] = service({ "node.hostname!=a", "node.labels.zone==lan" }),
  }, policy)

  it("says what to add and what to leave out", function()
    assert.equal("[service.placement] the service is not bound to nodes with node.labels.zone==* "
      .. "(TaskTemplate.Placement.Constraints). Fix: add --constraint node.labels.zone==*.\n"
      .. "[service.placement] the service may not be bound by node.role==manager "
      .. "(TaskTemplate.Placement.Constraints[1]). Fix: leave the constraint out.",
      engine.decide(service({ "node.role==manager" }), policy).msg)
  end)
end)
