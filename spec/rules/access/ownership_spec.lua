local engine = require("engine")

local RULE = "access.ownership"

local function owned(owner)
  return engine.create({}, { Labels = { owner = owner } })
end

local function network(labels)
  return engine.call("POST", "/networks/create", { Name = "n", Labels = labels })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[admins = { "ops" }, shared = "everyone"]])

  engine.denies(RULE, {
    ["a container without the label"] = engine.as("alice", engine.create({})),
    ["a container of someone else"] = engine.as("alice", owned("bob")),
    ["the label in another case"] = engine.as("alice", engine.create({}, { Labels = { Owner = "alice" } })),
    ["a volume without the label"] = engine.as("alice", engine.volume({ Name = "v" })),
    ["a network without the label"] = engine.as("alice", network({})),
    ["a service whose container alone has the label"] =
      engine.as("alice", engine.service({ Labels = { owner = "alice" } })),
    ["a caller without a name"] = owned("alice"),
    ["a caller without a name and without an owner"] = engine.create({}),
  }, policy)

  engine.allows({
    ["a container of one's own"] = engine.as("alice", owned("alice")),
    ["a shared one"] = engine.as("alice", owned("everyone")),
    ["a volume of one's own"] = engine.as("alice", engine.volume({ Labels = { owner = "alice" } })),
    ["a network of one's own"] = engine.as("alice", network({ owner = "alice" })),
    ["a service of one's own"] = engine.as("alice", engine.service({}, { Labels = { owner = "alice" } })),
    ["an administrator"] = engine.as("ops", engine.create({})),
    ["later calls, which name objects"] = engine.as("alice", engine.call("DELETE", "/containers/web")),
  }, policy)

  it("says what to add", function()
    assert.equal("[access.ownership] label owner=alice is required (Labels). Fix: add --label owner=alice.",
      engine.decide(engine.as("alice", engine.create({})), policy).msg)
  end)

  describe("for callers on the socket", function()
    local socket = engine.with_params(RULE, [[label = "made-by", anonymous = "agent"]])

    engine.denies(RULE, { ["another owner"] = engine.create({}, { Labels = { ["made-by"] = "me" } }) }, socket)
    engine.allows({ ["theirs"] = engine.create({}, { Labels = { ["made-by"] = "agent" } }) }, socket)
  end)
end)
