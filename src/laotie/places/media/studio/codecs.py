"""Names of codecs as players want them (RFC 6381), which of them a player can be given as they are, and which become
H.264 on their way."""

from typing import Any

AS_THEY_ARE = frozenset({"h264", "hevc", "vp9", "av1", "libdav1d", "aac", "opus", "mp3"})
ENCODED = frozenset({"vp8"})  # no player shows it in MP4


def name(context: Any) -> str:
    """The `codecs` parameter of a stream's codec."""
    codec, extra = context.codec.canonical_name, context.extradata or b""
    if codec == "h264":
        return f"avc1.{_profile(extra).hex().upper()}"
    if codec == "vp9":
        return "vp09.00.40.08"
    if codec == "av1":
        return "av01.0.08M.08"
    return {"aac": "mp4a.40.2", "mp3": "mp4a.40.34"}.get(codec, str(codec))


def is_encoded(stream: Any) -> bool:
    """Whether a recording's stream becomes another on its way."""
    return stream.codec_context.codec.canonical_name in ENCODED


def _profile(extra: bytes) -> bytes:
    """Profile, constraints and level, from either form that H.264's settings come in."""
    if extra[:1] == b"\x01":
        return extra[1:4]
    at = next((i for i in range(len(extra) - 4) if extra[i : i + 3] == b"\0\0\1" and extra[i + 3] & 0x1F == 7), None)
    return extra[at + 4 : at + 7] if at is not None else bytes.fromhex("42c01f")
