//! Views to render pages with: the usual ones, and those that are hard on a layout.

#![allow(dead_code, reason = "each test takes what it needs")]

mod desk;
pub mod gallery;

pub use desk::*;

use app::model::*;
use app::render::{AssetPaths, Page, html};
use app::routes;
use app::text::Lang;
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

pub const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & Söhne <Import/Export> Handelsgesellschaft mit beschränkter Haftung";
pub const ARABIC: &str = "شركة النور للتجارة";
pub const HOSTILE: &str = "<script>alert(\"1\")</script> & 'Co'";

pub fn now() -> DateTime<Utc> {
    "2026-11-22T14:46:00Z".parse().expect("a moment")
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0000 + number)
}

pub fn visitor() -> Frame {
    Frame {
        agency: AgencyView {
            name: "Northlight Studio".into(),
            support_email: Some("hello@northlight.example".into()),
        },
        staff: None,
        now: now(),
        path: "/i/secret".into(),
        notice: None,
    }
}

pub fn staff(path: &str) -> Frame {
    Frame {
        staff: Some(StaffView {
            id: id(900),
            email: "jonas.berg@northlight.example".into(),
            role: Role::Owner,
            waiting: 4,
        }),
        path: path.into(),
        ..visitor()
    }
}

pub fn assets() -> AssetPaths {
    AssetPaths {
        stylesheet: "style.css".into(),
        font: "figtree.woff2".into(),
        browser: None,
    }
}

pub fn render(frame: &Frame, page: impl FnOnce(&Frame) -> Page) -> String {
    html(Lang::English, frame, &assets(), page).html
}

pub fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

pub fn invitation(client: &str, scopes: &[&str]) -> InvitationView {
    InvitationView {
        client_name: client.into(),
        scopes: strings(scopes),
        expires_at: now() + Duration::days(7),
        start: routes::invitation_start("secret"),
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
    IdentityView {
        visit: id(1),
        client_name: client.into(),
        person: who,
        missing,
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
    }
}

pub fn usual_groups() -> Vec<AccountGroup> {
    vec![
        AccountGroup {
            business: Some("Kowalska Ceramics".into()),
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
            business: None,
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
    AccountsView {
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
                business: Some(LONG.into()),
                accounts: vec![first],
            },
            AccountGroup {
                business: Some(ARABIC.into()),
                accounts: vec![choice("33", ARABIC, AccountStatus::Disabled, false)],
            },
            AccountGroup {
                business: None,
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
        email: "marta@kowalska.example".into(),
        state,
    }
}

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
