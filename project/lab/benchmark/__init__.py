"""The instrument behind `manage.py benchmark`: what a request costs under each scheme. See README.md."""
