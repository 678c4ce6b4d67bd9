use leptos::prelude::*;

use crate::components::{
    ClientShell, Drawing, Event, Reached, Step, day, drawing, facts, moment, name, note, rich,
    scope_name, timeline,
};
use crate::model::{ConnectionState, DoneView, Frame, Tone};
use crate::render::Page;
use crate::text::{t, tv};

/// The client's part is done: what happens next and when, and what was agreed.
pub fn done(frame: &Frame, view: DoneView) -> Page {
    let agency = frame.agency.name.as_str();
    let title = tv("done-title", &[("person", view.person_name.clone().into())]);
    let headline = rich("done-title", &[], vec![("person", name(&view.person_name))]);
    let take_back = if view.is_business {
        "done-take-back-business"
    } else {
        "done-take-back"
    };
    let endless = view.expires_at.is_none().then(|| t("done-endless"));
    let content = view! {
        {drawing(Drawing::Door)}
        <div class="stack">
            <h1>{headline}</h1>
            <p class="soft">{rich("done-intro", &[], vec![("agency", name(agency))])}</p>
        </div>
        {ended(frame, &view)}
        {short(agency, &view)}
        <section class="card">{story(agency, &view)}</section>
        <section class="stack">
            <h2>{t("done-agreed")}</h2>
            {agreed(&view)}
            <p class="soft small">{endless} " " {t(take_back)}</p>
        </section>
    };
    Page::new(title, ClientShell::step(Step::Done).view(frame, content))
}

/// Opened again later, after the connection went another way than to an approval.
fn ended(frame: &Frame, view: &DoneView) -> Option<AnyView> {
    let is_on_its_way = matches!(
        view.state,
        ConnectionState::Draft | ConnectionState::Pending | ConnectionState::Approved
    );
    (!is_on_its_way).then(|| {
        let text = rich(
            &format!("done-{}", view.state.code()),
            &[],
            vec![("agency", name(&frame.agency.name))],
        );
        note(Tone::Warn, view! { <p>{text}</p> })
    })
}

/// Facebook gave hours: what that means is said before somebody wonders.
fn short(agency: &str, view: &DoneView) -> Option<AnyView> {
    let until = view.expires_at.filter(|_| view.is_short)?;
    let text = rich(
        "done-short",
        &[],
        vec![("agency", name(agency)), ("when", moment(until))],
    );
    Some(note(Tone::Quiet, view! { <p>{text}</p> }))
}

fn story(agency: &str, view: &DoneView) -> AnyView {
    let (looked, connected) = match view.state {
        ConnectionState::Draft | ConnectionState::Pending => (Reached::Now, Reached::Ahead),
        ConnectionState::Approved => (Reached::Done, Reached::Done),
        _ => (Reached::Done, Reached::Ahead),
    };
    let until = match view.expires_at {
        Some(at) => rich("done-connected-until", &[], vec![("date", day(at))]),
        None => t("done-connected-open").into_any(),
    };
    let given = view! {
        {moment(view.submitted_at)}
        {view
            .accounts
            .iter()
            .map(|account| view! { <span>" · " {name(account)}</span> })
            .collect::<Vec<_>>()}
    };
    timeline(vec![
        Event {
            reached: Reached::Done,
            title: view! { <strong>{t("done-given")}</strong> }.into_any(),
            below: given.into_any(),
        },
        Event {
            reached: looked,
            title:
                view! { <strong>{rich("done-looks", &[], vec![("agency", name(agency))])}</strong> }
                    .into_any(),
            below: rich("done-looks-when", &[], vec![("email", name(&view.email))]),
        },
        Event {
            reached: connected,
            title: view! { <strong>{t("done-connected")}</strong> }.into_any(),
            below: until,
        },
    ])
}

fn agreed(view: &DoneView) -> AnyView {
    let permissions = view
        .scopes
        .iter()
        .map(|scope| scope_name(scope))
        .collect::<Vec<_>>()
        .join(", ");
    let ends = match view.expires_at {
        Some(at) => rich("done-ends-at", &[], vec![("date", day(at))]),
        None => t("done-ends-never").into_any(),
    };
    facts(vec![
        (t("done-permissions"), permissions.into_any()),
        (t("done-for"), name(&view.client_name)),
        (t("done-as"), name(&view.person_name)),
        (t("done-ends"), ends),
    ])
}
