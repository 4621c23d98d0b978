"""Static files: laid out from packages, under hashed names, and no fault where one could not be fetched."""

from pathlib import Path

import pytest
from django.core.management import call_command

from laotie.kit.assets import building, npm
from laotie.kit.assets.building import Workshop
from laotie.runtime import assets
from laotie.runtime.assets import Assets


@pytest.fixture
def asked(monkeypatch):
    """What npm is asked for; it fetches empty files under the names that are copied."""
    calls = []

    def install(folder, *, development):
        calls.append(development)
        for source in building._listed("copy").values():
            (folder / "node_modules" / source).parent.mkdir(parents=True, exist_ok=True)
            (folder / "node_modules" / source).write_text("x")

    monkeypatch.setattr(npm, "install", install)
    monkeypatch.setattr(
        npm, "run", lambda folder, program, entry, out, *rest: Path(out.partition("=")[2]).write_text("")
    )
    return calls


def test_what_a_demo_is_drawn_with_is_fetched_for_a_demo_only(tmp_path, asked):
    plain = Workshop(tmp_path / "npm", tmp_path / "assets")
    plain.build()
    plain.build()
    assert asked == [False]
    assert (tmp_path / "assets/vendor/inter.woff2").exists()
    assert "inter.woff2" in (tmp_path / "assets/vendor/inter.css").read_text()
    demo = Workshop(tmp_path / "npm", tmp_path / "assets", drawings=True)
    assert not demo.is_current()
    demo.build()
    assert asked == [False, True]
    assert demo.is_current()
    assert plain.is_current()


def test_a_file_that_could_not_be_fetched_is_named_plainly(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = []
    call_command("collectstatic", verbosity=0, interactive=False)
    storage = Assets(location=str(tmp_path / "static"), base_url="/static/")
    assert storage.url("kit/tokens.css").startswith("/static/kit/tokens.")
    assert storage.url("kit/tokens.css") != "/static/kit/tokens.css"
    assert storage.url("vendor/never.js") == "/static/vendor/never.js"


def test_files_are_collected_again_only_when_one_has_changed(tmp_path, settings, monkeypatch):
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [tmp_path / "assets"]
    runs = []
    monkeypatch.setattr(assets, "call_command", lambda *told, **how: runs.append(call_command(*told, **how)))
    assets.collect()
    assets.collect()
    assert len(runs) == 1
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "late.js").write_text("0")
    assets.collect()
    assert len(runs) == 2
    assert (tmp_path / "static" / "late.js").exists()
    (tmp_path / "assets" / "late.js").write_text("01")
    assets.collect()
    assets.collect()
    assert len(runs) == 3
    assert (tmp_path / "static" / "late.js").read_text() == "01"
