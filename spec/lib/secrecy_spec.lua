local secrecy = dofile("lua-policies/lib/secrecy.lua")

local function near(want, got)
  assert.is_true(math.abs(want - got) < 0.001, ("%f instead of %f"):format(got, want))
end

describe("lib.secrecy", function()
  it("measures bits a byte", function()
    near(0, secrecy.entropy(""))
    near(0, secrecy.entropy("a"))
    near(0, secrecy.entropy(("a"):rep(64)))
    near(1, secrecy.entropy("ab"))
    near(1, secrecy.entropy("aabb"))
    near(4, secrecy.entropy("0123456789abcdef"))
    near(math.log(10, 2), secrecy.entropy("0123456789"))
    near(0.918296, secrecy.entropy("aab"))
  end)

  it("judges from 20 bytes on", function()
    assert.is_true(secrecy.looks_random("0123456789abcdefghij", 4))
    assert.is_false(secrecy.looks_random("0123456789abcdefghi", 4))
  end)

  it("judges by the first 64 bytes", function()
    local start = ("0123456789abcdef"):rep(4)
    assert.is_true(secrecy.looks_random(start .. ("a"):rep(1000), 4))
    assert.is_true(secrecy.looks_random(start .. " /", 4))
    assert.is_false(secrecy.looks_random(start:sub(1, 63) .. "a", 4))
  end)

  it("takes what has several parts for no secret", function()
    for _, part in ipairs({ " ", "/", ":", "," }) do
      assert.is_false(secrecy.looks_random("0123456789abcdefghij" .. part .. "klm", 4))
    end
  end)
end)
