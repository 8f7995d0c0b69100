"""Verifies a signed notice with other people's implementations: `rfc8785` for the canonical form, `jwcrypto`
for the detached signature.

    python verify_notice.py notice.json [--kid THUMBPRINT]

The document is `{"notice": …, "signature": {"jws": "header..signature", "jwk": …, "kid": …}}`. With `--kid`
the key has to be that one; without, only that the notice was not changed since whoever holds the key in it
signed. Also checked: a changed notice and another key are refused; and the transparency log, by an
implementation of RFC 6962 and of C2SP signed notes of its own: that the checkpoint is signed, and that the
notice is in the log at the place that it names.

Exit code 0 if all holds, 1 if not, with one line that says what fails.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import sys

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwcrypto import jwk, jws


FAILURES = (InvalidSignature, jws.InvalidJWSObject, jwk.InvalidJWKValue)


def refuse_twice(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member name stands twice in one object")
    return members


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def verifies(detached, payload, key):
    header, empty, signature = detached.split(".")
    if empty:
        raise ValueError("the signature is not detached")
    token = jws.JWS()
    token.allowed_algs = ["EdDSA"]
    token.deserialize(f"{header}.{base64url(payload)}.{signature}")
    try:
        token.verify(key)
    except jws.InvalidJWSSignature:
        return False
    return True


def check(document, kid):
    signature = document["signature"]
    if "d" in signature["jwk"]:
        raise ValueError("the document holds a private key")
    key = jwk.JWK(**signature["jwk"])
    if key.thumbprint() != signature["kid"]:
        raise ValueError(f"kid {signature['kid']}, but the thumbprint of the key is {key.thumbprint()}")
    if kid is not None and kid != signature["kid"]:
        raise ValueError(f"signed with key {signature['kid']}, expected {kid}")
    header = signature["jws"].split(".")[0]
    header = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    if header.get("kid", signature["kid"]) != signature["kid"]:
        raise ValueError(f"the signature names key {header['kid']}, the document {signature['kid']}")

    payload = rfc8785.dumps(document["notice"])
    if not verifies(signature["jws"], payload, key):
        raise ValueError("the signature does not fit the notice")
    if verifies(signature["jws"], payload[:-1] + b" }", key):
        raise ValueError("the signature fits a changed notice")
    if verifies(signature["jws"], payload, jwk.JWK.generate(kty="OKP", crv="Ed25519")):
        raise ValueError("the signature fits any key")
    return payload


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf, index, size, path):
    """The root that a proof leads to: RFC 6962, section 2.1.1, read from the top down."""
    if size == 1:
        if path:
            raise ValueError("the proof is too long")
        return leaf
    if not path:
        raise ValueError("the proof is too short")
    left = 1 << ((size - 1).bit_length() - 1)
    if index < left:
        return sha256(b"\x01", root_of(leaf, index, left, path[:-1]), path[-1])
    return sha256(b"\x01", path[-1], root_of(leaf, index - left, size - left, path[:-1]))


def check_log(document):
    log, signature = document["log"], document["signature"]
    text, _, signed = log["checkpoint"].rpartition("\n\n")
    text += "\n"
    origin, size, root = text.splitlines()[:3]
    public = base64.urlsafe_b64decode(signature["jwk"]["x"] + "=")
    expected = sha256(origin.encode(), b"\n\x01", public)[:4]
    name, _, encoded = signed.strip().removeprefix("\u2014 ").rpartition(" ")
    note = base64.b64decode(encoded)
    if name != origin or note[:4] != expected:
        raise ValueError("the checkpoint is not signed with the key of the notice")
    Ed25519PublicKey.from_public_bytes(public).verify(note[4:], text.encode())

    leaf = sha256(b"\x00", rfc8785.dumps({"notice": document["notice"], "signature": signature}))
    path = [base64.b64decode(each) for each in log["hashes"]]
    if root_of(leaf, log["index"], int(size), path) != base64.b64decode(root):
        raise ValueError(f"the notice is not leaf {log['index']} of the log of {size}")
    return f"leaf {log['index']} of {size}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("notice", type=pathlib.Path)
    arguments.add_argument("--kid")
    given = arguments.parse_args()
    try:
        document = json.loads(given.notice.read_text(encoding="utf-8"), object_pairs_hook=refuse_twice)
        payload = check(document, given.kid)
        place = check_log(document)
    except (ValueError, KeyError, TypeError, *FAILURES) as error:
        print(f"{given.notice}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    number = document["notice"]["number"]
    print(f"{given.notice}: {number}, {len(payload)} bytes, signature and log verified, {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
