"""Takes every mail, keeps none, and answers each after SINK_ANSWERS_AFTER milliseconds. A handler for aiosmtpd; started by SmtpSink.cs."""

import asyncio
import os

ANSWERS_AFTER = float(os.environ["SINK_ANSWERS_AFTER"]) / 1000


class Sink:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(ANSWERS_AFTER)
        return "250 OK"
