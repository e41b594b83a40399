"""Django's Redis cache, with a client that is made once."""

from functools import cached_property

from django.core.cache.backends import redis


class CacheClient(redis.RedisCacheClient):
    """Why: Django makes a client for each command, which costs more than the command."""

    @cached_property
    def client(self):
        return super().get_client(write=True)

    def get_client(self, key=None, *, write=False):
        return self.client


class RedisCache(redis.RedisCache):
    """For one Redis server; what it keeps is as Django's own keeps it."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = CacheClient
