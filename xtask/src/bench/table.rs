//! From what was measured to tables a person reads.

use serde_json::Value;

/// The tables of one measurement on each database.
pub fn of(measured: &[Value]) -> String {
    let Some(first) = measured.first() else {
        return String::new();
    };
    let mut lines = vec![
        format!(
            "{} clients, {} cases in the queue; {} connections that are kept, {} runs of {} s each, page and bare \
             handler by turns; medians of the runs.",
            first["rows"]["clients"],
            first["rows"]["cases"],
            first["connections"],
            first["runs"],
            first["run_seconds"],
        ),
        String::new(),
        "| page | database | bytes | bare handler, pages/s | Portico, pages/s | of the bare one (aim: 33 %) | processors' time a page | half load: p50 | p99 (aim: 20 ms) | full load: p50 | p99 | bare p99 |".to_owned(),
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|".to_owned(),
    ];
    lines.extend(pages(measured));
    lines.push(String::new());
    lines.extend(ladder(measured));
    lines.push(String::new());
    lines.push(row(measured, "what", "aim", |one| text(&one["database"])));
    lines.push(format!("|---|{}--:|", "--:|".repeat(measured.len())));
    lines.extend(
        FIGURES
            .iter()
            .map(|figure| row(measured, figure.name, figure.aim, |one| figure.of(one))),
    );
    lines.join("\n")
}

fn pages(measured: &[Value]) -> Vec<String> {
    let count = measured[0]["pages"].as_array().map_or(0, Vec::len);
    let mut lines = Vec::new();
    for index in 0..count {
        for one in measured {
            let page = &one["pages"][index];
            let rows = match page["rows"].as_u64() {
                Some(0) | None => String::new(),
                Some(rows) => format!(", {rows} rows"),
            };
            lines.push(format!(
                "| {}{rows} | {} | {} | {:.0} | {:.0} | {:.1} % | {:.2} ms | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |",
                text(&page["page"]),
                text(&one["database"]),
                page["bytes"],
                number(&page["bare_per_second"]),
                number(&page["per_second"]),
                number(&page["share"]) * 100.0,
                number(&page["processor_ms"]),
                number(&page["moderate_p50_ms"]),
                number(&page["moderate_p99_ms"]),
                number(&page["p50_ms"]),
                number(&page["p99_ms"]),
                number(&page["bare_p99_ms"]),
            ));
        }
    }
    lines
}

/// What a page is made of: its rungs, each on every database.
fn ladder(measured: &[Value]) -> Vec<String> {
    let heads = measured.iter().map(|one| {
        let database = text(&one["database"]);
        format!("{database}, pages/s | {database}, processors' time a page")
    });
    let mut lines = vec![
        format!(
            "| rung | bytes | {} |",
            heads.collect::<Vec<_>>().join(" | ")
        ),
        format!("|---|--:|{}", "--:|--:|".repeat(measured.len())),
    ];
    let rungs = measured[0]["ladder"].as_array().map_or(0, Vec::len);
    lines.extend((0..rungs).map(|index| {
        let first = &measured[0]["ladder"][index];
        let figures = measured.iter().map(|one| {
            let rung = &one["ladder"][index];
            let (rate, time) = (number(&rung["per_second"]), number(&rung["processor_ms"]));
            format!("{rate:.0} | {time:.2} ms")
        });
        let figures = figures.collect::<Vec<_>>().join(" | ");
        format!(
            "| {} | {} | {figures} |",
            text(&first["page"]),
            first["bytes"]
        )
    }));
    lines
}

/// A line of the third table.
struct Figure {
    name: &'static str,
    /// Where in what was measured.
    place: &'static str,
    unit: &'static str,
    aim: &'static str,
}

