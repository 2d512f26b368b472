--- Code that does not end, or ends too late.

local attack = {}

--- The plainest of all.
-- answer: [limit] rules/loops.lua:8 used its 1,000,000 instructions
function attack.endless()
  while true do
  end
end

-- answer: [limit] rules/loops.lua:15 used its 1,000,000 instructions
function attack.endless_goto()
  ::again::
  goto again
end

-- answer: [limit] rules/loops.lua:20 used its 1,000,000 instructions
function attack.endless_repeat()
  repeat until false
end

-- answer: [limit] rules/loops.lua:
function attack.endless_for()
  for _ = math.mininteger, math.maxinteger do
  end
end

-- answer: [limit] rules/loops.lua:
function attack.endless_float_for()
  for _ = 1, math.huge do
  end
end

--- Steps that are lost in the size of the number: it never gets further.
-- answer: [limit] rules/loops.lua:
function attack.float_for_stands_still()
  local x = 2.0 ^ 53
  while x ~= 2.0 ^ 54 do
    x = x + 1.0
  end
end

--- A loop whose last step would overflow ends all the same.
-- answer: [attack.loops] it took 2 rounds
function attack.for_up_to_the_largest()
  local count = 0
  for _ = math.maxinteger - 1, math.maxinteger do
    count = count + 1
  end
  return deny("it took " .. count .. " rounds")
end

-- answer: [policy-error] rules/loops.lua:*: 'for' step is zero
function attack.for_without_a_step()
  for _ = 1, 2, 0 do
  end
end

-- answer: [limit] rules/loops.lua:
function attack.endless_in_pcall()
  pcall(function()
    while true do
    end
  end)
end

--- Whatever ends the inner loop, go on with the next.
-- answer: [limit] rules/loops.lua:
function attack.endless_pcalls()
  while true do
    pcall(function()
      while true do
      end
    end)
  end
end

-- answer: [limit] rules/loops.lua:
function attack.endless_errors()
  while true do
    pcall(error, "x")
  end
end

-- answer: [limit] rules/loops.lua:
-- answer: [deadline] the policy took longer than
function attack.nested_pcalls()
  local function deeper()
    pcall(deeper)
    pcall(deeper)
  end
  deeper()
end

--- Each new pcall() counts as a level of C calls, of which there are 200.
-- answer: [limit] rules/loops.lua:
-- answer: [deadline] the policy took longer than
function attack.pcall_of_pcall()
  local call = pcall
  while true do
    call(call, call, call, call, error)
  end
end

--- A message handler would run with the instruction hook off.
-- answer: [attack.loops] xpcall is a nil
function attack.handler()
  return deny("xpcall is a " .. type(xpcall))
end

--- A finalizer would run with the hook off.
-- answer: [attack.loops] setmetatable is a nil
function attack.finalizer()
  return deny("setmetatable is a " .. type(setmetatable))
end

--- Each coroutine would count its own instructions.
-- answer: [attack.loops] coroutine is a nil
function attack.coroutine()
  return deny("coroutine is a " .. type(coroutine))
end

--- Nothing that policies can get at has a __close.
-- answer: [policy-error] rules/loops.lua:*: variable 'guard' got a non-closable value
function attack.close()
  local guard <close> = {}
  return guard
end

--- Values that may be closed do nothing.
-- answer: [limit] rules/loops.lua:
function attack.close_of_nothing()
  while true do
    local guard <close> = nil
    pcall(error, guard)
  end
end

-- answer: [limit] rules/loops.lua:
function attack.endless_tail_call()
  local function again()
    return again()
  end
  return again()
end

-- answer: [limit] rules/loops.lua:
-- answer: [limit] rules/loops.lua used its 33,554,432 bytes of memory
-- answer: [policy-error] rules/loops.lua:
function attack.endless_recursion()
  local function deeper(n)
    return 1 + deeper(n + 1)
  end
  return deeper(1)
end

-- answer: [limit] rules/loops.lua:
function attack.recursion_in_pcall()
  local function deeper()
    local _, n = pcall(deeper)
    return n
  end
  while true do
    deeper()
  end
end

--- Two to the power of 40 calls, never more than 40 deep.
-- answer: [limit] rules/loops.lua:
function attack.fibonacci()
  local function f(n)
    return n < 2 and n or f(n - 1) + f(n - 2)
  end
  return f(90)
end

--- A walk over a list that grows with it.
-- answer: [limit] rules/loops.lua:
function attack.list_grows_while_walked()
  local list = { 1 }
  for i, value in ipairs(list) do
    list[i + 1] = value
  end
end

--- pairs() walks what was there when it began.
-- answer: [attack.loops] it took 3 rounds
function attack.table_grows_while_walked()
  local t = { a = 1, b = 2, c = 3 }
  local count = 0
  for key in pairs(t) do
    t[key .. "x"] = true
    count = count + 1
  end
  return deny("it took " .. count .. " rounds")
end

-- answer: [limit] rules/loops.lua:
function attack.iterator_without_end()
  for _ in function() return true end do
  end
end

-- answer: [limit] rules/loops.lua:
function attack.the_request_for_ever(req)
  while true do
    for _, value in pairs(req.headers) do
      value:lower()
    end
  end
end

return rule {
  id = "attack.loops",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.loops or ""]
    return run and run(req, p, ctx)
  end,
}
