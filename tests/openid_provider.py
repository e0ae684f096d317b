"""A small OpenID Connect provider on loopback: discovery, authorize, token, keys; it signs what a test asks it to.

It keeps to the rules that matter for the other side: a code works once, for the client and address it was given to,
with the verifier of its challenge (PKCE).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "parindex-test", "only-for-tests"


@cache
def key_of(_name: str) -> rsa.RSAPrivateKey:
    """A key, made once: making one takes longer than a test."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Provider:
    """What the provider says of the person who logs in there, and how it misbehaves."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    user_info: dict[str, Any] | None = None
    forges: bool = False
    audience: str = CLIENT
    issuer: str = ""
    age: int = 0
    denies: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/me", "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key_of("provider").public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        if self.denies:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """The signed token for a code; None where the code is not good."""
        given = self.codes.pop(asked.get("code", ""), None)
        if given is None or (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != given.get("code_challenge") or asked.get("redirect_uri") != given["redirect_uri"]:
            return None
        now = int(time.time()) - self.age
        claims = {
            "iss": self.issuer or self.address, "aud": self.audience, "iat": now, "exp": now + 300, **self.claims
        }  # fmt: skip
        key = key_of("forger" if self.forges else "provider")
        signed = jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def openid_provider() -> Iterator[Provider]:
    """A provider that runs until the end of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(_plain(asked.query)))
                self.end_headers()
                return
            pages = {
                "/.well-known/openid-configuration": provider.discovery(), "/keys": provider.keys(),
                "/me": provider.user_info or provider.claims,
            }  # fmt: skip
            self._json(pages.get(asked.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._json(provider.token(_plain(body)), bad=400)

        def _json(self, data: dict[str, Any] | None, bad: int = 404) -> None:
            body = json.dumps(data or {"error": "invalid_grant"}).encode()
            self.send_response(200 if data is not None else bad)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing: a test says what it needs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    # It ends when it looks whether it should; else every half second.
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _plain(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