const FIGURES: [Figure; 9] = [
    figure("Memory, idle", "/memory/idle_mib", "MiB", "40 MiB"),
    figure(
        "Memory after 10,000 page views",
        "/memory/after_mib",
        "MiB",
        "60 MiB",
    ),
    figure(
        "Memory at its highest meanwhile",
        "/memory/highest_mib",
        "MiB",
        "–",
    ),
    figure(
        "Start to `/readyz`, median",
        "/start/median_ms",
        "ms",
        "300 ms",
    ),
    figure(
        "Start to `/readyz`, longest",
        "/start/longest_ms",
        "ms",
        "–",
    ),
    figure(
        "One capture, our own time, median",
        "/capture/own_ms",
        "ms",
        "25 ms",
    ),
    figure(
        "One capture, our own time, p99",
        "/capture/own_p99_ms",
        "ms",
        "–",
    ),
    figure(
        "One capture with Meta's time, median",
        "/capture/whole_ms",
        "ms",
        "–",
    ),
    figure("Calls of Meta in one capture", "/capture/calls", "", "–"),
];

const fn figure(
    name: &'static str,
    place: &'static str,
    unit: &'static str,
    aim: &'static str,
) -> Figure {
    Figure {
        name,
        place,
        unit,
        aim,
    }
}

impl Figure {
    fn of(&self, measured: &Value) -> String {
        let value = measured.pointer(self.place).map_or(f64::NAN, number);
        let value = match self.unit {
            "" => format!("{value:.0}"),
            unit => format!("{value:.1} {unit}"),
        };
        value.trim().to_owned()
    }
}

fn row(measured: &[Value], name: &str, aim: &str, of: impl Fn(&Value) -> String) -> String {
    let values: Vec<String> = measured.iter().map(of).collect();
    format!("| {name} | {} | {aim} |", values.join(" | "))
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;

    #[test]
    fn each_page_stands_once_for_each_database() {
        let measured = |database: &str, share: f64| {
            json!({
                "database": database,
                "rows": {"clients": 1000, "cases": 100},
                "connections": 4, "runs": 5, "run_seconds": 2.0,
                "pages": [{
                    "page": "Queue", "rows": 100, "bytes": 274_619, "per_second": 17.4, "p50_ms": 206.14,
                    "p99_ms": 266.8, "processor_ms": 7.25, "moderate_p50_ms": 9.14, "moderate_p99_ms": 12.3, "bare_per_second": 16_224.9, "bare_p99_ms": 0.8, "share": share,
                }],
                "ladder": [{"page": "Health", "bytes": 2, "per_second": 20_000.4, "processor_ms": 0.08}],
                "memory": {"idle_mib": 21.3, "after_mib": 99.44, "highest_mib": 100.2},
                "start": {"median_ms": 21.7, "longest_ms": 22.0},
                "capture": {"own_ms": 7.36, "own_p99_ms": 16.5, "whole_ms": 9.0, "calls": 5.0},
            })
        };
        let told = of(&[
            measured("SQLite 3", 0.0012),
            measured("PostgreSQL 15", 0.334),
        ]);
        assert!(told.contains(
            "| Queue, 100 rows | SQLite 3 | 274619 | 16225 | 17 | 0.1 % | 7.25 ms | 9.1 ms | 12.3 ms | 206.1 ms | 266.8 ms | 0.8 ms |\n\
             | Queue, 100 rows | PostgreSQL 15 | 274619 | 16225 | 17 | 33.4 % |"
        ), "{told}");
        assert!(
            told.contains("| Health | 2 | 20000 | 0.08 ms | 20000 | 0.08 ms |"),
            "{told}"
        );
        assert!(
            told.contains("| what | SQLite 3 | PostgreSQL 15 | aim |\n|---|--:|--:|--:|"),
            "{told}"
        );
        assert!(
            told.contains("| Memory after 10,000 page views | 99.4 MiB | 99.4 MiB | 60 MiB |"),
            "{told}"
        );
        assert!(
            told.contains("| Calls of Meta in one capture | 5 | 5 | – |"),
            "{told}"
        );
        assert!(!told.contains("NaN"), "{told}");
    }

    #[test]
    fn what_is_missing_is_seen() {
        assert!(of(&[json!({"pages": [{}]})]).contains("NaN"));
    }
}
