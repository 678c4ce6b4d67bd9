//! Views of the admin's desk.

use app::model::*;
use app::routes;
use chrono::Duration;

use super::{ARABIC, DEFAULT_SCOPES, HOSTILE, LONG, id, now, progress, queue_counts};

pub fn scopes(missing: &[&str]) -> Vec<ScopeView> {
    DEFAULT_SCOPES
        .iter()
        .map(|scope| ScopeView {
            scope: (*scope).into(),
            granted: !missing.contains(scope),
        })
        .collect()
}

pub fn life() -> TokenLife {
    TokenLife {
        expires_at: Some(now() + Duration::days(60)),
        data_access_expires_at: Some(now() + Duration::days(90)),
    }
}

pub fn case(number: u128, client: &str, who: &str) -> CaseView {
    CaseView {
        connection: id(number),
        version: 3,
        kind: InvitationKind::Connect,
        grant: Some(id(300 + number)),
        client_id: id(100 + number),
        client_name: client.into(),
        person_name: who.into(),
        submitted_at: now() - Duration::minutes(14),
        accounts: vec![
            CaseAccount {
                number: "104822901188".into(),
                name: format!("{client} – Shop"),
                probe: Some(Probe::Answered {
                    campaigns: 12,
                    millis: 212,
                }),
            },
            CaseAccount {
                number: "104822901203".into(),
                name: format!("{client} – Workshops"),
                probe: Some(Probe::Answered {
                    campaigns: 1,
                    millis: 187,
                }),
            },
        ],
        failed: vec![],
        offered: 2,
        scopes: scopes(&[]),
        life: life(),
        warnings: vec![],
    }
}

pub fn queue() -> QueueView {
    let mut baumann = case(2, "Baumann & Söhne", "Tobias Baumann");
    baumann.submitted_at = now() - Duration::hours(20);
    baumann.offered = 14;
    baumann.accounts.truncate(1);
    baumann.life = TokenLife::default();
    let mut lumiere = case(3, "Café Lumière", "Samuel Roche");
    lumiere.submitted_at = now() - Duration::days(3);
    lumiere.scopes = scopes(&["business_management"]);
    lumiere.accounts[0].probe = Some(Probe::Failed(ProbeFailure::NoAccess));
    lumiere.failed = vec![CaseAccount {
        number: "204411209981".into(),
        name: ARABIC.into(),
        probe: Some(Probe::Failed(ProbeFailure::NoAccess)),
    }];
    lumiere.warnings = vec![
        CaseWarning::Forwarded {
            by: Some(HOSTILE.into()),
            at: now() - Duration::hours(1),
        },
        CaseWarning::Forwarded {
            by: None,
            at: now() - Duration::hours(2),
        },
        CaseWarning::ScopeMissing {
            scope: "business_management".into(),
        },
        CaseWarning::NameDiffers {
            client_name: "Café Lumière".into(),
        },
        CaseWarning::OtherPerson {
            last_person: ARABIC.into(),
        },
        CaseWarning::ShortLife {
            until: now() + Duration::hours(1),
        },
        CaseWarning::DataEnds {
            until: now() + Duration::days(9),
        },
    ];
    let mut backup = case(5, "Kowalska Ceramics", "Tomasz Zielinski");
    backup.kind = InvitationKind::Backup;
    let mut other = case(6, "Studio Ferro", HOSTILE);
    other.kind = InvitationKind::Reconnect;
    other.warnings = vec![CaseWarning::OtherReconnects {
        before: ARABIC.into(),
    }];
    let mut nour = case(4, ARABIC, "Layla Nasser");
    nour.submitted_at = now() - Duration::days(4);
    nour.accounts[0].probe = None;
    nour.warnings = vec![
        CaseWarning::SameAccount {
            number: "204411209981".into(),
            client_name: "Nour Retail".into(),
        },
        CaseWarning::SamePerson {
            client_name: LONG.into(),
        },
    ];
    QueueView {
        tab: QueueTab::Waiting,
        counts: queue_counts(),
        cases: vec![
            nour,
            lumiere,
            backup,
            other,
            baumann,
            case(1, "Kowalska Ceramics", "Marta Kowalska"),
        ],
        may_decide: true,
        form: FormState::default(),
        trouble: None,
        setup: None,
    }
}

pub fn trouble(kind: MetaTrouble) -> MetaTroubleView {
    MetaTroubleView {
        kind,
        redirect_uri: "https://connect.northlight.example/oauth/facebook/callback".into(),
        code: Some(100),
        subcode: Some(36008),
        since: now() - Duration::hours(3),
        last_seen: now() - Duration::minutes(4),
        count: 3,
        may_clear: true,
    }
}

