"""A real SMTP server for tests, on aiosmtpd. Run by SmtpServer.cs and ended by the end of its standard input.

Its only argument is JSON: security ("none", "starttls" or "tls"), certificate and key (PEM files), user, password, port (0: any).
Each line it writes is JSON: first {"port"}, then a mail for each DATA, and {"done": true} for each line it was sent.
Each line it reads is JSON and changes how it behaves from then on:
  {"refuse": "<recipient>", "answer": "550 ...", "times": 2}   refuse a recipient; times null: always
  {"refuseAll": "421 ..."}                                      refuse every mail at MAIL FROM; null: no longer
  {"drop": true}                                                take the next mail, and hang up instead of answering
  {"delay": 2.5}                                                seconds before the answer to DATA
  {"late": 2.5}                                                 the same, but the mail is taken before: it is written at once
  {"hold": true}                                                answer no mail that was taken until {"hold": false}
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
        self.refuse_all = None
        self.drop = False
        self.delay = 0
        self.late = 0
        self.released = asyncio.Event()
        self.released.set()
        self.refuse_name = None
        self.per_connection = None

    def change(self, line):
        wish = json.loads(line)
        if "refuse" in wish:
            self.refused[wish["refuse"].lower()] = [wish["answer"], wish["times"]]
        if "refuseAll" in wish:
            self.refuse_all = wish["refuseAll"]
        if "drop" in wish:
            self.drop = wish["drop"]
        if "delay" in wish:
            self.delay = wish["delay"]
        if "late" in wish:
            self.late = wish["late"]
        if "hold" in wish:
            self.released.clear() if wish["hold"] else self.released.set()
        if "refuseName" in wish:
            self.refuse_name = wish["refuseName"]
        if "perConnection" in wish:
            self.per_connection = wish["perConnection"]
        report(done=True)

    def answer_to(self, recipient):
        rule = self.refused.get(recipient.lower())
        if rule is None or rule[1] == 0:
            return None
        if rule[1] is not None:
            rule[1] -= 1
        return rule[0]


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
        if self.behaviour.refuse_all is not None:
            return self.behaviour.refuse_all
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.behaviour.answer_to(address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.behaviour.delay:
            await asyncio.sleep(self.behaviour.delay)
        dropped, self.behaviour.drop = self.behaviour.drop, False
        report(
            **{"from": envelope.mail_from},
            recipients=envelope.rcpt_tos,
            content=base64.b64encode(envelope.original_content).decode("ascii"),
            peerPort=session.peer[1],
            name=session.host_name,
            encrypted=session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            answered=not dropped,
        )
        if self.behaviour.late:
            await asyncio.sleep(self.behaviour.late)
        await self.behaviour.released.wait()
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

    listener = await loop.create_server(session, "127.0.0.1", options["port"], ssl=None if by_starttls else context)
    report(port=listener.sockets[0].getsockname()[1])

    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        behaviour.change(line)


logging.getLogger("mail.log").setLevel(logging.CRITICAL)
asyncio.run(main(json.loads(sys.argv[1])))
