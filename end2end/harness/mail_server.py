"""An SMTP server made of aiosmtpd: STARTTLS and AUTH are required, and each accepted mail becomes two files.

Usage: mail_server.py FOLDER USER PASSWORD

Prints one line of JSON with its port once it listens, and ends when its standard input does.
FOLDER receives ca.pem (the authority to trust), N.eml (the mail as it came) and N.json (its envelope, and the mail as Python's
own library understands it).
Recipients called `nobody` are refused for good, those called `later` for now.
"""

import asyncio
import base64
import json
import ssl
import sys
from email import message_from_bytes, policy
from pathlib import Path

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Mailbox:
    """Keeps what arrives."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name = address.partition("@")[0]
        if name == "nobody":
            return "550 5.1.1 No such mailbox"
        if name == "later":
            return "451 4.2.1 Mailbox busy, try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 Recipient is fine"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        stem = self.folder / f"{self.count:06}"
        stem.with_suffix(".eml").write_bytes(envelope.original_content)
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "user": session.auth_data,
            "tls": session.ssl is not None,
            **understood(envelope.original_content),
        }
        # The envelope appears whole and last: whoever sees it may read both.
        draft = stem.with_suffix(".draft")
        draft.write_text(json.dumps(facts))
        draft.rename(stem.with_suffix(".json"))
        return f"250 2.0.0 Kept as {stem.name}"


def understood(content):
    """Reads a mail: its headers, its two texts, its files, and what is wrong with it."""
    mail = message_from_bytes(content, policy=policy.default)
    bodies = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
    files = [
        {
            "name": part.get_filename(),
            "type": part.get_content_type(),
            "content": base64.b64encode(part.get_payload(decode=True)).decode(),
        }
        for part in mail.iter_attachments()
    ]
    defects = [defect for part in mail.walk() for defect in part.defects]
    # Names of files stand in Content-Type as old programs read them, which is wrong on purpose; Content-Disposition has them right.
    checked = [value for part in mail.walk() for name, value in part.items() if name.lower() != "content-type"]
    defects += [defect for value in checked for defect in value.defects]
    return {
        "headers": [[name.lower(), str(value)] for name, value in mail.items()],
        "text": bodies["plain"] and bodies["plain"].get_content(),
        "html": bodies["html"] and bodies["html"].get_content(),
        "files": files,
        "defects": [repr(defect) for defect in defects],
    }


def authenticator(user, password):
    """Accepts one name with one password."""

    def check(server, session, envelope, mechanism, auth_data):
        known = LoginPassword(user.encode(), password.encode())
        if auth_data == known:
            return AuthResult(success=True, auth_data=user)
        return AuthResult(success=False, handled=False)

    return check


def certificate(folder):
    """Makes an authority for this run and a certificate of it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


async def main(folder, user, password):
    loop = asyncio.get_running_loop()
    mailbox, context, check = Mailbox(folder), certificate(folder), authenticator(user, password)

    def protocol():
        return SMTP(
            mailbox,
            hostname="localhost",
            enable_SMTPUTF8=True,
            decode_data=False,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            auth_require_tls=True,
            authenticator=check,
            loop=loop,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
