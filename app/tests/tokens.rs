//! The tokens of `style/tokens.css`: whatever colour an agency chooses, everybody can read it. And the named
//! colours of `style/settings.css` are those of the code.
#![cfg(feature = "ssr")]

use std::collections::BTreeMap;

use app::model::{Colour, Swatch};
use app::tint::{Shade, Tint};
use csscolorparser::Color;

const TOKENS: &str = include_str!("../../style/tokens.css");
const SETTINGS: &str = include_str!("../../style/settings.css");

/// What a token is in light and in dark, as it stands in the stylesheet.
type Tokens = BTreeMap<String, [String; 2]>;

/// Every token that is `light-dark(a, b)`.
fn tokens() -> Tokens {
    let mut tokens = Tokens::new();
    for declaration in TOKENS.split(';') {
        let Some((name, value)) = declaration
            .split_once("--")
            .and_then(|(_, declared)| declared.split_once(':'))
        else {
            continue;
        };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(inner) = value
            .strip_prefix("light-dark(")
            .and_then(|rest| rest.strip_suffix(')'))
        else {
            continue;
        };
        let (light, dark) = inner.split_once("),").expect("two colours");
        let both = [format!("{})", light.trim()), dark.trim().to_owned()];
        tokens.insert(name.to_owned(), both);
    }
    tokens
}

/// A colour of the stylesheet in this tint, as a screen of sRGB shows it: what is beyond is cut off.
fn shown(token: &str, tint: Tint) -> Color {
    let (hue, strength) = match tint {
        Tint::Hue(hue) => (hue, 1.0),
        Tint::Ink => (0, 0.0),
    };
    let mut words = token.replace("var(--hue)", &hue.to_string());
    if let Some((before, rest)) = words.clone().split_once("calc(") {
        let (chroma, after) = rest.split_once(" * var(--tint))").expect("a chroma");
        let chroma: f32 = chroma.parse().expect("a number");
        words = format!("{before}{}{after}", chroma * strength);
    }
    let colour: Color = words.parse().unwrap_or_else(|_| panic!("{words}"));
    let [red, green, blue, _] = colour.clamp().to_rgba8();
    Color::from_rgba8(red, green, blue, 255)
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: &Color) -> f32 {
    let [red, green, blue, _] = colour.to_linear_rgba();
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: &Color, other: &Color) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The least contrast of two tokens over every tint, and where.
fn least(tokens: &Tokens, text: &str, ground: &str) -> (f32, Tint, &'static str) {
    let mut least = (f32::MAX, Tint::Ink, "");
    for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
        for tint in Tint::all() {
            let of = |token: &str| shown(&tokens[token][scheme], tint);
            let found = contrast(&of(text), &of(ground));
            if found < least.0 {
                least = (found, tint, name);
            }
        }
    }
    least
}

#[test]
fn the_measure_is_that_of_the_standard() {
    let colour = |code: &str| code.parse::<Color>().expect("a colour");
    let of = |one, other| contrast(&colour(one), &colour(other));
    assert!((of("#000", "#fff") - 21.0).abs() < 0.01);
    assert!((of("#777", "#fff") - 4.48).abs() < 0.01);
}

#[test]
fn text_in_every_tint_can_be_read() {
    let tokens = tokens();
    for (text, ground) in [
        ("accent", "paper"),
        ("accent", "surface"),
        ("accent", "sunken"),
        ("accent", "accent-wash"),
        ("accent-strong", "paper"),
        ("accent-strong", "surface"),
        ("accent-strong", "sunken"),
        ("accent-strong", "accent-wash"),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-strong"),
        ("ink", "accent-wash"),
        ("soft", "accent-wash"),
        ("warn", "accent-wash"),
        ("bad", "accent-wash"),
        ("good", "accent-wash"),
    ] {
        let (found, tint, scheme) = least(&tokens, text, ground);
        assert!(
            found >= 4.5,
            "{text} on {ground}: {found:.2} in {tint:?}, {scheme}"
        );
    }
}

/// Mails know no variables: their colours are written out, in the same shades.
#[test]
fn shades_of_mails_are_those_of_pages() {
    let tokens = tokens();
    for (name, scheme, shade) in [
        ("accent", 0, Shade::ACCENT),
        ("accent", 1, Shade::ACCENT_IN_DARK),
        ("accent-ink", 1, Shade::INK_IN_DARK),
    ] {
        for tint in Tint::all() {
            let page = shown(&tokens[name][scheme], tint);
            assert_eq!(tint.hex(shade), page.to_css_hex().to_string(), "{name}");
        }
    }
    let white = Color::from_rgba8(255, 255, 255, 255);
    assert_eq!(shown(&tokens["accent-ink"][0], Tint::Ink), white);
}

/// The grounds of `server/src/mail/templates/layout.html`.
#[test]
fn mails_in_every_tint_can_be_read() {
    let colour = |code: &str| code.parse::<Color>().expect("a colour");
    for tint in Tint::all() {
        let [light, dark, ink] = [Shade::ACCENT, Shade::ACCENT_IN_DARK, Shade::INK_IN_DARK]
            .map(|shade| colour(&tint.hex(shade)));
        for (text, ground) in [
            (&colour("#ffffff"), &light),
            (&light, &colour("#ffffff")),
            (&ink, &dark),
            (&dark, &colour("#1f1c18")),
        ] {
            let found = contrast(text, ground);
            assert!(found >= 4.5, "{tint:?}: {found:.2}");
        }
    }
}

/// The rules of a stylesheet: what they are for, and what they set.
fn rule<'a>(css: &'a str, selector: &str) -> &'a str {
    let (_, rest) = css.split_once(selector).expect(selector);
    let (_, rest) = rest.split_once('{').expect("a rule");
    rest.split_once('}').expect("its end").0
}

#[test]
fn named_colours_are_those_of_the_code() {
    for swatch in Swatch::ALL {
        let code = swatch.code();
        let (hue, strength) = match swatch.hue() {
            Some(hue) => (format!("--hue: {hue};"), "--tint: 1;"),
            None => (String::new(), "--tint: 0;"),
        };
        for selector in [
            format!(".colour.{code},"),
            format!(".settings:has([value=\"{code}\"]:checked) .preview"),
        ] {
            let rule = rule(SETTINGS, &selector);
            assert!(rule.contains(&hue) && rule.contains(strength), "{code}");
        }
    }
}

#[test]
fn pages_have_the_first_colour_by_themselves() {
    let Tint::Hue(hue) = Tint::of(Colour::default()) else {
        panic!("a hue");
    };
    assert!(TOKENS.contains(&format!("--hue: {hue};")));
    assert!(TOKENS.contains("--tint: 1;"));
}
