--- Tells values that look random, as keys and tokens do.

local M = {}

local MIN_BYTES = 20 -- shorter ones have too few letters to tell
local MAX_BYTES = 64 -- of longer ones the beginning is enough

--- The logarithm to base 2 of n >= 1, to 12 places after the point.
local function log2(n)
  local whole, part, bit = 0, 0, 0.5
  while n >= 2 do
    n, whole = n / 2, whole + 1
  end
  for _ = 1, 12 do
    n = n * n
    if n >= 2 then
      n, part = n / 2, part + bit
    end
    bit = bit / 2
  end
  return whole + part
end

--- Shannon's entropy of the bytes of s, in bits a byte; 0 for none.
function M.entropy(s)
  local counts, size = {}, #s
  for i = 1, size do
    local byte = s:byte(i)
    counts[byte] = (counts[byte] or 0) + 1
  end
  local bits = 0
  for _, count in pairs(counts) do
    bits = bits + count * log2(size / count)
  end
  return size > 0 and bits / size or 0
end

--- Is the value long enough, in one word, and has it at least this many bits a byte?
function M.looks_random(value, bits)
  local start = value:sub(1, MAX_BYTES)
  return #start >= MIN_BYTES and not start:find("[%s/:,]") and M.entropy(start) >= bits
end

return M
