//! Every page with every kind of view, by name.

use app::model::*;
use app::pages::{admin, client};
use app::render::Page;
use app::routes::pattern;
use chrono::Duration;

use super::*;

/// The samples that stand in `docs/screens`: each page as it usually is, and the states that look different.
pub const SCREENS: &[&str] = &[
    "invitation",
    "invitation-rtl",
    "progress-reading",
    "identity",
    "identity-missing",
    "identity-business",
    "accounts",
    "accounts-none-match",
    "no-accounts-nothing_there",
    "done",
    "done-approved",
    "stopped-not_given",
    "stopped-misconfigured",
    "link-expired",
    "link-spent-approved",
    "home",
    "sign-in",
    "first-sign-in",
    "second-step",
    "second-step-new",
    "account-on",
    "account-codes",
    "team",
    "queue",
    "queue-empty",
    "clients",
    "clients-empty",
    "new-client-refused",
    "client-fresh",
    "client-pending",
    "client-approved",
    "outbox",
    "mail",
    "failure-0-staff",
];

type Draw = Box<dyn FnOnce(&Frame) -> Page>;

/// A page with the frame it stands in.
pub struct Sample {
    pub name: String,
    pub frame: Frame,
    pub draw: Draw,
}

fn sample(name: &str, frame: Frame, draw: impl FnOnce(&Frame) -> Page + 'static) -> Sample {
    Sample {
        name: name.into(),
        frame,
        draw: Box::new(draw),
    }
}

/// All of them.
pub fn gallery() -> Vec<Sample> {
    let mut all = client_pages();
    all.extend(admin_pages());
    all.extend(every_member());
    all
}

fn client_pages() -> Vec<Sample> {
    let hard = Frame {
        agency: AgencyView {
            name: LONG.into(),
            support_email: None,
        },
        ..visitor()
    };
    vec![
        sample("invitation", visitor(), |f| {
            client::invitation(f, invitation("Kowalska Ceramics", DEFAULT_SCOPES))
        }),
        sample("invitation-hard", hard.clone(), |f| {
            client::invitation(
                f,
                invitation(HOSTILE, &["ads_management", "pages_messaging"]),
            )
        }),
        sample("invitation-rtl", visitor(), |f| {
            client::invitation(f, invitation(ARABIC, &[]))
        }),
        sample("identity", visitor(), |f| {
            client::identity(
                f,
                identity("Kowalska Ceramics", person("Marta Kowalska"), vec![]),
            )
        }),
        sample("identity-missing", visitor(), |f| {
            let missing = vec![
                missing("ads_read", true),
                missing("business_management", false),
                missing("odd_scope", false),
            ];
            client::identity(
                f,
                identity(
                    ARABIC,
                    PersonView {
                        picture: Some("https://scontent.xx.fbcdn.net/p.jpg".into()),
                        ..person(ARABIC)
                    },
                    missing,
                ),
            )
        }),
        sample("identity-business", hard.clone(), |f| {
            client::identity(
                f,
                identity(
                    LONG,
                    PersonView {
                        is_business: true,
                        ..person("")
                    },
                    vec![missing("email", false)],
                ),
            )
        }),
        sample("progress-signing-in", visitor(), |f| {
            client::progress(f, id(1), ProgressView::SigningIn)
        }),
        sample("progress-reading", visitor(), |f| {
            client::progress(f, id(1), ProgressView::Reading { found: 1240 })
        }),
        sample("progress-probing", visitor(), |f| {
            client::progress(f, id(1), ProgressView::Probing { done: 3, total: 8 })
        }),
        sample("accounts", visitor(), |f| {
            let view = AccountsView {
                missing: vec![missing("business_management", false)],
                ..accounts(usual_groups())
            };
            client::accounts(f, view)
        }),
        sample("accounts-hard", hard, |f| {
            client::accounts(f, hard_accounts())
        }),
        sample("accounts-none-match", visitor(), |f| {
            client::accounts(
                f,
                AccountsView {
                    query: HOSTILE.into(),
                    ..accounts(vec![])
                },
            )
        }),
        sample("done", visitor(), |f| {
            client::done(f, done(ConnectionState::Pending))
        }),
        sample("done-open-end", visitor(), |f| {
            client::done(
                f,
                DoneView {
                    expires_at: None,
                    person_name: ARABIC.into(),
                    accounts: vec![],
                    ..done(ConnectionState::Approved)
                },
            )
        }),
        sample("link-unknown", visitor(), |f| {
            client::ended_link(f, EndedLinkView::Unknown)
        }),
        sample("link-expired", visitor(), |f| {
            client::ended_link(
                f,
                EndedLinkView::Expired {
                    fresh: "/i/x/fresh".into(),
                },
            )
        }),
        sample("link-fresh-asked", visitor(), |f| {
            client::ended_link(f, EndedLinkView::FreshAsked)
        }),
        sample("link-revoked", visitor(), |f| {
            client::ended_link(f, EndedLinkView::Revoked)
        }),
    ]
}

