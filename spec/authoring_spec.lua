--- A new author's mistakes: `lua-authz check` names file and line, the wrong word, the nearest right
-- one where there is one, and what to do. Nothing else is said of the mistake.

local engine = require("engine")

--- A rule whose check function has this body, in line 6.
local function rule(body)
  return {
    ["rules/owner.lua"] = 'return rule {\n  id = "site.owner",\n  api = 1,\n  on = { "container.create" },\n'
      .. "  check = function(req, p)\n    " .. body .. "\n  end,\n}\n",
  }
end

--- The same with other words in place of some of its own.
local function rule_with(from, to)
  local files = rule("return nil, req, p")
  local text = files["rules/owner.lua"]
  local at, last = text:find(from, 1, true)
  files["rules/owner.lua"] = text:sub(1, at - 1) .. to .. text:sub(last + 1)
  return files
end

--- A profile with this entry in line 5.
local function profile(entry)
  return {
    ["policy.lua"] = 'return profile {\n  id = "site",\n  extends = "baseline",\n  rules = {\n    '
      .. entry .. "\n  },\n}\n",
  }
end

local NO_OUTSIDE = " in policies: a rule sees req, p and ctx only: no files, programs, network or environment"
local MAY_RETURN = "; it may return nothing, or what deny(), audit() or allow() made, or a list of these"
local WRITE_IF = '; write: if ... then return deny("why") end'

