use leptos::prelude::*;

use super::password::account_name;
use crate::components::{ClientShell, Field, Weight, error_summary, name, rich, submit};
use crate::model::{FirstSignInView, Frame, SignInView};
use crate::render::Page;
use crate::routes::pattern;
use crate::text::{t, tv};
use crate::validate::{EMAIL_MAX, PASSWORD_MAX, PASSWORD_MIN};

/// Signing in with e-mail and password.
pub fn sign_in(frame: &Frame, view: SignInView) -> Page {
    let title = if view.is_again {
        t("sign-in-again-title")
    } else {
        t("sign-in-title")
    };
    let intro = if view.is_again {
        view! { {t("sign-in-again-intro")} }.into_any()
    } else {
        rich(
            "sign-in-intro",
            &[],
            vec![("agency", name(&frame.agency.name))],
        )
    };
    let form = &view.form;
    let fields = [
        ("email", t("sign-in-email")),
        ("password", t("sign-in-password")),
    ];
    let next = view
        .next
        .clone()
        .map(|next| view! { <input type="hidden" name="next" value=next /> });
    let again = view
        .is_again
        .then(|| view! { <input type="hidden" name="again" value="1" /> });
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        {error_summary(form, &fields)}
        <form class="card stack-l" method="post" action=pattern::SIGN_IN>
            {next}
            {again}
            {Field::email("email", t("sign-in-email"), EMAIL_MAX)
                .autocomplete("username")
                .required()
                .view(form)}
            {Field::password("password", t("sign-in-password"), PASSWORD_MAX)
                .autocomplete("current-password")
                .required()
                .view(form)}
            {submit(Weight::Big, t("sign-in-button"))}
        </form>
    };
    Page::new(title, ClientShell::narrow().view(frame, content))
}

/// Behind a one-time link: setting a password, and signing in with it.
pub fn first_sign_in(frame: &Frame, view: FirstSignInView) -> Page {
    let title = t("first-sign-in-title");
    let form = &view.form;
    let fields = [("new_password", t("first-sign-in-password"))];
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{rich("first-sign-in-intro", &[], vec![("email", name(&view.email))])}</p>
        </div>
        {error_summary(form, &fields)}
        <form class="card stack-l" method="post" action=view.action>
            {account_name(&view.email)}
            {Field::password("new_password", t("first-sign-in-password"), PASSWORD_MAX)
                .hint(tv("first-sign-in-hint", &[("limit", u64::from(PASSWORD_MIN).into())]))
                .autocomplete("new-password")
                .required()
                .view(form)}
            {submit(Weight::Big, t("first-sign-in-button"))}
        </form>
    };
    Page::new(title, ClientShell::narrow().view(frame, content))
}
