use std::fmt::Write as _;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::chart::{percent, place, share, short_number, top};
use super::date_words;

/// One kind of thing, counted day by day.
pub struct Series {
    /// Its shade: the class `shade-…` of the stylesheet.
    pub shade: &'static str,
    pub counts: Vec<u64>,
}

/// A line of the key to a chart: what a shade stands for, and how many there were in all.
pub struct KeyLine {
    pub shade: &'static str,
    pub words: String,
    pub count: u64,
    /// The list behind the number.
    pub href: String,
}

/// Units of the drawing between two days, and from its floor to its ceiling: it is stretched to its place.
const STEP: usize = 10;
const HEIGHT: u64 = 1_000;
/// Where the drawing stands in the chart, in pixels.
const CEILING: u64 = 10;
const FLOOR: u64 = 170;

/// Several kinds, one on the other, day by day: the first at the bottom. Drawn by the server.
pub fn area_chart(label: String, days: &[NaiveDate], series: &[Series]) -> AnyView {
    let sums = (0..days.len()).map(|day| series.iter().map(|one| one.counts[day]).sum());
    let top = top(sums);
    let mut floor = vec![0; days.len()];
    let areas: Vec<_> = { series.iter() }
        .map(|one| {
            let ceiling: Vec<u64> = { floor.iter().zip(&one.counts) }
                .map(|(below, count)| below + count)
                .collect();
            let points = outline(&floor, &ceiling, top);
            floor = ceiling;
            view! { <polygon class=format!("shade-{}", one.shade) points=points /> }
        })
        .collect();
    let width = STEP * days.len().saturating_sub(1);
    view! {
        <svg class="chart areas" width="100%" height="196" role="img" aria-label=label>
            <svg
                x="0"
                y=CEILING
                width="100%"
                height=FLOOR - CEILING
                viewBox=format!("0 0 {width} {HEIGHT}")
                preserveAspectRatio="none"
            >
                {areas}
            </svg>
            {lines(top)}
            {ticks(days)}
        </svg>
    }
    .into_any()
}

/// The corners of an area: along its ceiling, and back along its floor.
fn outline(floor: &[u64], ceiling: &[u64], top: u64) -> String {
    let mut points = String::new();
    let there = ceiling.iter().enumerate();
    let back = floor.iter().enumerate().rev();
    for (day, count) in there.chain(back) {
        let y = HEIGHT - share(*count, top, HEIGHT);
        // Writing into a text does not fail.
        let _ = write!(points, "{},{y} ", day * STEP);
    }
    points
}

/// Lines at the top of the scale and half way, with their numbers, and the floor.
fn lines(top: u64) -> AnyView {
    let half = (top.is_multiple_of(2)).then_some((top / 2, u64::midpoint(CEILING, FLOOR)));
    let lines: Vec<_> = { [Some((top, CEILING)), half].into_iter().flatten() }
        .map(|(number, y)| {
            view! {
                <line class="grid" x1="0" x2="100%" y1=y y2=y />
                <text class="tick" x="2" y=y + 14>{short_number(number)}</text>
            }
        })
        .collect();
    view! { {lines} <line class="base" x1="0" x2="100%" y1=FLOOR y2=FLOOR /> }.into_any()
}

/// The first day, the one in the middle, and the last.
fn ticks(days: &[NaiveDate]) -> AnyView {
    let last = days.len().saturating_sub(1);
    let shown = [(0, "start"), (last / 2, "middle"), (last, "end")];
    let ticks: Vec<_> = { shown.into_iter() }
        .filter_map(|(index, anchor)| Some((index, anchor, *days.get(index)?)))
        .map(|(index, anchor, day)| {
            let x = percent(place(index, last));
            view! { <text class="tick" x=x y="188" text-anchor=anchor>{date_words(day)}</text> }
        })
        .collect();
    ticks.into_any()
}

/// What the shades of a chart stand for, in the order in which they lie on each other, the topmost first.
pub fn chart_key(lines: Vec<KeyLine>) -> AnyView {
    let lines: Vec<_> = { lines.into_iter().rev() }
        .map(|line| {
            view! {
                <li>
                    <svg class="swatch" width="14" height="14" aria-hidden="true">
                        <rect class=format!("shade-{}", line.shade) width="14" height="14" rx="3" />
                    </svg>
                    <span>{line.words}</span>
                    <a class="num" href=line.href>{line.count.to_string()}</a>
                </li>
            }
        })
        .collect();
    view! { <ul class="counts">{lines}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn an_area_lies_between_its_floor_and_its_ceiling() {
        assert_eq!(
            outline(&[0, 1], &[2, 4], 4).trim_end(),
            "0,500 10,0 10,750 0,1000"
        );
    }
}
