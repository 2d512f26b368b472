--- Denies commands by name in running containers. Advice, not a barrier: a shell or a copy of the
-- program under another name runs anything.
-- Source: Docker Engine API, ContainerExec Cmd.

--- "/usr/bin/nsenter" is nsenter.
local function program(cmd)
  local parts = text.split(cmd[1] or "", "/")
  return parts[#parts]
end

--- The words of the command with a blank between them, as people would write it.
local function line(cmd)
  local words = {}
  for i, word in ipairs(cmd) do
    words[i] = word
  end
  return table.concat(words, " ")
end

return rule {
  id = "exec.commands",
  api = 1,
  title = "Some commands must not be run in containers",
  severity = "low",
  refs = { "T1609", "kyverno:block-pod-exec-by-pod-label", "article-4.9" },
  on = { "exec.create" },
  params = {
    -- a program ("nsenter", "apt*") or a whole command line ("npm install *")
    deny = list_of("glob", {}),
  },

  check = function(req, p)
    local cmd = req.exec.cmd
    local name = program(cmd)
    if glob.any(p.deny, name) or glob.any(p.deny, line(cmd)) then
      return deny(("command %s is not allowed"):format(name), {
        field = "Cmd",
        fix = "put what it is for into the image, or ask an administrator",
      })
    end
  end,
}
