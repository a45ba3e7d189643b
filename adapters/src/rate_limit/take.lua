-- Takes from many keys at once, all or nothing, by Redis' own clock. KEYS: the keys; ARGV, three for each: the burst,
-- the microseconds in which a unit grows back, the units. Answers by how many microseconds it was too much, or 0; then
-- of each key in how many microseconds it has its whole burst again.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local before, after, over = {}, {}, 0
for i, key in ipairs(KEYS) do
    local window = ARGV[3 * i - 2] * ARGV[3 * i - 1]
    local backlog = (tonumber(redis.call('GET', key)) or 0) - now
    -- More than a burst cannot be owed: a clock was set back, or the quota was larger, and it begins anew.
    before[i] = backlog > window and 0 or math.max(backlog, 0)
    after[i] = before[i] + ARGV[3 * i] * ARGV[3 * i - 1]
    over = math.max(over, after[i] - window)
end
local answer = { over }
for i, key in ipairs(KEYS) do
    if over == 0 and tonumber(ARGV[3 * i]) > 0 then
        local lifetime_ms = math.ceil(after[i] / 1000) + 1
        redis.call('SET', key, string.format('%.0f', now + after[i]), 'PX', lifetime_ms)
        before[i] = after[i]
    end
    answer[i + 1] = before[i]
end
return answer
