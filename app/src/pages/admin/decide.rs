use leptos::prelude::*;
use uuid::Uuid;

use crate::components::reason_field;
use crate::model::FormState;
use crate::text::t;
use crate::validate::REASON_MAX;

/// What a decision is about: the connection, and the version of it that was looked at.
#[must_use]
pub fn decision_value(connection: Uuid, version: i64) -> String {
    format!("{connection}:{version}")
}

/// *Approve*, and *Reject* with its reason. The reason stays open where it was refused.
/// `form_id` is the form that all belongs to, where this stands outside of it;
/// `described_by` is the heading that says which client this is about.
pub fn decide(
    connection: Uuid,
    version: i64,
    form: &FormState,
    form_id: Option<&'static str>,
    described_by: &str,
) -> AnyView {
    let value = decision_value(connection, version);
    let field = format!("reason-{connection}");
    let is_open = form.problem(&field).is_some() || !form.value(&field).is_empty();
    view! {
        <div class="decide">
            <button type="submit" class="btn" form=form_id name="approve" value=value.clone() aria-describedby=described_by.to_owned() data-key="a">
                {t("approve")}
            </button>
            <details class="reveal" open=is_open>
                <summary class="btn plain" aria-describedby=described_by.to_owned() data-key="r">{t("reject-open")}</summary>
                <div>
                    {reason_field(&field, form, form_id, REASON_MAX)}
                    <div>
                        <button type="submit" class="btn danger" form=form_id name="reject" value=value aria-describedby=described_by.to_owned()>
                            {t("reject")}
                        </button>
                    </div>
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// The first button of a form is what Enter presses, on a ticked box too. This one does nothing outside of a
/// dialog, so that nobody decides by accident. (A disabled one would not do: on a box, Chromium goes on to the next.)
pub fn no_default_button(form_id: Option<&'static str>) -> AnyView {
    view! { <button type="submit" form=form_id formmethod="dialog" hidden=true aria-hidden="true" tabindex="-1"></button> }
        .into_any()
}
