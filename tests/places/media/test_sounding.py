"""AAC for players that are silent on Opus: the same pictures, the same sound, and no seam where two segments meet."""

from io import BytesIO
from urllib.parse import urljoin

import av
import numpy as np
import pytest
from django.test import Client

from laotie.places.media import folders, spool
from laotie.places.media.takes import takes
from tests.places.media import videos
from tests.places.media.conftest import until


def recorded(studio, stream, sound: str = "libopus", video: str = "libx264") -> None:
    chunks = videos.cut(videos.recording(seconds=5, sound=sound, video=video))
    for number, chunk in enumerate(chunks):
        spool.put(stream, "onerun", number, chunk, last=number == len(chunks) - 1)
    until(lambda: (studio.sweep(), all(run.is_over for run in spool.runs(stream)))[1])
    until(lambda: (studio.sweep(), not studio.productions[stream].is_recording)[1])


def played(stream, below: str) -> tuple[list[str], bytes]:
    """(addresses of the pieces, what a player has when it has fetched them all)."""
    address = f"/media/{stream}/{below}recording.m3u8"
    listed = Client().get(address).content.decode()
    init = listed.partition('URI="')[2].partition('"')[0]
    pieces = [urljoin(address, each) for each in [init, *[line for line in listed.split("\n") if line[:1].isdigit()]]]
    answers = [Client().get(each) for each in pieces]
    assert {answer.status_code for answer in answers} == {200}
    return pieces, b"".join(answer.content for answer in answers)


def heard(content: bytes) -> tuple[str, np.ndarray]:
    """(codec, samples of the first channel at 48 kHz)."""
    with av.open(BytesIO(content)) as source:
        stream = source.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48000)
        frames = [each for frame in source.decode(stream) for each in resampler.resample(frame)]
        return stream.codec_context.codec.canonical_name, np.concatenate([frame.to_ndarray()[0] for frame in frames])


def test_the_sound_becomes_aac_and_the_pictures_stay(studio, stream):
    recorded(studio, stream)
    plain, own = played(stream, "")
    pieces, content = played(stream, "aac/")
    assert [each.replace("/aac/", "/") for each in pieces] == plain
    assert [heard(each)[0] for each in (own, content)] == ["opus", "aac"]
    pictures = [[packet for packet in videos.packets(each) if packet[0] == "video"] for each in (own, content)]
    assert pictures[0] == pictures[1]


def test_no_seam_is_heard_where_segments_meet(studio, stream):
    """A steady tone stays one: no block is missing, doubled or made of silence."""
    recorded(studio, stream)
    _, content = played(stream, "aac/")
    sounds = [packet for packet in videos.packets(content) if packet[0] == "audio"]
    steps = np.diff([time for _, time, _ in sounds])
    assert set(steps.tolist()) <= {21, 22}  # a block is 21.3 ms
    _, samples = heard(content)
    middle = samples[9600:-9600]
    power = np.sqrt(np.convolve(middle**2, np.ones(960) / 960, "valid"))
    assert len(sounds) > 200
    assert power.min() > 0.9 * np.median(power)
    assert power.max() < 1.1 * np.median(power)


def test_it_stands_where_the_pictures_are(studio, stream):
    """Within a block of where the Opus was."""
    recorded(studio, stream)
    begins = []
    for below in ("", "aac/"):
        with av.open(BytesIO(played(stream, below)[1])) as source:
            begins.append(
                min(float(p.pts * p.time_base) for p in source.demux(source.streams.audio[0]) if p.pts is not None)
            )
    assert abs(begins[0] - begins[1]) < 0.045


def test_a_piece_is_made_once(studio, stream, monkeypatch):
    recorded(studio, stream)
    pieces, _ = played(stream, "aac/")
    monkeypatch.setattr("laotie.places.media.sounding.segment", lambda *_: pytest.fail("made again"))
    assert Client().get(pieces[2]).status_code == 200


def test_what_is_aac_already_is_given_as_it_is(studio, stream):
    recorded(studio, stream, sound="aac")
    assert played(stream, "aac/")[1] == played(stream, "")[1]


@pytest.mark.parametrize("place", ["0/7-7", "9/0-10", "0/0-1", f"0/{9**30}-1", "0/1-0"])
def test_there_is_nothing_elsewhere(studio, stream, place):
    recorded(studio, stream)
    assert Client().get(f"/media/{stream}/aac/{place}.mp4").status_code == 404
    assert list(folders.kept(stream).glob("*.aac")) == []
    assert takes(folders.kept(stream))
