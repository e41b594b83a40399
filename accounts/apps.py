from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured


class AccountsConfig(AppConfig):
    """Who you are."""

    name = "accounts"

    def ready(self):
        checks.register(check_keys)


def check_keys(app_configs, **options):
    """Refuse, as a system check, a keys.json that cannot be used."""
    from accounts.keys import key_file, parse

    try:
        if key_file().exists():
            parse(key_file().read_text("utf-8"))
    except (ImproperlyConfigured, OSError, UnicodeDecodeError) as error:
        return [checks.Error(str(error), id="accounts.E001")]
    return []