pub fn refused_queue() -> QueueView {
    let field = format!("reason-{}", id(3));
    let mut form = FormState::default().with(&field, "x".repeat(80));
    form.refuse(&field, Some(Problem::TooLong(1000)));
    QueueView { form, ..queue() }
}

pub fn sent(number: u128, state: InvitationState, is_live: bool) -> SentInvitationView {
    let opened = if state == InvitationState::Sent { 0 } else { 3 };
    SentInvitationView {
        id: id(number),
        kind: InvitationKind::Connect,
        state,
        sent_at: now() - Duration::hours(5),
        expires_at: now() + Duration::days(6),
        opened,
        last_opened_at: (opened > 0).then(|| now() - Duration::hours(1)),
        started_at: matches!(state, InvitationState::Started | InvitationState::Spent)
            .then(|| now() - Duration::minutes(20)),
        ended_at: (!is_live).then(|| now() - Duration::minutes(14)),
        is_live,
        forwarded: vec![
            ForwardedView {
                at: now() - Duration::hours(2),
                by: Some(HOSTILE.into()),
                is_used: false,
            },
            ForwardedView {
                at: now() - Duration::hours(1),
                by: None,
                is_used: true,
            },
        ],
    }
}

pub fn entry(
    action: &str,
    details: &[(&str, &str)],
    actor: TimelineActor,
    minutes: i64,
) -> TimelineEntry {
    TimelineEntry {
        at: now() - Duration::minutes(minutes),
        action: action.into(),
        details: details
            .iter()
            .map(|(a, b)| ((*a).into(), (*b).into()))
            .collect(),
        actor,
        refused: false,
    }
}

pub fn client(state: Option<ConnectionState>) -> ClientPageView {
    let jonas = || TimelineActor::Staff("jonas.berg@northlight.example".into());
    ClientPageView {
        id: id(101),
        name: "Kowalska Ceramics".into(),
        email: "marta@kowalska.example".into(),
        meta_account_name: Some("Kowalska Ceramics sp. z o.o.".into()),
        token_status: TokenStatus::Active,
        created_at: now() - Duration::days(3),
        progress: progress(match state {
            Some(ConnectionState::Approved) => 6,
            Some(ConnectionState::Pending) => 4,
            Some(_) => 0,
            None => 2,
        }),
        connection: state.map(|state| ConnectionView {
            id: id(1),
            version: 3,
            state,
            person_name: "Marta Kowalska".into(),
            meta_user_id: "10220394857261".into(),
            business_id: Some("20188000000000001".into()),
            scopes: scopes(&["email"]),
            since: now() - Duration::minutes(14),
            decided_by: (state != ConnectionState::Pending)
                .then(|| "jonas.berg@northlight.example".into()),
            reason: (state == ConnectionState::Rejected)
                .then(|| "Please sign in with the login of the shop.\nThis one is private.".into()),
        }),
        candidates: vec![],
        grants: state
            .map(|_| GrantLine {
                id: id(71),
                kind: InvitationKind::Connect,
                person_name: "Marta Kowalska".into(),
                meta_user_id: "10220394857261".into(),
                granted_at: now() - Duration::minutes(20),
                asked: 4,
                granted: 3,
            })
            .into_iter()
            .collect(),
        failed_logins: vec![],
        tokens: state
            .map(|_| TokenView {
                person_name: Some("Marta Kowalska".into()),
                id: id(55),
                kind: TokenKind::User,
                standing: TokenStanding::Primary,
                status: TokenStatus::Active,
                source: TokenSource::Login,
                fingerprint: "7c1f·e09b·44d2".into(),
                life: life(),
                created_at: now() - Duration::days(9),
                last_used: None,
                last_validated: Some(now() - Duration::minutes(4)),
                is_destroyed: state == Some(ConnectionState::Rejected),
                checks: checks(),
            })
            .into_iter()
            .collect(),
        accounts: if state.is_some() {
            vec![
                AccountView {
                    number: "104822901188".into(),
                    name: "Kowalska Ceramics – Shop".into(),
                    currency: "PLN".into(),
                    status: AccountStatus::Active,
                    business: Some("Kowalska Ceramics".into()),
                    probe: Some(Probe::Answered {
                        campaigns: 12,
                        millis: 212,
                    }),
                    probed_at: Some(now() - Duration::minutes(14)),
                },
                AccountView {
                    number: "104822901203".into(),
                    name: ARABIC.into(),
                    currency: "PLN".into(),
                    status: AccountStatus::Disabled,
                    business: None,
                    probe: Some(Probe::Failed(ProbeFailure::Throttled)),
                    probed_at: None,
                },
            ]
        } else {
            vec![]
        },
        failed_accounts: match state {
            Some(ConnectionState::Pending) => vec![AccountView {
                number: "204411209981".into(),
                name: LONG.into(),
                currency: String::new(),
                status: AccountStatus::Unsettled,
                business: None,
                probe: Some(Probe::Failed(ProbeFailure::NoAccess)),
                probed_at: Some(now() - Duration::minutes(14)),
            }],
            _ => vec![],
        },
        invitations: vec![
            sent(61, InvitationState::Spent, false),
            sent(62, InvitationState::Revoked, false),
        ],
        timeline: vec![
            entry("connection.approved", &[], jonas(), 2),
            entry("mail.sent", &[], TimelineActor::System, 13),
            entry(
                "connection.submitted",
                &[("count", "2")],
                TimelineActor::Client,
                14,
            ),
            entry(
                "accounts.read",
                &[("count", "1")],
                TimelineActor::System,
                18,
            ),
            entry("login.confirmed", &[], TimelineActor::Client, 19),
            entry(
                "login.captured",
                &[("person", "Marta Kowalska"), ("scopes", "ads_read")],
                TimelineActor::Client,
                20,
            ),
            TimelineEntry {
                refused: true,
                ..entry(
                    "login.failed",
                    &[("reason", "not_given")],
                    TimelineActor::Client,
                    25,
                )
            },
            entry("visit.started", &[], TimelineActor::Client, 26),
            entry("odd.thing_happened", &[], TimelineActor::System, 40),
            entry("invitation.sent", &[], jonas(), 300),
            entry("client.created", &[], jonas(), 4320),
        ],
        minted_link: None,
        form: FormState::default(),
        links: match state {
            Some(ConnectionState::Approved) => {
                vec![InvitationKind::Reconnect, InvitationKind::Backup]
            }
            Some(ConnectionState::Pending) => vec![],
            _ => vec![InvitationKind::Connect],
        },
        may_decide: true,
        may_validate: true,
    }
}

