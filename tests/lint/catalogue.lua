--- catalogue.lua [--write] LIBRARY: compare LIBRARY/CATALOGUE.md with what the rules and profiles of
-- the library say of themselves; --write makes it anew. Prints what differs; exits 1 if anything does.

package.path = arg[0]:gsub("[^/]*$", "") .. "?.lua;" .. package.path

local library = require("library")

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

--- A value as a profile writes it.
local function value_text(value)
  if type(value) == "string" then
    return '"' .. value .. '"'
  elseif type(value) ~= "table" then
    return tostring(value)
  elseif value.data then
    return ('data "%s"'):format(value.data)
  end
  local parts = {}
  for _, item in ipairs(value) do
    parts[#parts + 1] = value_text(item)
  end
  if #parts == 0 then
    for _, key in ipairs(sorted_keys(value)) do
      local name = key:find("^[%a_][%w_]*$") and key or ('["%s"]'):format(key)
      parts[#parts + 1] = name .. " = " .. value_text(value[key])
    end
  end
  return #parts == 0 and "{}" or "{ " .. table.concat(parts, ", ") .. " }"
end

local function in_cell(text)
  return (text:gsub("|", "\\|"))
end

local function code(text)
  return "`" .. in_cell(text) .. "`"
end

local function codes(list, between)
  local parts = {}
  for i, item in ipairs(list) do
    parts[i] = code(item)
  end
  return table.concat(parts, between or ", ")
end

local function type_text(param)
  if not param.choices then
    return param.type
  end
  local parts = {}
  for i, choice in ipairs(param.choices) do
    parts[i] = code(value_text(choice))
  end
  return table.concat(parts, " or ")
end

local function default_text(initial)
  if initial == nil or type(initial) == "table" and next(initial) == nil then
    return "none"
  end
  return code(value_text(initial))
end

local function add(out, format, ...)
  out[#out + 1] = select("#", ...) > 0 and format:format(...) or format
end

--- Names in the order in which they are written down, each with its place.
local function written_keys(map, text, from)
  local keys, places = sorted_keys(map), {}
  for _, key in ipairs(keys) do
    places[key] = text:find("%f[%w_]" .. key .. " = ", from) or #text
  end
  table.sort(keys, function(a, b) return places[a] < places[b] end)
  return keys, places
end

--- A line for each parameter; those of a group have its name in front.
local function add_params(out, prefix, params, rule, from, words)
  local keys, places = written_keys(params, rule.text, from)
  for _, name in ipairs(keys) do
    local param = params[name]
    local path = prefix .. name
    if param.type or param.choices then
      add(out, "| %s | %s | %s | %s |", code(path), type_text(param), default_text(param.initial),
        in_cell(words(path)))
    else
      add_params(out, path .. ".", param, rule, places[name], words)
    end
  end
end

local function param_texts(params)
  local texts = {}
  for _, name in ipairs(sorted_keys(params)) do
    texts[#texts + 1] = name .. " = " .. value_text(params[name])
  end
  return texts
end

local function profiles_of(profiles, id)
  local texts = {}
  for _, profile in ipairs(profiles) do
    local is_there, mode, params = library.standing(profiles, profile, id)
    if is_there then
      local with = param_texts(params)
      texts[#texts + 1] = ("%s%s%s"):format(code(profile.name), mode == "audit" and " (audit)" or "",
        #with > 0 and " with " .. codes(with) or "")
    end
  end
  return #texts > 0 and table.concat(texts, "; ") or "none; name it in yours"
end

local function anchor(id)
  return (id:gsub("%.", ""))
end

local INTRO = [[
# Catalogue of rules

Made by `tests/lint/catalogue.lua --write lua-policies` from the files in `rules/`, `profiles/` and `recipes/`: change
those. [README.md](README.md) says how to use them.

References: `CIS` is the CIS Docker Benchmark 1.6.0; `PSS` the Kubernetes Pod Security Standards, by level and control;
`NIST` SP 800-190; `OWASP` the Docker Security Cheat Sheet; `T` a technique of MITRE ATT&CK; `kyverno` and `gatekeeper`
the rule of the same intent in their libraries; `article` a section of the article on container security whose demands
[DEMANDS.md](DEMANDS.md) answers (1 demands, 2 and 4 mechanisms, 5 threats).
]]

local DEFAULTS = { "read", "write", "unknown" }

local function default_of(profiles, profile)
  local found = {}
  for _, each in ipairs(library.chain(profiles, profile)) do
    local said = each.made.default
    for _, class in ipairs(DEFAULTS) do
      if type(said) == "string" then
        said = { read = said, write = said }
      end
      found[class] = found[class] or said and said[class]
    end
  end
  local words = {}
  for i, class in ipairs(DEFAULTS) do
    words[i] = class .. " " .. (found[class] or "deny")
  end
  return table.concat(words, ", ")
end

local function add_profiles(out, profiles)
  add(out, "\n## Profiles\n\nA profile extends one of these by its name.")
  add(out, "Without a `policy.lua`, `baseline` is in force.\n")
  add(out, "| profile | extends | mode | default | what it is |\n|---|---|---|---|---|")
  for _, profile in ipairs(profiles) do
    local made = profile.made
    local mode
    for _, each in ipairs(library.chain(profiles, profile)) do
      mode = mode or each.made.mode
    end
    add(out, "| %s | %s | %s | %s | %s |", code(profile.name), made.extends and code(made.extends) or "",
      mode or "enforce", default_of(profiles, profile), in_cell(table.concat(profile.doc, " ")))
  end
end

--- What follows such a word in one of the paragraphs.
local function starting(doc, word)
  for _, paragraph in ipairs(doc) do
    if paragraph:sub(1, #word) == word then
      return paragraph:sub(#word + 1)
    end
  end
  return ""
end

local function add_recipes(out, recipes)
  if #recipes == 0 then
    return
  end
  add(out, "\n## Recipes\n\nFiles to copy as `policy.lua` and to change; each says how it is used.\n")
  add(out, "| recipe | extends | what it is | its limit |\n|---|---|---|---|")
  for _, recipe in ipairs(recipes) do
    local extends = recipe.made.extends
    add(out, "| [%s](recipes/%s.lua) | %s | %s | %s |", recipe.name, recipe.name, extends and code(extends) or "",
      in_cell(recipe.doc[1]), in_cell(starting(recipe.doc, "Limit: ")))
  end
end

local function add_summary(out, rules, profiles)
  local head, line = { "rule", "severity", "title" }, { "---", "---", "---" }
  for _, profile in ipairs(profiles) do
    head[#head + 1], line[#line + 1] = profile.name, "---"
  end
  add(out, "\n## All rules\n\nA profile has only the rules of the library that it, or one that it extends, names.\n")
  add(out, "| %s |\n|%s|", table.concat(head, " | "), table.concat(line, "|"))
  for _, rule in ipairs(rules) do
    local cells = { ("[%s](#%s)"):format(rule.id, anchor(rule.id)), rule.made.severity, rule.made.title }
    for _, profile in ipairs(profiles) do
      local is_there, mode = library.standing(profiles, profile, rule.id)
      cells[#cells + 1] = not is_there and "" or mode == "audit" and "audit" or "yes"
    end
    add(out, "| %s |", table.concat(cells, " | "))
  end
end

local function add_rule(out, rule, profiles, missing)
  local made = rule.made
  add(out, "\n### %s\n\n%s. Severity: %s.", rule.id, made.title, made.severity)
  for _, paragraph in ipairs(library.paragraphs(rule.text)) do
    add(out, "\n" .. paragraph)
  end
  add(out, "\nActions: %s", codes(type(made.on) == "table" and made.on or { made.on }))
  if made.params then
    add(out, "\n| parameter | type | default | what it is |\n|---|---|---|---|")
    add_params(out, "", made.params, rule, rule.text:find("\n  params = {", 1, true), function(path)
      local words = library.words_of(rule.text, path:match("^[^.]+"))
      if not words then
        missing[#missing + 1] = ("%s: parameter %s has no comment that says what it is"):format(rule.path, path)
      end
      return words or ""
    end)
  end
  add(out, "\nProfiles: %s", profiles_of(profiles, rule.id))
  if #(made.refs or {}) > 0 then
    add(out, "\nReferences: %s", table.concat(made.refs, ", "))
  end
end

--- Those that others extend first.
local function in_order(profiles)
  table.sort(profiles, function(a, b)
    local depth_a, depth_b = #library.chain(profiles, a), #library.chain(profiles, b)
    return depth_a < depth_b or depth_a == depth_b and a.name < b.name
  end)
  return profiles
end

--- The page, and what keeps it from being whole.
local function page(at)
  local rules, missing, out = library.rules(at), {}, { (INTRO:gsub("\n$", "")) }
  local profiles = in_order(library.profiles(at, "profiles"))
  add_profiles(out, profiles)
  add_recipes(out, library.profiles(at, "recipes"))
  add_summary(out, rules, profiles)
  local category
  for _, rule in ipairs(rules) do
    if rule.category ~= category then
      category = rule.category
      add(out, "\n## %s", category)
    end
    add_rule(out, rule, profiles, missing)
  end
  return table.concat(out, "\n") .. "\n", missing
end

local function main(arguments)
  local writes = arguments[1] == "--write"
  local at = assert(arguments[writes and 2 or 1], "usage: catalogue.lua [--write] LIBRARY")
  local path = at .. "/CATALOGUE.md"
  local made, missing = page(at)
  local file = writes and assert(io.open(path, "w")) or io.open(path)
  if writes then
    file:write(made)
    file:close()
  elseif not file or file:read("a") ~= made then
    missing[#missing + 1] = path .. " is not what the library says: run tests/lint/catalogue.lua --write " .. at
  end
  for _, each in ipairs(missing) do
    print(each)
  end
  return #missing == 0
end

os.exit(main(arg))
