--- Functions and operators that work for long, or for much, in one instruction.

local attack = {}

local large = ("x"):rep(1024):rep(1024)

-- answer: [policy-error] rules/library.lua:*: string.rep: at most
function attack.rep_of_nothing()
  return (""):rep(1 << 62)
end

-- answer: [policy-error] rules/library.lua:*: string.rep: at most
function attack.rep()
  return ("x"):rep(1 << 40)
end

-- answer: [policy-error] rules/library.lua:*: string.rep: the result may have at most
function attack.rep_with_a_separator()
  return ("x"):rep(65536, ("y"):rep(65536))
end

-- answer: [limit] rules/library.lua:25 used its
function attack.rep_again_and_again()
  while true do
    large:rep(1)
  end
end

--- A comparison is one instruction, whatever it runs over.
-- answer: [deadline] the policy took longer than
function attack.compare()
  local a, b = ("\0"):rep(1024):rep(1024) .. "a", ("\0"):rep(1024):rep(1024) .. "b"
  local less
  while true do
    less = a < b or less
  end
end

-- answer: [deadline] the policy took longer than
function attack.equal()
  local a, b = large .. "a", large .. "b"
  local same
  while true do
    same = a == b or same
  end
end

--- Digits are read one by one.
-- answer: [deadline] the policy took longer than
function attack.arithmetic_on_text()
  local digits = "0x" .. ("f"):rep(1024):rep(1024)
  local sum = 0
  while true do
    sum = digits + sum
  end
end

-- answer: [deadline] the policy took longer than
function attack.tonumber()
  local digits = ("1"):rep(1024):rep(1024)
  while true do
    tonumber(digits, 36)
  end
end

-- answer: [deadline] the policy took longer than
function attack.utf8_len()
  while true do
    utf8.len(large)
  end
end

-- answer: [deadline] the policy took longer than
function attack.utf8_offset()
  while true do
    utf8.offset(large, 1048576)
  end
end

-- answer: [policy-error] rules/library.lua:
-- answer: [limit] rules/library.lua:
function attack.codepoints()
  return utf8.codepoint(large, 1, -1)
end

-- answer: [policy-error] rules/library.lua:
function attack.codepoint_too_large()
  return utf8.char(math.maxinteger)
end

-- answer: [policy-error] rules/library.lua:
function attack.codes_of_garbage()
  for _ in utf8.codes("\xff\xfe") do
  end
end

-- answer: [policy-error] rules/library.lua:
-- answer: [limit] rules/library.lua:
function attack.bytes()
  return large:byte(1, -1)
end

-- answer: [limit] rules/library.lua:
function attack.bytes_again_and_again()
  while true do
    pcall(string.byte, large, 1, 200000)
  end
end

-- answer: [limit] rules/library.lua:
function attack.lower()
  while true do
    large:lower()
  end
end

-- answer: [limit] rules/library.lua:
function attack.reverse()
  while true do
    large:reverse()
  end
end

-- answer: [policy-error] rules/library.lua:
function attack.format_width()
  return ("%99999d"):format(1)
end

-- answer: [limit] rules/library.lua:
-- answer: [deadline] the policy took longer than
function attack.format_precision()
  while true do
    ("%99.99f"):format(1e308)
  end
end

-- answer: [limit] rules/library.lua:
function attack.format_quoted()
  while true do
    ("%q"):format(large)
  end
end

-- answer: [policy-error] rules/library.lua:
function attack.format_without_arguments()
  return ("%s"):rep(10000):format("x")
end

-- answer: [limit] rules/library.lua:
function attack.concat()
  local t = {}
  for i = 1, 64 do
    t[i] = large
  end
  return table.concat(t)
end

-- answer: [policy-error] rules/library.lua:
function attack.concat_of_a_range()
  return table.concat({}, ",", 1, 1 << 40)
end

-- answer: [policy-error] rules/library.lua:
function attack.concat_of_tables()
  return table.concat({ {} })
end

-- answer: [policy-error] rules/library.lua:
function attack.unpack()
  return table.unpack({}, 1, 1e9)
end

-- answer: [policy-error] rules/library.lua:
function attack.unpack_all_integers()
  return table.unpack({}, math.mininteger, math.maxinteger)
end

-- answer: [limit] rules/library.lua:
-- answer: [deadline] the policy took longer than
function attack.unpack_again_and_again()
  while true do
    select("#", table.unpack({}, 1, 200000))
  end
end

-- answer: [deadline] the policy took longer than
-- answer: [limit] rules/library.lua:
function attack.insert_at_the_front()
  local t = {}
  for i = 1, 1000000 do
    table.insert(t, 1, i)
  end
end

-- answer: [deadline] the policy took longer than
-- answer: [limit] rules/library.lua:
function attack.remove_from_the_front()
  local t = { table.unpack({}, 1, 100) }
  for i = 1, 200000 do
    t[i] = i
  end
  while t[1] do
    table.remove(t, 1)
  end
end

-- answer: [policy-error] rules/library.lua:
function attack.insert_nowhere()
  table.insert({}, math.maxinteger, 1)
end

--- There is no length that lies without a metatable, and no table.move.
-- answer: [attack.library] move is a nil
function attack.move()
  return deny("move is a " .. type(table.move))
end

-- answer: [policy-error] rules/library.lua:
-- answer: [limit] rules/library.lua:
function attack.sort_without_order()
  local t = {}
  for i = 1, 1000 do
    t[i] = i % 7
  end
  table.sort(t, function()
    return true
  end)
end

-- answer: [limit] rules/library.lua:
function attack.sort_with_a_loop()
  table.sort({ 3, 2, 1 }, function()
    while true do
    end
  end)
end

-- answer: [deadline] the policy took longer than
-- answer: [limit] rules/library.lua:
function attack.sort_again_and_again()
  local t = {}
  for i = 1, 100000 do
    t[i] = i * 7919 % 100003
  end
  while true do
    table.sort(t)
  end
end

--- Each of these two comparisons runs over a megabyte.
-- answer: [deadline] the policy took longer than
function attack.sort_of_long_texts()
  local t = {}
  for i = 1, 8 do
    t[i] = ("\0"):rep(1024):rep(1024) .. 9 - i
  end
  while true do
    table.sort(t)
    t[1], t[8] = t[8], t[1]
  end
end

--- Integers that all have the same place in the table.
-- answer: [deadline] the policy took longer than
-- answer: [limit] rules/library.lua:
function attack.colliding_keys()
  local t = {}
  for i = 1, 200000 do
    t[i * 1048575 * 65535] = true
  end
end

--- The first key of a table that was emptied is far away.
-- answer: [deadline] the policy took longer than
-- answer: [limit] rules/library.lua:
function attack.next_in_an_emptied_table()
  local t = {}
  for i = 1, 150000 do
    t["k" .. i % 60000] = true
  end
  for i = 1, 60000 do
    t["k" .. i] = nil
  end
  while true do
    next(t)
  end
end

-- answer: [limit] rules/library.lua:
-- answer: [deadline] the policy took longer than
function attack.pairs_again_and_again()
  local t = {}
  for i = 1, 50000 do
    t[i * 3] = true
  end
  while true do
    pairs(t)
  end
end

-- answer: [policy-error] rules/library.lua:
function attack.next_of_what_is_not_there()
  return next({}, "nothing")
end

-- answer: [policy-error] rules/library.lua:
function attack.select_before_the_first()
  return select(math.mininteger, 1)
end

return rule {
  id = "attack.library",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.library or ""]
    return run and run(req, p, ctx)
  end,
}
