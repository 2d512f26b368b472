--- Ways out: into the engine's machine, into other rules, into the next decision.

local attack = {}

--- Says which of these names hold something.
local function reached(names, library)
  local found = {}
  for _, name in ipairs(names) do
    if library[name] ~= nil then
      found[#found + 1] = name
    end
  end
  return deny("reached: " .. (found[1] and table.concat(found, " ") or "nothing"))
end

-- answer: [attack.escape] reached: nothing
function attack.globals()
  return reached({
    "_G", "collectgarbage", "coroutine", "debug", "dofile", "getmetatable", "io", "load", "loadfile", "loadstring",
    "os", "package", "print", "rawequal", "rawget", "rawlen", "rawset", "setmetatable", "warn", "xpcall",
  }, _ENV)
end

-- answer: [attack.escape] reached: nothing
function attack.libraries()
  for _, part in ipairs({ math, table, utf8 }) do
    if part.random or part.randomseed or part.move then
      return
    end
  end
  return reached({ "dump", "pack", "packsize", "unpack" }, string)
end

-- answer: [attack.escape] reached: nothing
function attack.text_methods()
  return reached({ "dump", "pack", "packsize", "unpack" }, "")
end

--- A table whose fields are nothing but its own.
-- answer: [attack.escape] reached: nothing
function attack.environment()
  return reached({ "__index", "__newindex", "__metatable", "__gc", "_LOADED", "_G" }, _ENV)
end

--- Whatever this makes of its own names, other rules do not see it.
-- answer: [attack.escape] only here
function attack.own_globals()
  local before = deny
  type, pairs, get, _ENV.deny = nil, nil, nil, nil
  return before("only here")
end

-- answer: [policy-error] rules/escape.lua:*: attempt to call a nil value (global 'deny')
function attack.another_environment()
  local _ENV = {}
  return deny("x")
end

-- answer: [attack.escape] as before
function attack.remembers()
  if _ENV.kept then
    return
  end
  _ENV.kept = true
  return deny("as before")
end

-- answer: [policy-error] rules/escape.lua:*: a library cannot be changed
function attack.library()
  string.upper = nil
end

-- answer: [attack.escape] unchanged: A
function attack.library_in_pcall()
  for _, name in ipairs({ "upper", "new", 1 }) do
    for _, part in ipairs({ string, table, math, utf8, text, glob, path, cidr }) do
      pcall(function()
        part[name] = deny
      end)
      pcall(table.insert, part, deny)
      pcall(table.remove, part)
      pcall(table.sort, part)
    end
  end
  return deny("unchanged: " .. ("a"):upper())
end

-- answer: [policy-error] rules/escape.lua:
function attack.text()
  local s = "x"
  s.upper = nil
end

-- answer: [policy-error] rules/escape.lua:
function attack.request(req)
  req.method = "GET"
end

-- answer: [policy-error] rules/escape.lua:
function attack.request_deeper(req)
  req.container.labels.escape = nil
end

-- answer: [policy-error] rules/escape.lua:
function attack.request_list(req)
  req.mounts[1] = nil
end

-- answer: [attack.escape] unchanged: busybox request
function attack.request_in_pcall(req, p, ctx)
  for _, part in ipairs({ req, req.container, req.image, req.mounts, req.container.cmd, req.raw, p, ctx }) do
    pcall(table.insert, part, 1)
    pcall(table.remove, part)
    pcall(table.sort, part)
    pcall(table.concat, part)
    pcall(table.unpack, part)
    pcall(next, part, "no such name")
    pcall(function()
      part.repository = "other"
    end)
  end
  return deny("unchanged: " .. req.image.repository:match("busybox") .. " request")
end

-- answer: [policy-error] rules/escape.lua:
function attack.parameters(_, p)
  p.anything = true
end

-- answer: [policy-error] rules/escape.lua:
function attack.context(_, _, ctx)
  ctx.now = 0
end

-- answer: [policy-error] rules/escape.lua:
function attack.unknown_field(req)
  return req.container.privileged_
end

-- answer: [policy-error] rules/escape.lua:
function attack.requires_a_file()
  return require("../../../etc/passwd")
end

-- answer: [policy-error] rules/escape.lua:
function attack.requires_a_library()
  return require("io")
end

-- answer: [policy-error] rules/escape.lua:
function attack.another_rule()
  return rule { id = "attack.other", api = 1, on = { "*" }, check = attack.another_rule }
end

-- answer: [policy-error] rules/escape.lua:
function attack.another_profile()
  return profile { id = "open" }
end

--- Addresses would tell where to aim.
-- answer: [attack.escape] table function table table
function attack.addresses(req)
  return deny(table.concat({ tostring({}), tostring(print or type), tostring(req), ("%s"):format(string) }, " "))
end

-- answer: [policy-error] rules/escape.lua:
function attack.pointer_format()
  return ("%p"):format({})
end

-- answer: [policy-error] rules/escape.lua:
function attack.address_in_an_error()
  return {} < {}
end

-- answer: [policy-error] rules/escape.lua:
function attack.address_in_a_length()
  return #deny
end

-- answer: [attack.escape] userdata userdata.
function attack.address_of_a_decision()
  local made = deny("x")
  return { deny(tostring(made) .. " " .. type(made)), made }
end

return rule {
  id = "attack.escape",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.escape or ""]
    return run and run(req, p, ctx)
  end,
}
