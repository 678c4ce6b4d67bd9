//! The pages whose words are chosen by a closed code.

use app::model::*;
use app::pages::{admin, client};
use app::routes::pattern;

use super::gallery::{Sample, sample};
use super::*;

/// The pages whose words are chosen by a closed code: one for each member.
pub fn every_member() -> Vec<Sample> {
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
                        resume: None,
                    },
                )
            },
        ));
    }
    all.push(sample("stopped-can-go-on", visitor(), |f| {
        client::stopped(
            f,
            StoppedView {
                reason: StopReason::MetaUnavailable,
                again: Some("/i/x/start".into()),
                resume: Some("/connect/x/resume".into()),
            },
        )
    }));
    for kind in MetaTrouble::ALL {
        let view = QueueView {
            trouble: Some(trouble(*kind)),
            ..queue()
        };
        let name = format!("queue-trouble-{}", kind.code());
        all.push(sample(&name, staff(pattern::QUEUE), |f| {
            admin::queue(f, view)
        }));
    }
    for (name, go_on, scope) in [
        ("nothing-to-list", GoOn::NothingToList, "ads_read"),
        (
            "asking-again",
            GoOn::AfterAskingAgain,
            "business_management",
        ),
        ("limited", GoOn::Limited, "business_management"),
        ("not-at-all", GoOn::NotAtAll, "business_management"),
    ] {
        let view = IdentityView {
            go_on,
            last_person: Some(LONG.into()),
            ..identity(
                "Kowalska Ceramics",
                person("Marta Kowalska"),
                vec![missing(scope, true)],
            )
        };
        all.push(sample(&format!("identity-{name}"), visitor(), |f| {
            client::identity(f, view)
        }));
    }
    all.push(sample("stopped-without-way", visitor(), |f| {
        client::stopped(
            f,
            StoppedView {
                reason: StopReason::OtherBrowser,
                again: None,
                resume: None,
            },
        )
    }));
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
        Notice::NothingToBackUp,
        Notice::BackupWaits,
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
        Notice::TestMailQueued,
        Notice::TooManyTestMails,
        Notice::JobsRunAgain { count: 1 },
        Notice::JobDismissed,
        Notice::JobSettled,
        Notice::PasswordChanged,
        Notice::SignedOut,
        Notice::NothingChosen,
        Notice::TooManyMails,
        Notice::HelpAsked,
    ]
}
