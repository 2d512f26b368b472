--- Asks the real engine: the program `lua-authz decide` and its worker, as users run them.
-- AUTHZ_BUILD names the directory they are in; "build" without it.

local json = require("dkjson")

local M = {}

local build = os.getenv("AUTHZ_BUILD") or "build"
local API = "/v1.45"

local function run(command)
  local pipe = assert(io.popen(command))
  local output = pipe:read("a")
  local _, how, code = pipe:close()
  return output, how == "exit" and code or -1
end

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function write(path, content)
  local file = assert(io.open(path, "w"))
  file:write(content)
  file:close()
end

--- Calls `use` with a new directory, which is gone afterwards.
local function with_directory(use)
  local directory = run("mktemp -d"):gsub("\n", "")
  local done, result = pcall(use, directory)
  run("rm -r " .. quoted(directory))
  if not done then
    error(result, 0)
  end
  return result
end

local function put_policy(directory, files)
  run("mkdir -p " .. quoted(directory .. "/policy/rules") .. " " .. quoted(directory .. "/policy/data"))
  for name, content in pairs(files) do
    write(directory .. "/policy/" .. name, content)
  end
  return quoted(directory .. "/policy")
end

local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(bytes)
  return (
    bytes:gsub("..?.?", function(three)
      local a, b, c = three:byte(1, 3)
      local bits = a << 16 | (b or 0) << 8 | (c or 0)
      local out = ""
      for i = 0, 3 do
        local at = bits >> (18 - 6 * i) & 63
        out = out .. (i <= #three and ALPHABET:sub(at + 1, at + 1) or "=")
      end
      return out
    end)
  )
end

--- Empty tables are objects: no request here needs an empty list.
local function encode(value)
  local function mark(t)
    if next(t) == nil then
      setmetatable(t, { __jsontype = "object" })
    end
    for _, child in pairs(t) do
      if type(child) == "table" then
        mark(child)
      end
    end
  end
  mark(value)
  return json.encode(value)
end

--- One call as the engine shows it to a plugin. A table as body is sent as JSON, a string as it is.
function M.call(method, path, body)
  local message = { RequestMethod = method, RequestUri = API .. path }
  if type(body) == "table" then
    body = encode(body)
  end
  if body then
    message.RequestBody = base64(body)
    message.RequestHeaders = { ["Content-Type"] = "application/json" }
  end
  return message
end

function M.create(host_config, config)
  config = config or {}
  config.Image = config.Image or "alpine"
  config.HostConfig = host_config
  return M.call("POST", "/containers/create", config)
end

function M.exec(body)
  return M.call("POST", "/containers/web/exec", body)
end

function M.service(container_spec, service)
  service = service or {}
  service.Name = "web"
  service.TaskTemplate = service.TaskTemplate or {}
  container_spec.Image = container_spec.Image or "alpine"
  service.TaskTemplate.ContainerSpec = container_spec
  return M.call("POST", "/services/create", service)
end

--- The call as the owner of a certificate (PEM) makes it.
function M.certified(user, pem, call)
  call.User = user
  call.UserAuthNMethod = "TLS"
  call.RequestPeerCertificates = { base64(pem) }
  return call
end

function M.volume(body)
  return M.call("POST", "/volumes/create", body)
end

--- What the engine says to each call, in their order. policy: files of a policy directory, by name;
-- without it the baseline is in force.
function M.decide_all(calls, policy)
  return with_directory(function(directory)
    local lines, verdicts = {}, {}
    for i, call in ipairs(calls) do
      lines[i] = json.encode(call)
    end
    write(directory .. "/calls", table.concat(lines, "\n") .. "\n")
    local output = run(("%s/lua-authz decide --policy %s %s 2>/dev/null"):format(
      quoted(build), put_policy(directory, policy or {}), quoted(directory .. "/calls")))
    for line in output:gmatch("[^\n]+") do
      verdicts[#verdicts + 1] = assert(json.decode(line))
    end
    assert(#verdicts == #calls, "as many answers as calls")
    return verdicts
  end)
end

function M.decide(call, policy)
  return M.decide_all({ call }, policy)[1]
end

--- The findings of `lua-authz check` and its exit status.
function M.check(policy)
  return with_directory(function(directory)
    local output, status = run(("%s/lua-authz check --policy %s 2>&1"):format(
      quoted(build), put_policy(directory, policy)))
    return { output = output, status = status }
  end)
end

--- A policy directory in which one rule of the library is told these parameters (as Lua text).
function M.with_params(rule, params)
  return {
    ["policy.lua"] = ([[return profile { id = "site", extends = "baseline", rules = {
      ["%s"] = { params = { %s } } } }]]):format(rule, params),
  }
end

--- A policy directory in which one rule is in force alone, told these parameters (as Lua text).
function M.alone(rule, params)
  return {
    ["policy.lua"] = ([[return profile { id = "site",
      default = { read = "allow", write = "allow", unknown = "allow" },
      rules = { ["%s"] = { params = { %s } } } }]]):format(rule, params or ""),
  }
end

--- The call as a user with a certificate of that name makes it.
function M.as(user, call)
  call.User = user
  call.UserAuthNMethod = "TLS"
  return call
end

--- The call at that time, such as "2026-12-31T18:00:00Z".
function M.at(time, call)
  call.Time = time
  return call
end

--- Defines one test for each case, in the order of their titles: { title = call, ... }.
local function each(cases, policy, check)
  local titles, calls = {}, {}
  for title in pairs(cases) do
    titles[#titles + 1] = title
  end
  table.sort(titles)
  for i, title in ipairs(titles) do
    calls[i] = cases[title]
  end
  local verdicts
  for i, title in ipairs(titles) do
    check(title, function()
      verdicts = verdicts or M.decide_all(calls, policy)
      return verdicts[i]
    end)
  end
end

local busted = require("busted")

--- `it("denies …")` for each case; every one must be denied by that rule.
function M.denies(rule, cases, policy)
  each(cases, policy, function(title, verdict)
    busted.it("denies " .. title, function()
      local got = verdict()
      assert(not got.allow, "it was allowed")
      assert(got.msg:find("[" .. rule .. "]", 1, true), "another reason: " .. got.msg)
    end)
  end)
end

--- `it("allows …")` for each case.
function M.allows(cases, policy)
  each(cases, policy, function(title, verdict)
    busted.it("allows " .. title, function()
      local got = verdict()
      assert(got.allow, got.msg)
    end)
  end)
end

return M
