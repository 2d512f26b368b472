local engine = require("engine")

local RULE = "time.window"

local function at(when)
  return engine.at(when, engine.create({}))
end

describe(RULE, function()
  describe("with days and hours", function()
    local policy = engine.with_params(RULE, [[
      days = { "mon", "tue", "wed", "thu", "fri" }, hours = { "08:00-12:00", "13:00-18:00" }, zone = "+01:00"]])

    -- 2026-12-28 is a Monday.
    engine.denies(RULE, {
      ["the second before it opens"] = at("2026-12-28T06:59:59Z"),
      ["the second in which it closes"] = at("2026-12-28T17:00:00Z"),
      ["the second in which the break begins"] = at("2026-12-28T11:00:00Z"),
      ["the last second of the break"] = at("2026-12-28T11:59:59Z"),
      ["a Saturday"] = at("2026-12-26T10:00:00Z"),
      ["a Sunday"] = at("2026-12-27T10:00:00Z"),
      ["deleting"] = engine.at("2026-12-27T10:00:00Z", engine.call("DELETE", "/containers/web")),
      ["running a command"] =
        engine.at("2026-12-27T10:00:00Z", engine.call("POST", "/exec/1/start", { Detach = false })),
      ["a BuildKit session"] = engine.at("2026-12-27T10:00:00Z", engine.call("POST", "/session")),
    }, policy)

    engine.allows({
      ["the second in which it opens"] = at("2026-12-28T07:00:00Z"),
      ["the last second before the break"] = at("2026-12-28T10:59:59Z"),
      ["the second in which the break ends"] = at("2026-12-28T12:00:00Z"),
      ["the last second of the day"] = at("2026-12-28T16:59:59Z"),
      ["a Friday"] = at("2027-01-01T10:00:00Z"),
      ["reading on a Sunday"] = engine.at("2026-12-27T10:00:00Z", engine.call("GET", "/containers/json")),
      ["logs on a Sunday"] = engine.at("2026-12-27T10:00:00Z", engine.call("GET", "/containers/web/logs?stdout=1")),
    }, policy)

    it("says when it opens", function()
      assert.equal("[time.window] changes are frozen until 2026-12-28T08:00:00+01:00. "
        .. "Fix: wait until then, or ask an administrator of this engine for an exception.",
        engine.decide(at("2026-12-25T17:00:00Z"), policy).msg)
      assert.matches("until 2026-12-28T13:00:00+01:00.", engine.decide(at("2026-12-28T11:00:00Z"), policy).msg, 1, true)
    end)
  end)

  describe("with hours past midnight", function()
    local policy = engine.with_params(RULE, [[days = { "fri" }, hours = { "22:00-06:00" }]])

    engine.denies(RULE, {
      ["the night before"] = at("2026-12-25T05:59:59Z"),
      ["the evening"] = at("2026-12-25T21:59:59Z"),
      ["the morning after"] = at("2026-12-26T06:00:00Z"),
      ["the next night"] = at("2026-12-26T22:00:00Z"),
    }, policy)
    engine.allows({
      ["from the first second"] = at("2026-12-25T22:00:00Z"),
      ["over midnight"] = at("2026-12-26T00:00:00Z"),
      ["to the last second"] = at("2026-12-26T05:59:59Z"),
    }, policy)
  end)

  describe("with days alone", function()
    local policy = engine.with_params(RULE, [[days = { "mon" }]])

    engine.denies(RULE, {
      ["the last second of Sunday"] = at("2026-12-27T23:59:59Z"),
      ["the first second of Tuesday"] = at("2026-12-29T00:00:00Z"),
    }, policy)
    engine.allows({
      ["the first second of Monday"] = at("2026-12-28T00:00:00Z"),
      ["the last second of Monday"] = at("2026-12-28T23:59:59Z"),
    }, policy)
  end)

  describe("with freezes", function()
    local policy = engine.with_params(RULE, [[zone = "-05:00", hours = { "08:00-24:00" },
      freeze = { "2026-12-24/2026-12-26", "2026-12-27T00:00/2026-12-31T18:30" }]])

    engine.denies(RULE, {
      ["the first second"] = at("2026-12-24T05:00:00Z"),
      ["the last second of the last day"] = at("2026-12-27T04:59:59Z"),
      ["the last second before the end"] = at("2026-12-31T23:29:59Z"),
    }, policy)
    engine.allows({
      ["the second before"] = at("2026-12-24T04:59:59Z"),
      ["the second in which it ends"] = at("2026-12-31T23:30:00Z"),
    }, policy)

    it("says when all of them are over", function()
      assert.matches("changes are frozen until 2026-12-31T18:30:00-05:00.",
        engine.decide(at("2026-12-24T05:00:00Z"), policy).msg, 1, true)
    end)
  end)

  describe("without parameters", function()
    engine.allows({
      ["any time"] = at("2026-12-26T03:00:00Z"),
      ["the machine's own"] = engine.create({}),
    }, engine.with_params(RULE, ""))
  end)

  it("does not load with a window that is none", function()
    local function finding(params)
      return engine.check(engine.with_params(RULE, params)).output
    end
    assert.matches([[parameter days[1]: expected a day, "mon" to "sun", got "Monday"]],
      finding([[days = { "Monday" }]]), 1, true)
    assert.matches([[parameter hours[1]: expected hours of the day, such as "08:00-18:00", got "8-18"]],
      finding([[hours = { "8-18" }]]), 1, true)
    assert.matches([[parameter zone: expected an offset from UTC, such as "+01:00" or "Z", got "CET"]],
      finding([[zone = "CET"]]), 1, true)
    assert.matches([[parameter freeze[1]: expected a period, such as "2026-12-24/2027-01-02" or ]]
      .. [["2026-12-24T18:00/2026-12-27T06:00", got "2026-12-24"]], finding([[freeze = { "2026-12-24" }]]), 1, true)
  end)
end)
