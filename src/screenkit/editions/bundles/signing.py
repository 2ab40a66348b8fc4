"""Signing bundles and verifying their signatures, by Ed25519 with the package `cryptography` (screenkit[signing]).

Keys are PEM files, as those of `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Self

import attrs
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from screenkit.errors import SigningError


@attrs.frozen
class Signer:
    """A private key, which signs."""

    _key: Ed25519PrivateKey = attrs.field(repr=False)

    @classmethod
    def open(cls, path: Path, passphrase: bytes | None = None) -> Self:
        """Read a private key. Raises `SigningError` if it can't be read, or if the passphrase is wrong."""
        try:
            key = serialization.load_pem_private_key(_read(path), passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SigningError(
                f"{path}: this is not a readable private key. Give a PEM file, and its passphrase if it has one."
            ) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningError(f"{path}: this is not an Ed25519 private key, with which bundles are signed.")
        return cls(key)

    def sign(self, data: bytes) -> bytes:
        """The signature of data, which has 64 bytes."""
        return self._key.sign(data)


@attrs.frozen
class Verifier:
    """A public key, which is trusted."""

    _key: Ed25519PublicKey = attrs.field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a public key. Raises `SigningError` if it can't be read."""
        try:
            key = serialization.load_pem_public_key(_read(path))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise SigningError(f"{path}: this is not a readable public key. Give a PEM file.") from error
        if not isinstance(key, Ed25519PublicKey):
            raise SigningError(f"{path}: this is not an Ed25519 public key, with which bundles are verified.")
        return cls(key)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the key's 32 bytes in 64 hexadecimal digits, which can be compared by telephone."""
        raw = self._key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return hashlib.sha256(raw).hexdigest()

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is of this data and by this key."""
        try:
            self._key.verify(signature, data)
        except InvalidSignature:
            return False
        return True


def make_keys(private: Path, public: Path) -> Verifier:
    """Make a pair of keys and write them to two new files; only the owner can read the private key.

    Raises `SigningError` if a file exists or can't be written.
    """
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shown = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for path, data, mode in ((private, secret, 0o600), (public, shown, 0o644)):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with open(descriptor, "wb") as stream:
                stream.write(data)
        except OSError as error:
            raise SigningError(f"{path}: can't be written: {error.strerror or error}. Name a new file.") from error
    return Verifier(key.public_key())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SigningError(f"{path}: the key can't be read: {error.strerror or error}. Check the path.") from error
