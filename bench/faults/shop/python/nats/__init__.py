"""What the notifications worker uses of the client of NATS, over the broker of the bench."""

import asyncio
import json
from urllib.request import urlopen


class Message:
    def __init__(self, data):
        self.data = data

    async def ack(self):
        pass


class Subscription:
    def __init__(self, url):
        self.url = url

    @property
    async def messages(self):
        while True:
            text = await asyncio.to_thread(lambda: urlopen(self.url).read())
            if text:
                yield Message(text)


class Connection:
    def __init__(self, url):
        self.url = url

    def jetstream(self):
        return self

    async def subscribe(self, subject, durable=None, manual_ack=False):
        return Subscription(f"{self.url}/next?subject={subject}")


async def connect(url):
    return Connection(url)