fn admin_pages() -> Vec<Sample> {
    let empty_queue = QueueView {
        cases: vec![],
        decided_today: vec![],
        may_decide: true,
        form: FormState::default(),
    };
    let others = vec![OtherDecision {
        client_name: HOSTILE.into(),
        decided_by: "mia@northlight.example".into(),
        state: ConnectionState::Rejected,
        at: now() - Duration::minutes(1),
    }];
    let noticed = Frame {
        notice: Some(Notice::AlreadyDecided { mine: 2, others }),
        ..staff(pattern::QUEUE)
    };
    let clients_path = pattern::CLIENTS;
    vec![
        sample("home", visitor(), admin::home),
        sample("sign-in", visitor(), |f| {
            admin::sign_in(f, SignInView::default())
        }),
        sample("sign-in-refused", visitor(), |f| {
            admin::sign_in(f, refused_sign_in())
        }),
        sample("first-sign-in", visitor(), |f| {
            admin::first_sign_in(f, first_sign_in())
        }),
        sample("sign-in-again", visitor(), |f| {
            admin::sign_in(f, sign_in_again())
        }),
        sample("second-step", visitor(), |f| {
            admin::second_step(f, second_step(factor_on(), FormState::default()))
        }),
        sample("second-step-refused", visitor(), |f| {
            admin::second_step(f, second_step(factor_on(), refused_code()))
        }),
        sample("second-step-new", visitor(), |f| {
            admin::second_step(f, second_step(new_factor(), FormState::default()))
        }),
        sample("account-off", staff(pattern::ACCOUNT), |f| {
            admin::account(f, account(FactorView::Off))
        }),
        sample("account-new", staff(pattern::ACCOUNT), |f| {
            admin::account(f, refused_account())
        }),
        sample("account-on", staff(pattern::ACCOUNT), |f| {
            admin::account(f, account(factor_on()))
        }),
        sample("account-codes", staff(pattern::ACCOUNT), |f| {
            admin::account(f, account_with_codes())
        }),
        sample("team", staff(pattern::TEAM), |f| admin::team(f, team())),
        sample("team-admin", staff(pattern::TEAM), |f| {
            admin::team(f, team_of_admin())
        }),
        sample("queue", staff(pattern::QUEUE), |f| admin::queue(f, queue())),
        sample("queue-refused", noticed, |f| {
            admin::queue(f, refused_queue())
        }),
        sample("queue-empty", staff(pattern::QUEUE), |f| {
            admin::queue(f, empty_queue)
        }),
        sample("queue-look-only", staff(pattern::QUEUE), |f| {
            admin::queue(
                f,
                QueueView {
                    may_decide: false,
                    ..queue()
                },
            )
        }),
        sample("clients", staff(clients_path), |f| {
            admin::clients(f, clients())
        }),
        sample("clients-empty", staff(clients_path), |f| {
            admin::clients(
                f,
                ClientsView {
                    rows: vec![],
                    total: 0,
                    next: None,
                    ..clients()
                },
            )
        }),
        sample("clients-none-match", staff(clients_path), |f| {
            admin::clients(
                f,
                ClientsView {
                    query: HOSTILE.into(),
                    rows: vec![],
                    total: 0,
                    next: None,
                    may_add: false,
                },
            )
        }),
        sample("new-client", staff(pattern::NEW_CLIENT), |f| {
            admin::new_client(f, NewClientView::default())
        }),
        sample("new-client-refused", staff(pattern::NEW_CLIENT), |f| {
            admin::new_client(f, refused_new_client())
        }),
        sample(
            "client",
            Frame {
                notice: Some(Notice::Approved { count: 1 }),
                ..staff("/admin/clients/1")
            },
            |f| admin::client(f, client(Some(ConnectionState::Approved))),
        ),
        sample("client-pending", staff("/admin/clients/1"), |f| {
            admin::client(f, client(Some(ConnectionState::Pending)))
        }),
        sample("client-rejected", staff("/admin/clients/1"), |f| {
            admin::client(f, client(Some(ConnectionState::Rejected)))
        }),
        sample("client-fresh", staff("/admin/clients/1"), |f| {
            admin::client(f, fresh_client())
        }),
        sample("client-hostile", staff("/admin/clients/1"), |f| {
            admin::client(
                f,
                ClientPageView {
                    name: HOSTILE.into(),
                    email: String::new(),
                    may_invite: false,
                    may_decide: false,
                    timeline: vec![],
                    invitations: vec![],
                    ..client(None)
                },
            )
        }),
        sample("outbox", staff(pattern::OUTBOX), |f| {
            admin::outbox(f, outbox())
        }),
        sample("outbox-empty", staff(pattern::OUTBOX), |f| {
            admin::outbox(
                f,
                OutboxView {
                    mails: vec![],
                    next: None,
                    may_send: false,
                    is_kept_here: false,
                },
            )
        }),
        sample("mail", staff("/admin/outbox/1"), |f| admin::mail(f, mail())),
        sample("mail-without-text", staff("/admin/outbox/1"), |f| {
            admin::mail(
                f,
                MailView {
                    text: None,
                    may_send: false,
                    ..mail()
                },
            )
        }),
    ]
}

