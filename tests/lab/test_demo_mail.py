"""The mail of a demo is read in the demo; there is no such page in any other market."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.test import Client, override_settings

from laotie.lab.demo import mail

pytestmark = pytest.mark.django_db


def demo(folder: Path, is_demo: bool = True, host: str = "") -> override_settings:
    config = settings.CONFIG.model_copy(update={"demo": is_demo})
    return override_settings(CONFIG=config, EMAIL_HOST=host, EMAIL_FILE_PATH=folder)


def write(folder: Path, subject: str, words: str) -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    EmailMessage(subject, words, to=["wei@example.org"], connection=backend).send()


def test_mail_is_read_newest_first(tmp_path: Path, client: Client) -> None:
    with demo(tmp_path):
        assert mail.newest() == []
        write(tmp_path, "[老铁] 验证码", "你的验证码 482913\n<b>http://localhost/go</b>")
        (letter,) = mail.newest()
        assert (letter.to, letter.subject) == ("wei@example.org", "[老铁] 验证码")
        assert letter.words == "你的验证码 482913\n<b>http://localhost/go</b>" and letter.at is not None
        assert abs((datetime.now(UTC) - letter.at).total_seconds()) < 60
        page = client.get("/demo/mail").content.decode()
        assert "482913" in page and "&lt;b&gt;" in page and 'href="http://localhost/go' in page


@pytest.mark.parametrize(("is_demo", "host"), [(False, ""), (True, "mail.example.org")])
def test_no_other_market_shows_its_mail(tmp_path: Path, client: Client, is_demo: bool, host: str) -> None:
    with demo(tmp_path, is_demo, host):
        write(tmp_path, "secret", "482913")
        assert client.get("/demo/mail").status_code == 404
        assert "/demo/mail" not in client.get("/account/login/").content.decode()


def test_where_people_sign_in_a_demo_says_where_its_mail_is(tmp_path: Path, client: Client) -> None:
    with demo(tmp_path):
        page = client.get("/account/login/").content.decode()
    assert 'href="/demo/mail"' in page and str(tmp_path) not in page


def test_a_half_written_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "20260101-000000-1.log").write_bytes(b"\xff\xfe no header at all\n" + b"-" * 79 + b"\n")
    with demo(tmp_path):
        assert [letter.subject for letter in mail.newest()] == [""]
