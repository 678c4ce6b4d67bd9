use app::model::*;
use chrono::Duration;

use super::*;

pub fn sign_in_again() -> SignInView {
    SignInView {
        next: Some("/admin/settings/team".into()),
        is_again: true,
        form: FormState::default().with("email", "jonas.berg@northlight.example"),
    }
}

pub fn new_factor() -> FactorView {
    FactorView::New {
        typed: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
        address: "otpauth://totp/Northlight%20Studio:jonas.berg%40northlight.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northlight%20Studio".into(),
    }
}

pub fn factor_on() -> FactorView {
    FactorView::On {
        since: now() - Duration::days(40),
        codes_left: 9,
    }
}

pub fn refused_code() -> FormState {
    let mut form = FormState::default();
    form.refuse("code", Some(Problem::WrongCode));
    form
}

pub fn second_step(factor: FactorView, form: FormState) -> SecondStepView {
    SecondStepView {
        email: "jonas.berg@northlight.example".into(),
        factor,
        next: Some("/admin/clients?q=a&b=<c>".into()),
        form,
    }
}

pub fn account(factor: FactorView) -> AccountPageView {
    AccountPageView {
        email: "jonas.berg@northlight.example".into(),
        role: Role::Owner,
        factor,
        is_required: false,
        new_codes: Vec::new(),
        sessions: vec![session(1, true), session(2, false)],
        form: FormState::default(),
    }
}

pub fn refused_account() -> AccountPageView {
    AccountPageView {
        form: refused_code(),
        ..account(new_factor())
    }
}

pub fn refused_password() -> AccountPageView {
    let mut form = FormState::default().with("new_password", "never shown again");
    form.refuse("current_password", Some(Problem::WrongPassword));
    form.refuse("new_password", Some(Problem::TooShort(12)));
    AccountPageView {
        form,
        ..account(FactorView::Off)
    }
}

pub fn account_with_codes() -> AccountPageView {
    AccountPageView {
        is_required: true,
        new_codes: (0..10).map(|n| format!("k3mz-9q2c-7vbt-hw4{n}")).collect(),
        sessions: vec![session(1, true)],
        ..account(factor_on())
    }
}

pub fn team() -> TeamView {
    let person = |number, email: &str, role| PersonRow {
        id: id(number),
        email: email.into(),
        role,
        is_self: false,
        has_signed_in: true,
        has_second_factor: false,
        disabled_at: None,
        sessions: Vec::new(),
    };
    TeamView {
        people: vec![
            PersonRow {
                is_self: true,
                has_second_factor: true,
                sessions: vec![session(1, true), session(2, false)],
                ..person(900, "jonas.berg@northlight.example", Role::Owner)
            },
            PersonRow {
                has_second_factor: true,
                sessions: vec![session(3, false)],
                ..person(
                    901,
                    "maximiliane-alexandra.von-und-zu-hohenlohe@very-long-agency-name.example",
                    Role::Admin,
                )
            },
            PersonRow {
                has_signed_in: false,
                ..person(902, "new@northlight.example", Role::Reviewer)
            },
            PersonRow {
                disabled_at: Some(now() - Duration::days(3)),
                ..person(903, "<b>gone</b>@northlight.example", Role::Viewer)
            },
        ],
        is_required: false,
        may_manage: true,
        may_require: true,
    }
}

pub fn team_of_admin() -> TeamView {
    TeamView {
        is_required: true,
        may_manage: false,
        ..team()
    }
}

fn session(number: u128, is_this: bool) -> SessionView {
    SessionView {
        id: id(number),
        is_this,
        signed_in_at: now() - Duration::hours(3),
        last_seen_at: now() - Duration::minutes(4),
        address: Some("2001:db8:85a3:8d3:1319:8a2e:370:7348".into()),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0".into(),
    }
}
