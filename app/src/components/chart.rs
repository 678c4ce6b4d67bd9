//! What charts share: a scale, numbers that fit, and the frame with the same figures as a table.

use leptos::prelude::*;

use crate::text::{t, tv};

/// A chart, and the same figures as a table for whoever wants them exactly or does not see the chart.
pub fn charted(chart: AnyView, figures: AnyView) -> AnyView {
    view! {
        <div class="stack-s">
            {chart}
            <details class="more small">
                <summary>{t("chart-figures")}</summary>
                {figures}
            </details>
        </div>
    }
    .into_any()
}

/// The round number that a scale ends with, so that all of its values fit.
pub(super) fn top(values: impl IntoIterator<Item = u64>) -> u64 {
    let most = values.into_iter().max().unwrap_or_default().max(1);
    let mut step = 1_u64;
    loop {
        for number in [1, 2, 4, 6, 8] {
            if number * step >= most {
                return number * step;
            }
        }
        let Some(next) = step.checked_mul(10).filter(|next| *next <= u64::MAX / 8) else {
            return most;
        };
        step = next;
    }
}

/// How much of `whole` a value of a scale that ends with `top` takes.
pub(super) fn share(value: u64, top: u64, whole: u64) -> u64 {
    let share = u128::from(value.min(top)) * u128::from(whole) / u128::from(top.max(1));
    u64::try_from(share).unwrap_or(whole)
}

/// A number in as few signs as a chart has room for: the table has it whole.
pub(super) fn short_number(number: u64) -> String {
    match number {
        ..10_000 => number.to_string(),
        10_000..1_000_000 => tv("chart-thousands", &[("count", (number / 1_000).into())]),
        _ => tv("chart-millions", &[("count", (number / 1_000_000).into())]),
    }
}

/// Thousandths of the width, for an attribute.
pub(crate) fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// Where part `index` of `count` equal parts begins, in thousandths of the whole.
pub(super) fn place(index: usize, count: usize) -> i64 {
    i64::try_from(index * 1_000 / count.max(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_with_a_round_number() {
        for (most, end) in [
            (0, 1),
            (1, 1),
            (3, 4),
            (5, 6),
            (9, 10),
            (41, 60),
            (100_000, 100_000),
            (100_001, 200_000),
        ] {
            assert_eq!(top([0, most]), end, "{most}");
        }
        assert_eq!(top([u64::MAX]), u64::MAX);
    }

    #[test]
    fn no_share_is_more_than_the_whole() {
        assert_eq!(share(5, 10, 100), 50);
        assert_eq!(share(50, 10, 100), 100);
        assert_eq!(share(u64::MAX, u64::MAX, 100), 100);
        assert_eq!(share(0, 0, 100), 0);
    }

    #[test]
    fn thousandths_are_written_as_percent() {
        assert_eq!(
            [percent(0), percent(7), percent(1_000)],
            ["0.0%", "0.7%", "100.0%"]
        );
    }

    #[test]
    fn long_numbers_are_shortened() {
        let short = [9_999, 10_000, 999_999, 1_200_000].map(short_number);
        assert_eq!(short, ["9999", "10k", "999k", "1M"]);
    }
}
