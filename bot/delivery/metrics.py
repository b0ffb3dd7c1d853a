"""Figures of delivery for Prometheus; the registry is handed in."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge

from bot.storage import inbox, outbox
from bot.storage.transaction import Transaction


class Metrics:
    """Counters while running, gauges when asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.updates = Counter("ruhu_updates", "Updates by what became of them", ["outcome"], registry=registry)
        self.sends = Counter(
            "ruhu_sends", "Calls to send something, by verdict", ["kind", "verdict"], registry=registry
        )
        self.polls = Counter("ruhu_polls", "getUpdates calls or webhook posts", ["outcome"], registry=registry)
        self.storage = Counter("ruhu_storage_trouble", "Transactions the database refused", ["code"], registry=registry)
        self._depth = Gauge("ruhu_queue_depth", "Rows waiting", ["queue"], registry=registry)
        self._oldest = Gauge("ruhu_queue_oldest_seconds", "Age of the oldest waiting row", ["queue"], registry=registry)
        self._aside = Gauge("ruhu_set_aside", "Rows set aside, ever kept", ["queue"], registry=registry)

    def measure(self, tx: Transaction, now: datetime) -> None:
        """Read the queues' depth and age at `now`."""
        for queue, (count, oldest) in {"inbox": inbox.depth(tx), "outbox": outbox.depth(tx)}.items():
            self._depth.labels(queue).set(count)
            self._oldest.labels(queue).set(max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
        self._aside.labels("inbox").set(inbox.count_aside(tx))
        self._aside.labels("outbox").set(outbox.count_aside(tx))
