"""Figures of an ad account, read by Meta's SDK: at once, and as a report that takes a while."""

from decimal import Decimal

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.adobjects.adsinsights import AdsInsights
from facebook_business.adobjects.campaign import Campaign
from facebook_business.exceptions import FacebookRequestError

from sandbox import MARTA

CERAMICS = "act_1015880000000101"
CLOSED = "act_1015880000000103"

SPEND = AdsInsights.Field.spend
IMPRESSIONS = AdsInsights.Field.impressions
LAST_WEEK = {"date_preset": AdsInsights.DatePreset.last_7d}
BY_CAMPAIGN_AND_DAY = {**LAST_WEEK, "level": AdsInsights.Level.campaign, "time_increment": "1"}


@pytest.fixture
def account(sandbox, sdk):
    return AdAccount(CERAMICS, api=sdk(sandbox.token_of(MARTA)))


def test_yesterday_is_one_row(account):
    [row] = account.get_insights(
        fields=[SPEND, IMPRESSIONS], params={"date_preset": AdsInsights.DatePreset.yesterday}
    )

    # Figures come as text, so that none is rounded on the way.
    assert Decimal(row[SPEND]) > 0
    assert int(row[IMPRESSIONS]) > 0
    assert row["date_start"] == row["date_stop"]


def test_rows_by_campaign_and_day_come_on_pages_and_add_up(sandbox, account):
    active = [
        campaign["id"]
        for campaign in account.get_campaigns(
            params={"effective_status": [Campaign.EffectiveStatus.active]}
        )
    ]

    rows = list(account.get_insights(["campaign_id", SPEND], BY_CAMPAIGN_AND_DAY))
    [whole] = account.get_insights([SPEND], LAST_WEEK)

    seen = {(row["campaign_id"], row["date_start"]) for row in rows}
    assert len(seen) == len(rows) == len(active) * 7
    assert {campaign for campaign, _ in seen} == set(active)
    assert sum(Decimal(row[SPEND]) for row in rows) == Decimal(whole[SPEND])
    assert len(sandbox.calls("insights")) == 3


def test_nothing_shown_is_no_row(sandbox, sdk):
    closed = AdAccount(CLOSED, api=sdk(sandbox.token_of(MARTA)))

    assert list(closed.get_insights([SPEND], LAST_WEEK)) == []


def test_a_report_is_asked_for_waited_for_and_fetched(account):
    run = account.get_insights([SPEND, IMPRESSIONS], LAST_WEEK, is_async=True)

    seen = []
    while AdReportRun.Field.async_status not in run or run["async_status"] != "Job Completed":
        run.api_get()
        seen.append(run[AdReportRun.Field.async_percent_completion])
        assert len(seen) < 20, seen
    report = [row.export_all_data() for row in run.get_result()]

    assert seen == sorted(seen)
    assert seen[-1] == 100
    at_once = account.get_insights([SPEND, IMPRESSIONS], LAST_WEEK)
    assert report == [row.export_all_data() for row in at_once]


def test_a_report_is_not_there_before_it_is_done(account):
    run = account.get_insights([SPEND], LAST_WEEK, is_async=True)

    with pytest.raises(FacebookRequestError):
        run.get_result()


def test_a_day_that_is_none_is_refused(account):
    with pytest.raises(FacebookRequestError) as caught:
        account.get_insights([SPEND], {"time_range": {"since": "soon", "until": "later"}})

    assert caught.value.api_error_code() == 100


def test_every_answer_tells_how_much_of_the_figures_was_used(account):
    headers = account.get_insights([SPEND], LAST_WEEK).headers()

    assert "acc_id_util_pct" in headers["x-fb-ads-insights-throttle"]
