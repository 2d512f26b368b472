--- Runs after the attacks of a call, and says so when one of them has reached it.

local function is_as_ever()
  return ("aB"):upper() == "AB" and string.upper("a") == "A" and #string.rep("ab", 3) == 6
    and table.concat({ 1, 2 }, ",") == "1,2" and math.max(1, 2) == 2 and utf8.len("ab") == 2
    and text.starts("ab", "a") and glob.match("a*", "ab") and path.clean("/a/../b") == "/b"
    and cidr.match("10.0.0.1", "10.0.0.0/8") and type(deny) == "function" and _ENV.kept == nil
end

return rule {
  id = "witness.library",
  api = 1,
  on = { "container.create" },
  check = function(req)
    if not is_as_ever() or req.image.name ~= "docker.io/library/busybox" then
      return deny("an attack has reached another rule")
    end
  end,
}
