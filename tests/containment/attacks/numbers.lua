--- Numbers at their ends: no trap of the machine, no wrong value.

local attack = {}

-- answer: [policy-error] rules/numbers.lua:
function attack.divided_by_nothing()
  return 1 // 0
end

-- answer: [policy-error] rules/numbers.lua:
function attack.rest_of_nothing()
  return 1 % 0
end

--- The machine's own division traps here.
-- answer: [attack.numbers] -9223372036854775808 0 0
function attack.smallest_by_minus_one()
  local smallest, one = math.mininteger, -1
  return deny(("%d %d %d"):format(smallest // one, smallest % one, math.fmod(smallest, one)))
end

-- answer: [attack.numbers] 0 0 0
function attack.shifts()
  local far = math.maxinteger
  return deny(("%d %d %d"):format(1 << far, 1 >> far, 1 << math.mininteger))
end

-- answer: [policy-error] rules/numbers.lua:
function attack.float_as_integer()
  return 1e300 | 0
end

-- answer: [policy-error] rules/numbers.lua:
function attack.not_a_number_as_key()
  return ({})[0 / 0], { [0 / 0] = 1 }
end

-- answer: [attack.numbers] 1 xx 0
function attack.positions()
  local s = "xx"
  local none = s:byte(math.maxinteger)
  return deny(("%d %s %d"):format(s:find("x", math.mininteger), s:sub(math.mininteger, math.maxinteger), none or 0))
end

-- answer: [policy-error] rules/numbers.lua:
function attack.format_a_fraction()
  return ("%d"):format(1.5)
end

-- answer: [policy-error] rules/numbers.lua:
function attack.byte_out_of_range()
  return string.char(256)
end

--- Lua 5.4.4 gets this wrong in a chunk with many constants.
-- answer: [attack.numbers] 0
function attack.bits()
  return deny(("%d"):format(1 & (2 or 3)))
end

return rule {
  id = "attack.numbers",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.numbers or ""]
    return run and run(req, p, ctx)
  end,
}
