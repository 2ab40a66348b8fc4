"""Who looks at the page: a sign-in with an API key, kept in a cookie that only this process can have made."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time

import attrs
from fastapi import Request, Response

from screenkit.service.guarding.keys import Key, KeyFile, Scope
from screenkit.service.guarding.problems import Problem

COOKIE = "screenkit_session"
#: How long a sign-in lasts, in seconds: a working day.
_LASTS = 10 * 3_600


@attrs.frozen(kw_only=True)
class Visitor:
    """Somebody who may use the page."""

    #: The name of the key; None where the service has no keys.
    name: str | None
    #: What the visitor may do.
    scopes: frozenset[Scope]


class Sessions:
    """Sign-ins. They end with the process, after a working day, and when the key is revoked."""

    def __init__(self, keys: KeyFile | None) -> None:
        self._keys = keys
        self._secret = secrets.token_bytes(32)

    def visitor(self, request: Request) -> Visitor | None:
        """Who sent a request; None where somebody has to sign in first."""
        if self._keys is None:
            return Visitor(name=None, scopes=frozenset(Scope))
        digest = self._opened(request.cookies.get(COOKIE, ""))
        key = next((one for one in self._keys.read() if one.sha256 == digest and one.revoked is None), None)
        return None if key is None else Visitor(name=key.name, scopes=key.scopes)

    def sign_in(self, secret: str, response: Response) -> Key | None:
        """Give the owner of a key the cookie; None for a key that is not in force."""
        key = None if self._keys is None else self._keys.find(secret)
        if key is not None:
            told = f"{int(time.time()) + _LASTS}.{key.sha256}"
            value = f"{told}.{self._sign(told)}"
            response.set_cookie(COOKIE, value, max_age=_LASTS, httponly=True, samesite="strict", path="/")
        return key

    def _opened(self, value: str) -> str:
        """The hash of the key that a cookie was given for; empty for a cookie that is none, or too old."""
        told, _, signature = value.rpartition(".")
        until, _, digest = told.partition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._sign(told).encode())
        return digest if is_ours and until.isdigit() and int(until) > time.time() else ""

    def _sign(self, told: str) -> str:
        made = hmac.new(self._secret, told.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


async def refuse_foreign(request: Request) -> None:
    """Refuse a form that another site sent. Raises `Problem`."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    is_other = origin not in (None, "null") and str(origin).partition("://")[2] != request.headers.get("host")
    if site not in ("same-origin", "none") or is_other:
        raise Problem(403, "The form was sent by another site.")
