--- Patterns, and what else searches: where one line of honest code meets an attacker's data.

local attack = {}

local blanks = (" "):rep(65536) .. "x"

-- answer: [limit] rules/patterns.lua:
function attack.lazy_repetitions()
  return ("a"):rep(200):find((".-"):rep(20) .. "b")
end

-- answer: [limit] rules/patterns.lua:
function attack.greedy_repetitions()
  return ("a"):rep(200):find((".*"):rep(20) .. "b")
end

-- answer: [limit] rules/patterns.lua:
function attack.optional_repetitions()
  return ("a"):rep(60):find(("a?"):rep(60) .. ("a"):rep(60) .. "b")
end

--- An honest way to trim; the blanks could be a label's value.
-- answer: [limit] rules/patterns.lua:
function attack.trim()
  return blanks:match("^(.-)%s*$")
end

-- answer: [limit] rules/patterns.lua:
function attack.trim_of_the_request(req)
  return req.container.labels.blanks:match("^(.-)%s*$")
end

--- Linear here: it takes more than one to use up a decision.
-- answer: [limit] rules/patterns.lua:
function attack.lazy_find()
  local text = ("a"):rep(65536)
  while true do
    text:find(".-b")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.balance()
  local text = ("("):rep(65536)
  while true do
    text:find("%b()")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.frontier()
  local text = ("a b "):rep(16384)
  while true do
    text:find("%f[%d]%d")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.back_reference()
  local text = ("a"):rep(20000)
  while true do
    text:find("(a*)%1b")
  end
end

-- answer: [policy-error] rules/patterns.lua:
function attack.too_many_captures()
  return ("a"):rep(100):find(("(a)"):rep(40))
end

-- answer: [policy-error] rules/patterns.lua:
function attack.pattern_too_complex()
  return ("a"):rep(300):find(("a?"):rep(300))
end

-- answer: [policy-error] rules/patterns.lua:
function attack.malformed_pattern()
  return ("a"):find("[a")
end

-- answer: [policy-error] rules/patterns.lua:
function attack.capture_that_is_not_there()
  return ("a"):gsub("a", "%9")
end

-- answer: [limit] rules/patterns.lua:
function attack.large_class()
  local class = "[" .. ("ab"):rep(30000) .. "]"
  local text = ("c"):rep(65536)
  while true do
    text:find(class)
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.gsub_expands()
  return ("x"):rep(65536):gsub("x", ("y"):rep(65536))
end

-- answer: [limit] rules/patterns.lua:
function attack.gsub_callback()
  return ("x"):rep(65536):gsub("x", function()
    while true do
    end
  end)
end

-- answer: [limit] rules/patterns.lua:
-- answer: [limit] rules/patterns.lua used its 33,554,432 bytes of memory
-- answer: [deadline] the policy took longer than
function attack.gsub_in_itself()
  local function again(text)
    return (text:gsub(".", again)) .. text
  end
  while true do
    pcall(again, "xx")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.gsub_of_nothing()
  local text = ("x"):rep(65536)
  while true do
    text:gsub("", "")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.gmatch_of_nothing()
  while true do
    for _ in ("x"):rep(1000):gmatch("()") do
    end
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.plain_find()
  local text = ("a"):rep(1024):rep(1024)
  local part = ("a"):rep(65535):rep(8) .. "b"
  while true do
    text:find(part, 1, true)
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.contains()
  local text_ = ("a"):rep(1024):rep(1024)
  local part = ("a"):rep(65535):rep(8) .. "b"
  while true do
    text.contains(text_, part)
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.glob()
  local pattern = ("*a"):rep(10000) .. "b"
  local subject = ("a"):rep(65536)
  while true do
    glob.match(pattern, subject)
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.split()
  while true do
    text.split((","):rep(65536), ",")
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.path()
  local name = ("../a/./"):rep(65536)
  while true do
    path.clean(name)
  end
end

-- answer: [limit] rules/patterns.lua:
function attack.cidr()
  while true do
    pcall(cidr.match, ("1"):rep(65536), ("f:"):rep(1000))
  end
end

-- answer: [attack.patterns] nothing
function attack.get(req)
  return deny(get(req, ("a."):rep(50000)) or "nothing")
end

return rule {
  id = "attack.patterns",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.patterns or ""]
    return run and run(req, p, ctx)
  end,
}
