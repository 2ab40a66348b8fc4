"""A URL in, the file that it offers in the incoming folder out; the only module that opens a socket.

Proxies (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) and certificates (REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE,
SSL_CERT_FILE, SSL_CERT_DIR) are those of the environment. A passing trouble (no connection, silence, a cut, a busy
server) is tried again after a pause, from where it broke off if the server can do so; any other ends the fetch.

No message and no file names a query or a password: a signed address or a token is nobody's to read.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from importlib.metadata import version

import attrs
import requests
import urllib3
from requests.compat import urljoin
from requests.utils import get_auth_from_url
from urllib3.util import Retry, Url, parse_url

from screenkit.errors import FetchError

from .installed_edition import Validators
from .partial import DamagedPartError, Partial, validators_of
from .wanted import Fetched, FetchLimits, Progress, Wanted

_CHUNK_BYTES = 1 << 16
#: Of a length that can be meant.
_MOST_DIGITS = 19
_MOST_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REMEDIES = {
    401: "The address needs credentials: give one that has them, or a mirror, by --url.",
    403: "The publisher or a proxy refuses: look at the address in a browser, or give a mirror by --url.",
    404: "The file has moved: look at the publisher's page, and give its new address by --url.",
    407: "The proxy wants credentials: put them into HTTPS_PROXY.",
    410: "The file has moved: look at the publisher's page, and give its new address by --url.",
}


class _PassingError(Exception):
    """A trouble that may be over at the next try; `response` is the server's, if it gave one."""

    def __init__(self, trouble: str, response: requests.Response | None = None) -> None:
        super().__init__(trouble)
        self.response = response


