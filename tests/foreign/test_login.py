"""A whole login by requests-oauthlib with its compliance hook for Facebook: dialog, callback,
token, and who it is."""

import pytest
from facebook_business.adobjects.user import User
from oauthlib.oauth2 import AccessDeniedError, MismatchingStateError
from oauthlib.oauth2.rfc6749.errors import CustomOAuth2Error
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix

import browser
from sandbox import MARTA, PATIENCE

VERSION = "v25.0"
SCOPES = ["public_profile", "email", "ads_read"]


@pytest.fixture(autouse=True)
def _loopback_needs_no_encryption(monkeypatch):
    # The library's own switch.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def app(sandbox):
    """The app's side of a login."""
    return new_session(sandbox)


def test_a_login_from_the_dialog_to_the_name(sandbox, app):
    callback = consent(sandbox, app)

    token = redeem(sandbox, app, callback)
    me = app.get(
        f"{sandbox.url}/{VERSION}/me",
        params={
            "fields": "id,name,email",
            "appsecret_proof": sandbox.proof(token["access_token"]),
        },
        timeout=PATIENCE,
    )

    assert callback.startswith(f"{sandbox.redirect_uri}?")
    assert token["token_type"] == "bearer"
    assert 0 < token["expires_in"] <= 2 * 60 * 60
    assert me.json() == {
        "id": MARTA,
        "name": "Marta Kowalska",
        "email": "marta@kowalska.example",
    }


def test_code_and_secret_travel_in_the_body(sandbox, app):
    redeem(sandbox, app, consent(sandbox, app))

    [call] = sandbox.calls("oauth/access_token:code")

    assert not (call["code_in_url"] or call["secret_in_url"] or call["token_in_url"])
    assert {"code", "client_secret", "code_verifier"} <= set(call["form_keys"])


def test_meta_s_sdk_takes_the_token_of_the_login(sandbox, app, sdk):
    token = redeem(sandbox, app, consent(sandbox, app))
    me = User("me", api=sdk(token["access_token"]))

    assert me.api_get()["id"] == MARTA
    assert [account["id"] for account in me.get_ad_accounts()] == ["act_1015880000000101"]


def test_a_permission_that_was_unticked_is_declined(sandbox, app, sdk):
    token = redeem(sandbox, app, consent(sandbox, app, unticked="email"))

    permissions = User("me", api=sdk(token["access_token"])).get_permissions()

    assert {item["permission"]: item["status"] for item in permissions} == {
        "public_profile": "granted",
        "ads_read": "granted",
        "email": "declined",
    }


def test_a_person_who_cancels(sandbox, app):
    callback = consent(sandbox, app, button="Cancel")

    with pytest.raises(AccessDeniedError):
        redeem(sandbox, app, callback)
    assert sandbox.calls() == []


def test_a_code_works_once(sandbox, app):
    callback = consent(sandbox, app)
    redeem(sandbox, app, callback)

    with pytest.raises(CustomOAuth2Error) as caught:
        redeem(sandbox, app, callback)

    # Meta has an object where RFC 6749 has a word; the library hands it on as it is.
    error = caught.value.error
    assert (error["code"], error["error_subcode"]) == (100, 36009)


def test_a_code_is_bound_to_the_session_that_asked_for_it(sandbox, app):
    callback = consent(sandbox, app)
    app.authorization_url(f"{sandbox.url}/{VERSION}/dialog/oauth")

    with pytest.raises(MismatchingStateError):
        redeem(sandbox, app, callback)


def test_a_code_is_bound_to_its_verifier(sandbox):
    mine, stolen_by = new_session(sandbox, state="same"), new_session(sandbox, state="same")
    stolen_by.authorization_url(f"{sandbox.url}/{VERSION}/dialog/oauth")
    callback = consent(sandbox, mine)

    with pytest.raises(CustomOAuth2Error) as caught:
        redeem(sandbox, stolen_by, callback)

    assert "code_verifier" in caught.value.error["message"]


def new_session(sandbox, state=None):
    """A login that is about to begin, with a verifier of its own."""
    session = OAuth2Session(
        sandbox.app_id,
        redirect_uri=sandbox.redirect_uri,
        scope=SCOPES,
        state=state,
        pkce="S256",
    )
    return facebook_compliance_fix(session)


def consent(sandbox, app, button="Continue", unticked=None):
    """Marta goes through the dialog's two pages, shows one of her ad accounts, and ends with a
    button. Gives the address that she is sent back to."""
    address, _ = app.authorization_url(f"{sandbox.url}/{VERSION}/dialog/oauth")
    who = browser.visit(address)
    who.tick("person", MARTA)
    what = browser.Form(who.press("Continue"))
    for account in what.offers("asset")[1:]:
        what.untick("asset", account)
    if unticked:
        what.untick("scope", unticked)
    answer = what.press(button)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def redeem(sandbox, app, callback):
    """What the app does when the browser arrives at its callback."""
    return app.fetch_token(
        f"{sandbox.url}/{VERSION}/oauth/access_token",
        authorization_response=callback,
        client_secret=sandbox.app_secret,
        include_client_id=True,
        timeout=PATIENCE,
    )
