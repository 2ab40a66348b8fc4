"""Downloading list files. This is the only module that opens a network connection.

Proxies (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) and certificates (REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE,
SSL_CERT_FILE, SSL_CERT_DIR) are taken from the environment. After a temporary problem (no connection, no answer, an
interruption, a busy server) the download is tried again after a pause, and resumed if the server supports it. Any other
problem ends it.

No message and no file contains the query or password of an address, because they may be secret.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib.metadata import version

import attrs
import requests
import urllib3
from requests.compat import urljoin
from requests.utils import get_auth_from_url
from urllib3.util import Retry

from screenkit.errors import FetchError
from screenkit.model.wording import counted

from .download.addresses import check_address, server_of, shown
from .download.partial_download import DamagedPartError, PartialDownload, validators_of
from .download.request import FetchedFile, FetchLimits, FileRequest, Progress
from .store_records import Validators

_CHUNK_BYTES = 1 << 16
#: The most digits of a plausible length.
_MOST_DIGITS = 19
_MOST_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REMEDIES = {
    401: "The address requires credentials. Give an address that has them, or a mirror, with --url.",
    403: "The publisher or a proxy refuses the request. Open the address in a browser, or give a mirror with --url.",
    404: "The file has moved. Find its new address on the publisher's page, and give it with --url.",
    407: "The proxy requires credentials. Put them into HTTPS_PROXY.",
    410: "The file has moved. Find its new address on the publisher's page, and give it with --url.",
}


class _PassingError(Exception):
    """A temporary problem; `response` is the server's answer, if there is one."""

    def __init__(self, trouble: str, response: requests.Response | None = None) -> None:
        super().__init__(trouble)
        self.response = response


class _Session(requests.Session):
    """A session that follows redirects to https or on the same server only, and sends no secret to another server."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """The address that a response redirects to. Raises `FetchError` if it is not safe."""
        try:
            location = super().get_redirect_target(resp)
            if location is None:
                return None
            target = urljoin(resp.url, location)
            here, there = server_of(resp.url), server_of(target)
        except (ValueError, FetchError) as error:  # The text is not in a known encoding, or not a URL.
            raise FetchError(f"{shown(resp.url)}: it redirects to an invalid address. Open it in a browser.") from error
        resp.raw.close()  # Its body is not needed, and would be unpacked completely.
        if here != there and there[0] != "https":
            raise FetchError(
                f"{shown(resp.url)}: it redirects to {shown(target)}, which is not https, so the list could be altered"
                " on the way. Give the address of a mirror with --url."
            )
        return location

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Drop the credentials if a redirect leaves the server. None are taken from .netrc, as the base class does."""
        if server_of(response.url) != server_of(prepared_request.url or ""):
            prepared_request.headers.pop("Authorization", None)


def fetch(
    wanted: FileRequest, part: PartialDownload, *, limits: FetchLimits | None = None, progress: Progress | None = None
) -> FetchedFile:
    """Download a file completely, or find out that it has not changed.

    `part` is the download, which may have been started earlier. Raises `FetchError`, which says what happened and what
    to do; what was received is kept, if it can be resumed. Raises `StoreError` if it can't be written.
    """
    check_address(wanted)
    with _session(wanted.url) as session:
        return _Fetching(session, wanted, part, limits or FetchLimits(), progress).whole()


def _session(url: str) -> requests.Session:
    session = _Session()
    session.max_redirects = _MOST_REDIRECTS
    # Requests reads its own two variables first, but not those of OpenSSL.
    session.verify = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR") or True
    # Only the credentials of the address are used. Those of .netrc, which may be for any host, are not for publishers.
    user, password = get_auth_from_url(url)
    session.auth = (user, password) if user else _without_credentials
    # Some official sites refuse clients that don't look like a browser. Only gzip can be unpacked within a limit.
    agent = f"Mozilla/5.0 (compatible; screenkit/{version('screenkit')})"
    session.headers.update({"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip"})
    return session


