"""Imported before what needs the benchmark's packages: where one is missing, it says which line installs them."""

from importlib import import_module

for name in ("psutil", "pycurl"):
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        install = ".venv/bin/pip install -r project/lab/benchmark/requirements.txt"
        raise ModuleNotFoundError(f"No module named {name!r}: {install}", name=name) from error
