"""A cluster behind TLS, with a certificate authority of its own."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.errors import OutsideFailure
from integrations.kubernetes import INTEGRATION
from workflows.ports import Connected, Opening


class Empty(BaseHTTPRequestHandler):
    """Answers every request with an empty list."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b'{"items": [], "groups": []}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that vouches for itself, with its key; return its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "cluster")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "ca.pem").write_bytes(made.public_bytes(pem))
    return folder / "ca.pem"


@pytest.fixture
def behind_tls(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server's address, and its certificate authority's file."""
    authority = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, tmp_path / "key.pem")
    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}", authority
        server.shutdown()
        thread.join()


def source(server: str, ca_file: str = "") -> Connected:
    options = INTEGRATION.options.model_validate({"server": server, "ca_file": ca_file, "timeout_seconds": 5})
    return INTEGRATION.open(Opening("prod", options, lambda _name: "token"))


def test_a_certificate_of_its_own_is_trusted_by_its_file(behind_tls: tuple[str, Path]) -> None:
    server, authority = behind_tls
    opened = source(server, str(authority))
    try:
        assert [each.claims for each in opened.fetch().snapshots] == [(), (), (), ()]
    finally:
        opened.close()


def test_an_unknown_authority_is_said_so(behind_tls: tuple[str, Path]) -> None:
    opened = source(behind_tls[0])
    try:
        with pytest.raises(OutsideFailure, match="its certificate is not trusted") as raised:
            opened.fetch()
    finally:
        opened.close()
    assert "ca_file" in raised.value.hint
