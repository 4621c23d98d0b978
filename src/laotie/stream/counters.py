"""What the stream counts for `/metrics`, where the recorder's share is added to the web's."""

from prometheus_client import Counter

BEACONS = Counter("laotie_beacons", "Behaviour events by what became of them", ["fate"])
RECORDED = Counter("laotie_recorded", "Facts carried into the lake", ["source"])
LIVE = Counter(
    "laotie_live", "Messages to browsers by what became of them; frames are what the bus was given", ["fate"]
)
DECISIONS = Counter("laotie_decisions", "Records of feed decisions by what became of them", ["fate"])
