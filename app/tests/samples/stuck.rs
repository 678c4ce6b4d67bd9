//! Pages for whoever is stuck: inside an app, with somebody else to ask, or with the agency.

use app::model::*;
use app::pages::client;

use super::{
    gallery::{Sample, sample},
    *,
};

pub fn pages() -> Vec<Sample> {
    let hard = Frame {
        agency: AgencyView {
            name: LONG.into(),
            ..AgencyView::default()
        },
        ..visitor()
    };
    let mut all = vec![
        sample("pass-on", visitor(), |f| client::pass_on(f, pass_on(None))),
        sample("pass-on-ready", visitor(), |f| {
            let link = "http://localhost:3000/i/9aZkQ0x3sJ7mHk2vWq8uYt5rLp1oBn4cDe6fGh0iJkL";
            client::pass_on(f, pass_on(Some(link)))
        }),
        sample("pass-on-ended", hard, |f| {
            let view = PassOnView {
                client_name: HOSTILE.into(),
                link_ended: true,
                ..pass_on(None)
            };
            client::pass_on(f, view)
        }),
    ];
    all.push(sample("stopped-within", visitor(), |f| {
        let view = StoppedView {
            reason: StopReason::NotGiven,
            again: Some("/connect/x/again".into()),
            resume: None,
        };
        client::stopped_within(f, view, id(1))
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
                        closed: match reason {
                            NoAccountsReason::AllClosed => strings(&[LONG, ARABIC]),
                            _ => vec![],
                        },
                    },
                )
            },
        ));
    }
    for app in InApp::ALL {
        for phone in Phone::ALL {
            let view = InvitationView {
                in_app: Some(InAppBrowser {
                    app: *app,
                    phone: *phone,
                }),
                ..invitation("Kowalska Ceramics", DEFAULT_SCOPES)
            };
            all.push(sample(
                &format!("invitation-in-{}-{}", app.code(), phone.code()),
                visitor(),
                |f| client::invitation(f, view),
            ));
        }
    }
    for step in HelpStep::ALL {
        let case = match step {
            HelpStep::NoAccounts => HelpCase::NoAccounts(NoAccountsReason::BusinessRefused),
            HelpStep::Stopped => HelpCase::Stopped(StopReason::NotGiven),
            HelpStep::Choosing => HelpCase::ProbesFailed(2),
            _ => HelpCase::Open,
        };
        all.push(sample(
            &format!("help-{}", step.code()),
            visitor(),
            move |f| client::help(f, help(*step, case)),
        ));
    }
    all
}
