"""aiosmtpd on a free port with STARTTLS and AUTH; prints the port, writes each message into the folder, ends with its input."""

import asyncio
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

folder = Path(sys.argv[1])


class Handler:
    n_mails = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        (folder / f"{self.n_mails}.eml").write_bytes(envelope.original_content)
        self.n_mails += 1
        return f"250 2.0.0 {envelope.mail_from} -> {','.join(envelope.rcpt_tos)}"


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"posel", "heslo č. 1".encode())
    return AuthResult(success=right, handled=False)


async def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    handler = Handler()

    def make():
        return SMTP(
            handler,
            hostname="foreign.test",
            tls_context=tls,
            require_starttls=True,
            auth_required=True,
            authenticator=authenticate,
            enable_SMTPUTF8=True,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
