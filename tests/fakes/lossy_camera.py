"""The real camera of the tests, seen over a link that loses packets and changes time stamps."""

from dataclasses import replace

from gwanje.domain.credentials import Credential
from gwanje.videowall.port import StreamAddress

from .real_camera import RealCamera
from .rtsp_proxy import RtspProxy


class LossyCamera:
    """Has the misfortunes of tests/fakes/fake_engine.py's camera that are those of the link."""

    def __init__(self, credential: Credential | None = None, *options: str) -> None:
        self.camera = RealCamera(credential, *options)
        self.link = RtspProxy(self.camera.port)
        self.lose_packets = self.link.lose_packets
        self.lose_no_more = self.link.lose_no_more
        self.jump_clock = self.link.jump_clock

    @property
    def address(self) -> StreamAddress:
        return replace(self.camera.address, uri=self.link.address().uri)

    def end(self) -> None:
        self.camera.end()
        self.link.end()
