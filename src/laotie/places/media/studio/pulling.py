"""What an encoder sends, pulled from the media server and put into the spool as a run, as if a browser had sent it.

Nothing is decoded. A thread a stream; it ends with the encoder, when the key is taken back, and with the stream.
"""

import secrets
import time
from threading import Event, Thread
from typing import Any
from uuid import UUID

import av
import structlog

from laotie.kit.errors import MarketError
from laotie.places.media import spool
from laotie.places.media.errors import TooFast
from laotie.places.media.intake import LARGEST

CHUNK = 0.1  # seconds
PATIENCE = 10.0  # seconds that the media server may need until what it let in can be seen
SILENCE = 10.0  # seconds without a byte after which the encoder is gone
READING = {"probesize": "200000", "analyzeduration": "1000000", "rtmp_live": "live"}
WRITING = {
    "movflags": "empty_moov+default_base_moof+skip_trailer+frag_keyframe",
    "frag_duration": "100000",  # microseconds
    "flush_packets": "1",
}
log = structlog.get_logger()


class Pull:
    """Of one stream, from `address`."""

    def __init__(self, stream: UUID, address: str) -> None:
        self.stream, self.address = stream, address
        self._pause = Event()
        self._thread = Thread(target=self._run, name=f"pull {stream}", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        log.info("pulling", stream=str(self.stream))
        try:
            self._pull()
        except MarketError as error:  # it ended, or another recorder has taken over
            log.info("pulling ended", stream=str(self.stream), code=error.code)
        except (av.FFmpegError, OSError, ValueError) as error:
            log.info("encoder gone", stream=str(self.stream), error=type(error).__name__)
        finally:
            spool.pull_no_more(self.stream, self.address)

    def _pull(self) -> None:
        source: Any = self._opened()
        with source:
            run = Outgoing(self.stream)
            with av.open(run, "w", format="mp4", options=WRITING) as target:
                streams = [*source.streams.video[:1], *source.streams.audio[:1]]
                into = {stream.index: target.add_stream_from_template(stream) for stream in streams}
                for packet in self._packets(source, streams):
                    packet.stream = into[packet.stream.index]
                    target.mux(packet)
            run.finish()

    def _packets(self, source: Any, streams: list[Any]) -> Any:
        """All there are while this is wanted; asked for once a second."""
        asked, last = time.monotonic(), dict[int, int]()
        for packet in source.demux(streams):
            if time.monotonic() - asked > 1:
                asked = time.monotonic()
                if spool.pulled(self.stream) != self.address:
                    return
            if packet.dts is None:
                continue
            number = packet.stream.index
            packet.dts = max(packet.dts, last.get(number, packet.dts - 1) + 1)
            packet.pts = max(packet.pts if packet.pts is not None else packet.dts, packet.dts)
            last[number] = packet.dts
            yield packet

    def _opened(self) -> Any:
        """The stream as the media server gives it. Raises FFmpegError where it does not in time."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return av.open(self.address, options=READING, timeout=(PATIENCE, SILENCE))
            except av.FFmpegError:
                if time.monotonic() > until or spool.pulled(self.stream) != self.address:
                    raise
                self._pause.wait(0.5)


class Outgoing:
    """The muxer's output file: chunks of a run."""

    def __init__(self, stream: UUID) -> None:
        self.stream = stream
        self.run = f"obs{secrets.token_hex(8)}"
        self._number = 0
        self._waiting = bytearray()
        self._sent = time.monotonic()
        self._pause = Event()

    def write(self, content: bytes) -> int:
        self._waiting += content
        if len(self._waiting) > LARGEST // 2 or time.monotonic() - self._sent > CHUNK:
            self._send()
        return len(content)

    def finish(self) -> None:
        self._send(last=True)

    def _send(self, last: bool = False) -> None:
        """Raises what `spool.put` raises; a studio that is behind is waited for."""
        content, self._waiting = bytes(self._waiting), bytearray()
        while True:
            try:
                spool.put(self.stream, self.run, self._number, content, last)
                break
            except TooFast:
                self._pause.wait(0.2)
        self._number, self._sent = self._number + 1, time.monotonic()
        spool.nudge(self.stream)
