"""What live video counts for `/metrics`."""

from prometheus_client import Counter

CHUNKS = Counter("laotie_media_chunks", "Chunks of live video by what became of them", ["fate"])
