---@meta
-- luacheck: ignore

-- What rules read as `req`, for editors that know LuaLS annotations.
--
-- Every struct below has all of its fields, nil or not: reading another one is an error. Maps
-- (labels, environment, sets) give nil for a key that is not there, and are walked in order of
-- their keys. Texts are as the engine reads them. "via" is where in the request something stands,
-- for messages; list positions in it count from 1.

-- Actions: made by tests/lint/actions.py --write.
---@alias Action
---| '"build.cancel"' # Cancel a build.
---| '"build.grpc"' # Open the BuildKit control channel; what follows is not seen.
---| '"build.prune"' # Empty the build cache.
---| '"build.run"' # Build an image.
---| '"build.session"' # Open a BuildKit session; what follows is not seen.
---| '"checkpoint.create"' # Save a container's state as a checkpoint.
---| '"checkpoint.delete"' # Delete a checkpoint.
---| '"checkpoint.list"' # List the checkpoints of a container.
---| '"config.create"' # Create a config.
---| '"config.delete"' # Delete a config.
---| '"config.inspect"' # Read one config, its content included.
---| '"config.list"' # List configs.
---| '"config.update"' # Change a config's labels.
---| '"container.archive_get"' # Copy files out of a container.
---| '"container.archive_put"' # Copy files into a container.
---| '"container.archive_stat"' # Read what a path in a container is.
---| '"container.attach"' # Attach to a container; what is typed reaches it.
---| '"container.attach_ws"' # Attach to a container over a websocket; what is typed reaches it.
---| '"container.changes"' # List the files that a container changed.
---| '"container.copy"' # Copy files out of a container, as engines before 24 take it.
---| '"container.create"' # Create a container.
---| '"container.delete"' # Delete a container.
---| '"container.export"' # Read a container's whole file system.
---| '"container.inspect"' # Read one container's settings, its environment included.
---| '"container.kill"' # Send a signal to a container.
---| '"container.list"' # List containers.
---| '"container.logs"' # Read or follow a container's output.
---| '"container.pause"' # Pause a container.
---| '"container.prune"' # Delete all stopped containers.
---| '"container.rename"' # Rename a container.
---| '"container.resize"' # Set the size of a container's terminal.
---| '"container.restart"' # Restart a container.
---| '"container.start"' # Start a container, perhaps from a checkpoint.
---| '"container.stats"' # Read or follow what a container uses.
---| '"container.stop"' # Stop a container.
---| '"container.top"' # List the processes of a container.
---| '"container.unpause"' # Let a paused container go on.
---| '"container.update"' # Change a container's limits or restart policy.
---| '"container.wait"' # Wait until a container stops.
---| '"exec.create"' # Prepare a command to run in a container.
---| '"exec.inspect"' # Read the state of a command.
---| '"exec.resize"' # Set the size of a command's terminal.
---| '"exec.start"' # Run a prepared command.
---| '"image.attestations"' # Read the attestations of an image.
---| '"image.commit"' # Make an image from a container.
---| '"image.delete"' # Delete an image or one of its names.
---| '"image.distribution"' # Ask a registry about an image.
---| '"image.export"' # Read images as an archive.
---| '"image.history"' # Read the layers of an image.
---| '"image.import"' # Make an image from an archive or an address.
---| '"image.inspect"' # Read one image's settings.
---| '"image.list"' # List images.
---| '"image.load"' # Load images from an archive, under any name.
---| '"image.prune"' # Delete unused images.
---| '"image.pull"' # Pull an image from a registry.
---| '"image.push"' # Push an image to a registry.
---| '"image.search"' # Search a registry.
---| '"image.tag"' # Give an image another name.
---| '"network.connect"' # Connect a container to a network.
---| '"network.create"' # Create a network.
---| '"network.delete"' # Delete a network.
---| '"network.disconnect"' # Disconnect a container from a network.
---| '"network.inspect"' # Read one network's settings.
---| '"network.list"' # List networks.
---| '"network.prune"' # Delete unused networks.
---| '"node.delete"' # Remove a node from the swarm.
---| '"node.inspect"' # Read one node's settings.
---| '"node.list"' # List the swarm's nodes.
---| '"node.update"' # Change a node's role, availability or labels.
---| '"plugin.create"' # Create a plugin from an archive.
---| '"plugin.delete"' # Delete a plugin.
---| '"plugin.disable"' # Switch a plugin off.
---| '"plugin.enable"' # Switch a plugin on.
---| '"plugin.inspect"' # Read one plugin's settings.
---| '"plugin.list"' # List the engine's plugins.
---| '"plugin.privileges"' # Ask a registry what rights a plugin wants.
---| '"plugin.pull"' # Install a plugin with the rights named in the body.
---| '"plugin.push"' # Push a plugin to a registry.
---| '"plugin.set"' # Change a plugin's settings, mounts and devices.
---| '"plugin.upgrade"' # Replace a plugin by another version.
---| '"secret.create"' # Create a secret.
---| '"secret.delete"' # Delete a secret.
---| '"secret.inspect"' # Read one secret's settings, without its content.
---| '"secret.list"' # List secrets, without their contents.
---| '"secret.update"' # Change a secret's labels.
---| '"service.create"' # Create a service.
---| '"service.delete"' # Delete a service.
---| '"service.inspect"' # Read one service's settings.
---| '"service.list"' # List services.
---| '"service.logs"' # Read or follow a service's output.
---| '"service.update"' # Change a service, or take back its last change.
---| '"swarm.init"' # Start a swarm on this engine.
---| '"swarm.inspect"' # Read the swarm's settings, its join tokens included.
---| '"swarm.join"' # Join a swarm.
---| '"swarm.leave"' # Leave the swarm.
---| '"swarm.unlock"' # Unlock the swarm.
---| '"swarm.unlock_key"' # Read the key that unlocks the swarm.
---| '"swarm.update"' # Change the swarm's settings or rotate its tokens.
---| '"system.auth"' # Check a user name and password against a registry.
---| '"system.debug"' # Reach the engine's debugging pages.
---| '"system.df"' # Read how much disk space images, containers and volumes take.
---| '"system.events"' # Follow what happens on the engine.
---| '"system.info"' # Read the engine's settings and counts.
---| '"system.options"' # Ask which methods a path takes; does nothing.
---| '"system.ping"' # Ask whether the engine answers.
---| '"system.version"' # Read the versions of the engine and its parts.
---| '"task.inspect"' # Read one task's settings.
---| '"task.list"' # List tasks.
---| '"task.logs"' # Read or follow a task's output.
---| '"volume.create"' # Create a volume.
---| '"volume.delete"' # Delete a volume.
---| '"volume.inspect"' # Read one volume's settings.
---| '"volume.list"' # List volumes.
---| '"volume.prune"' # Delete unused volumes.
---| '"volume.update"' # Change a cluster volume.
---| '"unknown"' # A call that this version does not know.
-- Actions: end.

