"""Facts a second into the lake, from the outbox and from beacons, each beside the plainest way to do it.

    python -m benchmarks.lake [--facts 50000] [--beacons 20000]

The peers keep no promise that the lake keeps. Of the outbox: `COPY` to CSV and one Parquet file a chunk, by serial,
with no horizon and no manifest. Of beacons: a durable JetStream consumer that acknowledges after its file is renamed,
which doubles facts when it is killed between the two. PostgreSQL, NATS and the disk are durable on both sides.
"""

import argparse
import asyncio
import io
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import nats
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.runtime import bare
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.processes.ports import first_free
from laotie.stream.bus import Bus, BusAway
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.sources import Source
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake

CHUNK = 5000
COLUMNS = "position, fact_id, kind, version, occurred_at, recorded_at, body"
SHOP = UUID(int=1)


def timed(work: Callable[[], int]) -> float:
    """Facts a second of `work`, which says how many it moved."""
    began = time.monotonic()
    return round(work() / (time.monotonic() - began))


def emit(count: int) -> None:
    """Order facts, a thousand a transaction, through the door that every slice uses."""
    from laotie.stream.outbox import actions
    from laotie.trade.orders.contracts import OrderPaid

    for first in range(0, count, 1000):
        facts = [
            OrderPaid(new_id(), new_id(), SHOP, new_id(), number, "CNY", clock.now())
            for number in range(first, min(first + 1000, count))
        ]
        with bare.writing():
            actions.emit(*facts)


def drain(source: Source, folder: Path) -> int:
    """Everything the source has, by the recorder's own turn. Returns what the lake then holds."""
    from laotie.stream.recorder import Recorder

    with Lake(LocalStore(folder), ZoneInfo("Asia/Shanghai")).writing() as lake:
        recorder = Recorder(lake, [source])
        while recorder.record(source):
            pass
    held = snapshot(LocalStore(folder))
    return sum(held.count(kind) for kind in held.kinds())


def copy_out(url: str, folder: Path) -> int:
    """The outbox's peer."""
    position, total = 0, 0
    with psycopg.connect(url) as connection:
        while True:
            query = (
                f"SELECT {COLUMNS} FROM outbox_outboxrow WHERE position > {position} ORDER BY position LIMIT {CHUNK}"
            )
            with connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy:
                raw = b"".join(bytes(part) for part in copy)
            table = pyarrow.csv.read_csv(io.BytesIO(raw))
            if not table.num_rows:
                return total
            write(table, folder / f"{position}.parquet")
            position = table["position"][-1].as_py()
            total += table.num_rows


def write(table: pa.Table, path: Path) -> None:
    """A durable file: written beside, fsynced, renamed."""
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def nats_server(folder: Path) -> Iterator[str]:
    """NATS as a home runs it; its address."""
    port = first_free(14222)
    server = Nats(folder, port, first_free(port + 1), "benchmark")
    process = subprocess.Popen(server.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.url
    finally:
        process.terminate()
        process.wait()


def send(bus: Bus, count: int) -> None:
    """Clicks, as the web publishes them, 50 a batch."""
    from laotie.stream.beacons.contracts import Click
    from laotie.stream.beacons.intake import Beacon
    from laotie.stream.beacons.jetstream import publish
    from laotie.stream.facts import Recorded, encode

    for first in range(0, count, 50):
        now = clock.now()
        beacons = [
            Beacon(f"{n}", Recorded(new_id(), "click", 1, now, now, encode(Click(SHOP, SHOP, n % 60_000, None))))
            for n in range(first, min(first + 50, count))
        ]
        bus.run(lambda client, beacons=beacons: publish(client, beacons), 30)


async def consume(url: str, folder: Path, count: int) -> int:
    """The beacons' peer."""
    client = await nats.connect(url)
    consumer = await client.jetstream().pull_subscribe("behaviour.>", durable="peer", stream="beacons")
    total = 0
    while total < count:
        messages = await consumer.fetch(min(CHUNK, count - total), timeout=5)
        write(pa.table({"raw": [message.data.decode() for message in messages]}), folder / f"{total}.parquet")
        await asyncio.gather(*[message.ack() for message in messages])
        total += len(messages)
    await client.close()
    return total


def from_outbox(count: int, folder: Path) -> tuple[float, float]:
    with bare.new_database(durable=True) as url:
        bare.connect(url)
        bare.migrate()
        from laotie.stream.outbox.source import OutboxSource

        emit(count)
        (folder / "copied").mkdir()
        ours = timed(lambda: drain(OutboxSource(), folder / "outbox"))
        return ours, timed(lambda: copy_out(url, folder / "copied"))


def from_beacons(count: int, folder: Path) -> tuple[float, float]:
    from laotie.stream.beacons.source import BeaconSource

    with nats_server(folder / "nats") as url:
        bus = Bus(url)
        wait_for(bus)
        BeaconSource(bus).read(None, 1)  # makes the stream
        send(bus, count)
        (folder / "consumed").mkdir()
        ours = timed(lambda: drain(BeaconSource(bus), folder / "beacons"))
        theirs = timed(lambda: asyncio.run(consume(url, folder / "consumed", count)))
        bus.close()
        return ours, theirs


def wait_for(bus: Bus) -> None:
    async def flush(client: nats.NATS) -> None:
        await client.flush()

    while True:
        try:
            return bus.run(flush, 5)
        except BusAway:
            time.sleep(0.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=50_000)
    parser.add_argument("--beacons", type=int, default=20_000)
    asked = parser.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="laotie-lake-") as name:
        with console.status("From the outbox"):
            outbox, copied = from_outbox(asked.facts, Path(name))
        with console.status("From beacons"):
            beacons, consumed = from_beacons(asked.beacons, Path(name))
    table = Table("way", "facts", "laotie /s", "peer /s", "ratio", title="Into the lake")
    table.add_row("outbox (peer: COPY → Parquet)", str(asked.facts), str(outbox), str(copied), f"{outbox / copied:.2f}")
    table.add_row(
        "beacons (peer: durable consumer)", str(asked.beacons), str(beacons), str(consumed), f"{beacons / consumed:.2f}"
    )
    Console().print(table)
    print(json.dumps({
        "outbox_facts_per_s": outbox, "peer_copy_per_s": copied,
        "beacon_facts_per_s": beacons, "peer_consumer_per_s": consumed,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
