--- What the rules and profiles of a library say of themselves.
--
-- Files are run here for what they declare only, by stand-ins for rule(), profile() and the types of
-- parameters. Whether they are right is for the engine to say: spec/catalogue_spec.lua asks it.

local M = {}

local library = ""

local function read(path)
  local file = assert(io.open(path))
  local content = file:read("a")
  file:close()
  return content
end

--- Names of files below a folder of the library, without ending, in order.
local function names(folder)
  local found = {}
  local at = library .. "/" .. folder .. "/"
  local pipe = assert(io.popen(("find '%s' -name '*.lua' 2>/dev/null | LC_ALL=C sort"):format(at)))
  for path in pipe:lines() do
    found[#found + 1] = path:sub(#at + 1, -5)
  end
  pipe:close()
  return found
end

local function declared(fields)
  return fields
end

--- list_of("path", { "/srv" })
local function many(kind)
  return function(of, initial)
    return { type = kind .. of, initial = initial or {} }
  end
end

local FORMS = {
  rule = declared,
  profile = declared,
  data = function(name) return { data = name } end,
  list_of = many("list of "),
  map_of = many("map of "),
  one_of = function(choices, initial)
    return { choices = choices, initial = initial or choices[1] }
  end,
  string_of = function(initial) return { type = "string", initial = initial } end,
  bool = function(initial) return { type = "bool", initial = initial or false } end,
}

local function run(path)
  local env = {}
  setmetatable(env, {
    __index = function(_, name)
      -- What else a file calls while it is loaded is a type of parameters.
      return FORMS[name] or _G[name] or function(initial) return { type = name, initial = initial } end
    end,
  })
  env.require = function(name)
    return run(("%s/%s.lua"):format(library, (name:gsub("%.", "/"))))
  end
  return assert(loadfile(path, "t", env))()
end

--- The comment that a file starts with, a paragraph each.
function M.paragraphs(text)
  local found = { "" }
  for line in text:gmatch("([^\n]*)\n") do
    local words = line:match("^%-%-%-?%s?(.*)")
    if not words then
      break
    elseif words == "" or words:find("^%u%l+: ") then
      found[#found + 1] = words
    else
      found[#found] = (found[#found] .. " " .. words):gsub("^ ", "")
    end
  end
  return found
end

--- What the comments above or beside a parameter say of it.
function M.words_of(text, name)
  local above = {}
  for line in (text:match("\n  params = {\n(.-)\n  },\n") or ""):gmatch("[^\n]+") do
    local comment = line:match("^    %-%- (.*)")
    if comment then
      above[#above + 1] = comment
    elseif line:find("^    " .. name .. " = ") then
      above[#above + 1] = line:match(",%s+%-%- (.*)")
      return #above > 0 and table.concat(above, " ") or nil
    else
      above = {}
    end
  end
  return nil
end

--- All rules, by id: id, category, made (what was given to rule{}), path and text.
function M.rules(at)
  local rules = {}
  library = at
  for _, name in ipairs(names("rules")) do
    local path = ("%s/rules/%s.lua"):format(library, name)
    local made = run(path)
    rules[#rules + 1] = {
      id = made.id, made = made, path = path, text = read(path), category = made.id:match("^[^.]+"),
    }
  end
  table.sort(rules, function(a, b) return a.id < b.id end)
  return rules
end

--- The profiles of a folder: name, made and doc, the paragraphs of their comment.
function M.profiles(at, folder)
  local profiles = {}
  library = at
  for _, name in ipairs(names(folder)) do
    local path = ("%s/%s/%s.lua"):format(library, folder, name)
    profiles[#profiles + 1] = { name = name, made = run(path), doc = M.paragraphs(read(path)) }
    profiles[name] = profiles[#profiles]
  end
  return profiles
end

--- A profile and those below it, the nearest first.
function M.chain(profiles, profile)
  local found = {}
  while profile do
    found[#found + 1] = profile
    profile = profiles[profile.made.extends]
  end
  return found
end

--- What the nearer profile says of a group of parameters goes before what the further one says.
local function merge(near, far)
  local merged = {}
  for key, value in pairs(far) do
    merged[key] = value
  end
  for key, value in pairs(near) do
    local both = type(value) == "table" and type(merged[key]) == "table" and #value == 0 and next(value)
    merged[key] = both and merge(value, merged[key]) or value
  end
  return merged
end

--- Whether a profile has a rule in force, in which mode, and what it tells it.
function M.standing(profiles, profile, id)
  local named, mode, whole, params = false, nil, nil, {}
  for _, each in ipairs(M.chain(profiles, profile)) do
    local entry = each.made.rules and each.made.rules[id]
    named = named or entry ~= nil
    if entry and entry.mode and not mode then
      mode = entry.mode ~= "off" and whole or entry.mode
    end
    whole = whole or each.made.mode
    params = merge(params, entry and entry.params or {})
  end
  mode = mode or whole or "enforce"
  return named and mode ~= "off", mode, params
end

return M
