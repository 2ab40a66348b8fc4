"""A file is fetched whole or not at all: against a real server that does what servers do."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import resource
import ssl
import tracemalloc
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

import screenkit
from screenkit.editions.download.addresses import is_open, recorded, shown
from screenkit.editions.download.partial_download import PartialDownload
from screenkit.editions.download.request import FetchedFile, FetchLimits, FileRequest
from screenkit.editions.fetch import fetch
from screenkit.editions.store_records import Validators
from screenkit.errors import FetchError, StoreError

from .server import (
    Answer,
    Handler,
    Site,
    cut,
    cut_chunked,
    failing,
    file,
    gzipped,
    in_turn,
    moved,
    proxy,
    silent,
)

BODY = b"".join(b"%07d\n" % number for number in range(40_000))
Secure = Callable[..., Site]
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")
QUICK = FetchLimits(connect_seconds=2, silence_seconds=0.4, total_seconds=20, pause_seconds=0.005)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the proxies and certificates of the machine that the tests run on."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in CERTIFICATES:
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site("127.0.0.1") as site:
        yield site


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Secure]:
    """Start a server with a certificate of the authority for the host; it stops with the test."""
    running: list[Site] = []

    def start(host: str, expired: dt.datetime | None = None) -> Site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        begins = expired and expired - dt.timedelta(days=9)
        authority.issue_cert(host, not_before=begins, not_after=expired).configure_cert(context)
        running.append(Site(host, context).__enter__())
        return running[-1]

    yield start
    for site in running:
        site.__exit__()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The authority's certificate, which the environment names."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


def get(
    folder: Path, url: str, *, limits: FetchLimits = QUICK, is_given: bool = True, validators: Validators | None = None
) -> FetchedFile:
    wanted = FileRequest(url=url, name="list.txt", is_given=is_given, validators=validators)
    return fetch(wanted, PartialDownload(folder, "list.txt", url), limits=limits)


def whole(folder: Path) -> bytes:
    assert not list(folder.glob("*.part"))
    assert not list(folder.glob("*.note"))
    return (folder / "list.txt").read_bytes()


def refused(folder: Path, url: str, **options: FetchLimits | bool) -> str:
    """What is said of a fetch that has to fail, and that must leave no file behind that looks whole."""
    with pytest.raises(FetchError) as caught:
        get(folder, url, **options)  # type: ignore[arg-type]  # the values are those of get
    assert not (folder / "list.txt").exists()
    return str(caught.value)


def test_a_file_arrives_as_published_with_its_validators(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = file(BODY, etag='"one"', last_modified="Thu, 20 Nov 2025 10:00:00 GMT")
    fetched = get(tmp_path, site.url("/list"))
    assert fetched.is_new
    assert fetched.validators == Validators(etag='"one"', last_modified="Thu, 20 Nov 2025 10:00:00 GMT")
    assert whole(tmp_path) == BODY
    assert f"screenkit/{screenkit.__version__}" in site.asked[0].headers["User-Agent"]


@pytest.mark.parametrize(
    "validators",
    [Validators(etag='"one"'), Validators(last_modified="Thu, 20 Nov 2025 10:00:00 GMT")],
    ids=["ETag", "Last-Modified"],
)
def test_an_unchanged_file_is_not_sent_again(site: Site, tmp_path: Path, validators: Validators) -> None:
    site.answers["/list"] = file(BODY, etag=validators.etag, last_modified=validators.last_modified)
    fetched = get(tmp_path, site.url("/list"), validators=validators)
    assert not fetched.is_new
    assert fetched.validators == validators
    assert not (tmp_path / "list.txt").exists()


def test_a_304_that_nobody_asked_for_is_no_answer(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = failing(304)
    assert "answered 304" in refused(tmp_path, site.url("/list"))


def test_an_empty_file_arrives_empty(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = failing(200)
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == b""


def test_a_gzipped_answer_is_kept_as_published(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = gzipped(BODY, etag='"packed"')
    assert get(tmp_path, site.url("/list")).validators.etag == '"packed"'
    assert whole(tmp_path) == BODY


def test_a_damaged_gzip_is_fetched_anew(site: Site, tmp_path: Path) -> None:
    packed = gzip.compress(BODY)
    damaged = packed[:-8] + bytes(8)
    site.answers["/list"] = in_turn(
        failing(200, damaged, Content_Encoding="gzip"),
        failing(200, packed[:-9], Content_Encoding="gzip"),
        failing(200, BODY[:99], Content_Encoding="gzip"),
        gzipped(BODY),
    )
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "deflate"])
def test_another_encoding_is_refused(site: Site, tmp_path: Path, encoding: str) -> None:
    site.answers["/list"] = failing(200, BODY, Content_Encoding=encoding)
    assert "which is not supported" in refused(tmp_path, site.url("/list"))
    assert not list(tmp_path.iterdir())


# Troubles that pass.


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_trouble_is_tried_again(site: Site, tmp_path: Path, status: int) -> None:
    site.answers["/list"] = in_turn(failing(status), failing(status, b"<html>busy</html>"), file(BODY))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert len(site.asked) == 3


def test_tries_end(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = failing(500)
    assert "tried 5 times" in refused(tmp_path, site.url("/list"))
    assert len(site.asked) == 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501, 204, 206])
def test_any_other_answer_is_not_tried_again(site: Site, tmp_path: Path, status: int) -> None:
    site.answers["/list"] = failing(status)
    if status == 206:
        assert "could not resume" in refused(tmp_path, site.url("/list"))
    else:
        assert f"answered {status}" in refused(tmp_path, site.url("/list"))
        assert len(site.asked) == 1


def test_a_pause_that_the_server_asks_for_is_kept(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = in_turn(failing(429, Retry_After="1"), file(BODY))
    start = dt.datetime.now(dt.UTC)
    get(tmp_path, site.url("/list"))
    assert dt.datetime.now(dt.UTC) - start >= dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    "pause", ["3600", format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=30), usegmt=True)], ids=["s", "date"]
)
def test_a_longer_pause_than_the_bound_ends_the_fetch(site: Site, tmp_path: Path, pause: str) -> None:
    site.answers["/list"] = failing(503, Retry_After=pause)
    assert "asks to wait" in refused(tmp_path, site.url("/list"))
    assert len(site.asked) == 1


def test_a_pause_that_is_none_is_passed_over(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = in_turn(failing(503, Retry_After="soon"), file(BODY))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY


def test_silence_is_noticed(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = in_turn(silent(1), silent(1, BODY, 1_000), file(BODY))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    site.answers["/list"] = silent(1)
    patient = FetchLimits(silence_seconds=0.1, pause_seconds=0.001, tries=2)
    assert "stopped answering" in refused(tmp_path, site.url("/list"), limits=patient)


def test_a_server_that_trickles_is_left_at_the_deadline(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = file(BODY, piece=10, pause=0.02)
    start = dt.datetime.now(dt.UTC)
    assert "not complete after 1 second" in refused(tmp_path, site.url("/list"), limits=FetchLimits(total_seconds=1))
    assert dt.datetime.now(dt.UTC) - start < dt.timedelta(seconds=30)


def test_nobody_there_is_a_passing_trouble(tmp_path: Path) -> None:
    with Site("127.0.0.1") as gone:
        url = gone.url("/list?token=secret")
    message = refused(tmp_path, url, limits=FetchLimits(tries=2, pause_seconds=0.001))
    assert "refused" in message
    assert "secret" not in message


# Cuts, and going on from them.


def test_a_body_that_was_cut_is_resumed(site: Site, tmp_path: Path) -> None:
    half = len(BODY) // 2
    site.answers["/list"] = in_turn(cut(BODY, half, ETag='"one"'), file(BODY, etag='"one"'))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert site.asked[1].headers["Range"] == f"bytes={half}-"
    assert site.asked[1].headers["If-Range"] == '"one"'


def test_what_one_fetch_left_the_next_one_resumes(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = cut(BODY, 70_000, ETag='"one"')
    assert "interrupted" in refused(tmp_path, site.url("/list"), limits=FetchLimits(tries=1))
    site.answers["/list"] = file(BODY, etag='"one"')
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert site.asked[-1].headers["Range"] == "bytes=70000-"


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = in_turn(cut(BODY, 70_000, ETag='"one"'), file(BODY[::-1], etag='"two"'))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY[::-1]


def range_of_another_file(handler: Handler) -> None:
    handler.reply(206, BODY[::-1][70_000:], ETag='"two"', Content_Range=f"bytes 70000-{len(BODY) - 1}/{len(BODY)}")


def another_range(handler: Handler) -> None:
    handler.reply(206, BODY[60_000:-10_000], ETag='"one"', Content_Range=f"bytes 60000-{len(BODY) - 1}/{len(BODY)}")


@pytest.mark.parametrize(
    "answer",
    [failing(416), failing(206, BODY[70_000:]), range_of_another_file, another_range],
    ids=["refused", "no range stated", "of another file", "another range"],
)
def test_a_server_that_can_not_go_on_starts_over(site: Site, tmp_path: Path, answer: Answer) -> None:
    site.answers["/list"] = in_turn(cut(BODY, 70_000, ETag='"one"'), answer, file(BODY, etag='"one"'))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY


def test_a_server_that_sends_less_than_it_was_asked_for_is_asked_for_the_rest(site: Site, tmp_path: Path) -> None:
    def less(handler: Handler) -> None:
        handler.reply(206, BODY[70_000:80_000], ETag='"one"', Content_Range=f"bytes 70000-79999/{len(BODY)}")

    site.answers["/list"] = in_turn(cut(BODY, 70_000, ETag='"one"'), less, file(BODY, etag='"one"'))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert site.asked[-1].headers["Range"] == "bytes=80000-"


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_strong_validator_nothing_is_resumed(site: Site, tmp_path: Path, etag: str) -> None:
    site.answers["/list"] = in_turn(cut(BODY, 70_000, ETag=etag), file(BODY))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert "Range" not in site.asked[1].headers


@pytest.mark.parametrize(("age", "is_resumed"), [(3_600, True), (1, False)])
def test_a_date_is_a_strong_validator_once_it_has_settled(
    site: Site, tmp_path: Path, age: int, is_resumed: bool
) -> None:
    changed = format_datetime(dt.datetime.now(dt.UTC) - dt.timedelta(seconds=age), usegmt=True)
    site.answers["/list"] = in_turn(cut(BODY, 70_000, Last_Modified=changed), file(BODY, last_modified=changed))
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY
    assert ("Range" in site.asked[1].headers) is is_resumed


def test_a_partial_download_is_of_one_address_and_its_note_is_looked_at(site: Site, tmp_path: Path) -> None:
    site.answers["/one"], site.answers["/two"] = cut(BODY, 70_000, ETag='"one"'), file(BODY[::-1], etag='"one"')
    refused(tmp_path, site.url("/one"), limits=FetchLimits(tries=1))
    get(tmp_path, site.url("/two"))
    assert whole(tmp_path) == BODY[::-1]
    refused(tmp_path, site.url("/one"), limits=FetchLimits(tries=1))
    note = tmp_path / "list.txt.note"
    assert json.loads(note.read_text())["if_range"] == '"one"'
    note.write_text(note.read_text()[:-9])
    site.answers["/one"] = file(BODY, etag='"one"')
    get(tmp_path, site.url("/one"))
    assert whole(tmp_path) == BODY
    assert "Range" not in site.asked[-1].headers


@pytest.mark.parametrize(
    "answer", [cut(BODY, 1_000), cut(BODY, len(BODY), length=len(BODY) + 7), cut_chunked(BODY, 5_000)]
)
def test_a_body_shorter_than_announced_is_not_whole(site: Site, tmp_path: Path, answer: Answer) -> None:
    site.answers["/list"] = answer
    assert "interrupted" in refused(tmp_path, site.url("/list"))
    assert len(site.asked) == QUICK.tries


# Too much.


def test_a_file_longer_than_the_limit_is_not_received(site: Site, tmp_path: Path) -> None:
    small = FetchLimits(received_bytes=100_000)
    site.answers["/list"] = file(BODY)
    assert "more than 100,000 bytes" in refused(tmp_path, site.url("/list"), limits=small)

    def endless(handler: Handler) -> None:
        handler.start(200, {"Transfer-Encoding": "chunked"})
        while True:
            handler.wfile.write(b"1000\r\n" + bytes(0x1000) + b"\r\n")

    site.answers["/list"] = endless
    assert "more than 100,000 bytes" in refused(tmp_path, site.url("/list"), limits=small)
    assert not list(tmp_path.iterdir())


def test_a_gzip_bomb_is_stopped_at_the_limit_and_nothing_of_it_stays(site: Site, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=1)
    assert len(bomb) < 1_000_000
    site.answers["/list"] = failing(200, bomb, Content_Encoding="gzip")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15_000_000, hard))  # The system lets it write no more than that.
    try:
        message = refused(tmp_path, site.url("/list"), limits=FetchLimits(unpacked_bytes=10_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "more than 10,000,000 bytes" in message
    assert not list(tmp_path.iterdir())


# Where a request may lead.


def test_redirects_to_another_host_are_followed_by_https(
    site: Site, secure: Secure, trusted: Path, tmp_path: Path
) -> None:
    here, there = secure("127.0.0.1"), secure("127.0.0.2")
    here.answers["/list"] = moved(there.url("/signed?signature=secret"))
    there.answers["/signed"] = file(BODY, etag='"one"')
    get(tmp_path, here.url("/list"), is_given=False)
    assert whole(tmp_path) == BODY
    assert there.asked[0].line == "GET /signed?signature=secret HTTP/1.1"
    site.answers["/list"] = moved(there.url("/signed"), 302)
    get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY


def test_a_conditional_request_is_one_at_the_end_of_redirects_too(
    secure: Secure, trusted: Path, tmp_path: Path
) -> None:
    here, there = secure("127.0.0.1"), secure("127.0.0.2")
    here.answers["/list"], there.answers["/list"] = moved(there.url("/list"), 302), file(BODY, etag='"one"')
    assert not get(tmp_path, here.url("/list"), validators=Validators(etag='"one"')).is_new


def test_a_redirect_away_from_https_is_refused(site: Site, secure: Secure, trusted: Path, tmp_path: Path) -> None:
    here = secure("127.0.0.1")
    site.answers["/list"] = file(BODY)
    here.answers["/list"] = moved(site.url("/list?signature=secret"))
    message = refused(tmp_path, here.url("/list"))
    assert "not https" in message
    assert "secret" not in message
    assert not site.asked


def test_a_redirect_by_http_stays_with_the_server(site: Site, tmp_path: Path) -> None:
    with Site("127.0.0.2") as other:
        other.answers["/list"] = file(BODY)
        site.answers["/list"] = moved(other.url("/list"))
        assert "not https" in refused(tmp_path, site.url("/list"))
        site.answers["/list"], site.answers["/new"] = moved("/new"), file(BODY)
        get(tmp_path, site.url("/list"))
    assert whole(tmp_path) == BODY


def test_redirects_end(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = moved("/list")
    assert "more than 5 times" in refused(tmp_path, site.url("/list"))


def test_the_body_of_a_redirect_is_not_unpacked(site: Site, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(100_000_000), compresslevel=1)

    def bombing(handler: Handler) -> None:
        handler.reply(302, bomb, Content_Encoding="gzip", Location="/new")

    site.answers["/list"], site.answers["/new"] = bombing, file(BODY)
    tracemalloc.start()
    get(tmp_path, site.url("/list"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert whole(tmp_path) == BODY


def test_credentials_are_not_sent_on(secure: Secure, trusted: Path, tmp_path: Path) -> None:
    here, there = secure("127.0.0.1"), secure("127.0.0.2")
    here.answers["/list"], there.answers["/list"] = moved(there.url("/list")), file(BODY)
    get(tmp_path, here.url("/list", user="user:password"))
    assert here.asked[0].headers["Authorization"].startswith("Basic ")
    assert "Authorization" not in there.asked[0].headers


def test_credentials_of_netrc_are_for_no_publisher(
    secure: Secure, trusted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login user password hidden\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    here, there = secure("127.0.0.1"), secure("127.0.0.2")
    here.answers["/list"], there.answers["/list"] = moved(there.url("/list")), file(BODY)
    get(tmp_path, here.url("/list"))
    assert not any("Authorization" in asked.headers for asked in (*here.asked, *there.asked))


def test_an_address_is_shown_and_kept_without_its_secrets(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = failing(403)
    message = refused(tmp_path, site.url("/list?token=secret#part", user="user:password"))
    assert "http://127.0.0.1" in message
    assert not {"secret", "user", "password"} & set(message.replace(":", " ").replace("=", " ").split())
    assert shown("https://user:password@example.org:8443/a?token=secret#b") == "https://example.org:8443/a"
    kept = {recorded(f"https://example.org/a?token={token}") for token in ("one", "two")}
    assert len(kept) == 2
    assert not any("token" in one for one in kept)
    assert recorded("https://example.org/a") == "https://example.org/a"


@pytest.mark.parametrize(
    ("url", "is_given"),
    [
        ("ftp://ofacftp.treas.gov/list", True),
        ("file:///etc/passwd", True),
        ("list.xml", True),
        ("https://", True),
        ("https://[::1/list", True),
        ("", True),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_at_once(tmp_path: Path, url: str, is_given: bool) -> None:
    refused(tmp_path, url, is_given=is_given)


def test_plain_http_is_for_addresses_that_a_user_gives(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = file(BODY)
    assert "only fetched over https" in refused(tmp_path, site.url("/list"), is_given=False)
    assert not site.asked


def test_plain_http_to_another_machine_is_open_to_all() -> None:
    assert is_open("http://mirror.example/list")
    assert is_open("http://10.0.0.1:8080/list")
    for url in ("https://mirror.example/", "http://127.0.0.1:80/", "http://localhost/", "http://[::1]:80/"):
        assert not is_open(url)


# Certificates and proxies of the environment.


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(secure: Secure, tmp_path: Path) -> None:
    site = secure("127.0.0.1")
    site.answers["/list"] = file(BODY)
    message = refused(tmp_path, site.url("/list"))
    assert "certificate can't be verified" in message
    assert "REQUESTS_CA_BUNDLE" in message
    assert not site.asked


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_or_one_that_has_expired_is_refused(secure: Secure, tmp_path: Path) -> None:
    other = secure("127.0.0.1")
    assert "certificate can't be verified" in refused(tmp_path, other.url("/list", host="localhost"))
    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    assert "expired" in refused(tmp_path, secure("127.0.0.2", past).url("/list"))


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_an_authority_that_the_environment_names_is_trusted(
    secure: Secure, trusted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv(variable, str(trusted))
    site = secure("127.0.0.1")
    site.answers["/list"] = file(BODY)
    get(tmp_path, site.url("/list"), is_given=False)
    assert whole(tmp_path) == BODY


@pytest.mark.parametrize("variable", CERTIFICATES)
def test_a_file_of_certificates_that_is_not_there_is_told(
    secure: Secure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "nowhere.pem"))
    assert "certificates" in refused(tmp_path, secure("127.0.0.1").url("/list"))


@pytest.mark.usefixtures("trusted")
def test_the_proxy_of_the_environment_is_used(
    site: Site, secure: Secure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = secure("127.0.0.1")
    site.answers["/list"] = safe.answers["/list"] = file(BODY)
    with proxy() as (address, seen):
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("HTTPS_PROXY", address)
        get(tmp_path, site.url("/list"))
        assert whole(tmp_path) == BODY
        get(tmp_path, safe.url("/list"))
        assert whole(tmp_path) == BODY
        assert seen == [f"GET {site.url('/list')}", f"CONNECT 127.0.0.1:{safe.port}"]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        get(tmp_path, safe.url("/list"))
        assert len(seen) == 2


def test_a_proxy_that_is_not_there_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Site("127.0.0.1") as gone:
        port = gone.port
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:hidden@127.0.0.1:{port}")
    message = refused(tmp_path, "https://example.org/list", limits=FetchLimits(tries=1))
    assert "proxy" in message
    assert "hidden" not in message


# Progress, and the disk.


def test_progress_is_told_from_where_it_goes_on_to_the_end(site: Site, tmp_path: Path) -> None:
    site.answers["/list"] = in_turn(cut(BODY, 70_000, ETag='"one"'), file(BODY, etag='"one"'))
    told: list[tuple[str, int, int | None]] = []
    url = site.url("/list")
    wanted = FileRequest(url=url, name="list.txt", is_given=True)
    fetch(wanted, PartialDownload(tmp_path, "list.txt", url), limits=QUICK, progress=lambda *one: told.append(one))
    assert told[0] == ("list.txt", 0, len(BODY))
    assert told[-1] == ("list.txt", len(BODY), len(BODY))
    assert [size for _, size, _ in told] == sorted(size for _, size, _ in told)


def test_a_folder_that_can_not_be_written_is_an_error_of_the_store(site: Site, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="can't be written"):
        get(tmp_path / "taken", site.url("/list"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 999 \r\n\r\n",
        b"HTTP/1.1 503 Busy\r\nRetry-After: " + b"9" * 9_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 9_000 + b"\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: \xff\xfe://\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: https://a:b:c/\r\n\r\n",
    ],
)
def test_whatever_a_server_sends_the_fetch_ends_in_a_file_or_an_error_of_ours(
    site: Site, tmp_path: Path, raw: bytes
) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(raw)
        handler.hang_up()

    site.answers["/list"] = answer
    try:
        get(tmp_path, site.url("/list"), limits=FetchLimits(tries=2, pause_seconds=0.001))
    except FetchError as error:
        assert site.url("/list") in str(error)
