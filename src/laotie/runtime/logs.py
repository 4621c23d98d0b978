"""How our own processes speak: one readable line an event, its data behind it. The supervisor adds who speaks.

`structlog.get_logger().info("order.placed", order=order_id)` and the standard library's loggers meet here.
Secrets are never logged: what a key names as one is replaced before it is rendered.
"""

import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie")
QUIET = ("procrastinate", "asyncio", "urllib3", "nats")


def hide_secrets(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the value of every key that names a secret."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = "(hidden)"
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
    hide_secrets,
]


def configure_structlog() -> None:
    """Send structlog's events through the standard library, so that both look the same."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def before_settings() -> None:
    """The same for a command that has yet to read the settings: stdout is for what the command says. Once a process."""
    if not structlog.is_configured():
        configure_structlog()
        logging.config.dictConfig(logging_settings(colour=sys.stderr.isatty()))


def logging_settings(*, colour: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, libraries only when something is wrong."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.dev.ConsoleRenderer(
                        colors=colour, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
                    ),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {name: {"level": "WARNING"} for name in QUIET}
        | {"django": {"handlers": [], "level": "INFO"}, "django.request": {"level": "ERROR"}},
    }
