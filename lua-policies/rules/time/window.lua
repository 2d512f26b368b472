--- Denies changes outside of working hours, and while changes are frozen.
-- Source: the clock of the machine that the plugin runs on. A zone is an offset: it does not follow
-- summer time.
--
-- What runs goes on: restart policies and swarm start containers whenever they like.

local list = require("lib.list")

-- All times in here are local ones: seconds since 1970 plus the offset of the zone.
local DAY = 24 * 60 * 60
local STEPS = 100 -- windows and freezes that are looked through for the next opening

--- Reading changes nothing; of streams, those that are listed do not.
local function is_change(req, p)
  return req.class == "write" or req.class == "stream" and not glob.any(p.streams, req.action)
end

local function is_listed(day, days)
  return #days == 0 or list.has(days, day)
end

--- What goes past midnight belongs to the day that it began on.
local function is_in_hours(span, today, days)
  local at = today.second_of_day
  if span.from < span.to then
    return is_listed(today.weekday, days) and at >= span.from and at < span.to
  elseif at >= span.from then
    return is_listed(today.weekday, days)
  end
  local yesterday = (today.weekday + 5) % 7 + 1
  return at < span.to and is_listed(yesterday, days)
end

local function is_open(at, p)
  local today = time.fields(at)
  if #p.hours == 0 then
    return is_listed(today.weekday, p.days)
  end
  for _, span in ipairs(p.hours) do
    if is_in_hours(span, today, p.days) then
      return true
    end
  end
  return false
end

--- The end of a freeze that `at` is in.
local function frozen_until(at, p)
  for _, span in ipairs(p.freeze) do
    if at >= span.from and at < span.to then
      return span.to
    end
  end
end

--- The next start of the hours after `at`, on a listed day; there is one within a week.
local function opens_after(at, p)
  local midnight = at - at % DAY
  local best
  for day = 0, 7 do
    for i = 1, math.max(1, #p.hours) do
      local start = midnight + day * DAY + (#p.hours > 0 and p.hours[i].from or 0)
      if start > at and is_open(start, p) and (not best or start < best) then
        best = start
      end
    end
  end
  return best
end

--- When changes are possible again; nil when that is far away.
local function next_opening(at, p)
  for _ = 1, STEPS do
    local later = frozen_until(at, p) or not is_open(at, p) and opens_after(at, p)
    if not later then
      return at
    end
    at = later
  end
end

return rule {
  id = "time.window",
  api = 1,
  title = "Changes are made in working hours, and not while they are frozen",
  severity = "medium",
  refs = { "kyverno:time-bound-policy" },
  on = { "*" },
  params = {
    -- "mon" to "sun"; {}: every day
    days = list_of("weekday", {}),
    -- "08:00-18:00", "22:00-06:00"; {}: the whole day
    hours = list_of("hours", {}),
    -- how far the clocks of the place are ahead of UTC: "+01:00"
    zone = zone("Z"),
    -- "2026-12-24/2027-01-02", last day included, or "2026-12-24T18:00/2026-12-27T06:00"
    freeze = list_of("period", {}),
    -- actions of the class "stream" that change nothing
    streams = list_of("glob", {
      "container.attach*", "container.logs", "container.stats", "service.logs", "system.events", "task.logs",
    }),
  },

  check = function(req, p, ctx)
    local now = ctx.now + p.zone
    if not is_change(req, p) or not frozen_until(now, p) and is_open(now, p) then
      return
    end
    local opening = next_opening(now, p)
    local till = opening and " until " .. time.text(opening - p.zone, p.zone) or ""
    return deny("changes are frozen" .. till, {
      fix = "wait until then, or ask an administrator of this engine for an exception",
    })
  end,
}
