--- Only images of listed registries, pinned by digest.
--
-- Use: copy to /etc/lua-authz/policy.lua, and name your registries. Images are pulled and run as
-- registry.example.com/app@sha256:...
-- Limit: what is in an image is not looked at. What a build pulls with FROM is not seen, so what is built here
-- cannot get a listed name, and cannot be run here. Images that were there before count by their names.

return profile {
  id = "registries",
  api = 1,
  extends = "baseline",
  rules = {
    ["image.digest"] = {},
    ["image.load"] = {},
    ["image.registry"] = {
      params = { allow = { "registry.example.com/*" }, local_names = "deny" },
    },
  },
}
