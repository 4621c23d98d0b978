import pytest

from tests.places.rooms.making import Heard


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Everything the rooms say, in order."""
    ear = Heard()
    monkeypatch.setattr("laotie.places.rooms.actions.numbering.say", ear)
    monkeypatch.setattr("laotie.places.rooms.crowd.say", ear)
    return ear