/// The pages whose words are chosen by a closed code: one for each member.
fn every_member() -> Vec<Sample> {
    let mut all = Vec::new();
    for reason in StopReason::ALL {
        all.push(sample(
            &format!("stopped-{}", reason.code()),
            visitor(),
            |f| {
                client::stopped(
                    f,
                    StoppedView {
                        reason: *reason,
                        again: Some("/i/x/start".into()),
                    },
                )
            },
        ));
    }
    all.push(sample("stopped-without-way", visitor(), |f| {
        client::stopped(
            f,
            StoppedView {
                reason: StopReason::OtherBrowser,
                again: None,
            },
        )
    }));
    for reason in NoAccountsReason::ALL {
        all.push(sample(
            &format!("no-accounts-{}", reason.code()),
            visitor(),
            |f| {
                client::no_accounts(
                    f,
                    NoAccountsView {
                        visit: id(1),
                        person: person("Marta Kowalska"),
                        reason: *reason,
                    },
                )
            },
        ));
    }
    for state in ConnectionState::ALL {
        all.push(sample(&format!("done-{}", state.code()), visitor(), |f| {
            client::done(f, done(*state))
        }));
        all.push(sample(
            &format!("link-spent-{}", state.code()),
            visitor(),
            |f| {
                client::ended_link(
                    f,
                    EndedLinkView::Spent {
                        state: *state,
                        since: now(),
                    },
                )
            },
        ));
        all.push(sample(
            &format!("client-{}", state.code()),
            staff("/admin/clients/1"),
            |f| admin::client(f, client(Some(*state))),
        ));
    }
    for (number, failure) in failures().into_iter().enumerate() {
        all.push(sample(&format!("failure-{number}"), visitor(), {
            let failure = failure.clone();
            |f| admin::failure(f, failure)
        }));
        all.push(sample(
            &format!("failure-{number}-staff"),
            staff("/admin/x"),
            |f| admin::failure(f, failure),
        ));
    }
    for (number, notice) in notices().into_iter().enumerate() {
        let frame = Frame {
            notice: Some(notice),
            ..staff(pattern::CLIENTS)
        };
        all.push(sample(&format!("notice-{number}"), frame, |f| {
            admin::clients(f, clients())
        }));
    }
    all
}

fn failures() -> Vec<FailureView> {
    vec![
        FailureView::NotFound,
        FailureView::Forbidden,
        FailureView::CrossSite,
        FailureView::TooManyRequests {
            retry_after_seconds: 42,
        },
        FailureView::TooManyRequests {
            retry_after_seconds: 900,
        },
        FailureView::SignInLinkEnded,
        FailureView::BadRequest,
        FailureView::TooLarge,
        FailureView::Unavailable,
        FailureView::Internal {
            request_id: "01935a00-0000-7000".into(),
        },
    ]
}

fn notices() -> Vec<Notice> {
    vec![
        Notice::ClientAdded,
        Notice::AlreadyConnected,
        Notice::ChangedMeanwhile {
            mine: 1,
            changed: 2,
        },
        Notice::LinkSent,
        Notice::LinkResent,
        Notice::LinksRevoked,
        Notice::LinkCopied,
        Notice::Approved { count: 2 },
        Notice::Rejected { count: 1 },
        Notice::AlreadyDecided {
            mine: 0,
            others: vec![],
        },
        Notice::MailQueuedAgain,
        Notice::SignedOut,
        Notice::NothingChosen,
        Notice::TooManyMails,
    ]
}
