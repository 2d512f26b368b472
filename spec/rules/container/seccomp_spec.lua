local engine = require("engine")

local RULE = "container.seccomp"

local function options(...)
  return engine.create({ SecurityOpt = { ... } })
end

local function profile(json)
  return options("seccomp=" .. json)
end

local function service(seccomp)
  return engine.service({ Privileges = { Seccomp = seccomp } })
end

local function build(option)
  return engine.call("POST", "/build?securityopt=" .. option)
end

local FILTER = [[{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]}]]
-- The filter, and {"defaultAction":"SCMP_ACT_ALLOW"}, in base64.
local FILTER_CODED = "eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfRVJSTk8iLCJzeXNjYWxscyI6W3sibmFtZXMiOlsicmVhZCJdLCJhY3Rpb24i"
  .. "OiJTQ01QX0FDVF9BTExPVyJ9XX0="
local OPEN_CODED = "eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfQUxMT1cifQ=="

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["unconfined"] = options("seccomp=unconfined"),
    ["unconfined in the old form"] = options("seccomp:unconfined"),
    ["unconfined as the last of two"] = options("seccomp=builtin", "seccomp=unconfined"),
    ["a profile that allows what it does not name"] = profile([[{"defaultAction":"SCMP_ACT_ALLOW"}]]),
    ["a profile that only logs"] = profile([[{"defaultAction":"SCMP_ACT_LOG"}]]),
    ["a profile without a default"] = profile([[{"syscalls":[]}]]),
    ["an empty profile"] = profile("{}"),
    ["a profile with a default that is not known"] = profile([[{"defaultAction":"scmp_act_errno"}]]),
    ["what is no profile"] = profile("/etc/profile.json"),
    ["another spelling of unconfined"] = profile("Unconfined"),
    ["half a profile"] = profile([[{"defaultAction":"SCMP_ACT_ERRNO"]]),
    ["keys in another case that allow all"] = profile([[{"DEFAULTACTION":"SCMP_ACT_ALLOW"}]]),
    ["a service without it"] = service({ Mode = "unconfined" }),
    ["a service with a profile that allows all"] = service({ Mode = "custom", Profile = OPEN_CODED }),
    ["a service with an empty profile"] = service({ Mode = "custom" }),
    ["a build without it"] = build("seccomp=unconfined"),
    ["a build with an empty profile"] = build("seccomp=%7B%7D"),
    ["a build in which the last option switches it off"] =
      build("seccomp=builtin&securityopt=seccomp:unconfined"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["the engine's own profile"] = options("seccomp=builtin"),
    ["an empty value, which is the engine's own"] = options("seccomp="),
    ["a profile that filters"] = profile(FILTER),
    ["a last option that filters"] = options("seccomp=unconfined", "seccomp=builtin"),
    ["other options"] = options("no-new-privileges"),
    ["a service that says nothing"] = engine.service({}),
    ["a service with the engine's own"] = service({ Mode = "default" }),
    ["a service with a profile that filters"] = service({ Mode = "custom", Profile = FILTER_CODED }),
    ["a build"] = engine.call("POST", "/build?t=x"),
    ["a build with other options"] = build("no-new-privileges"),
  }, alone)

  it("says what is wrong with a profile", function()
    assert.equal("[container.seccomp] seccomp may not be switched off (HostConfig.SecurityOpt). "
      .. "Fix: leave out --security-opt seccomp=unconfined.",
      engine.decide(options("seccomp=unconfined"), alone).msg)
    assert.matches("[container.seccomp] the seccomp profile filters nothing: ",
      engine.decide(profile("{}"), alone).msg, 1, true)
  end)

  describe("without custom profiles", function()
    local own = engine.alone(RULE, "allow_custom = false")

    engine.denies(RULE, {
      ["one that filters"] = profile(FILTER),
      ["unconfined"] = options("seccomp=unconfined"),
      ["one of a service"] = service({ Mode = "custom", Profile = FILTER_CODED }),
    }, own)
    engine.allows({ ["the engine's own"] = options("seccomp=builtin") }, own)
  end)
end)