local mistakes = {
  ["a field that is misspelt"] = {
    rule('if not req.container.lables.owner then return deny("no owner") end'),
    "rules/owner.lua:6: req.container has no field 'lables'; did you mean 'labels'?",
  },
  ["a part of the request that is misspelt"] = {
    rule('if req.contaner then return deny("x") end'),
    "rules/owner.lua:6: req has no field 'contaner'; did you mean 'container'?",
  },
  ["a misspelt field that no ordinary call gets to"] = {
    rule('if req.user.name == "nobody" then return deny(req.container.image.nam) end'),
    "rules/owner.lua:6: req.container.image has no field 'nam'; did you mean 'name'?",
  },
  ["a list that is read like a record"] = {
    rule('if req.mounts.source == "/" then return deny("x") end'),
    "rules/owner.lua:6: req.mounts is a list and has no field 'source'; take one of it (req.mounts[1]), or all: "
      .. "for _, item in ipairs(req.mounts) do",
  },
  ["a decision that is not returned"] = {
    rule('deny("a container needs the label owner")'),
    "rules/owner.lua:6: what deny() made here was not returned; write: return deny(...)",
  },
  ["a raw boolean"] = {
    rule("return req.container.privileged"),
    "rules/owner.lua:1: check returned a boolean" .. MAY_RETURN .. WRITE_IF,
  },
  ["a text as answer"] = {
    rule('return "no"'),
    "rules/owner.lua:1: check returned a string" .. MAY_RETURN,
  },
  ["a denial without words"] = {
    rule("return deny()"),
    "rules/owner.lua:6: deny needs a text that says what is wrong, got nothing",
  },
  ["an option of deny that is misspelt"] = {
    rule('return deny("x", { feild = "Labels" })'),
    "rules/owner.lua:6: deny has no key 'feild'; did you mean 'field'?",
  },
  ["an unknown action"] = {
    rule_with("container.create", "container.craete"),
    "rules/owner.lua:4: rule.on: there is no action 'container.craete'; did you mean 'container.create'?",
  },
  ["a word that is no action at all"] = {
    rule_with("container.create", "create"),
    "rules/owner.lua:4: rule.on: there is no action 'create'; actions have names such as \"container.create\", "
      .. 'and "container.*" means all of a kind',
  },
  ["a comparison with an unknown action"] = {
    rule('if req.action == "container.creat" then return deny("x") end'),
    "rules/owner.lua:6: there is no action 'container.creat'; did you mean 'container.create'?",
  },
  ["a comparison with an action that the rule is never asked about"] = {
    rule('if req.action == "exec.create" then return deny("x") end'),
    "rules/owner.lua:6: req.action is never 'exec.create' here: 'on' does not name it",
  },
  ["a parameter that the rule does not declare"] = {
    rule('if p.allow then return deny("x") end'),
    "rules/owner.lua:6: p has no field 'allow'; the parameters of a rule are those that it declares in params",
  },
  ["a key of a rule that is misspelt"] = {
    rule_with("check =", "chek ="),
    "rules/owner.lua:5: rule has no key 'chek'; did you mean 'check'?",
  },
  ["a type of parameter that is misspelt"] = {
    rule_with("api = 1,", 'params = { most = sise("1g") },'),
    "rules/owner.lua:3: there is no 'sise' here; did you mean 'size'?",
  },
  ["a file that returns nothing"] = {
    rule_with("return rule", "rule"),
    "rules/owner.lua:1: this file does not return what rule { ... } made; write: return rule { ... }",
  },
  ["a comma that is missing"] = {
    rule_with("api = 1,", "api = 1"),
    "rules/owner.lua:4: '}' expected (to close '{' at line 1) near 'on'",
  },
  ["an operator of other languages"] = {
    rule('if req.user.name != "ann" then return deny("x") end'),
    "rules/owner.lua:6: 'then' expected near '!'; in Lua, write ~= for 'is not', and not for 'not'",
  },
  ["two conditions as in other languages"] = {
    rule('if p && req then return deny("x") end'),
    "rules/owner.lua:6: unexpected symbol near '&'; in Lua, write and",
  },
  ["a rule's name without quotes"] = {
    profile('container.bind-mounts = { mode = "off" },'),
    "policy.lua:5: '}' expected (to close '{' at line 4) near '='"
      .. "; a name with '.' or '-' in it is written [\"name\"] = ...",
  },
  ["a global that is assigned"] = {
    rule("count = 1"),
    "rules/owner.lua:6: count is a global here, and forgotten after each call; write: local count = ...",
  },
  ["a variable that nobody set"] = {
    rule('if cuont then return deny("x") end'),
    "rules/owner.lua:6: there is no 'cuont' here; if it is a variable, set it before with: local name = ...",
  },
  ["a function that is misspelt"] = {
    rule('return dney("x")'),
    "rules/owner.lua:6: there is no 'dney' here; did you mean 'deny'?",
  },
  ["the clock"] = { rule("return os.time() and nil"), "rules/owner.lua:6: there is no os" .. NO_OUTSIDE },
  ["a file"] = { rule('io.open("/etc/passwd")'), "rules/owner.lua:6: there is no io" .. NO_OUTSIDE },
  ["printing"] = {
    rule("print(req.action)"),
    "rules/owner.lua:6: there is no print in policies: to see a value while you try, return audit(tostring(value))",
  },
  ["a function that a library lacks"] = {
    rule('if text.startswith(req.path, "/") then return deny("x") end'),
    "rules/owner.lua:6: there is no text.startswith in policies; it has contains, ends, split, starts, trim",
  },
  ["a module from elsewhere"] = {
    rule_with("return rule", 'local foo = require("foo")\nreturn foo and rule'),
    'rules/owner.lua:1: there is no file lib/ for require("foo"); require("lib.x") gives lib/x.lua, and there is '
      .. "nothing else",
  },
  ["a request that is written to"] = { rule('req.path = "/"'), "rules/owner.lua:6: req cannot be changed" },
  ["a loop without end"] = {
    rule("while true do end"),
    "rules/owner.lua:6 used its 1,000,000 instructions, when tried on an ordinary call",
  },
  ["a parameter of another type"] = {
    profile('["container.bind-mounts"] = { params = { allow = "/srv" } },'),
    "policy.lua:5: rule container.bind-mounts: parameter allow: "
      .. "expected a list, such as { \"a\", \"b\" }, got \"/srv\"",
  },
  ["an unknown parameter"] = {
    profile('["container.bind-mounts"] = { params = { alow = { "/srv" } } },'),
    "policy.lua:5: rule container.bind-mounts: parameter alow: there is no such parameter; did you mean 'allow'?",
  },
  ["an unknown rule"] = {
    profile('["container.bind-mount"] = { mode = "off" },'),
    "policy.lua:5: there is no rule 'container.bind-mount'; did you mean 'container.bind-mounts'?",
  },
  ["a misspelt mode"] = {
    profile('["container.bind-mounts"] = { mode = "adit" },'),
    "policy.lua:5: the entry of rule container.bind-mounts.mode: "
      .. "expected \"enforce\", \"audit\" or \"off\", got \"adit\"",
  },
  ["a mode in place of an entry"] = {
    profile('["container.bind-mounts"] = "off",'),
    "policy.lua:5: the entry of rule container.bind-mounts: "
      .. "expected a table, such as { mode = \"audit\" }, got a string",
  },
  ["an unknown profile"] = {
    { ["policy.lua"] = 'return profile { id = "site", extends = "restrictd" }' },
    "policy.lua:1: the library has no profile 'restrictd' to extend; did you mean 'restricted'?",
  },
}

describe("lua-authz check", function()
  local titles = {}
  for title in pairs(mistakes) do
    titles[#titles + 1] = title
  end
  table.sort(titles)

  for _, title in ipairs(titles) do
    it("says what to do about " .. title, function()
      local files, message = table.unpack(mistakes[title])
      local result = engine.check(files)
      assert.equal(message .. "\n", result.output)
      assert.equal(1, result.status)
    end)
  end

  it("has nothing to say of a rule that is right", function()
    local result = engine.check(rule(
      'if not req.container.labels.owner then return deny("no owner", { field = "Labels" }) end'))
    assert.equal("", result.output)
    assert.equal(0, result.status)
  end)

  for _, name in ipairs({ "baseline", "restricted" }) do
    it("has nothing to say of the profile " .. name, function()
      local result = engine.check({ ["policy.lua"] = ('return profile { id = "x", extends = "%s" }'):format(name) })
      assert.equal("", result.output)
      assert.equal(0, result.status)
    end)
  end
end)
