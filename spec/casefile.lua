--- Reads spec/cases/*.jsonl, one case a line.

local json = require("dkjson")

local M = {}

--- The cases of a file, each with its own text as `line`.
function M.read(name)
  local cases = {}
  for line in io.lines(("spec/cases/%s.jsonl"):format(name)) do
    local case = assert(json.decode(line, 1, json.null))
    case.line = line
    cases[#cases + 1] = case
  end
  return cases
end

--- A body as the client sends it: empty lists stay lists.
function M.body(body)
  return body and json.encode(body)
end

--- The rules, or parts of the plugin, that denied.
function M.deniers(verdict)
  local names = {}
  for name in verdict.msg:gmatch("%f[^\n\0]%[([%l.%-]+)%]") do
    names[name] = true
  end
  return names
end

--- A list of names as deniers() gives them.
function M.set(list)
  local names = {}
  for _, name in ipairs(list) do
    names[name] = true
  end
  return names
end

--- A policy directory with nothing but a profile of the library.
function M.extending(profile)
  return { ["policy.lua"] = ("return profile { id = 'site', extends = '%s' }"):format(profile) }
end

return M
