"""The one typed place of settings. What wins: environment (`LAOTIE_*`, DATABASE_URL, NATS_URL), then the home's
`market.toml`, then the defaults here.

    ConfigError    a setting is missing, unreadable or not safe outside a demo; the message is a sentence
"""

import os
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import TomlConfigSettingsSource as TomlSource

SECRET_LENGTH = 32


class ConfigError(Exception):
    """A setting that cannot be used, in one sentence."""


def home_folder() -> Path:
    """The folder that holds everything of one market: `LAOTIE_HOME`, else ./var."""
    return Path(os.environ.get("LAOTIE_HOME") or "var").absolute()


class Config(BaseSettings):
    """What one process of a market needs to know."""

    model_config = SettingsConfigDict(env_prefix="LAOTIE_", extra="ignore", env_ignore_empty=True)

    home: Path = Field(default_factory=home_folder)
    demo: bool = False
    secret_key: str = ""
    nats_password: str = ""
    metrics_token: str = ""
    count_statements: bool = False  # say in a header how many SQL statements a page took; for benchmarks
    recording_days: int = Field(default=90, ge=0)  # how long recordings of live video are kept; 0: for ever
    shelf_age: float = 3.0  # seconds that web processes may remember what everybody sees alike; 0: ask every time
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    nats_url: str = Field(default="", validation_alias="NATS_URL")
    live_port: int = Field(default=0, ge=0, le=65535)  # of the embedded bus, for browsers; `laotie up` says it
    live_url: str = Field(default="", pattern="^(wss?://[^/]+)?$")  # where browsers reach a bus that is not ours
    live_account: str = Field(default="", pattern="^(A[A-Z2-7]{55})?$")  # its account, and the signing key of tickets
    live_seed: str = Field(default="", pattern="^(SA[A-Z2-7]{56})?$")
    hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1", "[::1]"]
    origins: Annotated[list[str], NoDecode] = []
    proxies: Annotated[list[str], NoDecode] = []
    https: bool = False
    own_certificate: bool = False  # of this market's own authority; `laotie up --https` says it
    public_url: str = Field(default="", pattern="^(https?://[^/]+)?$")
    mail_host: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_user: str = ""
    mail_password: str = ""
    mail_from: str = "Laotie <market@localhost>"
    colour: bool = False
    market_name: str = Field(default="Laotie", min_length=1, max_length=60)
    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    time_zone: str = "Asia/Shanghai"
    language: str = Field(default="zh", pattern="^(zh|en)$")

    @field_validator("hosts", "origins", "proxies", mode="before")
    @classmethod
    def _by_comma(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not an IANA time zone such as Asia/Shanghai")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlSource(settings_cls, home_folder() / "market.toml")

    def require_safe(self) -> None:
        """Raise ConfigError where this may only run as a demo and is none."""
        if self.demo:
            return
        if len(self.secret_key) < SECRET_LENGTH:
            raise ConfigError(
                f"The secret key is missing or shorter than {SECRET_LENGTH} characters. `laotie up` writes one into "
                f"{self.home / 'market.toml'}; elsewhere set LAOTIE_SECRET_KEY."
            )
        if "*" in self.hosts:
            raise ConfigError("LAOTIE_HOSTS must name the hosts this market answers to; '*' is for demos only.")


def load(**given: Any) -> Config:
    """The settings of this process. Raises ConfigError with one sentence a fault."""
    try:
        return Config(**given)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise ConfigError("A setting cannot be used. " + "; ".join(faults)) from error
    except ValueError as error:
        raise ConfigError(f"{home_folder() / 'market.toml'} cannot be read: {error}") from error
