"""An encoder: `python -m tests.places.media.encoder RTMP-ADDRESS` sends H.264 and AAC at the pace of time.

A process of its own: PyAV holds the interpreter while it waits for the media server's yes.
"""

import sys
import time
from io import BytesIO

import av

from tests.places.media import videos


def send(address: str, seconds: int = 60) -> None:
    with (
        av.open(BytesIO(videos.recording("mp4", seconds, sound="aac"))) as source,
        av.open(address, "w", format="flv") as target,
    ):
        into = {stream.index: target.add_stream_from_template(stream) for stream in source.streams}
        begun = time.monotonic()
        for packet in source.demux():
            if packet.dts is not None:
                time.sleep(max(0.0, begun + float(packet.dts * packet.time_base) - time.monotonic()))
                packet.stream = into[packet.stream.index]
                target.mux(packet)


if __name__ == "__main__":
    send(sys.argv[1])
