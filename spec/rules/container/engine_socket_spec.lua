local engine = require("engine")

local RULE = "container.engine-socket"

local function bind(source, image)
  return engine.create({ Binds = { source .. ":/x" } }, { Image = image })
end

local function volume(options)
  return engine.volume({ Name = "v", Driver = "local", DriverOpts = options })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["the engine's socket"] = bind("/var/run/docker.sock"),
    ["the same in its true place"] = bind("/run/docker.sock"),
    ["the same, only read"] = engine.create({ Binds = { "/run/docker.sock:/x:ro" } }),
    ["an odd way to write it"] = bind("//run/./lock/..//docker.sock"),
    ["a socket elsewhere"] = bind("/srv/engines/docker.sock"),
    ["the socket of containerd"] = bind("/run/containerd/containerd.sock"),
    ["the socket of CRI-O"] = bind("/var/run/crio/crio.sock"),
    ["the socket of Podman"] = bind("/run/podman/podman.sock"),
    ["the socket of a user's engine"] = bind("/run/user/1000/docker.sock"),
    ["the socket of BuildKit"] = bind("/run/buildkit/buildkitd.sock"),
    ["the directory above"] = bind("/run"),
    ["the directory above by its old name"] = bind("/var/run"),
    ["the directory of containerd"] = bind("/run/containerd"),
    ["the engine's plugins"] = bind("/run/docker/plugins"),
    ["the root of the host"] = bind("/"),
    ["by way of a process"] = bind("/proc/1/root/run/docker.sock"),
    ["in Mounts"] = engine.create({ Mounts = { { Type = "bind", Source = "/run/docker.sock", Target = "/x" } } }),
    ["of a service"] =
      engine.service({ Mounts = { { Type = "bind", Source = "/run/docker.sock", Target = "/x" } } }),
    ["by a volume"] = volume({ type = "none", o = "bind", device = "/run/docker.sock" }),
    ["by a volume of another type"] = volume({ type = "tmpfs", o = "ro,rbind", device = "/run" }),
    ["by a volume that a mount makes"] = engine.create({ Mounts = { {
      Type = "volume", Source = "v", Target = "/x",
      VolumeOptions = { DriverConfig = { Options = { type = "none", o = "bind", device = "/run" } } },
    } } }),
    ["as a checkpoint directory"] = engine.call("POST", "/containers/web/start?checkpoint=a&checkpoint-dir=/run"),
  }, alone)

  engine.allows({
    ["no mounts"] = engine.create({}),
    ["another path of the host"] = bind("/srv/data"),
    ["a name that only starts alike"] = bind("/srv/docker.sock.d"),
    ["a name that only ends alike"] = bind("/srv/mydocker.sock"),
    ["another directory of /run"] = bind("/run/lock"),
    ["another socket"] = bind("/run/mysqld/mysqld.sock"),
    ["a volume of that name"] = engine.create({ Binds = { "docker.sock:/x" } }),
    ["a plain volume"] = engine.volume({ Name = "v" }),
    ["a file system in memory at that place"] = engine.create({ Tmpfs = { ["/run"] = "size=1m" } }),
  }, alone)

  it("says which, where", function()
    assert.equal("[container.engine-socket] /var/run/docker.sock gives control of the container engine "
      .. "(docker.sock) (HostConfig.Binds[1]). Fix: leave it out, or mount the socket of a filtering proxy.",
      engine.decide(bind("/var/run/docker.sock"), alone).msg)
  end)

  describe("with listed images and names", function()
    local listed = engine.alone(RULE, [[allow_images = { "docker.io/library/traefik" },
      names = { "docker.sock", "/srv/proxy/control" }]])

    engine.denies(RULE, {
      ["another image"] = bind("/run/docker.sock", "alpine"),
      ["an image of that name from elsewhere"] = bind("/run/docker.sock", "evil/traefik"),
      ["a listed path"] = bind("/srv/proxy/control"),
      ["the directory above a listed path"] = bind("/srv/proxy"),
      ["what lies below a listed path"] = bind("/srv/proxy/control/a"),
      ["a volume, which has no image"] = volume({ type = "none", o = "bind", device = "/run/docker.sock" }),
    }, listed)
    engine.allows({
      ["these images"] = bind("/run/docker.sock", "traefik:3"),
      ["a service of these images"] = engine.service({
        Image = "traefik:3", Mounts = { { Type = "bind", Source = "/run/docker.sock", Target = "/x" } },
      }),
      ["a socket that is not listed"] = bind("/run/podman/podman.sock"),
      ["what lies beside a listed path"] = bind("/srv/proxy/controls"),
    }, listed)
  end)
end)
