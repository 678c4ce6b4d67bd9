use chrono::Days;
use leptos::prelude::*;

use super::{Stage, state};
use crate::components::{
    Bar, KeyLine, Series, area_chart, bar_chart, chart_key, charted, date_words, table,
};
use crate::model::{AnswerClass, Tone};
use crate::text::t;

pub(super) fn charts(stage: &Stage) -> AnyView {
    let today = stage.now().date_naive();
    let day = |number: u64| today + Days::new(number);
    let bars = { [7, 0, 31, 12_400, 58].into_iter().zip(0..) }.map(|(count, number)| Bar {
        day: day(7 * number),
        count,
        tone: if number < 2 { Tone::Warn } else { Tone::Quiet },
        words: format!("{}: {count}", date_words(day(7 * number))),
        href: "#main".to_owned(),
    });
    let days: Vec<_> = (0..8).map(day).collect();
    let classes = AnswerClass::ALL.iter().zip(1..);
    let series = classes.clone().map(|(class, number)| Series {
        shade: class.code(),
        counts: (0..8).map(|day| (day * number) % 7 + 3).collect(),
    });
    let key = classes.map(|(class, number)| KeyLine {
        shade: class.code(),
        words: t(&format!("outcome-{}", class.code())),
        count: number,
        href: "#main".to_owned(),
    });
    let heads = [t("health-day"), t("health-count")];
    let rows = days.iter().zip(1_u64..);
    let rows =
        rows.map(|(day, count)| vec![date_words(*day).into_any(), count.to_string().into_any()]);
    let figures = table(t("guide-areas"), &heads, rows);
    let areas = area_chart(t("guide-areas"), &days, &series.collect::<Vec<_>>());
    view! {
        {state(t("guide-bars"), bar_chart(t("guide-bars"), bars.collect()))}
        {state(t("guide-areas"), view! { {charted(areas, figures)} {chart_key(key.collect())} })}
    }
    .into_any()
}
