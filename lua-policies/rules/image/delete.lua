--- Protects images that must stay.
-- Source: Docker Engine API, DELETE /images/{name} and /images/prune. The engine also takes an id or
-- the beginning of one, which could be that of any image.

local function judge_delete(image, p)
  if image.is_id or image.may_be_id or not image.valid then
    return deny(("%s may be the id of a protected image"):format(image.raw), {
      field = image.via,
      fix = "give the image by its name and tag",
    })
  elseif glob.any(p.protect, image.name) then
    return deny(("image %s is protected"):format(image.name), {
      field = image.via,
      fix = "ask an administrator of this engine",
    })
  end
end

--- A prune takes images without a name only, unless dangling says otherwise.
local function takes_named(filters)
  for _, value in ipairs(filters and (filters.dangling or {}) or { "?" }) do
    if value ~= "true" and value ~= "1" then
      return true
    end
  end
  return false
end

return rule {
  id = "image.delete",
  api = 1,
  title = "Protected images must not be deleted",
  severity = "low",
  refs = { "T1485" },
  on = { "image.delete", "image.prune" },
  params = {
    -- registry and repository: "registry.example.com/base/*"
    protect = list_of("glob", {}),
  },

  check = function(req, p)
    if #p.protect == 0 then
      return
    elseif req.action == "image.delete" then
      return judge_delete(req.image, p)
    elseif takes_named(req.filters) then
      return deny("protected images may be among those that are unused", {
        field = "filters",
        fix = "leave out --all: only images without a name go then",
      })
    end
  end,
}
