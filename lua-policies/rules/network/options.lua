--- Denies options of networks that take over what is the host's, or open containers to what is outside.
-- Source: the bridge driver's options (moby libnetwork/drivers/bridge): com.docker.network.bridge.name takes a
-- bridge that the host has, the gateway modes routed and nat-unprotected leave ports open that nobody
-- published; macvlan and ipvlan put containers behind parent, an interface of the host.
--
-- Drivers know options by their letters: another case is another option, and labels are none. A network for
-- settings (--config-only) hands its options to networks of any driver.

return rule {
  id = "network.options",
  api = 1,
  title = "Networks must have listed options only",
  severity = "high",
  refs = { "CIS-5.8", "OWASP-R5", "T1557", "T1599" },
  on = { "network.create" },
  params = {
    -- as they are typed behind --opt: "parent=eth0.10"
    allow = list_of("glob", {
      "com.docker.network.bridge.enable_icc=*",
      "com.docker.network.bridge.enable_ip_masquerade=true",
      "com.docker.network.bridge.gateway_mode_ipv4=isolated",
      "com.docker.network.bridge.gateway_mode_ipv4=nat",
      "com.docker.network.bridge.gateway_mode_ipv6=isolated",
      "com.docker.network.bridge.gateway_mode_ipv6=nat",
      "com.docker.network.bridge.host_binding_ipv4=127.0.0.1",
      "com.docker.network.container_iface_prefix=*",
      "com.docker.network.driver.mtu=*",
      "encrypted=*",
    }),
  },

  check = function(req, p)
    local found = {}
    for name, value in pairs(req.network.options) do
      if not glob.any(p.allow, name .. "=" .. value) then
        -- Without the value: those of plugins may be passwords.
        found[#found + 1] = deny(("this value of network option %s is not allowed"):format(name), {
          field = "Options",
          fix = "leave out --opt " .. name,
        })
      end
    end
    return found
  end,
}
