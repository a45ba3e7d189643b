"""Takes events of a Vitrine shop by webhook, each once.

    pip install standardwebhooks
    WEBHOOK_SECRET=whsec_... python webhook_consumer.py

It listens on port 8000 of this machine; put a proxy with TLS before it.
"""

import json
import os
import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

BODY_BYTES_MAX = 1_000_000

webhook = Webhook(os.environ["WEBHOOK_SECRET"])


def handle(db: sqlite3.Connection, event: dict) -> None:
    """Yours: what follows from an event, in the transaction that notes that it is done."""
    print(event["type"], event["subject"], event.get("sequence"))


def take(event: dict) -> None:
    with sqlite3.connect("events.db") as db:
        db.execute("create table if not exists done (id text primary key)")
        # An event comes at least once.
        if db.execute("insert or ignore into done values (?)", [event["id"]]).rowcount == 1:
            handle(db, event)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        if length > BODY_BYTES_MAX:
            return self.answer(413)
        body = self.rfile.read(length)
        try:
            # On the bytes as they came: JSON that was written anew is signed by nobody.
            webhook.verify(body, dict(self.headers.items()))
        except WebhookVerificationError:
            return self.answer(400)
        take(json.loads(body))
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
