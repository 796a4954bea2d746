"""A wrong setting is one sentence that names it and the remedy, and never repeats a secret."""

import pytest

from bot.cli import main
from bot.settings import EXAMPLES, PREFIX, Settings, SettingsError, read_settings

SECRET = "sangatrahasia"
TOKEN = "123456789:AAH4bCdEfGhIjKlMnOpQrStUvWxYz0123456"
WRONG = [
    ("TOKEN", ""),
    ("TOKEN", SECRET),
    ("TOKEN", f"123456789:{SECRET}"),
    ("TOKEN", f"bot:{SECRET * 3}"),
    ("API_URL", f"ftp://{SECRET}"),
    ("DATABASE_URL", f"mysql://pokja:{SECRET}@host/pokja"),
    ("DATABASE_URL", SECRET),
    ("MODE", SECRET),
    ("LOG", SECRET),
    ("CLOCK_URL", SECRET),
    ("PROCESSES", f"/{SECRET}"),
]


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """No settings from outside; those of a working bot are a token alone."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv(f"{PREFIX}TOKEN", TOKEN)
    return monkeypatch


def test_every_setting_is_tried_here_and_has_an_example():
    names = {name.upper() for name in Settings.model_fields}
    assert {name for name, _ in WRONG} == names == EXAMPLES.keys() | {"TOKEN"}


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda part: part.replace(SECRET, "rahasia"))
def test_a_wrong_setting_is_one_sentence_and_exit_code_2(elsewhere, capsys, name, value):
    elsewhere.setenv(PREFIX + name, value)
    elsewhere.setattr("sys.argv", ["pokja", "run"])
    with pytest.raises(SystemExit) as ended:
        main.main()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    (sentence,) = said.err.splitlines()
    assert sentence.startswith(PREFIX + name)
    assert "isi" in sentence
    assert sentence.endswith(".")
    assert SECRET not in sentence


def test_a_setting_comes_from_the_environment_before_the_file(elsewhere, tmp_path):
    (tmp_path / ".env").write_text("POKJA_LOG=ERROR\nPOKJA_API_URL=http://127.0.0.1:8081/\nLAIN=1\n")
    elsewhere.setenv("POKJA_LOG", "DEBUG")
    settings = read_settings()
    assert (settings.log, settings.api_url) == ("DEBUG", "http://127.0.0.1:8081")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://u:s@host/d", "postgresql+asyncpg://u:s@host/d"),
        ("postgresql+psycopg://u:s@host/d", "postgresql+asyncpg://u:s@host/d"),
    ],
)
def test_an_ordinary_database_address_gets_its_driver(elsewhere, given, understood):
    assert read_settings(database_url=given).database_url == understood


def test_settings_never_show_their_secrets_and_never_change(elsewhere):
    settings = read_settings(database_url=f"postgresql://u:{SECRET}@host/d")
    assert TOKEN not in repr(settings)
    assert SECRET not in repr(settings)
    assert settings.require_token() == TOKEN
    with pytest.raises(ValueError, match="frozen"):
        settings.log = "DEBUG"


def test_the_cause_of_a_settings_error_holds_no_value(elsewhere):
    """A traceback would print the cause too."""
    with pytest.raises(SettingsError) as raised:
        read_settings(log=SECRET)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
