"""Meta's own SDK, `facebook-business`, reads what the portal reads."""

import json

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.campaign import Campaign
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError

from sandbox import HENRIK, MARTA, PRIYA

CERAMICS = "act_1015880000000101"


def test_me(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA))

    me = User("me", api=api).api_get(fields=[User.Field.id, User.Field.name, User.Field.email])

    assert me[User.Field.id] == MARTA
    assert me[User.Field.name] == "Marta Kowalska"
    assert me[User.Field.email] == "marta@kowalska.example"


def test_permissions(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA, scopes=["public_profile", "ads_read"]))

    granted = {item["permission"]: item["status"] for item in User("me", api=api).get_permissions()}

    assert granted == {"public_profile": "granted", "ads_read": "granted"}


def test_sixty_ad_accounts_come_on_three_pages(sandbox, sdk):
    api = sdk(sandbox.token_of(HENRIK))

    cursor = User("me", api=api).get_ad_accounts(
        fields=[AdAccount.Field.name, AdAccount.Field.account_status, AdAccount.Field.business]
    )
    accounts = list(cursor)

    assert len({account["id"] for account in accounts}) == 60
    assert cursor.total() == 60
    assert [account["account_status"] for account in accounts].count(2) == 3
    assert {account["business"]["name"] for account in accounts} == {"Nordkæde Retail Group A/S"}
    assert len(sandbox.calls("me/adaccounts")) == 3


def test_pages_of_another_size_neither_repeat_nor_skip(sandbox, sdk):
    api = sdk(sandbox.token_of(HENRIK))

    accounts = [account["id"] for account in User("me", api=api).get_ad_accounts(params={"limit": 7})]

    assert len(accounts) == len(set(accounts)) == 60
    assert len(sandbox.calls("me/adaccounts")) == 9


def test_accounts_behind_a_business(sandbox, sdk):
    api = sdk(sandbox.token_of(PRIYA))

    businesses = list(User("me", api=api).get_businesses(fields=[Business.Field.name]))
    media = next(one for one in businesses if one["name"] == "Raman & Partners Media")

    assert len(businesses) == 2
    assert len(media.get_owned_ad_accounts()) == 2
    assert len(media.get_client_ad_accounts()) == 3


def test_one_ad_account(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA))

    account = AdAccount(CERAMICS, api=api).api_get(
        fields=[
            AdAccount.Field.account_id,
            AdAccount.Field.name,
            AdAccount.Field.currency,
            AdAccount.Field.timezone_name,
            AdAccount.Field.amount_spent,
        ]
    )

    assert account["id"] == CERAMICS
    assert account[AdAccount.Field.account_id] == CERAMICS.removeprefix("act_")
    assert account[AdAccount.Field.name] == "Kowalska Ceramics"
    assert account[AdAccount.Field.currency] == "PLN"
    assert account[AdAccount.Field.timezone_name] == "Europe/Warsaw"
    assert account[AdAccount.Field.amount_spent] == "1254300"


def test_campaigns_and_those_of_one_status(sandbox, sdk):
    account = AdAccount(CERAMICS, api=sdk(sandbox.token_of(MARTA)))
    status = Campaign.Field.effective_status

    campaigns = list(account.get_campaigns(fields=[Campaign.Field.name, status]))
    paused = list(
        account.get_campaigns(
            fields=[status], params={"effective_status": [Campaign.EffectiveStatus.paused]}
        )
    )

    assert len(campaigns) == 7
    assert all(campaign[Campaign.Field.name] for campaign in campaigns)
    assert [campaign["id"] for campaign in paused] == [
        campaign["id"] for campaign in campaigns if campaign[status] == "PAUSED"
    ]
    assert len(paused) == 2


def test_every_answer_tells_how_much_was_used(sandbox, sdk):
    campaigns = AdAccount(CERAMICS, api=sdk(sandbox.token_of(MARTA))).get_campaigns()

    headers = campaigns.headers()

    assert headers["facebook-api-version"] == FacebookAdsApi.API_VERSION
    assert "call_count" in json.loads(headers["x-app-usage"])
    assert CERAMICS.removeprefix("act_") in json.loads(headers["x-business-use-case-usage"])


def test_usage_rises_until_meta_takes_no_more(sandbox, sdk):
    account = AdAccount(CERAMICS, api=sdk(sandbox.token_of(MARTA)))
    sandbox.allow(app=4)

    used = [
        json.loads(account.get_campaigns().headers()["x-app-usage"])["call_count"] for _ in range(4)
    ]
    with pytest.raises(FacebookRequestError) as caught:
        account.get_campaigns()

    assert used == [25, 50, 75, 100]
    assert caught.value.api_error_code() == 4
    assert json.loads(caught.value.http_headers()["x-app-usage"])["call_count"] >= 100


def test_a_token_that_has_ended_is_an_error_with_code_and_subcode(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA))
    sandbox.let(MARTA, "change_password")

    with pytest.raises(FacebookRequestError) as caught:
        User("me", api=api).api_get()

    error = caught.value
    assert error.http_status() == 400
    assert (error.api_error_code(), error.api_error_subcode()) == (190, 460)
    assert error.api_error_type() == "OAuthException"
    assert "changed their password" in error.api_error_message()
    assert not error.api_transient_error()
    assert "invalid_token" in error.http_headers()["WWW-Authenticate"]


def test_an_account_of_somebody_else_is_not_there(sandbox, sdk):
    api = sdk(sandbox.token_of(HENRIK))

    with pytest.raises(FacebookRequestError) as caught:
        AdAccount(CERAMICS, api=api).api_get()

    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == (100, 33)


def test_trouble_at_meta_is_called_transient(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA))
    sandbox.fail("me", times=1, status=500, code=2, message="Service down", is_transient=True)

    with pytest.raises(FacebookRequestError) as caught:
        User("me", api=api).api_get()

    assert caught.value.http_status() == 500
    assert caught.value.api_error_code() == 2
    assert caught.value.api_transient_error()
    assert User("me", api=api).api_get()["id"] == MARTA


def test_the_sdk_proves_that_it_knows_the_secret(sandbox, sdk):
    account = AdAccount(CERAMICS, api=sdk(sandbox.token_of(MARTA)))
    account.api_get()
    account.get_campaigns()

    calls = sandbox.calls()

    assert len(calls) == 2
    assert all(call["proof"] and call["status"] == 200 for call in calls)


def test_without_a_proof_nothing_is_told(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA), app_secret=None)

    with pytest.raises(FacebookRequestError) as caught:
        User("me", api=api).api_get()

    assert caught.value.api_error_type() == "GraphMethodException"
    assert caught.value.api_error_code() == 100
    assert caught.value.api_error_message() == (
        "API calls from the server require an appsecret_proof argument"
    )


def test_nor_with_the_proof_of_another_secret(sandbox, sdk):
    api = sdk(sandbox.token_of(MARTA), app_secret="of another app")

    with pytest.raises(FacebookRequestError) as caught:
        User("me", api=api).api_get()

    assert caught.value.api_error_code() == 100
    assert caught.value.api_error_message() == (
        "Invalid appsecret_proof provided in the API argument"
    )
