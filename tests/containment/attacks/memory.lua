--- Memory.

local attack = {}

-- answer: [limit] rules/memory.lua:9 used its 33,554,432 bytes of memory
function attack.doubled_text()
  local s = "x"
  while true do
    s = s .. s
  end
end

-- answer: [limit] rules/memory.lua:
function attack.doubled_text_in_pcall()
  local s = "x"
  while true do
    pcall(function()
      s = s .. s
    end)
  end
end

-- answer: [limit] rules/memory.lua:
function attack.growing_text()
  local s = ""
  while true do
    s = s .. ("x"):rep(1000)
  end
end

-- answer: [limit] rules/memory.lua:
function attack.list()
  local t = {}
  while true do
    t[#t + 1] = { t }
  end
end

-- answer: [limit] rules/memory.lua:
function attack.keys()
  local t = {}
  for i = 1, 1000000000 do
    t[i .. ("x"):rep(50)] = i
  end
end

-- answer: [limit] rules/memory.lua:
function attack.closures()
  local t = {}
  while true do
    local a, b, c
    t[#t + 1] = function()
      return a, b, c
    end
  end
end

-- answer: [limit] rules/memory.lua:
function attack.nested_tables()
  local t = {}
  while true do
    t = { t, {}, {}, {} }
  end
end

-- answer: [limit] rules/memory.lua:
function attack.packed()
  local t = {}
  for i = 1, 200 do
    t[i] = i
  end
  while true do
    t[1] = table.pack(table.unpack(t))
  end
end

-- answer: [limit] rules/memory.lua:
function attack.copies_of_the_request(req)
  local t = {}
  while true do
    t[#t + 1] = req.container.labels.blanks .. #t
  end
end

-- answer: [limit] rules/memory.lua:
function attack.decisions()
  local t = {}
  for i = 1, 1000000 do
    t[i] = deny("no")
  end
  return t
end

--- Nothing is ever collected in a decision, so what is thrown away counts as well.
-- answer: [limit] rules/memory.lua:
function attack.garbage()
  while true do
    local _ = { {}, {}, {}, {}, {}, {}, {}, {} }
  end
end

-- answer: [limit] rules/memory.lua:
-- answer: [policy-error] rules/memory.lua:
-- answer: [deadline] the policy took longer than
function attack.arguments()
  local function more(...)
    return more(1, ...)
  end
  return more()
end

return rule {
  id = "attack.memory",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.memory or ""]
    return run and run(req, p, ctx)
  end,
}
