"""What every test gets: a sandbox as new, and Meta's SDK signed in as somebody.

The clients are as they came from the package index. Only the host is another one, and it is
called without encryption, since it is on loopback.
"""

import pytest
from facebook_business.api import FacebookAdsApi
from facebook_business.session import FacebookSession

from sandbox import PATIENCE, Sandbox


@pytest.fixture
def sandbox():
    """The sandbox, back at its seed."""
    running = Sandbox.from_environment()
    running.reset()
    return running


@pytest.fixture
def sdk(sandbox):
    """Signs Meta's SDK in: `sdk(access_token)`, with the app's secret unless told otherwise."""

    class SandboxSession(FacebookSession):
        GRAPH = sandbox.url

    def sign_in(access_token, app_secret=sandbox.app_secret):
        session = SandboxSession(sandbox.app_id, app_secret, access_token, timeout=PATIENCE)
        return FacebookAdsApi(session)

    return sign_in