def _without_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@attrs.define
class _Fetching:
    """A download in progress."""

    session: requests.Session
    wanted: FileRequest
    part: PartialDownload
    limits: FetchLimits
    progress: Progress | None
    deadline: float = attrs.field(init=False)
    place: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.deadline = time.monotonic() + self.limits.total_seconds
        self.place = shown(self.wanted.url)

    def whole(self) -> FetchedFile:
        """Try until the file is complete. Raises `FetchError` if it should not be tried again."""
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

    def _try(self) -> FetchedFile:
        known = self.wanted.validators
        patience = max(self.deadline - time.monotonic(), 0.001)
        timeouts = (min(self.limits.connect_seconds, patience), min(self.limits.silence_seconds, patience))
        try:
            with self.session.get(self.wanted.url, headers=self._headers(), stream=True, timeout=timeouts) as response:
                if response.status_code == 304 and known is not None:
                    self.part.discard()
                    return FetchedFile(
                        wanted=self.wanted, is_new=False, validators=validators_of(response.headers, known)
                    )
                total = self._begin(response)
                self.part.append(self._received(response, total))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _judged(self.place, error) from error
        except OSError as error:
            # Errors of the store are raised as such; only the files of certificates are left.
            raise FetchError(
                f"{self.place}: the certificates that REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR"
                " names can't be read. Correct the variable."
            ) from error
        if total is not None and self.part.size != total:
            raise _PassingError(f"the connection was interrupted after {self.part.size:,} of {total:,} bytes")
        try:
            validators = self.part.unpack(self.limits.unpacked_bytes)
        except DamagedPartError as error:
            raise _PassingError(str(error)) from error
        return FetchedFile(wanted=self.wanted, is_new=True, validators=validators)

    def _headers(self) -> dict[str, str]:
        known, note = self.wanted.validators or Validators(), self.part.note
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        if note is not None and note.if_range and self.part.size:
            headers |= {"Range": f"bytes={self.part.size}-", "If-Range": note.if_range}
        return {name: value for name, value in headers.items() if value}

    def _begin(self, response: requests.Response) -> int | None:
        """Start or resume the download, as the response says; returns the total number of bytes, if known."""
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
            raise _PassingError("the server could not resume the download")
        if status in _PASSING:
            raise _PassingError(f"the server answered {status}", response)
        remedy = _REMEDIES.get(status, "Open the address in a browser.")
        raise FetchError(f"{shown(response.url)}: the server answered {status}. {remedy}")

    def _received(self, response: requests.Response, total: int | None) -> Iterator[bytes]:
        size = self.part.size
        while True:
            if max(size, total or 0) > self.limits.received_bytes:
                self.part.discard()
                most = self.limits.received_bytes
                raise FetchError(
                    f"{self.place}: the file has more than {most:,} bytes, as no list has. It was deleted."
                )
            if self.progress is not None:
                self.progress(self.wanted.name, size, total)
            # One read of the socket at a time, so that a very slow server is noticed.
            chunk = response.raw.read1(_CHUNK_BYTES, decode_content=False)
            if not chunk:
                return
            if time.monotonic() > self.deadline:
                raise FetchError(f"{self.place}: {self._too_late()}. Try again later.")
            size += len(chunk)
            yield chunk

    def _pause(self, retry: Retry, error: _PassingError) -> Retry:
        """Wait before the next try. Raises `FetchError` if there should be none."""
        trouble = f"{self.place}: {error}"
        try:
            retry = retry.increment("GET", self.wanted.url, error=error)
        except urllib3.exceptions.MaxRetryError:
            raise FetchError(f"{trouble}; tried {counted(self.limits.tries, 'time')}. Try again later.") from error
        pause = max(_asked_pause(error.response), retry.get_backoff_time())
        if pause > self.limits.longest_pause_seconds:
            raise FetchError(
                f"{trouble}, and asks to wait {counted(round(pause), 'second')}. Try again later."
            ) from error
        if time.monotonic() + pause > self.deadline:
            raise FetchError(f"{trouble}; {self._too_late()}") from error
        time.sleep(pause)
        return retry

    def _too_late(self) -> str:
        return f"the download was not complete after {counted(round(self.limits.total_seconds), 'second')}"


def _length(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else None


def _asked_pause(response: requests.Response | None) -> float:
    stated = response.headers.get("Retry-After") if response is not None else None
    try:
        return Retry().parse_retry_after(stated) if stated else 0.0
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return 0.0  # It is neither a number of seconds nor a date.


def _judged(place: str, error: Exception) -> Exception:
    """The exception for an error of a network library, whose own text may contain the complete address."""
    cause = _root(error)
    if certificate := getattr(cause, "verify_message", ""):
        return FetchError(
            f"{place}: the certificate can't be verified: {certificate}. If your own proxy inspects connections, name"
            " its certificate in REQUESTS_CA_BUNDLE."
        )
    if isinstance(error, requests.ConnectTimeout):
        return _PassingError("no connection was made in time")
    if isinstance(error, requests.ReadTimeout | urllib3.exceptions.ReadTimeoutError):
        return _PassingError("the server stopped answering")
    if isinstance(error, requests.exceptions.ProxyError):
        return _PassingError(f"the proxy can't be used ({_reason(cause)})")
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.HTTPError):
        return _PassingError(f"the connection failed or was interrupted ({_reason(cause)})")
    if isinstance(error, requests.TooManyRedirects):
        return FetchError(f"{place}: it redirects more than {_MOST_REDIRECTS} times. Open it in a browser.")
    return FetchError(f"{place}: the request failed ({type(error).__name__}). Check the address and the proxy.")


def _root(error: BaseException) -> BaseException:
    """The innermost error, since these libraries wrap errors in one another."""
    inner = [getattr(error, "reason", None), *error.args, error.__cause__]
    for found in inner:
        if isinstance(found, BaseException) and found is not error:
            return _root(found)
    return error


def _reason(cause: BaseException) -> str:
    """The text of a system error, which contains no address; the type of any other."""
    return cause.strerror or str(cause) if isinstance(cause, OSError) else type(cause).__name__
