"""What the tests of accounts share."""

import pytest

from tests.schemes import own_schemes


@pytest.fixture(params=own_schemes(), ids=lambda scheme: scheme.name)
def scheme(request):
    return request.param
