"""Which files a request passes: `python -m tests.project.request_path`.

For a cart read with a cookie and with a token: the project's files, and how often a reader changes from one to another,
in the order in which functions are called. With the lab off and on.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def trace(lab):
    """Print the paths, in a process of its own, since the settings are read once."""
    script = f"from tests.project.request_path import main; main({lab!r})"
    own = {"LAB": lab, "DJANGO_SETTINGS_MODULE": "project.settings", "DATABASE_URL": "", "REDIS_URL": ""}
    environment = os.environ | own  # a database of its own, and nobody else's
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)  # noqa: S603


def main(lab):
    import tempfile

    os.environ["VAR_DIR"] = tempfile.mkdtemp()
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client, override_settings

    from accounts.models import User
    from shop.cart import add_item
    from shop.models import Product

    call_command("migrate", verbosity=0)
    add_item(
        User.objects.create_user("ada", password="path"), Product.objects.create(name="Tea", price=1, stock=9).id, 2
    )
    with override_settings(ALLOWED_HOSTS=["*"]):
        for name in ("session", "jwt"):
            http = Client()
            login = {"username": "ada", "password": "path"}
            answer = http.post(f"/api/{name}/login/", login, "application/json").json()
            headers = {"Authorization": f"Bearer {answer['access']}"} if "access" in answer else {}
            http.get(f"/api/{name}/cart/", headers=headers)  # from here on nothing is imported
            files = called(
                lambda http=http, name=name, headers=headers: http.get(f"/api/{name}/cart/", headers=headers)
            )
            hops = [file for number, file in enumerate(files) if number == 0 or file != files[number - 1]]
            print(f"lab {lab}, {name}: {len(set(files))} files, {len(hops) - 1} changes of file")  # noqa: T201
            print(f"  {' > '.join(hops)}")  # noqa: T201


def called(request):
    """Return the project's files in the order in which functions in them are called, while a request is served."""
    files = []

    def note(frame, event, argument):
        if event == "call" and frame.f_code.co_filename.startswith(str(ROOT)):
            file = Path(frame.f_code.co_filename).relative_to(ROOT).as_posix()
            if not file.startswith((".venv", "tests")):
                files.append(file)

    sys.setprofile(note)
    try:
        request()
    finally:
        sys.setprofile(None)
    return files


if __name__ == "__main__":
    for lab in ("off", "on"):
        trace(lab)
