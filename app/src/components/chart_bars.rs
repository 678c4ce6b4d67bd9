use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::chart::{percent, place, share, short_number, top};
use crate::model::Tone;
use crate::text::t;

/// A bar over a day, or over the first day of some.
pub struct Bar {
    pub day: NaiveDate,
    pub count: u64,
    pub tone: Tone,
    /// The bar in words, which stand for it where it is not seen.
    pub words: String,
    /// The list behind it.
    pub href: String,
}

/// Where bars end and stand, in pixels from above: their figures are over them, their days below.
const CEILING: u64 = 24;
const FLOOR: u64 = 132;

/// A bar for each stretch of time, each a link to what it counts. Drawn by the server; places are in percent, so
/// that words keep their size on any screen.
pub fn bar_chart(label: String, bars: Vec<Bar>) -> AnyView {
    let top = top(bars.iter().map(|bar| bar.count));
    let count = bars.len();
    let mut month = 0;
    let drawn: Vec<_> = { bars.into_iter().enumerate() }
        .map(|(index, bar)| {
            let is_new = bar.day.month() != month;
            month = bar.day.month();
            draw(
                bar,
                top,
                (place(index, count), place(index + 1, count)),
                is_new,
            )
        })
        .collect();
    view! {
        <svg class="chart bars" width="100%" height="176" role="group" aria-label=label>
            <line class="base" x1="0" x2="100%" y1=FLOOR y2=FLOOR />
            {drawn}
        </svg>
    }
    .into_any()
}

fn draw(bar: Bar, top: u64, (from, to): (i64, i64), is_new_month: bool) -> AnyView {
    let height = match bar.count {
        0 => 0,
        // What is there can be seen.
        count => share(count, top, FLOOR - CEILING).max(2),
    };
    let middle = percent(i64::midpoint(from, to));
    let inset = (to - from) / 7;
    let month = is_new_month.then(|| {
        let words = t(&format!("month-short-{}", bar.day.month()));
        view! { <text class="tick" x=middle.clone() y="168" text-anchor="middle">{words}</text> }
    });
    let inner = view! {
        <rect class="hit" x=percent(from) y="0" width=percent(to - from) height="176" />
        <rect
            class="bar"
            x=percent(from + inset)
            y=FLOOR - height
            width=percent(to - from - 2 * inset)
            height=height
        />
        <text class="figure" x=middle.clone() y=FLOOR - height - 7 text-anchor="middle">
            {short_number(bar.count)}
        </text>
        <text class="tick" x=middle y="150" text-anchor="middle">{bar.day.day().to_string()}</text>
        {month}
    };
    if bar.count == 0 {
        return view! { <g class="none">{inner}</g> }.into_any();
    }
    view! {
        <a class=bar.tone.code() href=bar.href aria-label=bar.words>
            {inner}
        </a>
    }
    .into_any()
}
