"""Settings: where they come from, and what is refused."""

import pytest

from laotie.runtime.config import ConfigError, load
from laotie.runtime.home import Founding, Home


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("LAOTIE_DEMO", "LAOTIE_LANGUAGE", "LAOTIE_SECRET_KEY", "LAOTIE_HOSTS", "DATABASE_URL", "NATS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LAOTIE_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


def test_a_home_is_made_once_and_keeps_its_secret(home):
    assert home.make(Founding(market_name='A "quoted" 市集', language="en")) is True
    first = load()
    assert home.make(Founding(market_name="Another")) is False
    assert load() == first
    assert (first.market_name, first.language) == ('A "quoted" 市集', "en")
    assert len(first.secret_key) >= 32
    assert home.market_file.stat().st_mode & 0o777 == 0o600


def test_the_environment_wins_over_the_home(home, monkeypatch):
    home.make(Founding(language="en"))
    monkeypatch.setenv("LAOTIE_LANGUAGE", "zh")
    monkeypatch.setenv("LAOTIE_HOSTS", "market.example, localhost")
    config = load()
    assert config.language == "zh"
    assert config.hosts == ["market.example", "localhost"]


def test_an_empty_variable_says_nothing(home, monkeypatch):
    home.make(Founding(language="en"))
    monkeypatch.setenv("LAOTIE_LANGUAGE", "")
    assert load().language == "en"


def test_without_a_secret_only_a_demo_may_run(home):
    with pytest.raises(ConfigError, match="secret key is missing or shorter than 32"):
        load().require_safe()
    load(demo=True).require_safe()
    home.make(Founding())
    load().require_safe()


def test_any_host_is_for_demos_only(home, monkeypatch):
    home.make(Founding())
    monkeypatch.setenv("LAOTIE_HOSTS", "*")
    with pytest.raises(ConfigError, match="must name the hosts"):
        load().require_safe()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LAOTIE_CURRENCY", "yuan", "currency"),
        ("LAOTIE_TIME_ZONE", "Moon/Crater", "is not an IANA time zone"),
        ("LAOTIE_LANGUAGE", "fr", "language"),
    ],
)
def test_a_setting_that_cannot_be_is_named(home, monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=words):
        load()


def test_a_file_that_cannot_be_read_is_named(home):
    home.make(Founding())
    home.market_file.write_text("language = \n")
    with pytest.raises(ConfigError, match=r"market\.toml cannot be read"):
        load()
