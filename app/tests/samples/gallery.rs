//! Every page with every kind of view, by name.

use app::model::*;
use app::pages::{admin, client, styleguide::styleguide};
use app::render::Page;
use app::routes::pattern;
use chrono::Duration;

use super::members::every_member;
use super::*;

type Draw = Box<dyn FnOnce(&Frame) -> Page>;

/// A page with the frame it stands in.
pub struct Sample {
    pub name: String,
    pub frame: Frame,
    pub draw: Draw,
}

pub(super) fn sample(
    name: &str,
    frame: Frame,
    draw: impl FnOnce(&Frame) -> Page + 'static,
) -> Sample {
    Sample {
        name: name.into(),
        frame,
        draw: Box::new(draw),
    }
}

/// All of them.
pub fn gallery() -> Vec<Sample> {
    let mut all = client_pages();
    all.extend(stuck::pages());
    all.extend(admin_pages());
    all.extend(evidence_pages());
    all.extend(every_member());
    all.extend(face::pages());
    all.extend(jobs::pages());
    all
}

fn client_pages() -> Vec<Sample> {
    let hard = Frame {
        agency: AgencyView {
            name: LONG.into(),
            ..AgencyView::default()
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
                    is_business: true,
                    person_name: ARABIC.into(),
                    accounts: vec![],
                    ..done(ConnectionState::Approved)
                },
            )
        }),
        sample("done-short", visitor(), |f| {
            client::done(
                f,
                DoneView {
                    expires_at: Some(now() + Duration::hours(1)),
                    is_short: true,
                    ..done(ConnectionState::Pending)
                },
            )
        }),
        sample("deletion-received", visitor(), |f| {
            client::deletion(f, deletion(DeletionState::Received), DELETION_CODE)
        }),
        sample("deletion-done", visitor(), |f| {
            client::deletion(f, deletion(DeletionState::Done), DELETION_CODE)
        }),
        sample("deletion-doing", visitor(), |f| {
            let view = DeletionView {
                contacts: vec![
                    contact(LONG, Some("help@a-very-long-name-of-an-agency.example")),
                    contact(ARABIC, None),
                    contact(HOSTILE, None),
                ],
                ..deletion(DeletionState::Doing)
            };
            client::deletion(f, view, DELETION_CODE)
        }),
        sample("deletion-nothing", visitor(), |f| {
            client::deletion(f, deletion(DeletionState::Nothing), DELETION_CODE)
        }),
        sample("deletion-unknown", visitor(), client::deletion_unknown),
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
        counts: QueueCounts::default(),
        cases: vec![],
        trouble: Some(trouble(MetaTrouble::WrongRedirect)),
        setup: Some(SetupView {
            meta: MetaSetup::Refused,
            mail: MailSetup::Kept,
            has_client: true,
            has_approval: false,
        }),
        ..queue()
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
        sample("styleguide", visitor(), styleguide),
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
        sample("account-password-refused", staff(pattern::ACCOUNT), |f| {
            admin::account(f, refused_password())
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
        sample("queue-new-agency", staff(pattern::QUEUE), |f| {
            admin::queue(f, new_agency())
        }),
        sample("queue-meta-missing", staff(pattern::QUEUE), |f| {
            let mut view = new_agency();
            view.setup = view.setup.map(|setup| SetupView {
                meta: MetaSetup::Missing,
                mail: MailSetup::Done,
                has_approval: true,
                ..setup
            });
            admin::queue(f, view)
        }),
        sample("queue-backups", staff(pattern::QUEUE_BACKUPS), |f| {
            admin::queue(f, queue_tab(QueueTab::Backups, InvitationKind::Backup))
        }),
        sample(
            "queue-no-reconnection",
            staff(pattern::QUEUE_RECONNECTIONS),
            |f| {
                // None of this kind is among the samples.
                admin::queue(
                    f,
                    queue_tab(QueueTab::Reconnections, InvitationKind::Upload),
                )
            },
        ),
        sample("decided", staff(pattern::QUEUE_DECIDED), |f| {
            admin::decided(f, decided())
        }),
        sample("decided-none", staff(pattern::QUEUE_DECIDED), |f| {
            let none = DecidedView {
                decided: vec![],
                next: None,
                ..decided()
            };
            admin::decided(f, none)
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
        sample("clients-narrowed", staff(clients_path), |f| {
            admin::clients(f, narrowed_clients())
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
                    rows: vec![],
                    total: 0,
                    next: None,
                    may_add: false,
                    ..narrowed_clients()
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
                    links: vec![],
                    may_decide: false,
                    timeline: vec![],
                    invitations: vec![],
                    ..client(None)
                },
            )
        }),
        sample("health", staff(pattern::HEALTH), |f| {
            admin::health(f, health())
        }),
        sample("health-bad", staff(pattern::HEALTH), |f| {
            admin::health(f, health_bad())
        }),
        sample("health-new-agency", staff(pattern::HEALTH), |f| {
            admin::health(f, health_new())
        }),
        sample("validations", staff(pattern::VALIDATIONS), |f| {
            admin::validations(f, validations())
        }),
        sample("validations-none", staff(pattern::VALIDATIONS), |f| {
            admin::validations(
                f,
                ValidationsView {
                    class: AnswerClass::None,
                    day: None,
                    validations: vec![],
                    next: None,
                },
            )
        }),
        sample("queue-long", staff(pattern::QUEUE_LONG), |f| {
            let mut view = queue();
            view.tab = QueueTab::Long;
            view.cases.truncate(2);
            admin::queue(f, view)
        }),
        sample("clients-ending", staff(pattern::CLIENTS), |f| {
            let mut view = clients();
            view.filter = ClientFilter {
                ends: Some(Ends::On(health().ends[1].days)),
                backup: Some(BackupFilter::Missing),
                ..ClientFilter::default()
            };
            admin::clients(f, view)
        }),
        sample("outbox", staff(pattern::OUTBOX), |f| {
            admin::outbox(f, outbox())
        }),
        sample("outbox-empty", staff(pattern::OUTBOX), |f| {
            admin::outbox(
                f,
                OutboxView {
                    counts: vec![],
                    mails: vec![],
                    next: None,
                    may_send: false,
                    is_kept_here: false,
                    ..outbox()
                },
            )
        }),
        sample("outbox-failed", staff(pattern::OUTBOX), |f| {
            let mut view = outbox();
            view.mails.retain(|mail| mail.state == MailState::Failed);
            admin::outbox(
                f,
                OutboxView {
                    filter: MailFilter::In(MailState::Failed),
                    next: None,
                    is_kept_here: false,
                    ..view
                },
            )
        }),
        sample("outbox-none-such", staff(pattern::OUTBOX), |f| {
            admin::outbox(
                f,
                OutboxView {
                    filter: MailFilter::In(MailState::Sent),
                    mails: vec![],
                    next: None,
                    ..outbox()
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
        sample("help-errors", staff(pattern::HELP_ERRORS), admin::errors),
    ]
}
