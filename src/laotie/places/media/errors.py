"""What can be wrong with a stream.

NotFound
└── NoSuchStream        nobody opened it
Forbidden
├── BadToken            the publishing token is forged, cut, or of another stream
├── TokenExpired        it was good once
└── BadKey              an encoder's key that opens nothing
Conflict
├── StreamEnded         it is over for good
├── StreamTaken         it is somebody else's
├── StillLive           its recording cannot be deleted yet
├── RunOver             a newer recorder has taken over
└── NothingRecorded     a clip of a time that was not recorded
TooMany
├── TooManyStreams      as many are live as this market carries
├── TooManyClose        as many watch with little delay as this market carries
└── TooFast             the studio is behind with what it has
BadInput
├── BadChunk            the address of the chunk makes no sense
├── LengthNeeded        it does not say how long it is
├── ChunkTooLarge       more bytes than a chunk may have
└── NotMedia            no video or sound that a browser records
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound, TooMany


class NoSuchStream(NotFound):
    code = "media.no_such_stream"
    sentence = "There is no such stream."


class BadToken(Forbidden):
    code = "media.bad_token"
    sentence = "This is not a key to this stream. Open the host's desk again."


class TokenExpired(Forbidden):
    code = "media.token_expired"
    sentence = "The key to this stream has expired. Open the host's desk again."


class BadKey(Forbidden):
    code = "media.bad_key"
    sentence = "No stream is open for this stream key."


class StreamEnded(Conflict):
    code = "media.ended"
    status = 410
    sentence = "This stream has ended."


class StreamTaken(Conflict):
    code = "media.taken"
    sentence = "This stream belongs to somebody else."


class StillLive(Conflict):
    code = "media.still_live"
    sentence = "This stream is still live. End it first."


class RunOver(Conflict):
    code = "media.run_over"
    sentence = "Another device, or a newer recording, has taken over this stream."


class NothingRecorded(Conflict):
    code = "media.nothing_recorded"
    sentence = "Nothing was recorded at that time."


class TooManyStreams(TooMany):
    code = "media.too_many_streams"
    sentence = "{most} streams are live, as many as this market carries. Try again when one has ended."


class TooManyClose(TooMany):
    code = "media.too_many_close"
    sentence = "As many as this market carries watch with little delay. The steady picture is for everyone."


class TooFast(TooMany):
    code = "media.too_fast"
    sentence = "The studio is behind. Keep what you have and send it again in a moment."


class BadChunk(BadInput):
    code = "media.bad_chunk"
    sentence = "This chunk cannot be placed: its run or its number makes no sense."


class LengthNeeded(BadInput):
    code = "media.length_needed"
    status = 411
    sentence = "A chunk must say how long it is (Content-Length)."


class ChunkTooLarge(BadInput):
    code = "media.chunk_too_large"
    status = 413
    sentence = "A chunk may have {megabytes} MB at most."


class NotMedia(BadInput):
    code = "media.not_media"
    status = 415
    sentence = "This is no video or sound as browsers record it (WebM or MP4)."