---@class Request
---@field phase "request" which half of a call this is
---What the call asks for, "container.create"; "unknown" outside the table of actions
---@field action Action
---@field category string the action's part before the point, "container"
---@field verb string the action's part behind the point, "create"
---@field class "read"|"write"|"stream" what the call does; of a stream only its start is seen
---@field write boolean whether class is "write"
---@field method string HTTP method as sent, "POST"
---@field uri string the request target as sent
---@field path string the decoded path, without the version
---The version in the path; nil without one (the engine then takes its newest)
---@field api ApiVersion?
---Query parameters, decoded; of several the one that the engine reads: the first
---@field query table<string, string>
---@field query_all table<string, string[]> the same with all their values
---Filters of a list or a prune, by name; nil when they cannot be read, empty without any
---@field filters table<string, string[]>?
---Request headers by lower-case name; of several the last value
---@field headers table<string, string>
---@field user Caller who calls
---@field target Target the object that the path names
---Whether the engine reads a body here; what cannot be read never gets to a rule
---@field body_state "none"|"ok"
---The body as the engine holds it, in its own spelling: the way out where the view lacks something
---@field raw any?
---Fields of the body that this version does not know, "HostConfig.NewThing"
---@field unknown_fields string[]
---Everything of the host, of volumes and of images that the call brings into a container
---@field mounts Mount[]
---The image that the call names: to run, pull, push, delete; for a tag, a commit or an import the
---new name
---@field image Image?
---@field source_image Image? image.tag: the image that gets the new name
---@field container Container? container.create and services
---@field service Service? service.create, service.update
---@field exec Exec? exec.create
---@field update Update? container.update
---@field build Build? build.run
---@field commit Commit? image.commit
---@field import Import? image.import
---@field network Network? network.create, network.connect, network.disconnect
---@field volume Volume? volume.create, volume.update
---@field plugin Plugin? every call about one engine plugin
---@field swarm Swarm? swarm.init, join, leave, update and unlock
---@field node Node? node.update, node.delete
---@field secret SwarmData? secret.create, secret.update
---@field config SwarmData? config.create, config.update

