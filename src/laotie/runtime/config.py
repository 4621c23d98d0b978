"""The one typed place of settings: the home's `market.toml`, then `LAOTIE_*`, then DATABASE_URL and NATS_URL."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """What one process of a market needs to know. Unsafe defaults stand only while `demo` is true."""

    model_config = SettingsConfigDict(env_prefix="LAOTIE_", extra="ignore")

    home: Path = Path("var")
    demo: bool = False
    secret_key: str = ""
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    nats_url: str = Field(default="", validation_alias="NATS_URL")
    hosts: list[str] = ["localhost", "127.0.0.1", "[::1]"]
    market_name: str = "Laotie"
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    language: str = "zh"
