-- Removes what apalis leaves behind, a bounded number of tasks at a time.
-- KEYS: the sets of done and of dead tasks, the hash of task data, the list of waiting tasks,
--       the sorted set of scheduled tasks, the prefix of task metadata
-- ARGV: how many finished tasks to remove
-- Returns how many were removed.
local done, dead, data, active, scheduled, meta = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local removed = 0

local function forget(set)
    for _, task in ipairs(redis.call('spop', set, ARGV[1] - removed)) do
        redis.call('hdel', data, task)
        redis.call('del', meta .. ':' .. task)
        removed = removed + 1
    end
end

forget(done)
if removed < tonumber(ARGV[1]) then
    forget(dead)
end

-- A task whose data was evicted would kill every worker that fetches it.
for _, task in ipairs(redis.call('lrange', active, 0, 1999)) do
    if redis.call('hexists', data, task) == 0 then
        redis.call('lrem', active, 0, task)
    end
end
for _, task in ipairs(redis.call('zrange', scheduled, 0, 1999)) do
    if redis.call('hexists', data, task) == 0 then
        redis.call('zrem', scheduled, task)
    end
end

return removed