---@class ApiVersion
---@field major integer 1
---@field minor integer 41 of "1.41"

---@class Caller
---@field name string? common name of the client's certificate; nil on a local socket
---@field label string the name, or "an anonymous user": for messages
---@field method string? how the engine knows the name: "TLS"; nil on a local socket
---@field anonymous boolean whether there is no name
---@field cert Certificate? the client's certificate, verified by the engine; nil when there is none

---@class Certificate
---false when o or ou lack names, for one has more than 16 or one that is not UTF-8, and when the
---certificate cannot be read, where the rest is nil or empty
---@field complete boolean
---@field not_after integer? its last moment, in seconds since 1970 (UTC)
---@field o string[] organizations of its subject
---@field ou string[] organizational units of its subject
---@field serial string? in hexadecimal capitals without zeros in front, "A1B2C"

---@class Target
---@field kind string "container", "image", "network", ...; "none" where the path names no object
---As sent, decoded: a name, an id or the beginning of one; "" where there is none
---@field name string
---@field parent string? the container of a checkpoint

---@class Mount
---A bind is a path of the host, also one that hides in a local volume's options; a device is a
---local volume over any other file system
---@field kind "bind"|"volume"|"tmpfs"|"image"|"volumes-from"|"device"|"cluster"|"unknown"
---Bind, device: path on the host, cleaned; volume: its name, nil for a new one; image: its name;
---volumes-from: the container
---@field source string?
---@field target string? path in the container, cleaned; nil where the call mounts nothing yet
---@field readonly boolean whether it cannot be written to
---@field propagation string? "rshared", "rslave", ...; nil when not said
---@field driver string? volume: its driver, "local" when none is said
---@field options table<string, string> volume: the driver's options
---@field odd_options string[] options of the local driver in another case ("Device")
---@field filesystem string? volume: the type that a local volume is mounted as, "nfs"
---@field network boolean whether that is a network file system
---@field subpath string? the part of the volume or image that is mounted
---@field climbs boolean whether the subpath leaves it ("../..")
---@field size integer? tmpfs: its size in bytes; nil when not limited
---@field nocopy boolean volume: what the image has there is not copied in
---@field relabel string? "z" or "Z": SELinux labels of the source are changed
---@field raw string? as sent, where it is one text; for "unknown" the type
---@field valid boolean false for what engines refuse
---@field via string "HostConfig.Binds[1]"

---@class Image
---@field raw string as sent
---@field name string registry and repository, "docker.io/library/busybox"; "" for an id
---@field registry string "docker.io", "localhost:5000"; "" for an id
---@field repository string "library/busybox"; "" for an id
---"latest" when neither tag nor digest is said; nil for an id, with a digest alone, and for all
---tags
---@field tag string?
---@field digest string? "sha256:..."
---@field is_id boolean an image by its id: nothing is known of where it comes from
---@field may_be_id boolean could be the beginning of an id ("3f2a"), unless an image has that name
---@field official boolean docker.io/library/...
---@field all_tags boolean a pull or push of every tag
---@field valid boolean false for a name that engines refuse
---@field via string where the name stands, "Image"

