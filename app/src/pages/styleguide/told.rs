use chrono::Duration;
use leptos::prelude::*;
use uuid::Uuid;

use super::{LONG, RIGHT_TO_LEFT, Scheme, Stage, USUAL, state};
use crate::components::{
    Drawing, Event, Icon, Item, Reached, Tab, absent, account_number, checklist, empty, facts,
    missing_note, moment, name, note, notice, pager, rich, settings_tabs, table, tabs, timeline,
};
use crate::model::{ConnectionState, Frame, GoOn, MissingScope, Notice, OtherDecision, Tone};
use crate::routes::pattern;
use crate::text::t;

pub(super) fn notes(stage: &Stage) -> AnyView {
    let tones: Vec<_> = [Tone::Quiet, Tone::Good, Tone::Warn, Tone::Bad]
        .into_iter()
        .map(|tone| {
            let body = view! { <p>{t("guide-sample-text")}</p> };
            state(tone.code(), note(tone, body))
        })
        .collect();
    let others = vec![OtherDecision {
        client_name: RIGHT_TO_LEFT.to_owned(),
        decided_by: USUAL.to_owned(),
        state: ConnectionState::Approved,
        at: stage.now() - Duration::minutes(1),
    }];
    let after = |notice| Frame {
        notice: Some(notice),
        ..stage.frame.clone()
    };
    let missing = [MissingScope {
        scope: "ads_read".to_owned(),
        required: true,
    }];
    let agency = stage.frame.agency.name.as_str();
    view! {
        {tones}
        {notice(&after(Notice::Approved { count: 3 }))}
        {notice(&after(Notice::AlreadyDecided { mine: 2, others }))}
        {missing_note(Uuid::nil(), &missing, GoOn::AfterAskingAgain, agency)}
    }
    .into_any()
}

pub(super) fn lists(stage: &Stage) -> AnyView {
    let at = stage.now();
    let pairs = vec![
        (t("help-client"), name(LONG)),
        (t("help-person"), name(RIGHT_TO_LEFT)),
        (t("clients-until"), moment(at)),
    ];
    let heads = [t("clients-name"), t("outbox-when")];
    let number = account_number("104822901188");
    let rows = [USUAL, LONG, RIGHT_TO_LEFT].into_iter().map(|words| {
        let cell = view! { {name(words)} <small class="num">{number.clone()}</small> };
        let when = if words == LONG { absent() } else { moment(at) };
        vec![cell.into_any(), when]
    });
    let events = [Reached::Now, Reached::Failed, Reached::Done, Reached::Ahead]
        .into_iter()
        .map(|reached| Event {
            reached,
            title: format!("{reached:?}").into_any(),
            below: moment(at),
        })
        .collect();
    view! {
        {state(t("guide-facts"), facts(pairs))}
        {state(t("guide-table"), view! { <div class="card">{table(t("clients-title"), &heads, rows)}</div> })}
        {state(t("guide-timeline"), timeline(events))}
        {state(t("guide-checklist"), checklist(steps()))}
    }
    .into_any()
}

/// A checklist: done, next and open.
fn steps() -> Vec<Item> {
    [
        (USUAL, true, false),
        (LONG, false, true),
        (RIGHT_TO_LEFT, false, false),
    ]
    .into_iter()
    .map(|(words, is_done, is_next)| Item {
        words: words.to_owned(),
        is_done,
        is_next,
        more: is_next
            .then(|| view! { <p class="soft small">{t("guide-sample-text")}</p> }.into_any()),
    })
    .collect()
}

/// Views of one list: the one that is shown, and others.
fn views() -> Vec<Tab> {
    [
        (t("queue-tab-waiting"), Some(12)),
        (t("queue-tab-backups"), Some(0)),
        (t("queue-tab-decided"), None),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, (words, count))| Tab {
        href: "#main".to_owned(),
        words,
        count,
        is_here: index == 0,
    })
    .collect()
}

pub(super) fn ways(stage: &Stage) -> AnyView {
    let text = || view! { <p class="soft">{t("guide-sample-text")}</p> };
    let settings = Frame {
        path: pattern::SETTINGS.to_owned(),
        ..stage.frame.clone()
    };
    // Landmarks of these names stand on a page once.
    let is_once = stage.scheme == Scheme::Light;
    let on = is_once.then(|| {
        view! { {pager(Some("#main".to_owned()))} {settings_tabs(&settings)} }
    });
    let views = is_once.then(|| tabs(t("queue-tabs"), views()));
    let until = rich("link-until", &[], vec![("date", moment(stage.now()))]);
    view! {
        {empty(Drawing::EmptyQueue, t("queue-empty"), text())}
        {empty(Icon::Search, t("clients-none-match"), text())}
        {on}
        {views}
        <p>{until}</p>
    }
    .into_any()
}
