//! Views of the evidence behind consents, and of what waits beside a connection.

use app::model::*;
use chrono::Duration;

use app::pages;

use super::{
    ARABIC, DEFAULT_SCOPES, HOSTILE, LONG, client,
    gallery::{Sample, sample},
    id, invitation, missing, now, person, staff, strings, visitor,
};

pub fn client_with_candidates() -> ClientPageView {
    let candidate = |number, kind, who: &str| CandidateView {
        case: id(number),
        version: 2,
        kind,
        grant: id(72),
        person_name: who.into(),
        submitted_at: now() - Duration::minutes(5),
    };
    ClientPageView {
        candidates: vec![
            candidate(1, InvitationKind::Reconnect, "Tomasz Zielinski"),
            candidate(81, InvitationKind::Backup, HOSTILE),
        ],
        failed_logins: vec![FailedLogin {
            id: id(91),
            at: now() - Duration::hours(1),
        }],
        ..client(Some(ConnectionState::Pending))
    }
}

fn answer(call: MetaCall, text: &str) -> AnswerView {
    AnswerView {
        call: call.code().into(),
        status: Some(200),
        is_good: true,
        code: None,
        subcode: None,
        calls: 1,
        size: 214,
        is_cut: false,
        text: Some(text.into()),
    }
}

pub fn answers() -> AnswersView {
    AnswersView::Kept {
        until: now() + Duration::days(30),
        answers: vec![
            answer(
                MetaCall::CodeExchange,
                "{\n  \"access_token\": \"[redacted]\",\n  \"expires_in\": 5183944\n}",
            ),
            AnswerView {
                calls: 31,
                is_cut: true,
                ..answer(MetaCall::AdAccounts, HOSTILE)
            },
            AnswerView {
                status: Some(400),
                is_good: false,
                code: Some(190),
                subcode: Some(463),
                ..answer(MetaCall::Me, "{\"error\":{\"code\":190}}")
            },
            AnswerView {
                call: "newer_call".into(),
                status: None,
                is_good: false,
                code: Some(4),
                text: None,
                ..answer(MetaCall::Me, "")
            },
        ],
    }
}

fn account(number: &str, name: &str, is_chosen: bool, probe: Option<Probe>) -> GrantAccountView {
    GrantAccountView {
        number: number.into(),
        name: name.into(),
        currency: "PLN".into(),
        status: AccountStatus::Active,
        business: is_chosen.then(|| "Kowalska Ceramics".into()),
        is_chosen,
        probe,
        probed_at: probe.map(|_| now() - Duration::minutes(3)),
    }
}

pub fn grant_page() -> GrantPageView {
    let answered = Probe::Answered {
        campaigns: 12,
        millis: 212,
    };
    GrantPageView {
        id: id(71),
        client_id: id(101),
        client_name: "Kowalska Ceramics".into(),
        kind: InvitationKind::Connect,
        person_name: "Marta Kowalska".into(),
        meta_user_id: "10220394857261".into(),
        is_business: false,
        granted_at: now() - Duration::minutes(20),
        asked: strings(DEFAULT_SCOPES),
        granted: strings(&["public_profile", "ads_read", "business_management"]),
        declined: strings(&["email"]),
        also: strings(&["read_insights"]),
        origin: OriginView::Known {
            address: Some("2001:db8:85a3:8d3:1319:8a2e:370:7348".into()),
            user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1".into(),
        },
        offered: 140,
        chosen: 2,
        accounts: vec![
            account("104822901188", "Kowalska Ceramics – Shop", true, Some(answered)),
            account(
                "104822901203",
                LONG,
                true,
                Some(Probe::Failed(ProbeFailure::NoAccess)),
            ),
            account("104822901204", ARABIC, false, None),
        ],
        page: 1,
        pages: 2,
        answers: answers(),
    }
}

pub fn bare_grant_page() -> GrantPageView {
    GrantPageView {
        client_name: HOSTILE.into(),
        person_name: ARABIC.into(),
        is_business: true,
        kind: InvitationKind::Backup,
        origin: OriginView::Erased,
        also: vec![],
        offered: 0,
        chosen: 0,
        accounts: vec![],
        pages: 1,
        answers: AnswersView::Gone,
        ..grant_page()
    }
}

pub fn login_page() -> LoginPageView {
    LoginPageView {
        client_id: id(101),
        client_name: ARABIC.into(),
        at: now() - Duration::hours(3),
        answers: answers(),
    }
}

pub fn unreached() -> UnreachedView {
    UnreachedView {
        visit: id(1),
        person: person(ARABIC),
        missing: vec![missing("ads_read", true)],
        failures: { ProbeFailure::ALL.iter() }
            .map(|failure| (*failure, 3))
            .collect(),
    }
}

/// The pages of what stands beside a connection, and of the evidence.
pub fn evidence_pages() -> Vec<Sample> {
    vec![
        sample("invitation-reconnect", visitor(), |f| {
            let view = InvitationView {
                kind: InvitationKind::Reconnect,
                ..invitation("Kowalska Ceramics", DEFAULT_SCOPES)
            };
            pages::client::invitation(f, view)
        }),
        sample("invitation-backup", visitor(), |f| {
            let view = InvitationView {
                kind: InvitationKind::Backup,
                ..invitation(HOSTILE, DEFAULT_SCOPES)
            };
            pages::client::invitation(f, view)
        }),
        sample("unreached", visitor(), |f| {
            pages::client::unreached(f, unreached())
        }),
        sample("client-candidates", staff("/admin/clients/1"), |f| {
            pages::admin::client(f, client_with_candidates())
        }),
        sample("grant", staff("/admin/clients/1"), |f| {
            pages::admin::grant(f, grant_page())
        }),
        sample("grant-bare", staff("/admin/clients/1"), |f| {
            pages::admin::grant(f, bare_grant_page())
        }),
        sample("login", staff("/admin/clients/1"), |f| {
            pages::admin::login(f, login_page())
        }),
    ]
}
