"""Has the binary deliver a notice by e-mail to a mail server that is not ours (aiosmtpd), and looks at what came.

    python deliver_mail.py FOREWARN DATA NUMBER

DATA is a data folder with the issued notice NUMBER. Servers that refuse, hang and drop the line come first: the
delivery is tried again later, under the same number, and nothing is lost.
"""

import asyncio
import email
import email.policy
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

from aiosmtpd.controller import Controller

FOREWARN, DATA, NUMBER = sys.argv[1:]


class Mailbox:
    """Takes the mail as `mood` says, and keeps what it took."""

    def __init__(self):
        self.mood, self.messages = "take", []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mood == "refuse":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mood == "hang":
            await asyncio.sleep(30)
        if self.mood == "drop":
            server.transport.abort()
            return "451 gone"
        if self.mood == "busy":
            return "451 4.3.2 try again later"
        self.messages.append((session.peer, envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


def run(now, *words, code=(0,)):
    environment = {**os.environ, "FOREWARN_NOW": now, "FOREWARN_USER": "mail-test"}
    done = subprocess.run([FOREWARN, "--data", DATA, *words], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode in code, f"{words}: {done.returncode} {done.stderr}"
    return done.stdout


def deliver(port, now, *more):
    words = ["notice", "deliver", "--smtp", f"smtp://127.0.0.1:{port}", "--smtp-from", "Desk <desk@bureau.example>"]
    return json.loads(run(now, *words, *more, "--timeout-seconds", "2", "--json", code=(0, 3)))


def verified(message):
    """The attachments of a message by name; its signed document is verified by the binary."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    files = {part.get_filename(): part.get_content() for part in parsed.iter_attachments()}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "document.json"
        content = files["document.json"]
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        told = json.loads(subprocess.run([FOREWARN, "verify", str(path), "--json"], capture_output=True, check=True).stdout)
    assert told["holds"] and told["number"] == NUMBER, told
    return parsed, files


def main():
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    member = ["members", "put", "mail-test", "--name", "Mail test", "--kind", "bureau", "--clearance", "AMBER"]
    run("2026-01-01T00:00:00Z", *member, "--channel", "email:officer@member.example")
    run("2026-01-01T00:00:00Z", "notice", "distribute", NUMBER, "--member", "mail-test")
    for day, mood in enumerate(["refuse", "busy", "hang", "drop"], start=2):
        box.mood = mood
        told = deliver(port, f"2026-01-{day:02}T00:00:00Z", "--document-only")
        assert (told["delivered"], told["failed"]) == (0, 1), f"{mood}: {told}"
    box.mood = "take"
    told = deliver(port, "2026-01-08T00:00:00Z")
    assert told["delivered"] == 1, told
    assert deliver(port, "2026-01-09T00:00:00Z")["delivered"] == 0, "delivered once"
    server.stop()

    (_, sender, recipients, content), = box.messages
    assert sender == "desk@bureau.example" and recipients == ["officer@member.example"], (sender, recipients)
    message, files = verified(content)
    assert NUMBER in message["Subject"] and message["Message-ID"].startswith("<dlv_"), message["Subject"]
    assert NUMBER in message.get_body(("plain",)).get_content()
    assert files["notice.pdf"].startswith(b"%PDF-") and "notice.cap.xml" in files and "notice.stix.json" in files, files.keys()
    print(f"{NUMBER}: delivered after four faults, once, with {len(files)} files; its signature holds")


main()
