--- The recipes of the library, each as the policy.lua of a site that copied it.

local M = {}

--- A policy directory whose profile is that recipe.
function M.policy(name)
  local file = assert(io.open(("lua-policies/recipes/%s.lua"):format(name)))
  local content = file:read("a")
  file:close()
  return { ["policy.lua"] = content }, content
end

function M.names()
  local names = {}
  local pipe = assert(io.popen("ls lua-policies/recipes"))
  for file in pipe:lines() do
    names[#names + 1] = assert(file:match("^([%l_]+)%.lua$"), file)
  end
  pipe:close()
  return names
end

return M
