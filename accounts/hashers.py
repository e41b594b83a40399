"""How passwords are hashed."""

from django.contrib.auth import hashers


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    Why: Django's default takes 100 MiB for each hash, too much for a class of 200 that logs in at once on a laptop.
    Source: OWASP Password Storage Cheat Sheet, which names these as the minimum.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
