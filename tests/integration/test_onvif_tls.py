"""Cameras over HTTPS: a certificate that nobody vouches for is refused, and said so."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gwanje.domain.errors import UnreachableError
from gwanje.onvif import Timeouts, open_device
from tests.fakes.soap_camera import SoapCamera


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "camera")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "camera.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener, SoapCamera() as camera:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    with context.wrap_socket(connection, server_side=True) as secured:
                        received.append(secured.recv(65536))
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}/onvif/device_service"
        device = open_device(camera.directory_entry(device_address=address), camera.credential, timeouts=Timeouts())
        with pytest.raises(UnreachableError, match="certificate") as caught:
            device.profiles()
        assert caught.value.cure
        device.close()
        thread.join()
    assert received in ([], [b""]), "nothing was said to it"


def test_tls_to_a_camera_that_speaks_plain_http() -> None:
    with SoapCamera() as camera:
        address = f"https://127.0.0.1:{camera.port}/onvif/device_service"
        device = open_device(
            camera.directory_entry(device_address=address), camera.credential, timeouts=Timeouts(1.0, 1.0, 2.0)
        )
        with pytest.raises(UnreachableError, match="secure connection"):
            device.profiles()
        device.close()
        camera.released.set()
