local engine = require("engine")

local RULE = "container.security-options"

local function options(...)
  return engine.create({ SecurityOpt = { ... } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["what no engine knows"] = options("magic=on"),
    ["what only the docker command knows"] = options("systempaths=unconfined"),
    ["capital letters"] = options("Seccomp=builtin"),
    ["a label that is none"] = options("label=colour:red"),
    ["a value that is neither true nor false"] = options("no-new-privileges=maybe"),
    ["credentials of Windows"] = options("credentialspec=file://spec.json"),
    ["an empty option"] = options(""),
    ["one among those that are known"] = options("no-new-privileges", "magic"),
    ["credentials of a service"] = engine.service({ Privileges = { CredentialSpec = { File = "spec.json" } } }),
    ["an option of a build"] = engine.call("POST", "/build?securityopt=magic"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["the known ones"] = options("no-new-privileges:true", "seccomp=builtin", "apparmor=web", "label=level:s0",
      "writable-cgroups=false"),
    ["a service"] = engine.service({ Privileges = { NoNewPrivileges = true } }),
    ["null for credentials"] = engine.call("POST", "/services/create",
      [[{"Name":"w","TaskTemplate":{"ContainerSpec":{"Image":"a","Privileges":{"CredentialSpec":null}}}}]]),
    ["a build"] = engine.call("POST", "/build?securityopt=seccomp%3Dbuiltin"),
  }, alone)

  it("quotes the option", function()
    assert.equal("[container.security-options] security option 'magic=on' is not known (HostConfig.SecurityOpt). "
      .. "Fix: leave it out, or write it as the engine's documentation does.",
      engine.decide(options("magic=on"), alone).msg)
  end)
end)