---@class Container
---@field name string? the new container's or the service's name
---@field image Image same as req.image
---@field platform string? "linux/arm64"
---@field privileged boolean
---@field user User whom the process runs as
---@field groups Group[] further groups
---@field caps Capabilities
---@field security Security
---@field namespaces Namespaces
---@field networks table<string, Endpoint> networks to be joined, by name as sent
---@field ports Port[] ports that are published on the host
---@field publish_all boolean every exposed port is published on any free port and all addresses
---@field exposed string[] ports that the image or the request exposes, "80/tcp"
---@field devices Device[] devices of the host
---@field device_rules string[] rules of the device cgroup
---@field device_requests DeviceRequest[] devices by driver: GPUs, CDI
---@field gpus boolean whether one of them asks for GPUs
---@field sysctls table<string, string> kernel settings, "/" in names read as "."
---@field runtime string? nil for the engine's own; "runc" also for io.containerd.runc.v2
---@field cgroup_parent string?
---@field limits Limits
---@field storage Storage size of the writable layer
---@field readonly_rootfs boolean
---@field restart Restart? of a service see req.service.restart
---@field health Health? nil: as the image has it
---@field log Log
---@field env table<string, string> environment; of several the last value
---@field env_list EnvEntry[] the same as sent
---@field labels table<string, string> of a service: those of its containers
---@field annotations table<string, string> given to the runtime
---@field entrypoint string[]
---@field cmd string[]
---@field working_dir string?
---@field hostname string?
---@field domainname string?
---@field dns string[]
---@field extra_hosts string[] lines for /etc/hosts
---@field links string[] old links to other containers
---@field volume_driver string? for volumes that say none
---@field isolation string? Windows only
---@field init boolean? nil: as the engine does by default
---@field tty boolean
---@field stdin boolean
---@field stop_signal string?
---@field auto_remove boolean
---@field secrets SwarmReference[] services only
---@field configs SwarmReference[] services only

---@class User
---@field raw string as sent; "" means the image's own
---@field numeric boolean given as a number
---@field uid integer? when numeric: "00" and "+0" are 0
---@field name string? when not numeric
---@field gid integer? the group when it is a number
---@field group string? the group when it is a name
---@field root boolean? nil when only the image can tell: another name than root, or none

---@class Group
---@field raw string
---@field gid integer? when it is a number
---@field name string? when it is not

---@class Capabilities
---@field add table<string, true> added, in capitals and without CAP_; "ALL" too
---@field drop table<string, true> dropped
---@field drops_all boolean whether drop has ALL
---What is left in the end (all, when the container is privileged)
---@field effective table<string, true>
---@field exact table<string, true>? HostConfig.Capabilities, when it is there

---@class Security
---@field no_new_privileges boolean
---@field no_new_privileges_off boolean switched off in so many words: overrides the engine's default
---@field seccomp "default"|"unconfined"|"custom" custom is a profile in the request
---@field seccomp_allows_all boolean unconfined, or a custom profile that does not filter
---@field seccomp_problem string? why a custom profile does not filter
---@field seccomp_profile string? the custom profile, JSON
---@field apparmor string "default", "unconfined" or a profile's name
---@field selinux Selinux
---@field unmasked boolean whether /proc and /sys paths are unmasked or made writable
---@field masked_paths string[]? when they are given
---@field readonly_paths string[]? when they are given
---@field writable_cgroups boolean
---@field other string[] security options that are not known, or not in this form
---@field credential_spec table? services: CredentialSpec

---@class Selinux
---@field disable boolean
---@field user string?
---@field role string?
---@field type string?
---@field level string?
---@field filetype string?
---@field nested boolean

---@class Namespaces
---@field network Namespace
---@field pid Namespace
---@field ipc Namespace
---@field uts Namespace
---@field user Namespace
---@field cgroup Namespace
---@field cgroup_of Namespace HostConfig.Cgroup: the cgroup of another container

---@class Namespace
---Odd: a word that engines do not know, or know in another spelling
---@field kind "default"|"host"|"container"|"private"|"shareable"|"none"|"bridge"|"named"|"odd"
---@field raw string as sent; "" when nothing is said
---@field ref string? the container that is joined, or the network's name
---@field via string "HostConfig.PidMode"

