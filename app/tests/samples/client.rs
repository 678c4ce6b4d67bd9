//! Views of the client's way.

use app::model::*;
use app::routes;
use chrono::Duration;

use super::{ARABIC, LONG, id, now, strings};

pub fn invitation(client: &str, scopes: &[&str]) -> InvitationView {
    InvitationView {
        client_name: client.into(),
        kind: InvitationKind::Connect,
        scopes: strings(scopes),
        expires_at: now() + Duration::days(7),
        start: routes::invitation_start("secret"),
        link: "http://localhost:3000/i/9aZkQ0x3sJ7mHk2vWq8uYt5rLp1oBn4cDe6fGh0iJkL".into(),
        in_app: None,
    }
}

pub const DEFAULT_SCOPES: &[&str] = &["public_profile", "email", "ads_read", "business_management"];

pub fn person(name: &str) -> PersonView {
    PersonView {
        name: name.into(),
        picture: None,
        is_business: false,
    }
}

pub fn missing(scope: &str, required: bool) -> MissingScope {
    MissingScope {
        scope: scope.into(),
        required,
    }
}

pub fn identity(client: &str, who: PersonView, missing: Vec<MissingScope>) -> IdentityView {
    let is_limited = missing.iter().any(|missing| missing.required);
    IdentityView {
        visit: id(1),
        client_name: client.into(),
        person: who,
        missing,
        go_on: if is_limited {
            GoOn::Limited
        } else {
            GoOn::Freely
        },
        last_person: None,
        is_endless: false,
    }
}

pub fn choice(number: &str, name: &str, status: AccountStatus, chosen: bool) -> AccountChoice {
    AccountChoice {
        number: number.into(),
        name: name.into(),
        currency: "PLN".into(),
        status,
        chosen,
        probe: None,
        without_role: false,
    }
}

pub fn accounts(groups: Vec<AccountGroup>) -> AccountsView {
    let total = groups.iter().map(|group| group.accounts.len() as u64).sum();
    let chosen = groups
        .iter()
        .flat_map(|group| &group.accounts)
        .filter(|account| account.chosen)
        .count() as u64;
    AccountsView {
        visit: id(1),
        person: person("Marta Kowalska"),
        missing: vec![],
        query: String::new(),
        groups,
        total,
        matching: total,
        page: 1,
        pages: 1,
        chosen,
        form: FormState::default(),
        incomplete: false,
        failed: vec![],
    }
}

pub fn usual_groups() -> Vec<AccountGroup> {
    vec![
        AccountGroup {
            id: Some("301588001".into()),
            business: Some("Kowalska Ceramics".into()),
            open: 2,
            accounts: vec![
                choice(
                    "104822901188",
                    "Kowalska Ceramics – Shop",
                    AccountStatus::Active,
                    true,
                ),
                choice(
                    "104822901203",
                    "Kowalska Ceramics – Workshops",
                    AccountStatus::Active,
                    true,
                ),
                choice(
                    "104822877310",
                    "Old account 2019",
                    AccountStatus::Closed,
                    false,
                ),
            ],
        },
        AccountGroup {
            id: None,
            business: None,
            open: 1,
            accounts: vec![choice(
                "204411209981",
                "Marta Kowalska",
                AccountStatus::Unsettled,
                false,
            )],
        },
    ]
}

pub fn hard_accounts() -> AccountsView {
    let mut first = choice(
        "10482290118812345678",
        LONG,
        AccountStatus::RiskReview,
        true,
    );
    first.probe = Some(Probe::Failed(ProbeFailure::NoAccess));
    let mut second = choice("7", "", AccountStatus::Other, true);
    second.currency = String::new();
    second.probe = Some(Probe::Answered {
        campaigns: 3,
        millis: 187,
    });
    let mut form = FormState::default();
    form.refuse("account", Some(Problem::NothingChosen));
    let mut ended = choice("33", ARABIC, AccountStatus::Disabled, false);
    ended.probe = Some(Probe::Failed(ProbeFailure::LoginEnded));
    AccountsView {
        failed: vec![first.clone(), ended],
        person: PersonView {
            name: ARABIC.into(),
            ..person("")
        },
        missing: vec![missing("business_management", false)],
        query: "shop".into(),
        total: 3012,
        matching: 120,
        page: 2,
        pages: 6,
        chosen: 5,
        incomplete: true,
        form,
        ..accounts(vec![
            AccountGroup {
                id: Some("301588002".into()),
                business: Some(LONG.into()),
                open: 118,
                accounts: vec![first],
            },
            AccountGroup {
                id: Some("301588003".into()),
                business: Some(ARABIC.into()),
                open: 1,
                accounts: vec![choice("33", ARABIC, AccountStatus::Disabled, false)],
            },
            AccountGroup {
                id: None,
                business: None,
                open: 1,
                accounts: vec![second],
            },
        ])
    }
}

pub fn done(state: ConnectionState) -> DoneView {
    DoneView {
        client_name: "Kowalska Ceramics".into(),
        person_name: "Marta Kowalska".into(),
        submitted_at: now() - Duration::minutes(14),
        accounts: strings(&["Kowalska Ceramics – Shop", "Kowalska Ceramics – Workshops"]),
        scopes: strings(DEFAULT_SCOPES),
        expires_at: Some(now() + Duration::days(60)),
        is_short: false,
        is_business: false,
        email: "marta@kowalska.example".into(),
        state,
    }
}

pub fn pass_on(link: Option<&str>) -> PassOnView {
    PassOnView {
        visit: id(1),
        client_name: "Kowalska Ceramics".into(),
        link: link.map(Into::into),
        link_ended: false,
        expires_at: now() + Duration::days(5),
    }
}

pub fn help(step: HelpStep, case: HelpCase) -> HelpView {
    HelpView {
        visit: id(1),
        client_name: "Kowalska Ceramics".into(),
        email: "marta@kowalska.example".into(),
        person_name: (step != HelpStep::SigningIn).then(|| ARABIC.into()),
        step,
        case,
    }
}

pub const DELETION_CODE: &str = "6f1d9c0a7be24835a0c1d2e3f4a5b6c7d8e9f0a1";

pub fn contact(agency: &str, email: Option<&str>) -> Contact {
    Contact {
        agency: agency.into(),
        email: email.map(str::to_owned),
    }
}

pub fn deletion(state: DeletionState) -> DeletionView {
    let is_done = state == DeletionState::Done;
    let contacts = match state {
        DeletionState::Nothing => vec![],
        _ => vec![contact(
            "Northlight Studio",
            Some("hello@northlight.example"),
        )],
    };
    DeletionView {
        state,
        received_at: now() - Duration::minutes(6),
        done_at: is_done.then(|| now() - Duration::minutes(5)),
        connections: u64::from(is_done),
        contacts,
    }
}
