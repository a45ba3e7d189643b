-- Puts tasks at the end of a queue, and wakes the workers. apalis's own script puts them into the set of those for
-- later, by the clock of whoever hands them over: one whose clock runs ahead would hide them until its time comes.
-- KEYS[1]: the tasks' data   KEYS[2]: what the tasks' records begin with
-- KEYS[3]: the queue         KEYS[4]: where apalis is told that there is something
-- KEYS[5]: the channel on which our workers are told
-- ARGV: the queue's name, and an id and its data for each task
for i = 2, #ARGV, 2 do
    redis.call("hset", KEYS[1], ARGV[i], ARGV[i + 1])
    redis.call("hmset", KEYS[2] .. ":" .. ARGV[i], "attempts", 0, "max_attempts", 1, "status", "Pending")
    redis.call("rpush", KEYS[3], ARGV[i])
end
redis.call("del", KEYS[4])
redis.call("lpush", KEYS[4], 1)
redis.call("publish", KEYS[5], ARGV[1])
