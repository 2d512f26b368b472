local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("registries")
local DIGEST = "@sha256:" .. ("0a"):rep(32)
local APP = "registry.example.com/team/app"

local function run(image)
  return engine.create({}, { Image = image })
end

local function pull(image, tag)
  return engine.call("POST", ("/images/create?fromImage=%s&tag=%s"):format(image:gsub("/", "%%2F"), tag))
end

describe("the recipe for listed registries", function()
  engine.denies("image.registry", {
    ["Docker Hub"] = run("alpine" .. DIGEST),
    ["a registry whose name begins alike"] = run("registry.example.com.evil.org/team/app" .. DIGEST),
    ["a listed name on another port"] = run("registry.example.com:5000/team/app" .. DIGEST),
    ["a pull from elsewhere"] = pull("ghcr.io/x/y", "sha256:" .. ("0a"):rep(32)),
    ["an image by its id"] = run("sha256:" .. ("0a"):rep(32)),
    ["a listed name for something else"] = engine.call("POST",
      "/images/alpine/tag?repo=registry.example.com%2Fteam%2Fapp&tag=1"),
    ["a listed name for what is built"] = engine.call("POST", "/build?t=registry.example.com%2Fteam%2Fapp%3A1"),
  }, policy)
  engine.denies("image.digest", {
    ["a tag"] = run(APP .. ":1.2"),
    ["no tag"] = run(APP),
    ["a pull by tag"] = pull(APP, "1.2"),
    ["a service by tag"] = engine.service({ Image = APP .. ":1.2" }),
  }, policy)
  engine.denies("image.load", {
    ["images from a file"] = engine.call("POST", "/images/load"),
    ["an image from an address"] = engine.call("POST", "/images/create?fromSrc=http%3A%2F%2Fx%2Fy.tar"),
  }, policy)

  engine.allows({
    ["a listed image by digest"] = run(APP .. DIGEST),
    ["tag and digest"] = run(APP .. ":1.2" .. DIGEST),
    ["a pull by digest"] = pull(APP, "sha256:" .. ("0a"):rep(32)),
    ["a service by digest"] = engine.service({ Image = APP .. DIGEST }),
    ["a build that is only kept"] = engine.call("POST", "/build?t=mine%3A1"),
    ["the list of images"] = engine.call("GET", "/images/json"),
  }, policy)
end)
