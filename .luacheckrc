-- `policy` names exactly the globals that plugin/policy/stdlib.c gives to policies, so that what a
-- policy cannot reach is a lint error.
stds.policy = {
  read_globals = {
    "_VERSION", "assert", "error", "ipairs", "next", "pairs", "pcall", "select", "tonumber",
    "tostring", "type",
    math = {
      fields = {
        "abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger", "modf",
        "tointeger", "type", "ult",
      },
    },
    string = {
      fields = {
        "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep",
        "reverse", "sub", "upper",
      },
    },
    table = { fields = { "concat", "insert", "pack", "remove", "sort", "unpack" } },
    utf8 = { fields = { "char", "charpattern", "codepoint", "codes", "len", "offset" } },
    -- ours
    "allow", "audit", "bool", "data", "deny", "duration", "get", "hours", "int", "list_of", "map_of", "number",
    "one_of", "period", "profile", "require", "rule", "size", "string_of", "url", "weekday",
    "zone",
    cidr = { fields = { "any", "match" } },
    glob = { fields = { "any", "match" } },
    path = { fields = { "clean", "reaches", "under", "under_any" } },
    text = { fields = { "contains", "ends", "split", "starts", "trim" } },
    time = { fields = { "fields", "parse", "text" } },
  },
}
std = "lua54"
exclude_files = { "build" }
max_line_length = 120
files["lua-policies"] = { std = "policy", max_cyclomatic_complexity = 10 }
files["spec"] = { std = "lua54+busted" }
-- They reach for what is not there, on purpose: only their syntax is looked at.
files["tests/containment/attacks"] = { only = { "0" } }
