--- Keeps logs from being sent where nobody meant them to go: into sockets of the host, over its networks,
-- and with its files.
-- Source: the engine itself, as root, connects to unix:///run/docker.sock or tcp://HOST:PORT in an option of
-- a log driver (syslog-address, fluentd-address, splunk-url), and reads the files that others name
-- (syslog-tls-ca-cert, splunk-capath).
--
-- Without any such option syslog and journald write to the host's own log, fluentd to its port 24224, awslogs
-- and gcplogs with the host's rights in the cloud: container.log-driver says which drivers there are.

local list = require("lib.list")

--- What the engine's own drivers know and what leads nowhere.
local PLAIN = {
  "cache-*", "compress", "env", "env-regex", "labels", "labels-regex", "max-buffer-size", "max-file", "max-size",
  "mode", "tag", "awslogs-create-*", "awslogs-datetime-format", "awslogs-force-flush-interval-seconds",
  "awslogs-format", "awslogs-max-buffered-events", "awslogs-multiline-pattern", "fluentd-async",
  "fluentd-async-*", "fluentd-buffer-limit", "fluentd-max-retries", "fluentd-*-timeout", "fluentd-request-ack",
  "fluentd-retry-wait", "fluentd-sub-second-precision", "gcp-log-cmd", "gcp-meta-*", "gelf-compression-*",
  "gelf-tcp-*", "splunk-format", "splunk-gzip", "splunk-gzip-level", "splunk-index", "splunk-index-acknowledgment",
  "splunk-source", "splunk-sourcetype", "splunk-token", "splunk-verify-connection", "syslog-facility",
  "syslog-format",
}

return rule {
  id = "container.log-target",
  api = 1,
  title = "Logs must be sent to listed places only",
  severity = "high",
  refs = { "CIS-2.13", "T1048", "T1611" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- values that may lead anywhere, letter for letter: "udp://logs.example.com:514", "/etc/ssl/logs.pem"
    allow = list_of("string", {}),
    -- names of options that lead nowhere
    plain = list_of("glob", PLAIN),
  },

  check = function(req, p)
    local at = req.service and "TaskTemplate.LogDriver.Options" or "HostConfig.LogConfig.Config"
    local found = {}
    for name, value in pairs(req.container.log.options) do
      if not glob.any(p.plain, name) and not list.has(p.allow, value) then
        found[#found + 1] = deny(("log option %s names what is not listed"):format(name), {
          field = at,
          fix = #p.allow > 0 and "use one of " .. table.concat(p.allow, ", ") or "leave out --log-opt " .. name,
        })
      end
    end
    return found
  end,
}
