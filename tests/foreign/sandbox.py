"""The sandbox that the tests talk to: where it is, which app it plays, and its control API."""

import hashlib
import hmac
import os
from dataclasses import dataclass

import requests

# People of the built-in seed (sandbox/README.md).
MARTA = "10158801234560001"
HENRIK = "10158801234560003"
PRIYA = "10158801234560004"

# Long enough for a busy machine, short enough to end a test that would hang.
PATIENCE = 30


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox, started by `cargo xtask test`."""

    url: str
    app_id: str
    app_secret: str
    redirect_uri: str

    @classmethod
    def from_environment(cls):
        """Where it is and whom it plays, as xtask/src/foreign.rs tells it."""
        return cls(
            url=os.environ["SANDBOX_URL"],
            app_id=os.environ["SANDBOX_APP_ID"],
            app_secret=os.environ["SANDBOX_APP_SECRET"],
            redirect_uri=os.environ["SANDBOX_REDIRECT_URI"],
        )

    def proof(self, access_token):
        """`appsecret_proof`, by the words of Meta's guide, for who brings none of their own."""
        key = self.app_secret.encode()
        return hmac.new(key, access_token.encode(), hashlib.sha256).hexdigest()

    def reset(self):
        """Back to the seed: no consents, tokens, calls or faults."""
        self._post("reset", None)

    def token_of(self, person, **life):
        """A token of a person without a login."""
        return self._post("tokens", {"person": person, **life})["access_token"]

    def let(self, person, event):
        """Lets something happen to a person: `expire`, `change_password`, …"""
        self._post("events", {"person": person, "event": event})

    def fail(self, edge, **fault):
        """Lets the next calls on an edge fail."""
        self._post("faults", {"edge": edge, **fault})

    def allow(self, **quotas):
        """How many calls Meta takes: `app` within an hour, …"""
        self._post("quotas", quotas)

    def calls(self, edge=None):
        """What was asked so far, on one edge or on all."""
        answer = requests.get(f"{self.url}/_control/calls", timeout=PATIENCE)
        answer.raise_for_status()
        return [call for call in answer.json()["calls"] if edge in (None, call["edge"])]

    def _post(self, what, body):
        answer = requests.post(f"{self.url}/_control/{what}", json=body, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json()
