"""The measuring instrument behind `manage.py benchmark`: what a request costs under each way of being known.

Read in this order: `variants` (what is compared), `kinds` (by which requests), `run` (how), `statistics` (what may
be said).
"""
