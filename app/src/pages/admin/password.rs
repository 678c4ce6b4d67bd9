use leptos::prelude::*;

use crate::components::{Field, Weight, submit};
use crate::model::AccountPageView;
use crate::routes::pattern;
use crate::text::{t, tv};
use crate::validate::{PASSWORD_MAX, PASSWORD_MIN};

/// Another password for the one that is known.
pub fn password(view: &AccountPageView) -> AnyView {
    let limit = [("limit", u64::from(PASSWORD_MIN).into())];
    view! {
        <section class="card stack-l">
            <div class="stack-s">
                <h2>{t("password-title")}</h2>
                <p class="soft">{t("password-text")}</p>
            </div>
            <form class="stack-l" method="post" action=pattern::PASSWORD>
                {account_name(&view.email)}
                {Field::password("current_password", t("password-current"), PASSWORD_MAX)
                    .autocomplete("current-password")
                    .required()
                    .view(&view.form)}
                {Field::password("new_password", t("first-sign-in-password"), PASSWORD_MAX)
                    .hint(tv("first-sign-in-hint", &limit))
                    .autocomplete("new-password")
                    .required()
                    .view(&view.form)}
                <div>{submit(Weight::Plain, t("password-change"))}</div>
            </form>
        </section>
    }
    .into_any()
}

/// Password managers store a password for this name.
pub fn account_name(email: &str) -> AnyView {
    view! {
        <input
            type="email"
            class="unseen"
            name="username"
            value=email.to_owned()
            autocomplete="username"
            readonly=true
            tabindex="-1"
            aria-hidden="true"
        />
    }
    .into_any()
}
