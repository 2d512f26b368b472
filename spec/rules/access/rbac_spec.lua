local engine = require("engine")

local RULE = "access.rbac"

local POLICY = { ["policy.lua"] = [[
return profile {
  id = "site",
  extends = "baseline",
  default = { read = "deny", write = "deny" },
  rules = {
    ["access.rbac"] = { params = {
      roles = { viewer = "*.list *.inspect", dev = "container.* exec.*", admin = "*" },
      users = { alice = "viewer dev", ["ops-*"] = "admin", lost = "gone" },
      anonymous = "viewer",
    } },
  },
}
]] }

local function list(user)
  local call = engine.call("GET", "/containers/json")
  return user and engine.as(user, call) or call
end

describe(RULE, function()
  engine.denies(RULE, {
    ["what a role does not cover"] = engine.as("alice", engine.call("POST", "/images/create?fromImage=alpine&tag=1")),
    ["a user without a role"] = list("bob"),
    ["a name that only ends like a listed one"] = list("x-ops-1"),
    ["writing by a caller without a name"] = engine.create({}),
    ["a role that is not defined"] = list("lost"),
  }, POLICY)

  engine.denies("container.no-privileged", {
    ["what another rule forbids, whatever the role"] = engine.as("ops-1", engine.create({ Privileged = true })),
  }, POLICY)

  engine.allows({
    ["what the first role covers"] = list("alice"),
    ["what the second role covers"] = engine.as("alice", engine.create({})),
    ["everything for an administrator"] = engine.as("ops-1", engine.call("POST", "/volumes/prune")),
    ["reading by a caller without a name"] = list(),
    ["a greeting by whomever"] = engine.as("bob", engine.call("GET", "/_ping")),
  }, POLICY)

  it("names the user and the action", function()
    assert.equal("[access.rbac] bob may not do container.list. "
      .. "Fix: ask an administrator for a role that covers container.list.", engine.decide(list("bob"), POLICY).msg)
  end)
end)
