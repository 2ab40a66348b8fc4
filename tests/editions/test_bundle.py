"""Bundles: one store's lists in another, and everything that is refused on the way there."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from screenkit import DamagedFileError, NoListError, SigningError, StaleListError, StoreError
from screenkit.cli import main
from screenkit.editions.bundles.archive import LONGEST_HEAD, Member, write_archive
from screenkit.editions.bundles.bundle import _PURPOSE, export_bundle, import_bundle
from screenkit.editions.bundles.signing import Signer, Verifier, make_keys
from screenkit.editions.freshness import refuse_stale
from screenkit.editions.record_file import record_bytes
from screenkit.editions.store import Incoming, Store

from .house_lists import write_list
from .un_list import un_list

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
FETCHED, CHECKED = NOW - dt.timedelta(days=3), NOW - dt.timedelta(hours=30)


@attrs.frozen
class Keys:
    """A pair of keys."""

    signer: Signer
    verifier: Verifier
    private: Path
    public: Path


def keys_in(folder: Path, name: str) -> Keys:
    private, public = folder / f"{name}.pem", folder / f"{name}.pub.pem"
    make_keys(private, public)
    return Keys(Signer.open(private), Verifier.open(public), private, public)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("keys"), "exporter")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with two lists, fetched three days ago and last found current thirty hours ago."""
    folder = tmp_path_factory.mktemp("exporter")
    made = Store(folder / "store")
    house = write_list(folder / "house.csv", 1, 30)
    official = folder / "consolidated.xml"
    official.write_bytes(un_list("2026-01-02"))
    address = "https://scsanctions.un.org/consolidated"
    for source, file in (("house", Incoming(path=house)), ("un_sc", Incoming(path=official, url=address))):
        made.install(source, [file], retrieved=FETCHED)
        made.checked(source, CHECKED)
    return made


