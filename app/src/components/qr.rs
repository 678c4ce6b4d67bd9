use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around the code, which the standard asks for (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A QR code, dark on white in either scheme: many apps read no other. Nothing for a text that is too long.
/// `label` says what it is to those who do not see it; what it holds stands beside it in letters.
pub fn qr(text: &str, label: String) -> Option<AnyView> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let edge = code.size() + 2 * QUIET;
    Some(
        view! {
            <svg class="qr" viewBox=format!("0 0 {edge} {edge}") width="216" height="216" role="img" aria-label=label>
                <rect width=edge.to_string() height=edge.to_string() />
                <path d=modules(&code) />
            </svg>
        }
        .into_any(),
    )
}

/// The dark modules as one path: a stroke for each run in a row.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let run = x - start;
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, y + QUIET);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let code = QrCode::encode_text("otpauth://totp/a:b?secret=GEZD", QrCodeEcc::Medium)
            .expect("a short text");
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let path = modules(&code);
        let drawn: usize = path
            .split('h')
            .skip(1)
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        assert!(
            path.starts_with("M4 4h7v1h-7z"),
            "the finder pattern's edge"
        );
    }
}