class _Session(requests.Session):
    """A session that follows a redirect to https alone or within a server, and takes no secret to another one."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where a response sends on to; raises `FetchError` where that is not safe."""
        try:
            location = super().get_redirect_target(resp)
            if location is None:
                return None
            target = urljoin(resp.url, location)
            here, there = _server(resp.url), _server(target)
        except (ValueError, FetchError) as error:  # Of text that is in no encoding or no URL.
            raise FetchError(f"{shown(resp.url)}: sends on to what is no address; look at it in a browser") from error
        resp.raw.close()  # Its body, which would be unpacked whole, is nothing to us.
        if here != there and there[0] != "https":
            raise FetchError(
                f"{shown(resp.url)}: sends on to {shown(target)}, which is not https; the list could be altered on"
                " its way. Not followed: give a mirror by --url."
            )
        return location

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Drop the credentials where a redirect leaves the server; take none from .netrc, as the base class would."""
        if _server(response.url) != _server(prepared_request.url or ""):
            prepared_request.headers.pop("Authorization", None)


def fetch(
    wanted: Wanted, part: Partial, *, limits: FetchLimits | None = None, progress: Progress | None = None
) -> Fetched:
    """Fetch a file whole, or learn that it has not changed.

    `part` is its download, perhaps begun earlier. Raises `FetchError`, which says what the server did and what to do;
    what was received stays to be resumed, unless it is of no use. Raises `StoreError` where it can't be written.
    """
    check_address(wanted)
    with _session(wanted.url) as session:
        return _Fetching(session, wanted, part, limits or FetchLimits(), progress).whole()


def check_address(wanted: Wanted) -> None:
    """Raise `FetchError` where an address is none that may be asked."""
    url = _parsed(wanted.url)
    if not url.host or url.scheme not in ("https", "http"):
        raise FetchError(
            f"{shown(wanted.url)}: expected an address that begins with https://; for a file use `screenkit import`"
        )
    if url.scheme == "http" and not wanted.is_given:
        raise FetchError(f"{shown(wanted.url)}: a publisher's list is fetched by https alone; for a mirror use --url")


def shown(url: str) -> str:
    """An address without what may be secret in it: its user, password, query and fragment."""
    parsed = _parsed(url)
    return Url(parsed.scheme, None, parsed.host, parsed.port, parsed.path).url


def recorded(url: str) -> str:
    """An address as it may be kept: as `shown`, with a hash in place of what that leaves out."""
    kept = shown(url)
    return kept if kept == url else f"{kept}?sha256={hashlib.sha256(url.encode('utf-8')).hexdigest()[:16]}"


def is_open(url: str) -> bool:
    """Whether what is fetched there can be altered on its way: plain http to another machine."""
    parsed = _parsed(url)
    host = (parsed.host or "").strip("[]")
    return parsed.scheme == "http" and host != "localhost" and not host.startswith("127.") and host != "::1"


def _server(url: str) -> tuple[str | None, str | None, int | None]:
    parsed = _parsed(url)
    return parsed.scheme, parsed.host, parsed.port


def _parsed(url: str) -> Url:
    try:
        return parse_url(url)
    except urllib3.exceptions.LocationParseError as error:
        raise FetchError("an address that is given is no URL; it begins with https:// and names a server") from error


def _session(url: str) -> requests.Session:
    session = _Session()
    session.max_redirects = _MOST_REDIRECTS
    # Requests looks at its own two variables first, but not at OpenSSL's.
    session.verify = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR") or True
    # The address's own credentials or none: those of .netrc, whose default is for any host, are not for publishers.
    user, password = get_auth_from_url(url)
    session.auth = (user, password) if user else _without_credentials
    # Some official sites send away what does not begin as a browser. Only gzip can be unpacked within a limit.
    agent = f"Mozilla/5.0 (compatible; screenkit/{version('screenkit')})"
    session.headers.update({"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip"})
    return session


def _without_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@attrs.define
class _Fetching:
    """One fetch under way."""

    session: requests.Session
    wanted: Wanted
    part: Partial
    limits: FetchLimits
    progress: Progress | None
    deadline: float = attrs.field(init=False)
    place: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.deadline = time.monotonic() + self.limits.total_seconds
        self.place = shown(self.wanted.url)

    def whole(self) -> Fetched:
        """Try until the file is whole; raises `FetchError` where there is to be no further try."""
        retry = Retry(
            total=self.limits.tries - 1,
            backoff_factor=self.limits.pause_seconds,
            backoff_max=self.limits.longest_pause_seconds,
            backoff_jitter=self.limits.pause_seconds / 2,
        )
        while True:
            try:
                return self._try()
            except _PassingError as error:
                retry = self._pause(retry, error)

    def _try(self) -> Fetched:
        known = self.wanted.validators
        patience = max(self.deadline - time.monotonic(), 0.001)
        timeouts = (min(self.limits.connect_seconds, patience), min(self.limits.silence_seconds, patience))
        try:
            with self.session.get(self.wanted.url, headers=self._headers(), stream=True, timeout=timeouts) as response:
                if response.status_code == 304 and known is not None:
                    self.part.discard()
                    return Fetched(wanted=self.wanted, is_new=False, validators=validators_of(response.headers, known))
                total = self._begin(response)
                self.part.append(self._received(response, total))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _judged(self.place, error) from error
        except OSError as error:
            # What the store opens says so itself; what is left are the files of certificates.
            raise FetchError(
                f"{self.place}: the certificates that REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR"
                " names can't be read"
            ) from error
        if total is not None and self.part.size != total:
            raise _PassingError(f"the connection was cut after {self.part.size:,} of {total:,} bytes")
        try:
            validators = self.part.unpack(self.limits.unpacked_bytes)
        except DamagedPartError as error:
            raise _PassingError(str(error)) from error
        return Fetched(wanted=self.wanted, is_new=True, validators=validators)

    def _headers(self) -> dict[str, str]:
        known, note = self.wanted.validators or Validators(), self.part.note
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        if note is not None and note.if_range and self.part.size:
            headers |= {"Range": f"bytes={self.part.size}-", "If-Range": note.if_range}
        return {name: value for name, value in headers.items() if value}

    def _begin(self, response: requests.Response) -> int | None:
        """Take the part up, or up again, as the response says; return how many bytes the whole has, if known."""
        status, headers, note = response.status_code, response.headers, self.part.note
        if status == 200:
            self.part.begin(headers)
            return None if "Transfer-Encoding" in headers else _length(headers.get("Content-Length", ""))
        if status == 206 and note is not None:
            unit, _, extent = headers.get("Content-Range", "").partition(" ")
            span, _, total = extent.partition("/")
            is_same = headers.get("ETag", note.validators.etag) == note.validators.etag
            if unit == "bytes" and span.partition("-")[0] == str(self.part.size) and is_same:
                return _length(total)
        if status in (206, 416):
            self.part.discard()
            raise _PassingError("the server could not go on where the file broke off")
        if status in _PASSING:
            raise _PassingError(f"the server answered {status}", response)
        remedy = _REMEDIES.get(status, "Look at the address in a browser.")
        raise FetchError(f"{shown(response.url)}: the server answered {status}. {remedy}")

    def _received(self, response: requests.Response, total: int | None) -> Iterator[bytes]:
        size = self.part.size
        while True:
            if max(size, total or 0) > self.limits.received_bytes:
                self.part.discard()
                most = self.limits.received_bytes
                raise FetchError(f"{self.place}: is longer than {most:,} bytes, as no list is; it is not taken")
            if self.progress is not None:
                self.progress(self.wanted.name, size, total)
            # One read of the socket at a time, so that a server that trickles is noticed.
            chunk = response.raw.read1(_CHUNK_BYTES, decode_content=False)
            if not chunk:
                return
            if time.monotonic() > self.deadline:
                raise FetchError(f"{self.place}: {self._too_late()}; try again later")
            size += len(chunk)
            yield chunk

    def _pause(self, retry: Retry, error: _PassingError) -> Retry:
        """Wait before the next try; raises `FetchError` where there is to be none."""
        trouble = f"{self.place}: {error}"
        try:
            retry = retry.increment("GET", self.wanted.url, error=error)
        except urllib3.exceptions.MaxRetryError:
            raise FetchError(f"{trouble}; tried {self.limits.tries} times. Try again later.") from error
        pause = max(_asked_pause(error.response), retry.get_backoff_time())
        if pause > self.limits.longest_pause_seconds:
            raise FetchError(f"{trouble}, and asks to be left alone for {pause:,.0f} seconds") from error
        if time.monotonic() + pause > self.deadline:
            raise FetchError(f"{trouble}; {self._too_late()}") from error
        time.sleep(pause)
        return retry

    def _too_late(self) -> str:
        return f"not whole after {self.limits.total_seconds:,.0f} seconds"


def _length(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else None


def _asked_pause(response: requests.Response | None) -> float:
    stated = response.headers.get("Retry-After") if response is not None else None
    try:
        return Retry().parse_retry_after(stated) if stated else 0.0
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return 0.0  # It is no number of seconds and no date.


def _judged(place: str, error: Exception) -> Exception:
    """What is raised for a network library's error; its own text may hold the whole address."""
    cause = _root(error)
    if certificate := getattr(cause, "verify_message", ""):
        return FetchError(
            f"{place}: the certificate can't be verified: {certificate}. Where a proxy of your own inspects"
            " connections, name its certificate by REQUESTS_CA_BUNDLE."
        )
    if isinstance(error, requests.ConnectTimeout):
        return _PassingError("no connection in time")
    if isinstance(error, requests.ReadTimeout | urllib3.exceptions.ReadTimeoutError):
        return _PassingError("the server fell silent")
    if isinstance(error, requests.exceptions.ProxyError):
        return _PassingError(f"the proxy can't be used ({_reason(cause)})")
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.HTTPError):
        return _PassingError(f"the connection failed or was cut ({_reason(cause)})")
    if isinstance(error, requests.TooManyRedirects):
        return FetchError(f"{place}: sends on more than {_MOST_REDIRECTS} times")
    return FetchError(f"{place}: can't be asked ({type(error).__name__}); look at the address and the proxy")


def _root(error: BaseException) -> BaseException:
    """The innermost of errors that are wrapped into one another, as these libraries do it."""
    inner = [getattr(error, "reason", None), *error.args, error.__cause__]
    for found in inner:
        if isinstance(found, BaseException) and found is not error:
            return _root(found)
    return error


def _reason(cause: BaseException) -> str:
    """Of the system's own errors their text, which holds no address; of others what kind they are."""
    return cause.strerror or str(cause) if isinstance(cause, OSError) else type(cause).__name__
