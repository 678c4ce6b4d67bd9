use chrono::NaiveDate;
use leptos::prelude::*;

use crate::components::{
    Bar, KeyLine, Series, absent, area_chart, bar_chart, chart_key, charted, date_words,
    days_words, table,
};
use crate::model::{AnswerClass, ClientFilter, Ends, EndsWeek, OutcomeDay, Tone};
use crate::routes;
use crate::text::{t, tv};

/// So many weeks from now, what ends needs a person.
const SOON: usize = 2;

/// What ends in the weeks to come.
pub(super) fn ends(weeks: &[EndsWeek]) -> AnyView {
    if weeks.iter().all(|week| week.count == 0) {
        return view! { <p class="soft">{t("health-ends-none")}</p> }.into_any();
    }
    let bars = { weeks.iter().enumerate() }.map(|(index, week)| Bar {
        day: week.days.from,
        count: week.count,
        tone: if index < SOON {
            Tone::Warn
        } else {
            Tone::Quiet
        },
        words: tv(
            "health-ends-week",
            &[
                ("days", days_words(week.days).into()),
                ("count", week.count.into()),
            ],
        ),
        href: of_week(week),
    });
    let heads = [t("health-week"), t("health-count")];
    let rows = weeks.iter().map(|week| {
        let number = number(of_week(week), week.count);
        vec![days_words(week.days).into_any(), number]
    });
    let figures = table(t("health-ends"), &heads, rows);
    view! {
        {charted(bar_chart(t("health-ends"), bars.collect()), figures)}
        <p class="soft small">{t("health-ends-note")}</p>
    }
    .into_any()
}

fn of_week(week: &EndsWeek) -> String {
    let filter = ClientFilter {
        ends: Some(Ends::On(week.days)),
        ..ClientFilter::default()
    };
    routes::clients(&filter, None, None)
}

fn number(href: String, count: u64) -> AnyView {
    if count == 0 {
        return absent();
    }
    view! { <a class="num" href=href>{count.to_string()}</a> }.into_any()
}

/// What validations said, day by day: all of them, and once more those that were not well, which would be too thin
/// to be seen beside the others.
pub(super) fn outcomes(days: &[OutcomeDay]) -> AnyView {
    if days.is_empty() {
        return view! { <p class="soft">{t("health-outcomes-none")}</p> }.into_any();
    }
    let sum = |class: AnswerClass| days.iter().map(|day| day.of(class)).sum::<u64>();
    let there: Vec<_> = { AnswerClass::ALL.iter().copied() }
        .filter(|class| sum(*class) > 0)
        .collect();
    let bad: Vec<_> = { there.iter().copied() }
        .filter(|class| *class != AnswerClass::None)
        .collect();
    let in_all = |classes: &[AnswerClass]| classes.iter().map(|class| sum(*class)).sum::<u64>();
    let label = |key: &str, classes: &[AnswerClass]| tv(key, &[("count", in_all(classes).into())]);
    let key = there.iter().map(|class| KeyLine {
        shade: class.code(),
        words: words(*class),
        count: sum(*class),
        href: routes::validations(*class, None, None),
    });
    let apart = (!bad.is_empty()).then(|| {
        let label = label("health-outcomes-bad-chart", &bad);
        view! {
            <h3>{t("health-outcomes-bad")}</h3>
            {chart(label, days, &bad)}
        }
    });
    let all = chart(label("health-outcomes-chart", &there), days, &there);
    view! {
        <div class="with-key">
            <div class="stack">{all} {apart}</div>
            {chart_key(key.collect())}
        </div>
        {charted(().into_any(), figures(days, &there))}
        <p class="soft small">{t("health-outcomes-note")}</p>
    }
    .into_any()
}

fn chart(label: String, days: &[OutcomeDay], classes: &[AnswerClass]) -> AnyView {
    let series: Vec<_> = { classes.iter() }
        .map(|class| Series {
            shade: class.code(),
            counts: days.iter().map(|day| day.of(*class)).collect(),
        })
        .collect();
    let dates: Vec<NaiveDate> = days.iter().map(|day| day.day).collect();
    area_chart(label, &dates, &series)
}

/// The latest day first. Days without validations are left out.
fn figures(days: &[OutcomeDay], classes: &[AnswerClass]) -> AnyView {
    let each = classes.iter().map(|class| words(*class));
    let heads: Vec<_> = std::iter::once(t("health-day")).chain(each).collect();
    let quiet = |day: &&OutcomeDay| day.counts.iter().any(|count| *count > 0);
    let rows = days.iter().rev().filter(quiet).map(|day| {
        let cells = classes.iter().map(|class| {
            let href = routes::validations(*class, Some(day.day), None);
            number(href, day.of(*class))
        });
        std::iter::once(date_words(day.day).into_any())
            .chain(cells)
            .collect()
    });
    table(t("health-outcomes"), &heads, rows)
}

/// What an answer of Meta's asks for.
pub(super) fn words(class: AnswerClass) -> String {
    t(&format!("outcome-{}", class.code()))
}
