local engine = require("engine")

local RULE = "access.certificate"

-- Serial 0A1B2C, O=Example, OU=web, CN=alice, good until 2030-01-01T00:00:00Z.
local PEM = [[
-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIDChssMAoGCCqGSM49BAMCMDAxEDAOBgNVBAoMB0V4YW1w
bGUxDDAKBgNVBAsMA3dlYjEOMAwGA1UEAwwFYWxpY2UwHhcNMjAwMTAxMDAwMDAw
WhcNMzAwMTAxMDAwMDAwWjAwMRAwDgYDVQQKDAdFeGFtcGxlMQwwCgYDVQQLDAN3
ZWIxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE67Ua
RkkPmlG/MKZpobCPtb9vmr5SdD/vxbGuLrxgYyfgSzlnFgbIknPNOgpUebmuxHSR
RrXXlfCpmf3dasxYqaMQMA4wDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNIADBF
AiBey6g2uDVKy0E9KQha/0FXi9WY+CK1H5MG4Bn5I/WnhAIhAPeuEUhzLJhHS9Md
bOPfoDVxX2XCTrKNQoljbWjCoBu3
-----END CERTIFICATE-----
]]

-- OU=a to OU=p, OU=guests, CN=carol.
local MANY_UNITS = [[
-----BEGIN CERTIFICATE-----
MIIB2jCCAX8CAwobLDAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAeFw0yMDAx
MDEwMDAwMDBaFw0zMDAxMDEwMDAwMDBaMIHhMQowCAYDVQQLDAFhMQowCAYDVQQL
DAFiMQowCAYDVQQLDAFjMQowCAYDVQQLDAFkMQowCAYDVQQLDAFlMQowCAYDVQQL
DAFmMQowCAYDVQQLDAFnMQowCAYDVQQLDAFoMQowCAYDVQQLDAFpMQowCAYDVQQL
DAFqMQowCAYDVQQLDAFrMQowCAYDVQQLDAFsMQowCAYDVQQLDAFtMQowCAYDVQQL
DAFuMQowCAYDVQQLDAFvMQowCAYDVQQLDAFwMQ8wDQYDVQQLDAZndWVzdHMxDjAM
BgNVBAMMBWNhcm9sMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE27CLP+E621iL
yHiT/G2qFpAgpQr5LlPKUK+kf9e97uw4MrI97qeKDXOWt4CtJb6z/F90ox7MzV32
pdAVup+MyDAKBggqhkjOPQQDAgNJADBGAiEA4c5Oo5mEuKMBxfE8kN7vs/cUJcn9
s5E/5XQe3DqIojoCIQDX4XH4jSiarQCu7yYCUO1ygmBQcxLQSaG03l2vz8f/jg==
-----END CERTIFICATE-----
]]

local function alice(call)
  return engine.certified("alice", PEM, call or engine.create({}))
end

local function without(call)
  return engine.as("alice", call or engine.create({}))
end

local function of(params)
  return engine.alone(RULE, params)
end

describe(RULE, function()
  local damaged = PEM:gsub("MIIB", "MIIA")

  for _, serial in ipairs({ "0A1B2C", "A1B2C", "0a1b2c", "0A:1B:2C", "000a1b2c" }) do
    engine.denies(RULE, { ["serial " .. serial] = alice() }, of(("revoked = { '01', '%s' }"):format(serial)))
  end
  for _, serial in ipairs({ "0A1B2D", "A1B2C0", "1A1B2C", "0", "" }) do
    engine.allows({ ["another serial than '" .. serial .. "'"] = alice() }, of(("revoked = { '%s' }"):format(serial)))
  end

  engine.denies(RULE, {
    ["a certificate that cannot be read"] = engine.certified("alice", damaged, engine.create({})),
    ["what is no certificate"] = engine.certified("alice", "", engine.create({})),
    ["a name without a certificate"] = without(),
    ["one with more units than are read"] = engine.certified("carol", MANY_UNITS, engine.create({})),
    ["reading, too"] = without(engine.call("GET", "/containers/json")),
  }, of())

  engine.allows({
    ["a good one"] = alice(),
    ["a good one that reads"] = alice(engine.call("GET", "/containers/json")),
    ["callers on the Unix socket, who have none"] = engine.create({}),
    ["a greeting"] = without(engine.call("GET", "/_ping")),
  }, of())

  it("says what to do", function()
    assert.equal("[access.certificate] the certificate of alice is revoked (serial A1B2C). "
      .. "Fix: get a new one from whoever issues them for this engine.",
      engine.decide(alice(), of("revoked = { '0A1B2C' }")).msg)
  end)

  describe("beside a rule that denies a unit", function()
    local guests = { ["rules/guests.lua"] = [[
      local list = require("lib.list")
      return rule { id = "site.guests", on = "*", check = function(req)
        local cert = req.user.cert
        if cert and (not cert.complete or list.has(cert.ou, "guests")) then
          return deny("guests may not call this engine")
        end
      end }]] }

    engine.denies("site.guests", {
      ["a certificate whose unit is not read"] = engine.certified("carol", MANY_UNITS, engine.create({})),
      ["a certificate that cannot be read"] = engine.certified("alice", damaged, engine.create({})),
    }, guests)
    engine.allows({
      ["another unit"] = alice(),
      ["callers without a certificate"] = engine.create({}),
    }, guests)
  end)

  describe("with min_days", function()
    local week = of("min_days = 7")

    engine.denies(RULE, {
      ["a second less than a week"] = engine.at("2029-12-25T00:00:01Z", alice()),
      ["a day"] = engine.at("2029-12-31T00:00:00Z", alice()),
      ["one that has ended"] = engine.at("2030-01-02T00:00:00Z", alice()),
    }, week)
    engine.allows({
      ["a week"] = engine.at("2029-12-25T00:00:00Z", alice()),
      ["more than that"] = engine.at("2029-01-01T00:00:00Z", alice()),
    }, week)
    it("says how long it is good for", function()
      assert.matches("the certificate of alice ends in less than 7 days",
        engine.decide(engine.at("2029-12-31T00:00:00Z", alice()), week).msg, 1, true)
    end)
  end)

  engine.denies(RULE, { ["another organization"] = alice() }, of("organizations = { 'Other' }"))
  engine.denies(RULE, { ["another unit"] = alice() }, of("organizations = { 'Example' }, units = { 'ops', 'we' }"))
  engine.allows({ ["its organization"] = alice() }, of("organizations = { 'Exam*' }"))
  engine.allows({ ["its unit"] = alice() }, of("units = { 'ops', 'web' }"))
end)
