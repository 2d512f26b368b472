local engine = require("engine")

local RULE = "container.bind-mounts"

local function bind(text)
  return engine.create({ Binds = { text } })
end

local function mount(fields)
  fields.Target = fields.Target or "/x"
  return engine.create({ Mounts = { fields } })
end

local function local_volume(options)
  return engine.volume({ Name = "v", Driver = "local", DriverOpts = options })
end

describe(RULE, function()
  engine.denies(RULE, {
    ["a host path in Binds"] = bind("/etc:/x"),
    ["a host path that is only read"] = bind("/etc:/x:ro"),
    ["the root of the host"] = bind("/:/x"),
    ["the engine's socket"] = bind("/var/run/docker.sock:/var/run/docker.sock"),
    ["a host path in Mounts"] = mount({ Type = "bind", Source = "/etc" }),
    ["a host path of a service"] =
      engine.service({ Mounts = { { Type = "bind", Source = "/etc", Target = "/x" } } }),
    ["a volume that binds a host path"] = local_volume({ type = "none", o = "bind", device = "/etc" }),
    ["a volume that binds a host path among options"] =
      local_volume({ type = "none", o = "ro,rbind", device = "/etc" }),
    ["a volume that moves a mount of the host"] = local_volume({ o = "move", device = "/etc" }),
    ["a volume that mounts something anew"] = local_volume({ o = "remount", device = "/etc" }),
    ["a volume over a disk"] = local_volume({ type = "ext4", device = "/dev/sda1" }),
    ["a volume over something without a type"] = local_volume({ device = "/dev/sda1" }),
    ["options in another letter case"] = local_volume({ Type = "none", O = "bind", Device = "/etc" }),
    ["a volume that binds, made by a mount"] = mount({
      Type = "volume", Source = "v",
      VolumeOptions = { DriverConfig = { Name = "local", Options = { type = "none", o = "bind", device = "/etc" } } },
    }),
    ["the same of a service"] = engine.service({ Mounts = { {
      Type = "volume", Source = "v", Target = "/x",
      VolumeOptions = { DriverConfig = { Options = { type = "none", o = "bind", device = "/etc" } } },
    } } }),
    ["mounts of another container"] = engine.create({ VolumesFrom = { "web" } }),
    ["mounts of another container, only read"] = engine.create({ VolumesFrom = { "web:ro" } }),
    ["a type of mount that is not known"] = mount({ Type = "npipe", Source = "/etc" }),
    ["a type in another letter case"] = mount({ Type = "BIND", Source = "/etc" }),
    ["a subpath that climbs out"] =
      mount({ Type = "volume", Source = "v", VolumeOptions = { Subpath = "a/../../b" } }),
    ["a tmpfs that is /sys made writable"] = engine.create({ Tmpfs = { ["/sys/"] = "rw,remount" } }),
    ["a tmpfs that is a bind"] = engine.create({ Tmpfs = { ["/x"] = "rbind" } }),
    ["a checkpoint whose name is a path"] =
      engine.call("POST", "/containers/web/start?checkpoint=../../../../etc"),
    ["a checkpoint whose name leads up"] = engine.call("POST", "/containers/web/start?checkpoint=.."),
    ["a checkpoint directory at start"] =
      engine.call("POST", "/containers/web/start?checkpoint=a&checkpoint-dir=/etc"),
    ["a checkpoint directory of the host"] =
      engine.call("POST", "/containers/web/checkpoints", { CheckpointID = "a", CheckpointDir = "/etc" }),
    ["listing checkpoints of a directory"] = engine.call("GET", "/containers/web/checkpoints?dir=/etc"),
    ["removing checkpoints of a directory"] = engine.call("DELETE", "/containers/web/checkpoints/a?dir=/etc"),
  })

  engine.allows({
    ["no mounts"] = engine.create({}),
    ["a named volume"] = bind("data:/x"),
    ["an anonymous volume"] = engine.create({}, { Volumes = { ["/data"] = {} } }),
    ["a volume in Mounts"] = mount({ Type = "volume", Source = "data" }),
    ["a volume with a subpath"] =
      mount({ Type = "volume", Source = "v", VolumeOptions = { Subpath = "a/b" } }),
    ["memory as a file system"] = engine.create({ Tmpfs = { ["/run"] = "size=1m" } }),
    ["memory in Mounts"] = mount({ Type = "tmpfs" }),
    ["a volume of a network file system"] =
      local_volume({ type = "nfs", o = "addr=10.0.0.1,rw", device = ":/export" }),
    ["a volume in memory"] = local_volume({ type = "tmpfs", o = "size=1m", device = "tmpfs" }),
    ["a plain volume"] = engine.volume({ Name = "v" }),
    ["a start without a body"] = engine.call("POST", "/containers/web/start"),
    ["a start from a checkpoint in its own place"] =
      engine.call("POST", "/containers/web/start?checkpoint=a"),
  })

  it("says where the path stands", function()
    local verdict = engine.decide(engine.create({ Binds = { "data:/a", "/etc:/b" } }))
    assert.equal("[container.bind-mounts] host path /etc may not be mounted (HostConfig.Binds[2]). "
      .. "Fix: use a named volume.", verdict.msg)
  end)

  describe("with listed paths", function()
    local policy = engine.with_params(RULE, [[allow = { "/srv/data/" }, allow_read_only = { "/srv/media", "/run" }]])

    engine.denies(RULE, {
      ["what lies beside them"] = bind("/srv/other:/x"),
      ["what only starts like them"] = bind("/srv/database:/x"),
      ["what lies above them"] = bind("/srv:/x"),
      ["a way out of them"] = bind("/srv/data/../../etc:/x"),
      ["writing to what may be read"] = bind("/srv/media:/x"),
      ["a socket below them"] = bind("/srv/data/docker.sock:/x"),
      ["the directory of the socket"] = bind("/run:/x:ro"),
      ["mounts that would appear on the host"] = bind("/srv/data:/x:shared"),
      ["moving a mount from there"] = local_volume({ o = "move", device = "/srv/data" }),
    }, policy)

    engine.allows({
      ["the path itself"] = bind("/srv/data:/x"),
      ["what lies below it"] = bind("/srv/data/a/b:/x"),
      ["an odd way to write it"] = bind("/srv//data/./a/:/x"),
      ["reading what may be read"] = bind("/srv/media/films:/x:ro"),
      ["a volume that binds it"] = local_volume({ type = "none", o = "bind", device = "/srv/data/a" }),
      ["mounts that follow the host"] = bind("/srv/data:/x:rslave"),
    }, policy)

    it("names them in the fix", function()
      assert.equal("[container.bind-mounts] host path /etc may not be mounted (HostConfig.Binds[1]). "
        .. "Fix: use a named volume, or a path under /srv/data.", engine.decide(bind("/etc:/x"), policy).msg)
    end)
  end)

  describe("with volumes_from and sockets allowed", function()
    local policy = engine.with_params(RULE, [[allow = { "/run" }, sockets = "allow", volumes_from = "allow"]])

    engine.allows({
      ["mounts of another container"] = engine.create({ VolumesFrom = { "web" } }),
      ["the engine's socket under a listed path"] = bind("/run/docker.sock:/x"),
    }, policy)
    engine.denies(RULE, { ["what is not listed"] = bind("/etc:/x") }, policy)
  end)
end)
