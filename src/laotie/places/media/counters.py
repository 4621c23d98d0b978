"""What live video counts for `/metrics`."""

from prometheus_client import Counter

CHUNKS = Counter("laotie_media_chunks", "Chunks of live video by what became of them", ["fate"])
SLICES = Counter("laotie_media_slices", "Slices for viewers with little delay by what became of them", ["fate"])
VIEWERS = Counter("laotie_media_viewers", "Viewers with little delay: let in, refused, refilled, fallen back", ["fate"])
