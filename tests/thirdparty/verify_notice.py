"""Verifies a signed notice with other people's implementations: `rfc8785` for the canonical form, `jwcrypto`
for the detached signature.

    python verify_notice.py notice.json [--kid THUMBPRINT]

The document is `{"notice": …, "signature": {"jws": "header..signature", "jwk": …, "kid": …}}`. With `--kid`
the key has to be that one; without, only that the notice was not changed since whoever holds the key in it
signed. Also checked: a changed notice and another key are refused.

Exit code 0 if all holds, 1 if not, with one line that says what fails.
"""

import argparse
import base64
import json
import pathlib
import sys

import rfc8785
from jwcrypto import jwk, jws


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


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("notice", type=pathlib.Path)
    arguments.add_argument("--kid")
    given = arguments.parse_args()
    try:
        document = json.loads(given.notice.read_text(encoding="utf-8"), object_pairs_hook=refuse_twice)
        payload = check(document, given.kid)
    except (ValueError, KeyError, TypeError, jws.InvalidJWSObject, jwk.InvalidJWKValue) as error:
        print(f"{given.notice}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"{given.notice}: {document['notice']['number']}, {len(payload)} bytes, signature verified")
    return 0


if __name__ == "__main__":
    sys.exit(main())
