---@meta
-- luacheck: ignore

---Names by wildcard: `*` for any characters, `?` for exactly one byte.
glob = {}

---Does the pattern cover the whole of `s`?
---@param pattern string for example `registry.example.com/team/*`
---@param s string
---@return boolean
function glob.match(pattern, s) end

---Does any pattern of the list cover the whole of `s`?
---@param list string[]
---@param s string
---@return boolean
function glob.any(list, s) end

---Paths by their words; symbolic links are not followed.
path = {}

---The shortest equal path: `/tmp/../etc//x` is `/etc/x`.
---@param p string
---@return string
function path.clean(p) end

---Is `p` the directory, or below it? By whole parts, both cleaned.
---@param p string
---@param dir string
---@return boolean
function path.under(p, dir) end

---Is `p` under any directory of the list?
---@param p string
---@param list string[]
---@return boolean
function path.under_any(p, list) end

---The first name that whoever mounts `p` gets at: an absolute path, or a socket's bare file name.
---@param p string
---@param list string[] for example `{ "docker.sock", "/etc/lua-authz" }`
---@return string?
function path.reaches(p, list) end

---IP addresses and blocks of them.
cidr = {}

---Does the address lie in the block? `nil`: it is no IP address.
---@param address string
---@param block string for example `10.0.0.0/8`, `fe80::/10`, or one address
---@return boolean?
function cidr.match(address, block) end

---Does the address lie in any block of the list? `nil`: it is no IP address.
---@param address string
---@param list string[]
---@return boolean?
function cidr.any(address, list) end

---Plain text: no patterns.
text = {}

---@param s string
---@param part string
---@return boolean
function text.starts(s, part) end

---@param s string
---@param part string
---@return boolean
function text.ends(s, part) end

---@param s string
---@param part string
---@return boolean
function text.contains(s, part) end

---The parts of `s` between separators, empty ones too.
---@param s string
---@param separator string not empty
---@return string[]
function text.split(s, separator) end

---`s` without white space at both ends.
---@param s string
---@return string
function text.trim(s) end
