"""A session whose pictures libVLC decodes. Reading, states, statistics and shared memory are those of every session."""

from ...domain.source_state import Reason
from .reader import RtspReader
from .session import Session
from .vlc_decoder import VlcDecoder
from .vlc_library import VlcMissingError, shared_instance


class VlcSession(Session):
    def live(self) -> Reason:
        try:
            shared_instance()  # takes a while the first time: before the camera sends, so that nothing queues up
        except VlcMissingError:
            return Reason.UNSUPPORTED
        return super().live()

    def make_decoder(self, reader: RtspReader) -> VlcDecoder:
        return VlcDecoder(reader.stream.codec_context, self.presenter, self.tally)