@pytest.fixture(scope="module")
def signed(store: Store, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "lists.bundle"
    export_bundle(store, path, signer=keys.signer)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return Store(tmp_path / "importer")


def contents(store: Store) -> dict[str, bytes]:
    """What a store holds that counts: every record and raw file."""
    kept = (path for folder in ("files", "editions", "current") for path in (store.path / folder).rglob("*"))
    return {str(path.relative_to(store.path)): path.read_bytes() for path in kept if path.is_file()}


def test_another_store_has_the_same_lists_as_fresh_as_they_were(
    store: Store, signed: Path, empty: Store, keys: Keys
) -> None:
    outcomes = import_bundle(empty, signed, verifier=keys.verifier)
    assert [(one.source, one.verdict) for one in outcomes] == [("house", "updated"), ("un_sc", "updated")]
    for source in ("house", "un_sc"):
        one, other = store.current(source), empty.current(source)
        assert other.edition == one.edition
        assert other.checked == one.checked
        assert list(empty.read(other.edition)) == list(store.read(one.edition))
    assert empty.verify() == ()
    assert list((empty.path / "staging").iterdir()) == []
    with pytest.raises(StaleListError, match="un_sc"):
        refuse_stale([empty.current("un_sc")], dt.timedelta(hours=24), NOW)
    refuse_stale([empty.current("un_sc")], dt.timedelta(hours=31), NOW)
    before = contents(empty)
    assert {one.verdict for one in import_bundle(empty, signed, verifier=keys.verifier)} == {"unchanged"}
    assert contents(empty) == before


def test_an_import_never_makes_a_list_less_fresh(signed: Path, empty: Store) -> None:
    import_bundle(empty, signed)
    empty.checked("un_sc", NOW)
    later = empty.current("un_sc").checked
    import_bundle(empty, signed)
    assert empty.current("un_sc").checked == later


def test_the_same_store_gives_the_same_bytes_and_a_tar_file(
    store: Store, signed: Path, keys: Keys, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    export_bundle(store, again, ["un_sc", "house", "un_sc"], signer=keys.signer)
    assert again.read_bytes() == signed.read_bytes()
    with tarfile.open(signed) as archive:
        names = archive.getnames()
        files = sorted(file.sha256 for source in store.sources() for file in store.current(source).edition.files)
        assert names == ["bundle.json", "bundle.sig", *(f"files/{sha256}" for sha256 in files)]
    assert os.listdir(tmp_path) == ["again"]


def test_one_source_of_many_is_exported_and_imported(store: Store, signed: Path, empty: Store, tmp_path: Path) -> None:
    export_bundle(store, tmp_path / "house", ["house"])
    with pytest.raises(NoListError, match=r"doesn't have un_sc\. It has: house"):
        import_bundle(empty, tmp_path / "house", ["un_sc"])
    assert not empty.exists
    assert [one.source for one in import_bundle(empty, signed, ["un_sc"])] == ["un_sc"]
    assert empty.sources() == ("un_sc",)
    with pytest.raises(NoListError):
        export_bundle(store, tmp_path / "none", ["eu_fsf"])
    with pytest.raises(NoListError, match="nothing to export"):
        export_bundle(Store(tmp_path / "nowhere"), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_edition_older_than_the_current_one_is_refused_and_the_others_installed(
    signed: Path, empty: Store, tmp_path: Path
) -> None:
    newer = write_list(tmp_path / "house.csv", 2, 30)
    empty.install("house", [Incoming(path=newer)], retrieved=NOW)
    current = empty.current("house")
    house, official = import_bundle(empty, signed)
    assert (house.verdict, official.verdict) == ("refused", "updated")
    assert "before the current edition" in house.error
    assert house.edition == current.edition
    assert empty.current("house") == current
    (accepted,) = import_bundle(empty, signed, ["house"], accept_change="the newer one was a mistake")
    assert accepted.edition is not None
    assert empty.current("house").history[-1].accepted is not None
    assert empty.current("house").checked == accepted_check(signed)


def accepted_check(bundle: Path) -> str:
    with tarfile.open(bundle) as archive:
        head = archive.extractfile("bundle.json")
        assert head is not None
        checked = json.load(head)["bundle"][0]["checked"]
    assert isinstance(checked, str)
    return checked


# What is refused before anything is taken in.


def refused(path: Path, keys: Keys | None, error: type[Exception], said: str, empty: Store) -> None:
    with pytest.raises(error, match=said):
        import_bundle(empty, path, verifier=keys.verifier if keys else None)
    assert not empty.sources()


def test_an_unsigned_bundle_is_refused_where_a_key_is_pinned(
    store: Store, keys: Keys, empty: Store, tmp_path: Path
) -> None:
    export_bundle(store, tmp_path / "unsigned")
    refused(tmp_path / "unsigned", keys, SigningError, "not signed", empty)
    assert len(import_bundle(empty, tmp_path / "unsigned")) == 2


def test_a_bundle_signed_by_another_key_is_refused(store: Store, keys: Keys, empty: Store, tmp_path: Path) -> None:
    mallory = keys_in(tmp_path, "mallory")
    export_bundle(store, tmp_path / "forged", signer=mallory.signer)
    refused(tmp_path / "forged", keys, SigningError, "not by the pinned key", empty)


def test_a_signature_taken_off_or_of_another_purpose_is_refused(
    store: Store, signed: Path, keys: Keys, empty: Store, tmp_path: Path
) -> None:
    head, _, files = taken_apart(store, signed)
    for signature, said in ((None, "not signed"), (keys.signer.sign(head), "not by the pinned key")):
        refused(written(tmp_path / "x", head, signature, files), keys, SigningError, said, empty)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle, signed by the key beside it."""
    folder = tmp_path_factory.mktemp("small")
    keys = keys_in(folder, "key")
    store = Store(folder / "exporter")
    store.install("house", [Incoming(path=write_list(folder / "house.csv", 1, 3))], retrieved=FETCHED)
    export_bundle(store, folder / "bundle", signer=keys.signer)
    return folder / "bundle"


@given(data=st.data())
def test_any_byte_that_is_flipped_is_refused(data: st.DataObject, small: Path) -> None:
    """A bundle with any bit of any byte flipped is refused, signed or not, and nothing is taken in."""
    flipped = bytearray(small.read_bytes())
    signature = flipped.index(b"bundle.sig") + 512
    at = data.draw(st.integers(0, len(flipped) - 1))
    is_pinned = data.draw(st.booleans())
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    path, store = small.with_name("flipped"), Store(small.with_name("store"))
    path.write_bytes(flipped)
    # Without a pinned key nobody looks at the signature, and it changes nothing that counts.
    assume(is_pinned or not signature <= at < signature + 64)
    with pytest.raises((DamagedFileError, SigningError)):
        import_bundle(store, path, verifier=Verifier.open(small.with_name("key.pub.pem")) if is_pinned else None)
    assert not contents(store)


@given(data=st.data())
def test_any_part_of_a_bundle_is_refused(data: st.DataObject, small: Path) -> None:
    """A bundle that is cut off anywhere, or goes on after its end, is refused, and nothing is taken in."""
    whole = small.read_bytes()
    length = data.draw(st.integers(0, len(whole) - 1) | st.sampled_from(range(0, len(whole), 512)))
    more = data.draw(st.sampled_from([b"\0", bytes(512), bytes(10_240), whole]))
    path, store = small.with_name("cut"), Store(small.with_name("store"))
    path.write_bytes(whole[:length] if data.draw(st.booleans()) else whole + more)
    with pytest.raises((DamagedFileError, SigningError)):
        import_bundle(store, path, verifier=Verifier.open(small.with_name("key.pub.pem")))
    assert not contents(store)


def taken_apart(store: Store, bundle: Path) -> tuple[bytes, bytes, list[tuple[Member, Path]]]:
    with tarfile.open(bundle) as archive:
        head, signature = (archive.extractfile(name) for name in ("bundle.json", "bundle.sig"))
        assert head is not None
        assert signature is not None
        stated = [file for source in store.sources() for file in store.current(source).edition.files]
        files = sorted((Member(file.sha256, file.size), store.file_path(file)) for file in stated)
        return head.read(), signature.read(), files


def written(path: Path, head: bytes, signature: bytes | None, files: list[tuple[Member, Path]]) -> Path:
    with path.open("wb") as stream:
        write_archive(stream, head, signature, files)
    return path


def hostile(change: Callable[[dict[str, object], dict[str, object]], object]) -> Callable[[bytes], bytes]:
    """A head that is sealed and signed, and states something else of its first edition and file."""

    def of(head: bytes) -> bytes:
        stated = json.loads(head)
        change(stated["bundle"][0], stated["bundle"][0]["edition"]["files"][0])
        return record_bytes({"bundle": stated["bundle"]})

    return of


TOMORROW = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (hostile(lambda one, file: file.update(name="../../etc/passwd")), "not a file name"),
        (hostile(lambda one, file: file.update(name="..")), "not a file name"),
        (hostile(lambda one, file: file.update(name="C:\\list.csv")), "not a file name"),
        (hostile(lambda one, file: file.update(name="")), "not a file name"),
        (hostile(lambda one, file: file.update(name="a\nb")), "not a file name"),
        (hostile(lambda one, file: file.update(sha256="../" + "a" * 61)), "no valid SHA-256"),
        (hostile(lambda one, file: file.update(size=-1)), "SHA-256 or length"),
        (hostile(lambda one, file: file.update(size=True)), "SHA-256 or length"),
        (hostile(lambda one, file: file.update(size=1 << 40)), "after its head there are"),
        (hostile(lambda one, file: file.update(size=0)), "after its head there are"),
        (hostile(lambda one, file: file.update(link="/etc/passwd")), "not as exported"),
        (hostile(lambda one, file: file.update(url=7)), "not text"),
        (hostile(lambda one, file: one.update(checked=TOMORROW)), "future"),
        (hostile(lambda one, file: one.update(checked="2020-01-01T00:00:00")), "no time zone"),
        (hostile(lambda one, file: one.update(checked="yesterday")), "not as exported"),
        (hostile(lambda one, file: one.update(edition={})), "not as exported"),
        (lambda head: record_bytes({"bundle": []}), "no edition"),
        (lambda head: record_bytes({"bundle": json.loads(head)["bundle"] * 2}), "two of one source"),
        (lambda head: record_bytes({"other": 1}), "not as exported"),
        (lambda head: b"[]\n", "damaged"),
        (lambda head: head.replace(b"\n", b"\n "), "damaged"),
        (lambda head: b"[" * 100_000, "damaged"),
    ],
)
def test_a_head_that_lies_is_refused_even_where_it_is_signed(
    store: Store, signed: Path, keys: Keys, empty: Store, tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    head, _, files = taken_apart(store, signed)
    lying = change(head)
    path = written(tmp_path / "lying", lying, keys.signer.sign(_PURPOSE + lying), files)
    refused(path, keys, DamagedFileError, said, empty)


def test_members_that_the_head_does_not_state_are_refused(
    store: Store, signed: Path, keys: Keys, empty: Store, tmp_path: Path
) -> None:
    head, signature, files = taken_apart(store, signed)
    other = tmp_path / "other"
    other.write_bytes(b"other")
    more = (Member("d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa", 5), other)
    for members in ([*files, more], files[1:], [*files, files[0]], files[::-1], []):
        refused(
            written(tmp_path / "x", head, signature, members), keys, DamagedFileError, "Nothing was installed", empty
        )


@pytest.mark.parametrize(
    "type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, b"L", b"x", b"S"]
)
def test_links_and_whatever_else_tar_has_are_refused(
    store: Store, signed: Path, keys: Keys, empty: Store, tmp_path: Path, type: bytes
) -> None:
    data = bytearray(signed.read_bytes())
    at = data.index(b"files/")
    header = tarfile.TarInfo.frombuf(bytes(data[at : at + 512]), "utf-8", "strict")
    header.type, header.linkname = type, "/etc/passwd"
    data[at : at + 512] = header.tobuf(tarfile.USTAR_FORMAT)
    path = tmp_path / "linked"
    path.write_bytes(data)
    refused(path, keys, DamagedFileError, "header", empty)


def test_what_is_no_bundle_is_refused(keys: Keys, empty: Store, tmp_path: Path) -> None:
    path = tmp_path / "x"
    huge = tarfile.TarInfo("bundle.json")
    huge.size = LONGEST_HEAD + 1
    zipped = io.BytesIO()
    with tarfile.open(fileobj=zipped, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("bundle.json"))
    for data, said in (
        (b"", "not a bundle"),
        (bytes(512), "not a bundle"),
        (b"<html>" * 500, "not a bundle"),
        (zipped.getvalue(), "not a bundle"),
        (huge.tobuf(tarfile.USTAR_FORMAT), "its head has"),
    ):
        path.write_bytes(data)
        refused(path, keys, DamagedFileError, said, empty)
    refused(tmp_path / "absent", keys, DamagedFileError, "can't be opened", empty)
    refused(tmp_path, keys, DamagedFileError, "can't be opened", empty)
    refused(Path(os.devnull), keys, DamagedFileError, "not a regular file", empty)


def test_a_damaged_store_exports_nothing(tmp_path: Path) -> None:
    damaged = Store(tmp_path / "store")
    damaged.install("house", [Incoming(path=write_list(tmp_path / "house.csv", 1, 3))], retrieved=FETCHED)
    (file,) = damaged.current("house").edition.files
    path = damaged.file_path(file)
    for data in (path.read_bytes().replace(b"H1", b"H9"), path.read_bytes() + b"\n", b""):
        path.chmod(0o600)
        path.write_bytes(data)
        with pytest.raises(StoreError, match="damaged"):
            export_bundle(damaged, tmp_path / "out")
    path.unlink()
    with pytest.raises(StoreError, match="can't be read"):
        export_bundle(damaged, tmp_path / "out")
    assert not [one for one in os.listdir(tmp_path) if one.startswith("out")]


def test_a_bundle_that_can_not_be_written_is_an_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        export_bundle(store, tmp_path / "absent" / "out")


# Keys.


def test_keys_are_those_of_openssl_and_the_private_one_is_for_its_owner_alone(tmp_path: Path, keys: Keys) -> None:
    assert keys.private.stat().st_mode & 0o077 == 0
    assert "BEGIN PRIVATE KEY" in keys.private.read_text()
    with pytest.raises(SigningError, match="can't be written"):
        make_keys(keys.private, tmp_path / "new.pem")
    assert not (tmp_path / "new.pem").exists()


def test_a_key_that_can_not_be_used_is_an_error(tmp_path: Path, keys: Keys) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    other = ec.generate_private_key(ec.SECP256R1())
    secret = tmp_path / "secret.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    secret.write_bytes(other.private_bytes(*form, serialization.BestAvailableEncryption(b"sesame")))
    for passphrase in (None, b"wrong"):
        with pytest.raises(SigningError, match="passphrase"):
            Signer.open(secret, passphrase)
    with pytest.raises(SigningError, match="not an Ed25519"):
        Signer.open(secret, b"sesame")
    public = tmp_path / "public.pem"
    public.write_bytes(
        other.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(SigningError, match="not an Ed25519"):
        Verifier.open(public)
    for opened in (Signer.open, Verifier.open):
        with pytest.raises(SigningError, match="can't be read"):
            opened(tmp_path / "absent.pem")
        with pytest.raises(SigningError, match="not a readable p"):
            opened(keys.public if opened == Signer.open else keys.private)


# The commands.


def run(store: Store, *arguments: object, **environment: str) -> Result:
    told = {"SCREENKIT_STORE": str(store.path), "COLUMNS": "120", **environment}
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=told)


def test_the_commands_carry_lists_from_store_to_store(store: Store, empty: Store, tmp_path: Path) -> None:
    private, public, out = tmp_path / "private.pem", tmp_path / "public.pem", tmp_path / "lists.bundle"
    made = run(store, "bundle", "keygen", private, public)
    assert (made.exit_code, Verifier.open(public).fingerprint in made.stdout) == (0, True)
    exported = run(store, "bundle", "export", out, "--key", private)
    assert (exported.exit_code, "signed" in exported.stdout, "un_sc of" in exported.stdout) == (0, True, True)
    other = keys_in(tmp_path, "other")
    refusal = run(empty, "bundle", "import", out, SCREENKIT_BUNDLE_KEY=str(other.public))
    assert (refusal.exit_code, empty.exists) == (2, False)
    done = run(empty, "bundle", "import", out, "--key", public)
    assert (done.exit_code, done.stdout.count("updated"), done.stderr) == (0, 2, ""), done.output
    again = run(empty, "bundle", "import", out, "un_sc", "--json")
    assert [json.loads(line)["verdict"] for line in again.stdout.splitlines()] == ["unchanged"]
    assert "without a trusted key" in again.stderr
    assert run(empty, "bundle", "import", out, "--accept-change", "so").exit_code == 2


def test_without_the_extra_signing_says_what_to_install(store: Store, tmp_path: Path) -> None:
    """And exporting and importing without a key need nothing."""
    script = "import sys; sys.modules['cryptography'] = None; from screenkit.cli import main; main(sys.argv[1:])"
    environment = {**os.environ, "SCREENKIT_STORE": str(store.path)}
    for options, code, said in ((["--key", "k.pem"], 2, "screenkit[signing]"), ([], 0, "not signed")):
        done = subprocess.run(
            [sys.executable, "-c", script, "bundle", "export", str(tmp_path / "out"), *options],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr
