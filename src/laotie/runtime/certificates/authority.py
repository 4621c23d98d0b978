"""The papers of a home's HTTPS: an authority that people trust once, and a certificate made anew when it must be.

`tls/authority.crt` is given to everyone, `tls/authority.key` never leaves the home (0600). The certificate lives for a
year and a month; at a start it is renewed when less than two months are left, or this machine has another name.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from laotie.runtime.writing import write_whole

LIFE = timedelta(days=395)  # phones refuse what is good for much longer
RENEWED_BEFORE = timedelta(days=60)
AUTHORITY_LIFE = timedelta(days=3650)
YESTERDAY = timedelta(days=1)  # so that a clock which is a little slow believes it
Name = x509.GeneralName


@dataclass(frozen=True)
class Papers:
    """Where the files lie; `certificate` holds the authority behind it, as servers send both."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.folder / "authority.key"

    @property
    def certificate(self) -> Path:
        return self.folder / "market.crt"

    @property
    def key(self) -> Path:
        return self.folder / "market.key"


def ensure(folder: Path, market: str, names: Sequence[str], now: datetime | None = None) -> Papers:
    """The papers for `names`; whatever is there and still good stays as it is."""
    papers, now = Papers(folder), now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_good(papers.authority, papers.authority_key, now):
        _found(papers, market, now)
        papers.certificate.unlink(missing_ok=True)
    if not _is_good(papers.certificate, papers.key, now) or named(papers.certificate) != set(names):
        _issue(papers, names, now)
    return papers


def named(certificate: Path) -> set[str]:
    """The names and addresses in a certificate."""
    extension = _read(certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = extension.get_values_for_type(x509.IPAddress)
    return {*extension.get_values_for_type(x509.DNSName), *map(str, addresses)}


def fingerprint(certificate: Path) -> str:
    """SHA-256 as devices show it, for comparing by eye."""
    return _read(certificate).fingerprint(hashes.SHA256()).hex(":").upper()


def _is_good(certificate: Path, key: Path, now: datetime) -> bool:
    """Whether both are there and it lives long enough yet."""
    if not (certificate.exists() and key.exists()):
        return False
    try:
        found = _read(certificate)
    except ValueError:
        return False
    return found.not_valid_before_utc <= now and found.not_valid_after_utc - now > RENEWED_BEFORE


def _found(papers: Papers, market: str, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{market} authority {now:%Y-%m-%d}"[:64])])
    certificate = (
        _blank(called, called, key.public_key(), now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_whole(papers.authority_key, _private(key))
    write_whole(papers.authority, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _issue(papers: Papers, names: Sequence[str], now: datetime) -> None:
    authority = _read(papers.authority)
    signer = serialization.load_pem_private_key(papers.authority_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    certificate = (
        _blank(called, authority.subject, key.public_key(), now, LIFE)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(identifier, critical=False)
        .sign(signer, hashes.SHA256())
    )
    write_whole(papers.key, _private(key))
    whole = certificate.public_bytes(serialization.Encoding.PEM) + papers.authority.read_bytes()
    write_whole(papers.certificate, whole, 0o644)


def _blank(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - YESTERDAY)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs, crl_sign=signs, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _general(name: str) -> Name:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    """In PKCS#8, as the web server wants it."""
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())