---@class Endpoint
---@field kind string as in Namespace
---@field raw string the network as sent
---@field ref string? the network's name when it is an ordinary one
---@field aliases string[]
---@field links string[]
---@field driver_options table<string, string>
---@field ipv4 string?
---@field ipv6 string?
---@field mac string?
---@field via string

---@class Port
---@field proto string "tcp", "udp", "sctp"
---@field container integer port in the container
---@field container_to integer the last one of a range; else the same
---@field from integer port on the host; 0: any free one
---@field to integer the last one of a range; else the same
---@field address string? as sent
---Reachable on every address of the host: none said, 0.0.0.0, :: in any spelling, or no address at
---all
---@field any_address boolean
---@field mode string? services: "ingress" or "host"
---@field valid boolean false for ports that engines refuse
---@field via string

---@class Device
---@field path string path on the host, cleaned
---@field raw string as sent
---@field relative boolean taken from the engine's own directory
---Surely a directory, so all devices below it; false is no proof of the contrary
---@field directory boolean
---@field container_path string?
---@field permissions string? of "rwm"
---@field via string

---@class DeviceRequest
---@field driver string?
---@field cdi boolean whether driver is "cdi"
---@field count integer -1: all
---@field ids string[]
---@field capabilities table<string, true> of all alternatives together
---@field gpu boolean whether it asks for GPUs
---@field options table<string, string>
---@field via string

---@class Limits what is nil is not limited: absent, 0, -1 and null alike
---@field memory integer? bytes
---@field memory_reservation integer? bytes
---@field swap integer? memory and swap together, bytes
---@field cpus number? processors: from NanoCpus, or from quota and period
---@field cpu_shares integer?
---@field cpuset string?
---@field pids integer?
---@field shm integer? bytes of /dev/shm
---@field ulimits table<string, Ulimit>
---@field oom_kill_off boolean
---@field oom_score_adj integer 0 when not said

---@class Ulimit
---@field soft integer
---@field hard integer

---@class Storage
---@field size integer? bytes; nil when not limited
---@field options table<string, string> as sent

---@class Restart
---@field name string "no", "always", "on-failure", "unless-stopped"
---@field max integer? tries; nil when not limited

---@class Health
---@field kind "none"|"command"|"inherit" none switches the image's check off
---@field test string[]
---@field interval number? seconds
---@field retries integer?

---@class Log
---@field driver string? nil for the engine's own
---@field options table<string, string>

---@class EnvEntry
---@field name string
---@field value string? nil without "="
---@field via string

---@class SwarmReference
---@field id string?
---@field name string?
---@field target string? file in the container

---@class Exec
---@field privileged boolean
---@field user User
---@field root boolean? same as user.root
---@field cmd string[]
---@field env table<string, string>
---@field env_list EnvEntry[]
---@field tty boolean
---@field attach_stdin boolean
---@field working_dir string?
---@field detach_keys string?

---@class Update
---@field limits Limits what is nil stays as it is, unless lifts says otherwise
---@field lifts Lifts
---@field restart Restart? nil: stays as it is
---@field devices Device[] engines up to 28 ignore these four
---@field device_rules string[]
---@field device_requests DeviceRequest[]
---@field cgroup_parent string?

---@class Lifts which limits the update takes away
---@field memory boolean
---@field pids boolean
---@field swap boolean
---@field cpus boolean

---@class Build
---@field version string "1" classic builder, "2" BuildKit
---@field buildkit boolean whether version is "2": what it does is not seen
---@field context "body"|"session"|"remote" where the files come from
---@field remote string? address that the engine fetches; "client-session" for a session
---@field session string?
---@field dockerfile string? its path in the context
---@field tags Image[] names for the result
---@field target string? stage to build
---@field args table<string, string>
---@field labels table<string, string>
---@field cache_from string[]
---@field outputs BuildOutput[]
---@field network Namespace of the build's containers
---@field extra_hosts string[]
---@field security Security
---@field cgroup_parent string?
---@field limits Limits
---@field platform string?
---@field pull boolean
---@field no_cache boolean
---@field squash boolean
---@field unreadable string[] parameters whose JSON could not be read: nothing of them is shown

