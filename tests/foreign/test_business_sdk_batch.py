"""Several calls in one, as Meta's SDK bundles them."""

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.user import User
from facebook_business.exceptions import FacebookRequestError

from sandbox import HENRIK, MARTA

CERAMICS = "act_1015880000000101"
HENRIK_S = "act_1015880000000301"


class Answers(list):
    """What came back, call by call."""

    def kept(self):
        """The callbacks that the SDK wants for each call."""
        return {"success": self.append, "failure": self.append}


@pytest.fixture
def answers():
    return Answers()


def test_each_call_has_an_answer_of_its_own(sandbox, sdk, answers):
    api = sdk(sandbox.token_of(MARTA))
    batch = api.new_batch()
    User("me", api=api).api_get(fields=["name"], batch=batch, **answers.kept())
    AdAccount(CERAMICS, api=api).get_campaigns(
        params={"effective_status": ["PAUSED"]}, batch=batch, **answers.kept()
    )
    AdAccount(HENRIK_S, api=api).api_get(batch=batch, **answers.kept())

    again = batch.execute()

    assert again is None
    me, campaigns, henrik_s = answers
    assert me.json() == {"id": MARTA, "name": "Marta Kowalska"}
    assert len(campaigns.json()["data"]) == 2
    error = henrik_s.error()
    assert error.http_status() == 400
    assert (error.api_error_code(), error.api_error_subcode()) == (100, 33)


def test_fifty_calls_go_and_fifty_one_do_not(sandbox, sdk, answers):
    api = sdk(sandbox.token_of(MARTA))
    batch = api.new_batch()
    for _ in range(50):
        User("me", api=api).api_get(batch=batch, **answers.kept())

    batch.execute()
    User("me", api=api).api_get(batch=batch, **answers.kept())
    with pytest.raises(FacebookRequestError):
        batch.execute()

    assert [answer.json()["id"] for answer in answers] == [MARTA] * 50


def test_a_call_that_was_left_out_is_handed_back_to_be_repeated(sandbox, sdk, answers):
    api = sdk(sandbox.token_of(MARTA))
    batch = api.new_batch()
    User("me", api=api).api_get(batch=batch, **answers.kept())
    AdAccount(CERAMICS, api=api).api_get(batch=batch, **answers.kept())
    sandbox.fail("me", preset="null", times=1)

    again = batch.execute()

    assert [answer.json()["id"] for answer in answers] == [CERAMICS]
    assert again.execute() is None
    assert [answer.json()["id"] for answer in answers] == [CERAMICS, MARTA]


def test_a_call_may_have_a_token_of_its_own(sandbox, sdk, answers):
    henrik_s = sandbox.token_of(HENRIK)
    own = {"access_token": henrik_s, "appsecret_proof": sandbox.proof(henrik_s)}
    batch = sdk(sandbox.token_of(MARTA)).new_batch()
    batch.add("GET", ("me",), **answers.kept())
    batch.add("GET", ("me",), params=own, **answers.kept())

    batch.execute()

    assert [answer.json()["id"] for answer in answers] == [MARTA, HENRIK]


def test_but_then_it_needs_a_proof_of_its_own(sandbox, sdk, answers):
    batch = sdk(sandbox.token_of(MARTA)).new_batch()
    batch.add("GET", ("me",), params={"access_token": sandbox.token_of(HENRIK)}, **answers.kept())

    batch.execute()

    [answer] = answers
    assert answer.error().api_error_code() == 100
    assert "appsecret_proof" in answer.error().api_error_message()


def test_a_batch_with_a_token_that_has_ended_fails_whole(sandbox, sdk, answers):
    api = sdk(sandbox.token_of(MARTA))
    batch = api.new_batch()
    User("me", api=api).api_get(batch=batch, **answers.kept())
    sandbox.let(MARTA, "expire")

    with pytest.raises(FacebookRequestError) as caught:
        batch.execute()

    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == (190, 463)
    assert answers == []
