--- Denies images that are not from listed registries, by name: where the layers of an image truly
-- come from, its name cannot say.
-- Source: Docker Engine API, Image of a container or service, fromImage of a pull.
--
-- docker tag, commit, import, load and build give any name to any content. With local_names = "deny"
-- listed names can only be pulled; docker load has a rule of its own, image.load.

--- Calls that give a name, and pull nothing.
local GIVES_NAMES = { ["image.tag"] = true, ["image.commit"] = true, ["image.import"] = true }

local function refuse(image, msg, fix)
  return deny(msg, { field = image.via, fix = fix })
end

local function instead(p)
  if #p.allow == 0 then
    return "ask an administrator to list its registry"
  end
  return "use an image of " .. table.concat(p.allow, " or ")
end

local function judge_tag(image, p)
  if #p.deny_tags == 0 or image.digest then
    return
  elseif image.all_tags then
    return refuse(image, ("all tags of %s may hold unwanted ones"):format(image.name),
      "name one tag, or use a digest")
  elseif glob.any(p.deny_tags, image.tag) then
    return refuse(image, ("tag %s is not allowed"):format(image.tag),
      "use the tag of a version, or a digest")
  end
end

local function judge_used(image, p)
  if image.may_be_id or image.is_id then
    if p.ids == "allow" then
      return
    end
    return refuse(image, ("%s may be an id, which does not say where an image is from"):format(image.raw),
      "use the image's full name, registry and tag included")
  elseif not image.valid then
    return refuse(image, ("'%s' is not a name of an image"):format(image.raw), instead(p))
  elseif not glob.any(p.allow, image.name) then
    return refuse(image, ("image %s is not from an allowed registry"):format(image.name), instead(p))
  end
  return judge_tag(image, p)
end

local function judge_given(image, p)
  if p.local_names == "deny" and glob.any(p.allow, image.name) then
    return refuse(image, ("%s would pass for an image from its registry"):format(image.name),
      "give it a name that does not match " .. table.concat(p.allow, " or "))
  end
end

return rule {
  id = "image.registry",
  api = 1,
  title = "Images must come from listed registries",
  severity = "high",
  refs = {
    "CIS-2.5", "CIS-4.2", "NIST-4.2.1", "T1204.003", "kyverno:restrict-image-registries",
    "gatekeeper:allowedrepos",
  },
  on = {
    "container.create", "service.create", "service.update", "image.pull", "image.tag", "image.commit",
    "image.import", "build.run",
  },
  params = {
    -- registry and repository: "registry.example.com/team/*", "docker.io/library/*"
    allow = list_of("glob", {}),
    -- tags that may not be used: "latest"
    deny_tags = list_of("glob", {}),
    -- images by id, or by a name that may be the beginning of one
    ids = one_of { "deny", "allow" },
    -- may images that are made here have a listed name?
    local_names = one_of { "allow", "deny" },
  },

  check = function(req, p)
    if req.action == "build.run" then
      local found = {}
      for _, tag in ipairs(req.build.tags) do
        found[#found + 1] = judge_given(tag, p)
      end
      return found
    elseif not req.image then
      return
    elseif GIVES_NAMES[req.action] then
      return judge_given(req.image, p)
    end
    return judge_used(req.image, p)
  end,
}
