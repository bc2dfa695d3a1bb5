"""A real SMTP server for tests, on aiosmtpd. Run by IndependentSmtpServer.cs and ended by the end of its standard input.

Its only argument is JSON: security ("none", "starttls" or "tls"), certificate and key (PEM files), user, password.
Each line it writes is JSON: first {"port"}, then a mail for each DATA, and {"done": true} for each line it was sent.
Each line it reads is JSON and changes how it behaves from then on:
  {"refuse": "<recipient>", "answer": "550 ..."}               refuse a recipient
  {"drop": true}                                                take the next mail, and hang up instead of answering
  {"late": 2.5}                                                 seconds before the answer to a mail, which is written at once
  {"refuseName": "504 ..."}                                     refuse EHLO and HELO, unless with a full name; null: no longer
  {"perConnection": 1}                                          answer 421 to further mails over one connection; null: no longer
"""

import asyncio
import base64
import json
import logging
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def report(**fields):
    print(json.dumps(fields), flush=True)


class Behaviour:
    def __init__(self):
        self.refused = {}
        self.drop = False
        self.late = 0
        self.refuse_name = None
        self.per_connection = None

    def change(self, line):
        wish = json.loads(line)
        if "refuse" in wish:
            self.refused[wish["refuse"].lower()] = wish["answer"]
        if "drop" in wish:
            self.drop = wish["drop"]
        if "late" in wish:
            self.late = wish["late"]
        if "refuseName" in wish:
            self.refuse_name = wish["refuseName"]
        if "perConnection" in wish:
            self.per_connection = wish["perConnection"]
        report(done=True)


class Mailbox:
    """aiosmtpd calls these by their names."""

    def __init__(self, behaviour):
        self.behaviour = behaviour
        self.mails = 0

    async def handle_HELO(self, server, session, envelope, hostname):
        if self.behaviour.refuse_name is not None and "." not in hostname:
            return self.behaviour.refuse_name
        session.host_name = hostname
        return "250 localhost"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        if self.behaviour.refuse_name is not None and "." not in hostname:
            return [self.behaviour.refuse_name]
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.mails += 1
        if self.behaviour.per_connection is not None and self.mails > self.behaviour.per_connection:
            return "421 4.7.0 Too many messages in this connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.behaviour.refused.get(address.lower())
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        dropped, self.behaviour.drop = self.behaviour.drop, False
        report(
            **{"from": envelope.mail_from},
            recipients=envelope.rcpt_tos,
            content=base64.b64encode(envelope.original_content).decode("ascii"),
            peerPort=session.peer[1],
            encrypted=session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            answered=not dropped,
        )
        if self.behaviour.late:
            await asyncio.sleep(self.behaviour.late)
        if dropped:
            server.transport.abort()
        return "250 OK"


def tls_context(options):
    if options["security"] == "none":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options["certificate"], options["key"])
    return context


def authenticator(options):
    def authenticate(server, session, envelope, mechanism, login):
        right = (login.login.decode(), login.password.decode()) == (options["user"], options["password"])
        return AuthResult(success=right, handled=False)

    return authenticate if options["user"] is not None else None


async def main(options):
    loop = asyncio.get_running_loop()
    behaviour = Behaviour()
    context = tls_context(options)
    by_starttls = options["security"] == "starttls"

    def session():
        return SMTP(
            Mailbox(behaviour),
            hostname="localhost",
            tls_context=context if by_starttls else None,
            require_starttls=by_starttls,
            authenticator=authenticator(options),
            auth_required=options["user"] is not None,
            auth_require_tls=False,
            loop=loop,
        )

    listener = await loop.create_server(session, "127.0.0.1", 0, ssl=None if by_starttls else context)
    report(port=listener.sockets[0].getsockname()[1])

    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        behaviour.change(line)


logging.getLogger("mail.log").setLevel(logging.CRITICAL)
asyncio.run(main(json.loads(sys.argv[1])))