pub fn fresh_client() -> ClientPageView {
    ClientPageView {
        name: LONG.into(),
        meta_account_name: None,
        invitations: vec![sent(61, InvitationState::Sent, true)],
        timeline: vec![entry(
            "client.created",
            &[],
            TimelineActor::Staff("jonas.berg@northlight.example".into()),
            3,
        )],
        minted_link: Some(
            "http://localhost:3000/i/9aZkQ0x3sJ7mHk2vWq8uYt5rLp1oBn4cDe6fGh0iJkL".into(),
        ),
        ..client(None)
    }
}

pub fn refused_new_client() -> NewClientView {
    let mut form = FormState::default()
        .with("name", ARABIC)
        .with("email", "marta@@kowalska");
    form.refuse("email", Some(Problem::NotAnEmail));
    form.refuse("meta_account_name", Some(Problem::TooLong(200)));
    NewClientView { form }
}

pub fn refused_sign_in() -> SignInView {
    let mut form = FormState::default().with("email", "jonas@northlight.example");
    form.refuse("password", Some(Problem::WrongSignIn));
    SignInView {
        next: Some("/admin/clients?q=a&b=<c>".into()),
        is_again: false,
        form,
    }
}

pub fn first_sign_in() -> FirstSignInView {
    FirstSignInView {
        email: "jonas.berg@northlight.example".into(),
        action: routes::first_sign_in("secret"),
        form: FormState::default(),
    }
}

/// One of each kind, newest first.
fn checks() -> Vec<TokenCheck> {
    let check = |minutes, said, class, code, subcode| TokenCheck {
        at: now() - Duration::minutes(minutes),
        said,
        explanation: Explanation::of(said, class, code, subcode),
        code,
        subcode,
    };
    let unknown = TokenStatus::Unknown;
    vec![
        check(4, unknown, AnswerClass::Wait, Some(4), None),
        check(9, unknown, AnswerClass::Retry, None, None),
        check(15, unknown, AnswerClass::FixConfig, Some(101), None),
        check(1_440, TokenStatus::Active, AnswerClass::None, None, None),
        check(2_880, TokenStatus::Expiring, AnswerClass::Renew, None, None),
        check(
            4_320,
            TokenStatus::Limited,
            AnswerClass::AskPermission,
            None,
            None,
        ),
        check(
            5_760,
            TokenStatus::Blocked,
            AnswerClass::Blocked,
            Some(190),
            Some(459),
        ),
        check(
            7_200,
            TokenStatus::Revoked,
            AnswerClass::Relogin,
            Some(190),
            Some(460),
        ),
    ]
}
