--- Bounds what a classic build may ask for beside its files, which are never seen.
-- Source: Docker Engine API, parameters of POST /build. Host networks, control groups, seccomp and
-- secrets in arguments are judged by the rules for containers.

local function refuse(msg, field, fix)
  return deny(msg, { field = field, fix = fix })
end

local function judge_remote(build, p)
  if build.context == "remote" and not glob.any(p.remote, build.remote) then
    return refuse(("building from %s is not allowed"):format(build.remote), "remote",
      "send the files (docker build .)")
  end
end

local function judge_extra_hosts(build, p)
  if p.extra_hosts == "deny" and #build.extra_hosts > 0 then
    return refuse("a build may not give names to addresses", "extrahosts", "leave out --add-host")
  end
end

local function judge_memory(build, p)
  local memory = build.limits.memory
  if p.memory_max > 0 and not (memory and memory <= p.memory_max) then
    return refuse(("a build may use at most %d bytes of memory"):format(p.memory_max), "memory",
      ("add --memory %d"):format(p.memory_max))
  end
end

return rule {
  id = "build.options",
  api = 1,
  title = "Builds must ask for no more than is listed",
  severity = "medium",
  refs = { "T1612", "NIST-4.1.5" },
  on = { "build.run" },
  params = {
    -- may a build give names to addresses (--add-host)?
    extra_hosts = one_of { "allow", "deny" },
    memory_max = size(0), -- 0: none is needed
    -- addresses that the engine may fetch the files from: "https://git.example.com/team/*"
    remote = list_of("glob", {}),
    -- registry and repository of the names that a build may give
    tags = list_of("glob", { "*" }),
  },

  check = function(req, p)
    local build, found = req.build, {}
    found[#found + 1] = judge_remote(build, p)
    found[#found + 1] = judge_extra_hosts(build, p)
    found[#found + 1] = judge_memory(build, p)
    for _, name in ipairs(build.unreadable) do
      found[#found + 1] = refuse(("the parameter %s cannot be read"):format(name), name,
        "send JSON of the kind that the engine documents")
    end
    for _, tag in ipairs(build.tags) do
      if not glob.any(p.tags, tag.name) then
        found[#found + 1] = refuse(("an image may not be called %s here"):format(tag.name), tag.via,
          #p.tags > 0 and "use a name like " .. table.concat(p.tags, " or ") or "leave out --tag")
      end
    end
    return found
  end,
}
