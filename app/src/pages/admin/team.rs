use leptos::prelude::*;

use super::account::sessions;
use crate::components::{
    Question, Weight, asking_form, button_form, desk, moment, name, note, pill, rich, settings_tabs,
};
use crate::model::{Frame, PersonRow, TeamView, Tone};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::t;

/// Who works here, where they are signed in, and whether a password alone opens the door.
pub fn team(frame: &Frame, view: TeamView) -> Page {
    let title = t("team-title");
    let people: Vec<_> = view
        .people
        .iter()
        .map(|person| self::person(frame, person, view.may_manage))
        .collect();
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {settings_tabs(frame)}
        </div>
        {second_factor(&view)}
        <div class="stack-l">{people}</div>
        <p class="soft measure">{t("team-add")} " " <code>"portico admin create"</code></p>
    };
    Page::new(title, desk(frame, content))
}

fn second_factor(view: &TeamView) -> AnyView {
    let words = if view.is_required {
        t("team-required")
    } else {
        t("team-optional")
    };
    let action = view.may_manage.then(|| {
        if view.is_required || view.may_require {
            require(view.is_required)
        } else {
            view! { <p><a href=pattern::ACCOUNT>{t("team-set-up-own")}</a></p> }.into_any()
        }
    });
    let tone = if view.is_required {
        Tone::Good
    } else {
        Tone::Quiet
    };
    note(
        tone,
        view! { <div class="stack-s"><p>{words}</p>{action}</div> },
    )
}

/// Requires a second factor, or no longer.
fn require(is_required: bool) -> AnyView {
    let (to, value) = if is_required {
        ("optional", "no")
    } else {
        ("required", "yes")
    };
    let question = Question::new(
        "ask-require",
        t(&format!("team-make-{to}-ask")),
        t(&format!("team-make-{to}-text")),
        t(&format!("team-make-{to}-yes")),
    );
    let (action, hidden) = (pattern::TEAM_REQUIRE.to_owned(), [("required", value)]);
    let words = t(&format!("team-make-{to}"));
    asking_form(action, Weight::Plain, words, &hidden, question)
}

fn person(frame: &Frame, person: &PersonRow, may_manage: bool) -> AnyView {
    let heading = format!("person-{}", person.id);
    let marks = [
        (person.is_self, Tone::Quiet, "team-self"),
        (person.disabled_at.is_some(), Tone::Bad, "team-disabled"),
        (!person.has_signed_in, Tone::Quiet, "team-not-yet"),
        (person.has_second_factor, Tone::Good, "team-has-factor"),
    ];
    let marks: Vec<_> = marks
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, tone, key)| pill(tone, t(key)))
        .collect();
    let since = person
        .disabled_at
        .map(|at| view! { <p class="soft">{rich("team-disabled-since", &[], vec![("when", moment(at))])}</p> });
    let open = person
        .disabled_at
        .is_none()
        .then(|| sessions(frame, &person.sessions, routes::team_session_end));
    view! {
        <section class="card stack" aria-labelledby=heading>
            <div class="page-head">
                <div class="row">
                    <h2 id=heading.clone()>{name(&person.email)}</h2>
                    <span class="soft">{t(&format!("role-{}", person.role.code()))}</span>
                    {marks}
                </div>
                {(may_manage && !person.is_self).then(|| actions(person))}
            </div>
            {since}
            {open}
        </section>
    }
    .into_any()
}

fn actions(person: &PersonRow) -> AnyView {
    let reset = person
        .has_second_factor
        .then(|| ending(person, "reset-second-factor", Weight::Plain, "reset-factor"));
    let door = if person.disabled_at.is_some() {
        let action = routes::person_action(person.id, "enable");
        button_form(action, Weight::Plain, t("team-enable"), &[])
    } else {
        ending(person, "disable", Weight::Danger, "disable")
    };
    view! { <div class="row">{reset}{door}</div> }.into_any()
}

/// What is done to somebody, after the question that belongs to it.
fn ending(person: &PersonRow, action: &str, weight: Weight, what: &str) -> AnyView {
    let question = Question {
        id: format!("ask-{action}-{}", person.id),
        title: t(&format!("team-{what}-ask")),
        text: rich(
            &format!("team-{what}-text"),
            &[],
            vec![("person", name(&person.email))],
        ),
        yes: t(&format!("team-{what}-yes")),
    };
    let action = routes::person_action(person.id, action);
    let words = t(&format!("team-{what}"));
    asking_form(action, weight, words, &[], question)
}