---@class BuildOutput
---@field type string "image", "local", "tar", ...
---@field attributes table<string, string>

---@class Commit
---@field container string
---@field changes string[] Dockerfile instructions
---@field author string?
---@field comment string?
---@field pause boolean
---@field user User of the body's configuration

---@class Import
---@field source string? "-" for the request's own body, else an address
---@field remote boolean whether the engine fetches it
---@field changes string[] Dockerfile instructions
---@field message string?
---@field platform string?

---@class Network
---@field name string
---@field kind string as in Namespace: "host" for the network of that name
---@field driver string? nil for the engine's own: bridge
---@field options table<string, string>
---@field encrypted boolean an overlay network's option, switched on
---@field labels table<string, string>
---@field scope string?
---@field internal boolean
---@field attachable boolean
---@field ingress boolean
---@field ipv6 boolean
---@field ipam_driver string?
---@field subnets string[]
---@field config_only boolean
---@field config_from string? network whose configuration is taken
---@field container string? connect and disconnect: the container
---@field endpoint Endpoint? connect and disconnect
---@field force boolean

---@class Volume
---@field name string? nil: the engine makes one up
---@field driver string? "local" when none is said
---@field options table<string, string> see also req.mounts, which says what they amount to
---@field labels table<string, string>
---@field cluster boolean a volume of the swarm

---@class Plugin
---@field name string as sent: the new name of a pull, else the one in the path
---@field reference Image? the same taken apart
---@field remote Image? what is pulled
---@field privileges PluginPrivilege[] what the caller grants
---@field settings string[] plugin.set: "KEY=value"
---@field force boolean

---@class PluginPrivilege
---@field name string "network", "mount", "device", ...
---@field description string?
---@field value string[]

---@class Service
---@field name string?
---@field labels table<string, string> of the service; see req.container.labels
---@field mode "replicated"|"global"|"replicated-job"|"global-job"
---@field replicas integer? nil for global ones
---@field constraints string[] "node.role==manager"
---@field preferences string[]
---@field platforms string[] "linux/amd64"
---@field max_replicas_per_node integer?
---@field generic_resources GenericResource[]
---@field plugin table? PluginSpec: the service installs a plugin
---@field runtime string? nil for containers
---@field restart ServiceRestart?
---@field update_config ServiceUpdate?
---@field rollback_config ServiceUpdate?
---@field rollback string? "previous": the body is ignored
---@field endpoint_mode string? "vip", "dnsrr"
---@field force_update boolean

---@class GenericResource
---@field kind string?
---@field value any? a number or a name

---@class ServiceRestart
---@field condition string? "none", "on-failure", "any"
---@field delay number seconds
---@field max integer? tries; nil when not limited
---@field window number seconds

---@class ServiceUpdate
---@field parallelism integer 0: all at once
---@field delay number seconds
---@field failure_action string?
---@field monitor number seconds
---@field order string?

---@class Swarm
---@field listen_addr string?
---@field advertise_addr string?
---@field data_path_addr string?
---@field data_path_port integer?
---@field remote_addrs string[]
---@field availability string?
---@field autolock boolean
---@field force_new_cluster boolean
---@field force boolean
---@field labels table<string, string>
---@field rotate_worker_token boolean
---@field rotate_manager_token boolean
---@field rotate_unlock_key boolean

---@class Node
---@field name string?
---@field role string? "worker", "manager"
---@field availability string? "active", "pause", "drain"
---@field labels table<string, string>
---@field force boolean

---@class SwarmData a secret or a configuration; its content is not shown
---@field name string?
---@field bytes integer how long the content is
---@field driver string?
---@field templating string?
---@field labels table<string, string>

-- What rules read as `ctx`.

