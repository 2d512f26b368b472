--- What the reference for authors shows is so: every ```lua block loads, every ```console block prints
-- what stands below it, and types.lua names what policies really have.

local BUILD = os.getenv("AUTHZ_BUILD") or "build"

local function read(path)
  local file = assert(io.open(path), path .. " is not there: run busted in the project's own directory")
  local content = file:read("a")
  file:close()
  return content
end

--- The blocks of a page: section, language, text, line, and name where "`name`:" stands in front.
local function blocks(path)
  local found, block, section, name, number = {}, nil, "", nil, 0
  for line in read(path):gmatch("([^\n]*)\n") do
    number = number + 1
    if block and line == "```" then
      block = nil
    elseif block then
      block.text = block.text .. line .. "\n"
    elseif line:find("^```%l") then
      block = { section = section, language = line:sub(4), text = "", line = number, name = name }
      found[#found + 1], name = block, nil
    elseif line ~= "" then
      section = line:match("^## (.*)") or section
      name = line:match("`([%w_/.-]+)`:$")
    end
  end
  assert(#found > 0, path)
  return found
end

--- Exceptions of an example may be over when this runs.
local function for_ever(text)
  return (text:gsub('expires = "%d%d%d%d', 'expires = "9999'))
end

--- "site/rules/x.lua", "/etc/lua-authz/rules/x.lua" and "rules/x.lua" alike.
local function in_policy(name)
  return (name:gsub("^site/", ""):gsub("^/etc/lua%-authz/", ""))
end

--- The policy that a section shows, all of its files together.
local function files_of(all, section)
  local files = {}
  for _, block in ipairs(all) do
    if block.name and block.section == section then
      files[in_policy(block.name)] = for_ever(block.text)
    end
  end
  return files
end

local function run(command)
  local pipe = assert(io.popen(command))
  local output = pipe:read("a")
  pipe:close()
  return output
end

--- What bash says in a directory where site/ has these files and lua-authz is found.
local function in_shell(files, commands)
  local build = run("realpath " .. BUILD):gsub("\n", "")
  local directory = run("mktemp -d"):gsub("\n", "")
  files["../commands"] = commands
  for name, content in pairs(files) do
    run(("mkdir -p '%s/site/%s'"):format(directory, name:match("^(.*)/") or ""))
    local file = assert(io.open(directory .. "/site/" .. name, "w"))
    file:write(content)
    file:close()
  end
  local output = run(("cd '%s' && PATH='%s':$PATH bash commands 2>&1"):format(directory, build))
  run("rm -r " .. directory)
  return output
end

--- "$ command" with its "> more", and what is printed.
local function split(console)
  local commands, output = "", ""
  for line in console:gmatch("([^\n]*)\n") do
    local command = line:match("^[$>] (.*)")
    if command then
      commands = commands .. command .. "\n"
    else
      output = output .. line .. "\n"
    end
  end
  return commands, output
end

--- A rule that would say this when a container is created.
local function as_rule(text)
  return {
    ["rules/fragment.lua"] = 'return rule { id = "doc.fragment", on = "container.create",\n'
      .. 'params = { allow = list_of("glob", {}) }, check = function(req, p, ctx)\n'
      .. text .. "return nil, p, ctx end }",
  }
end

local function check_clean(files)
  assert.equal("0\n", in_shell(files, "lua-authz check --policy site; echo $?"))
end

for _, path in ipairs({ "README.md", "lua-policies/README.md" }) do
  describe(path, function()
    local all = blocks(path)

    for _, block in ipairs(all) do
      if block.language == "lua" then
        it("shows Lua that loads, line " .. block.line, function()
          check_clean(block.name and files_of(all, block.section) or as_rule(block.text))
        end)
      elseif block.language == "console" then
        it("shows what commands print, line " .. block.line, function()
          local commands, output = split(block.text)
          assert.equal(output, in_shell(files_of(all, block.section), commands))
        end)
      end
    end
  end)
end

--- The rules in the table of demands: id, and whether it stands in italics.
local function demanded()
  local found = {}
  local rows = read("lua-policies/DEMANDS.md"):match("\n| demand |[^\n]*\n(.+)")
  for row in rows:gmatch("[^\n]+") do
    for star, name in row:gmatch("(%*?)`([%l-]*%.[%l.-]+)`") do
      found[#found + 1] = { id = name:gsub("^%.", "container."), italic = star == "*" }
    end
  end
  assert(#found > 0, "no rules in the table of demands")
  return found
end

describe("the table of demands", function()
  local profiles = read("lua-policies/profiles/baseline.lua") .. read("lua-policies/profiles/restricted.lua")

  for _, rule in ipairs(demanded()) do
    it("is right about " .. rule.id, function()
      read(("lua-policies/rules/%s.lua"):format((rule.id:gsub("%.", "/"):gsub("-", "_"))))
      assert.equal(rule.italic, not profiles:find('["' .. rule.id .. '"]', 1, true))
    end)
  end
end)

--- Dotted names of the functions in types.lua.
local function typed()
  local names = {}
  for name in read("lua-policies/types.lua"):gmatch("\nfunction ([%w_.]+)%(") do
    names[name] = true
  end
  return names
end

--- The same of what .luacheckrc lets policies call, plain Lua's aside.
local function linted()
  local env = { stds = {}, files = {} }
  assert(load(read(".luacheckrc"), "=.luacheckrc", "t", env))()
  local names = {}
  for key, value in pairs(env.stds.policy.read_globals) do
    if type(value) == "table" and not _G[key] then
      for _, field in ipairs(value.fields) do
        names[key .. "." .. field] = true
      end
    elseif type(key) == "number" and not _G[value] then
      names[value] = true
    end
  end
  names.require = true -- plain Lua's own is another
  return names
end

describe("lua-policies/types.lua", function()
  it("has the functions that luacheck knows", function()
    assert.same(linted(), typed())
  end)

  it("has functions that are there", function()
    local lines = {}
    for name in pairs(typed()) do
      lines[#lines + 1] = ("if type(%s) ~= 'function' then error('%s') end"):format(name, name)
    end
    check_clean({ ["rules/x.lua"] = table.concat(lines, "\n")
      .. "\nreturn rule { id = 'doc.x', on = 'container.create', check = function() end }" })
  end)
end)
