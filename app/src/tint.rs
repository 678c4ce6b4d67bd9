//! What becomes of the agency's colour. Of what somebody chose only the hue is taken: lightness and chroma are
//! those of `style/tokens.css`, so that contrast holds for every choice, in either scheme.

use csscolorparser::Color;

use crate::model::Colour;

/// Below this chroma (OKLCH) an eye sees a grey, and the hue of its numbers is chance.
const GREY: f32 = 0.03;

/// The hue of the accent, or that it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// In degrees, below 360.
    Hue(u16),
    /// The accent is ink: lightness as ever, no chroma.
    Ink,
}

impl Tint {
    /// Every tint there is.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..360).map(Self::Hue).chain([Self::Ink])
    }

    /// The tint of what was chosen. A grey has no hue: its accent is ink.
    #[must_use]
    pub fn of(colour: Colour) -> Self {
        match colour {
            Colour::Named(swatch) => swatch.hue().map_or(Self::Ink, Self::Hue),
            Colour::Own([red, green, blue]) => {
                let [_, chroma, hue, _] = Color::from_rgba8(red, green, blue, 255).to_oklcha();
                if chroma < GREY {
                    Self::Ink
                } else {
                    Self::from_degrees(hue.to_degrees())
                }
            }
        }
    }

    fn from_degrees(degrees: f32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole degrees, 0 to 359"
        )]
        let hue = degrees.round().rem_euclid(360.0) as u16;
        Self::Hue(hue)
    }

    /// The stylesheet that sets it, to follow the main one.
    #[must_use]
    pub fn stylesheet(self) -> String {
        match self {
            Self::Hue(hue) => format!("@layer tokens{{:root{{--hue:{hue}}}}}"),
            Self::Ink => "@layer tokens{:root{--tint:0}}".to_owned(),
        }
    }

    /// A colour of the accent's family as `#rrggbb`, for mails: they know neither OKLCH nor variables.
    #[must_use]
    pub fn hex(self, shade: Shade) -> String {
        let (lightness, chroma, hue) = match self {
            Self::Hue(hue) => (shade.lightness, shade.chroma, f32::from(hue)),
            Self::Ink => (shade.lightness, 0.0, 0.0),
        };
        Color::from_oklcha(lightness, chroma, hue.to_radians(), 1.0)
            .clamp()
            .to_css_hex()
            .to_string()
    }
}

/// Lightness and chroma of a token. A test holds each to `style/tokens.css`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shade {
    pub lightness: f32,
    pub chroma: f32,
}

impl Shade {
    /// `--accent`, light.
    pub const ACCENT: Self = Self::new(0.45, 0.088);
    /// `--accent`, dark.
    pub const ACCENT_IN_DARK: Self = Self::new(0.8, 0.11);
    /// `--accent-ink`, dark; in light it is white.
    pub const INK_IN_DARK: Self = Self::new(0.2, 0.03);

    const fn new(lightness: f32, chroma: f32) -> Self {
        Self { lightness, chroma }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Swatch;

    #[test]
    fn the_hue_is_taken_and_a_grey_has_none() {
        for (typed, expected) in [
            // The corners of sRGB, as CSS Color 4 gives them.
            ("#ff0000", Tint::Hue(29)),
            ("#00ff00", Tint::Hue(142)),
            ("#0000ff", Tint::Hue(264)),
            ("#ff00ff", Tint::Hue(328)),
            ("#1a5fb4", Tint::Hue(256)),
            ("#000000", Tint::Ink),
            ("#ffffff", Tint::Ink),
            ("#808080", Tint::Ink),
            ("#6b7280", Tint::Ink),
            ("#334155", Tint::Hue(257)),
        ] {
            let colour = Colour::own(typed).expect("a colour");
            assert_eq!(Tint::of(colour), expected, "{typed}");
        }
        assert_eq!(Tint::of(Colour::Named(Swatch::Ink)), Tint::Ink);
        assert_eq!(Tint::of(Colour::default()), Tint::Hue(165));
    }

    #[test]
    fn a_turn_ends_where_it_began() {
        assert_eq!(Tint::from_degrees(-0.2), Tint::Hue(0));
        assert_eq!(Tint::from_degrees(359.7), Tint::Hue(0));
        assert_eq!(Tint::from_degrees(-90.0), Tint::Hue(270));
    }
}