---@class Context
---@field data table data/*.json by name; a name that is not there is an error
---@field now integer the time of the decision, in seconds since 1970 (UTC)

---@class Span what `hours` and `period` make: `to` is the first second that is not in it
---@field from integer
---@field to integer

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

---Times, in seconds since 1970 (UTC). There are no zones by name, offsets only.
time = {}

---What a time is on a calendar and a clock; weekday 1 is Monday.
---@param t integer for example `ctx.now`
---@param offset integer? seconds east of Greenwich
---@return table<string, integer> fields year, month, day, hour, minute, second, weekday, second_of_day
function time.fields(t, offset) end

---@param s string "2026-12-31" or "2026-12-31T18:00:00+01:00"
---@return integer?
function time.parse(s) end

---@param t integer
---@param offset integer? seconds east of Greenwich
---@return string text for example `2026-12-31T18:00:00Z`
function time.text(t, offset) end

-- What a file in rules/ is made of.

---What a check made; only a function below makes one.
---@alias Finding lightuserdata
---@alias Findings Finding|Finding[]|nil
---@alias Severity "low"|"medium"|"high"|"critical"
---@alias FindingOptions { field: string?, fix: string? }

---An action of `on` may be a pattern: "container.*".
---@param rule { id: string, api: 1?, title: string?, severity: Severity?, refs: string[]?, kind: "grant"?, on: Action|string|(Action|string)[], params: table?, check: fun(req: Request, p: any, ctx: Context): Findings }
---@return table
function rule(rule) end

---Denies the call, in mode "enforce".
---@param msg string what is wrong
---@param options FindingOptions? where it stands, "HostConfig.Binds[1]", and what to do instead
---@return Finding
function deny(msg, options) end

---Writes it down, and denies in no mode.
---@param msg string
---@param options FindingOptions?
---@return Finding
function audit(msg, options) end

---Allows what the profile denies by default; for rules of kind "grant".
---@param msg string why
---@return Finding
function allow(msg) end

---What lib/NAME.lua returns, for "lib.NAME"; at the top of a file.
---@param name string
---@return any
function require(name) end

---The value at a path, "HostConfig.Memory"; nil when a step of it is missing.
---@param t any for example `req.raw`
---@param path string
---@return any
function get(t, path) end

-- What policy.lua is made of.

---@alias Mode "enforce"|"audit"|"off"
---@alias Fallback "allow"|"deny"
---@alias RuleEntry { mode: Mode?, params: table? }
---An exception excuses what one rule finds, until its end; all of user, image and label that it has
---must fit.
---@alias Exception { id: string, rule: string, user: string?, image: string?, label: string?, expires: string, reason: string, approved_by: string? }

---@param profile { id: string, api: 1?, title: string?, extends: string?, mode: "enforce"|"audit"|nil, default: Fallback|{ read: Fallback?, write: Fallback?, unknown: Fallback? }|nil, rules: table<string, RuleEntry>?, exceptions: Exception[]? }
---@return table
function profile(profile) end

---The file data/NAME.json; in policy.lua only, rules read `ctx.data`.
---@param name string
---@return any
function data(name) end

-- Types of parameters: each takes what holds when a profile says nothing.

---@alias ParameterType "bool"|"duration"|"glob"|"hours"|"int"|"number"|"path"|"period"|"size"|"string"|"url"|"weekday"|"zone"

---@param initial boolean? false when not given
---@return any
function bool(initial) end

---@param initial integer?
---@return any
function int(initial) end

---@param initial number?
---@return any
function number(initial) end

---@param initial string?
---@return any
function string_of(initial) end

---@param choices string[] the first is the default
---@param initial string?
---@return any
function one_of(choices, initial) end

---@param type ParameterType
---@param initial any[]? empty when not given
---@return any
function list_of(type, initial) end

---@param type ParameterType
---@param initial table<string, any>? empty when not given
---@return any
function map_of(type, initial) end

---@param initial string|integer|nil bytes, or "512m"
---@return any
function size(initial) end

---@param initial string|integer|nil seconds, or "1h30m"
---@return any
function duration(initial) end

---@param initial string? "https://..."
---@return any
function url(initial) end

---@param initial string? "mon"
---@return any
function weekday(initial) end

---@param initial string? "08:00-18:00"
---@return any
function hours(initial) end

---@param initial string? "2026-12-24/2027-01-02"
---@return any
function period(initial) end

---@param initial string? "+01:00"
---@return any
function zone(initial) end
