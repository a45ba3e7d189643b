"""Reads events of a Vitrine shop from its stream, as one of a group.

    pip install redis
    REDIS_URL=redis://127.0.0.1:6379 python stream_consumer.py warehouse worker-1

Each group gets every event, and each event goes to one consumer of a group.
"""

import json
import os
import sys

import redis

STREAM = os.environ.get("REDIS_PREFIX", "vitrine") + ":event-stream"
# What a consumer has begun and not ended for so long is another's.
IDLE_MS = 60_000


def handle(event: dict) -> None:
    """Yours. An event comes at least once: keep the ids that you have done, and leave those out."""
    print(event["type"], event["subject"], event.get("sequence"))


def main(group: str, consumer: str) -> None:
    # It answers later than a read may block.
    client = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"), decode_responses=True, socket_timeout=15)
    try:
        client.xgroup_create(STREAM, group, id="0", mkstream=True)
    except redis.ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise
    while True:
        left = client.xautoclaim(STREAM, group, consumer, IDLE_MS, count=100)[1]
        fresh = client.xreadgroup(group, consumer, {STREAM: ">"}, count=100, block=5_000)
        for entry, fields in left + (fresh[0][1] if fresh else []):
            # Redis may have cut off what was claimed.
            if fields:
                handle(json.loads(fields["event"]))
            client.xack(STREAM, group, entry)


if __name__ == "__main__":
    main(*sys.argv[1:3])
