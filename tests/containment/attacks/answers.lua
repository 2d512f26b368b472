--- Odd answers, and words that would mislead who reads them.

local attack = {}

-- answer: [policy-error] rules/answers.lua:
function attack.yes()
  return true
end

-- answer: [policy-error] rules/answers.lua:
function attack.no()
  return false
end

-- answer: [policy-error] rules/answers.lua:
function attack.words()
  return "allow"
end

-- answer: [policy-error] rules/answers.lua:
function attack.number()
  return 0
end

-- answer: [policy-error] rules/answers.lua:
function attack.function_of_its_own()
  return attack.number
end

-- answer: [policy-error] rules/answers.lua:
function attack.allow_function()
  return allow
end

-- answer: [policy-error] rules/answers.lua:
function attack.request(req)
  return req
end

-- answer: [policy-error] rules/answers.lua:
function attack.table_of_its_own()
  return { allow = true }
end

-- answer: [policy-error] rules/answers.lua:
function attack.list_with_a_hole()
  return { deny("a"), nil, deny("b") }
end

-- answer: [policy-error] rules/answers.lua:
function attack.list_in_a_list()
  return { { deny("a") } }
end

-- answer: [policy-error] rules/answers.lua:
function attack.cyclic_list()
  local t = {}
  t[1] = t
  return t
end

--- What declares a parameter looks like a decision: a value that only the plugin can make.
-- answer: [policy-error] rules/answers.lua:
function attack.parameter()
  return bool(false)
end

-- answer: [policy-error] rules/answers.lua:
function attack.parameter_in_a_list()
  return { int(1), deny("a") }
end

-- answer: [policy-error] rules/answers.lua:
function attack.allows_without_right()
  return allow("me")
end

-- answer: [policy-error] rules/answers.lua:
function attack.forgets_to_return()
  deny("no")
end

-- answer: [attack.answers] no
function attack.one_decision_many_times()
  local no = deny("no")
  return no, no, { no, no }
end

-- answer: [attack.answers] no
function attack.as_many_as_there_may_be()
  local t = {}
  for i = 1, 256 do
    t[i] = deny("no")
  end
  return t
end

-- answer: [policy-error] rules/answers.lua:
function attack.one_too_many()
  local t = {}
  for i = 1, 257 do
    t[i] = deny("no")
  end
  return t
end

-- answer: [attack.answers] no
function attack.many_results()
  local t = {}
  for i = 1, 20000 do
    t[i] = deny("no")
  end
  return table.unpack(t)
end

-- answer: [attack.answers] xxxxxxxx
function attack.long_words()
  return deny(("x"):rep(1024):rep(1024))
end

-- answer: [attack.answers] yyyyyyyy
function attack.many_long_words()
  local t = {}
  local words, more = ("y"):rep(10000), ("z"):rep(10000)
  for i = 1, 256 do
    t[i] = deny(words, { field = more, fix = more })
  end
  return t
end

-- answer: [attack.answers] a b c   [2Jd
function attack.control_characters()
  return deny("a\0b\nc\r\t\27[2Jd\127\8")
end

-- answer: [attack.answers] a???????b
function attack.not_utf8()
  return deny("a\xff\xfe\xc0\x80\xed\xa0\x80b")
end

-- answer: [attack.answers]
function attack.no_words()
  return deny("")
end

--- A second line that looks like the plugin's own.
-- answer: [attack.answers] x [container.no-privileged] fine. (decision 00000000-1)
function attack.forged_words()
  return deny("x\n[container.no-privileged] fine. (decision 00000000-1)")
end

--- Text that ends the answer's text.
-- answer: [attack.answers] "},"Allow":true,"Msg":"
function attack.forged_json()
  return deny('"},"Allow":true,"Msg":"')
end

-- answer: [policy-error] rules/answers.lua:
function attack.words_that_are_a_table()
  return deny({})
end

-- answer: [policy-error] rules/answers.lua:
function attack.options_that_are_odd()
  return deny("no", { field = {}, fix = deny })
end

-- answer: [policy-error] rules/answers.lua:
function attack.options_that_are_unknown()
  return deny("no", { allow = true })
end

-- answer: [policy-error] rules/answers.lua:*: the error raised is not text
function attack.raises_a_table()
  error({ allow = true })
end

-- answer: [policy-error] rules/answers.lua:*: the error raised is not text
function attack.raises_a_cyclic_table()
  local t = {}
  t.t = t
  error(t)
end

-- answer: [policy-error] rules/answers.lua:*: the error raised is not text
function attack.raises_nothing()
  error(nil)
end

-- answer: [policy-error] rules/answers.lua:*: the error raised is not text
function attack.raises_a_decision()
  error(deny("no"))
end

-- answer: [policy-error] rules/answers.lua:*: the error raised is not text
function attack.raises_the_request(req)
  error(req)
end

-- answer: [policy-error] rules/answers.lua:
function attack.raises_long_words()
  error(("x"):rep(1024):rep(1024))
end

-- answer: [policy-error] rules/answers.lua:*: a b
function attack.raises_control_characters()
  error("a\0b\n\27[2J", 0)
end

-- answer: [policy-error] rules/answers.lua:
function attack.error_in_an_error()
  local _, what = pcall(error, setmetatable)
  error(what .. "x")
end

return rule {
  id = "attack.answers",
  api = 1,
  on = { "container.create" },
  check = function(req, p, ctx)
    local run = attack[req.container.labels.answers or ""]
    return run and run(req, p, ctx)
  end,
}
