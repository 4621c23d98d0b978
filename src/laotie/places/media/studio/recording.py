"""One run becomes one take: demuxed, put on the take's clock, muxed, cut. A thread, because FFmpeg reads by blocking.

Nothing is decoded but now and then a keyframe for the poster, and pictures that no player shows as they come.
"""

from collections import deque
from collections.abc import Callable, Iterable
from fractions import Fraction
from threading import Thread
from typing import Any

import av
import structlog

from laotie.places.media.errors import NotMedia
from laotie.places.media.spool import Run
from laotie.places.media.studio import codecs
from laotie.places.media.studio.cutter import Cutter, Slice
from laotie.places.media.studio.encoding import Encoder
from laotie.places.media.studio.feed import Feed, Place
from laotie.places.media.takes import Head, Segment, Take, TakeWriter

SLICE = 100_000  # microseconds
READING = {"probesize": "32768", "analyzeduration": "0"}  # by default FFmpeg would watch for five seconds first
WRITING = {
    "movflags": "empty_moov+default_base_moof+skip_trailer+frag_keyframe",
    "frag_duration": str(SLICE),
    "flush_packets": "1",
}
log = structlog.get_logger()


class Recording:
    """Makes `take` of `run`, from where the take ends. `kept` and `sliced` are called in its thread."""

    def __init__(
        self, run: Run, take: Take, kept: Callable[[Segment], None], sliced: Callable[[Slice], None],
        pictured: Callable[[Any], None],
    ) -> None:  # fmt: skip
        self.run, self.take = run, take
        last = take.segments[-1] if take.segments else None
        self.feed = Feed(run, Place(last.chunk, last.offset) if last else None)
        self._after = last
        self._base = Fraction(take.head.base).limit_denominator(10**6) if take.head else None
        self._kept, self._sliced, self._pictured = kept, sliced, pictured
        self._keys: deque[tuple[int, int]] = deque(maxlen=64)  # (milliseconds, position) of keyframes on their way
        self._first_dts: dict[int, int] = {}
        self._last_dts: dict[int, int] = {}
        self._thread = Thread(target=self._run, name=f"take {take.number} of {run.name}", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            self._write_on()
            self.run.close()
        except OSError as error:  # a full disk: the chunks stay, and the next attempt goes on from the last segment
            log.error("recording paused", run=self.run.name, error=repr(error))

    def _write_on(self) -> None:
        writer = TakeWriter(self.take)
        try:
            self._record(writer)
        except OSError as error:
            if not isinstance(error, av.FFmpegError):
                raise
            self._refuse(error)
        except (av.FFmpegError, NotMedia, ValueError, KeyError, IndexError) as error:  # what hostile bytes bring about
            self._refuse(error)
        finally:
            writer.close()

    def _refuse(self, error: Exception) -> None:
        log.warning("run refused", run=self.run.name, error=repr(error))

    def _record(self, writer: TakeWriter) -> None:
        container = self.feed.format
        with av.open(self.feed, format=container, buffer_size=4096, options=READING) as source:
            streams = _shown(source)
            into: dict[int, Any] = {}
            cutter = Cutter(
                writer, lambda init: self._head(init, into.values()), self._place_of, self._on_kept, self._sliced
            )
            with av.open(cutter, "w", format="mp4", options=WRITING) as target:
                self._copy(source, target, streams, cutter, into)
            cutter.finish()

    def _copy(self, source: Any, target: Any, streams: list[Any], cutter: Cutter, into: dict[int, Any]) -> None:
        """`into`: the target's stream for each of the source's, by the source's number."""
        encoder = None
        for stream in streams:
            if codecs.is_encoded(stream):
                encoder = Encoder(stream, target)
            into[stream.index] = encoder.stream if encoder and stream.type == "video" else _copied(stream, target)
        video = next((stream.index for stream in streams if stream.type == "video"), None)
        cutter.video_track = into[video].index + 1 if video is not None else None
        for packet in source.demux(streams):
            if packet.pts is None and packet.dts is None:
                continue  # the end's empty packet
            if self._wanted(packet, video):
                track = packet.stream.index
                for each in encoder.turned(packet) if encoder and track == video else (packet,):
                    self._put_on_the_clock(each, track, into[track].index + 1, cutter)
                    each.stream = into[track]
                    target.mux(each)

    def _wanted(self, packet: Any, video: int | None) -> bool:
        """Nothing before the first keyframe, and nothing that the take has already."""
        time = Fraction(packet.dts if packet.dts is not None else packet.pts) * packet.time_base
        is_key = packet.is_keyframe and packet.stream.index == video
        begun = packet.stream.index in self._last_dts
        if self._base is None and (is_key or video is None):
            self._base = time
        if self._base is None:
            return False
        since = time - self._base
        if is_key:
            self._keys.append((round(since * 1000), packet.pos or 0))
            self._pictured(packet)
        if begun:
            return True
        return self._is_new(since, is_key) if packet.stream.index == video else self._is_new_sound(since)

    def _is_new(self, since: Fraction, is_key: bool) -> bool:
        return is_key and (self._after is None or round(since * 1000) >= self._after.video)

    def _is_new_sound(self, since: Fraction) -> bool:
        if self._after is None:
            return since >= 0
        return round(since * 1000) > self._after.audio

    def _put_on_the_clock(self, packet: Any, of: int, track: int, cutter: Cutter) -> None:
        """Times from the track's first packet, each later than the one before; the cutter puts tracks together."""
        assert self._base is not None
        base = round(self._base / packet.time_base)
        dts = (packet.dts if packet.dts is not None else packet.pts) - base
        pts = (packet.pts if packet.pts is not None else packet.dts) - base
        dts = max(dts, self._last_dts.get(of, dts - 1) + 1)
        first = self._first_dts.setdefault(of, dts)
        cutter.first_dts.setdefault(track, first * packet.time_base)
        self._last_dts[of] = dts
        packet.dts, packet.pts = dts - first, max(pts, dts) - first

    def _head(self, init: int, streams: Iterable[Any]) -> Head:
        names = ",".join(codecs.name(stream.codec_context) for stream in streams)
        kinds = "".join(sorted({stream.type[0] for stream in streams}, reverse=True))
        return Head(init, float(self._base or 0), names, kinds)

    def _place_of(self, at: int) -> Place:
        """Where to read on for what begins at `at` milliseconds."""
        while len(self._keys) > 1 and self._keys[1][0] <= at:
            self._keys.popleft()
        return self.feed.place_before(self._keys[0][1] if self._keys else 0)

    def _on_kept(self, segment: Segment) -> None:
        self.run.forget(segment.chunk)
        self._kept(segment)


def _copied(stream: Any, target: Any) -> Any:
    return target.add_stream_from_template(stream)


def _shown(source: Any) -> list[Any]:
    """The first picture and the first sound. Raises NotMedia where there is neither, or what no player knows."""
    found = [*source.streams.video[:1], *source.streams.audio[:1]]
    names = [stream.codec_context.codec.canonical_name if stream.codec_context else "?" for stream in found]
    if not found or not all(name in codecs.AS_THEY_ARE | codecs.ENCODED for name in names):
        raise NotMedia
    return found
