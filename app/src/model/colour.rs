//! The agency's colour, as it is chosen and stored.

use super::state::codes;

codes! {
    /// The colours that have a name. Each is a hue; `Ink` has none.
    Swatch {
        Spruce = "spruce", Teal = "teal", Harbour = "harbour", Blue = "blue", Indigo = "indigo",
        Violet = "violet", Plum = "plum", Raspberry = "raspberry", Brick = "brick",
        Chestnut = "chestnut", Olive = "olive", Moss = "moss", Ink = "ink",
    }
}

impl Swatch {
    /// Its hue in OKLCH, in degrees; `None` for ink.
    #[must_use]
    pub const fn hue(self) -> Option<u16> {
        Some(match self {
            Self::Spruce => 165,
            Self::Teal => 195,
            Self::Harbour => 225,
            Self::Blue => 255,
            Self::Indigo => 280,
            Self::Violet => 305,
            Self::Plum => 335,
            Self::Raspberry => 5,
            Self::Brick => 30,
            Self::Chestnut => 55,
            Self::Olive => 110,
            Self::Moss => 140,
            Self::Ink => return None,
        })
    }
}

/// What an agency has chosen: a named colour, or its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Named(Swatch),
    /// Red, green and blue, as it was typed. Pages take the hue of it.
    Own([u8; 3]),
}

impl Default for Colour {
    fn default() -> Self {
        Self::Named(Swatch::Spruce)
    }
}

impl Colour {
    /// As it is stored: the name of a swatch, or `#rrggbb`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Named(swatch) => swatch.code().to_owned(),
            Self::Own([red, green, blue]) => format!("#{red:02x}{green:02x}{blue:02x}"),
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Swatch::from_code(code)
            .map(Self::Named)
            .or_else(|| Self::own(code))
    }

    /// From what a person types: `#1a5fb4`, without the sign too, or three digits.
    #[must_use]
    pub fn own(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let digits = typed.strip_prefix('#').unwrap_or(typed);
        let digit = |c: char| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let digits: Vec<u8> = digits.chars().map(digit).collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Self::Own([r * 17, g * 17, b * 17])),
            [r, r2, g, g2, b, b2] => Some(Self::Own([r * 16 + r2, g * 16 + g2, b * 16 + b2])),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_people_write_them() {
        let blue = Some(Colour::Own([0x1a, 0x5f, 0xb4]));
        for typed in ["#1a5fb4", "1A5FB4", " #1a5Fb4 "] {
            assert_eq!(Colour::own(typed), blue, "{typed}");
        }
        assert_eq!(Colour::own("#fa0"), Some(Colour::Own([0xff, 0xaa, 0])));
        for typed in ["", "#", "blue", "#12345", "#1234567", "##123456", "#12345é"] {
            assert_eq!(Colour::own(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let named = Swatch::ALL.iter().map(|swatch| Colour::Named(*swatch));
        for colour in named.chain([Colour::Own([1, 160, 255])]) {
            assert_eq!(Colour::from_code(&colour.code()), Some(colour));
        }
        assert_eq!(Colour::from_code("mauve"), None);
    }
}
