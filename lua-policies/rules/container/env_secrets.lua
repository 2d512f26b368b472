--- Denies passwords, keys and tokens in environment variables, where whoever may inspect reads them.
-- Source: Docker Engine API, Env of a container, a service and a command; parameter buildargs of a
-- build, which stays in the image's history. A guess by name and form: values are never shown or kept.

local secrecy = require("lib.secrecy")

local FIX = {
  ["build.run"] = "use a build secret (docker buildx build --secret), or fetch it where it is needed",
  ["service.create"] = "use docker secret create and --secret; the program reads /run/secrets/NAME",
  ["service.update"] = "use docker secret create and --secret; the program reads /run/secrets/NAME",
}

local function is_secret(name, value, p)
  if not value or value == "" or glob.any(p.allow, name:upper()) then
    return false
  end
  return glob.any(p.names, name:upper())
    or glob.any(p.patterns, value)
    or (p.entropy and secrecy.looks_random(value, p.entropy))
end

local function judge(name, value, field, req, p)
  if is_secret(name, value, p) then
    return deny(("variable %s looks like a secret"):format(name), {
      field = field,
      fix = FIX[req.action] or "mount a file with it, and give its path in " .. name .. "_FILE",
    })
  end
end

local function judge_build(req, p)
  local found = {}
  for name, value in pairs(req.build.args) do
    found[#found + 1] = judge(name, value, "buildargs", req, p)
  end
  return found
end

return rule {
  id = "container.env-secrets",
  api = 1,
  title = "Secrets must not stand in the environment",
  severity = "medium",
  refs = {
    "CIS-4.10", "CIS-7.4", "OWASP-R12", "NIST-4.1.4", "kyverno:disallow-secrets-from-env-vars", "T1552.007",
    "article-5.2",
  },
  on = { "container.create", "service.create", "service.update", "exec.create", "build.run" },
  params = {
    -- names in capitals that are fine: by custom the value of X_FILE is a path
    allow = list_of("glob", { "*_FILE", "*_PATH" }),
    -- bits a character from which a long value counts as random, such as 4.5; none: it never does
    entropy = number(),
    -- names in capitals
    names = list_of("glob", {
      "*PASSWORD*", "*PASSWD*", "*PASSPHRASE*", "*SECRET*", "*TOKEN*", "*APIKEY*", "*API_KEY*", "*ACCESS_KEY*",
      "*PRIVATE_KEY*", "*CREDENTIALS*",
    }),
    -- what secrets look like: keys in PEM, keys of AWS, tokens of GitHub, GitLab and Slack
    patterns = list_of("glob", {
      "*-----BEGIN*PRIVATE KEY-----*", "AKIA????????????????", "ASIA????????????????", "ghp_*", "gho_*", "ghs_*",
      "github_pat_*", "glpat-*", "xoxb-*", "xoxp-*",
    }),
  },

  check = function(req, p)
    if req.build then
      return judge_build(req, p)
    end
    local found = {}
    for _, entry in ipairs((req.container or req.exec).env_list) do
      found[#found + 1] = judge(entry.name, entry.value, entry.via, req, p)
    end
    return found
  end,
}
