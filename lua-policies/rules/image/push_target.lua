--- Denies sending images to places that are not listed.
-- Source: Docker Engine API, /images/{name}/push; the parameter outputs of a build, by which BuildKit
-- pushes on its own.

local function refuse(name, field, p)
  return deny(("pushing to %s is not allowed"):format(name), {
    field = field,
    fix = #p.allow > 0 and "push to " .. table.concat(p.allow, " or ") or "ask an administrator",
  })
end

--- The names of an output are not parsed here, so it may not push at all.
local function pushes(output)
  return output.type == "registry" or (output.type == "image" and output.attributes.push)
end

local function judge_build(build, p)
  local found = {}
  for _, output in ipairs(build.outputs) do
    if pushes(output) then
      found[#found + 1] = refuse(output.attributes.name or "a registry", "outputs", p)
    end
  end
  return found
end

return rule {
  id = "image.push-target",
  api = 1,
  title = "Images must be pushed to listed places only",
  severity = "high",
  refs = { "NIST-4.2.1", "T1525", "T1567" },
  on = { "image.push", "build.run" },
  params = {
    -- registry and repository: "registry.example.com/team/*"
    allow = list_of("glob", {}),
  },

  check = function(req, p)
    if req.action == "build.run" then
      return judge_build(req.build, p)
    end
    local image = req.image
    if not (image.valid and glob.any(p.allow, image.name)) then
      return refuse(image.name ~= "" and image.name or image.raw, image.via, p)
    end
  end,
}
