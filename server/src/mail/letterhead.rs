use app::initials::agency_initial;
use minijinja::{Value, context};

use super::words::{line, name};

/// Pixels that a logo takes at most. No mail program is told more than width and height: some know no styles.
const LOGO_WIDTH: u32 = 160;
const LOGO_HEIGHT: u32 = 40;

/// Whose mail it is, and how it looks.
#[derive(Clone, Debug)]
pub struct Letterhead {
    pub agency: String,
    pub logo: Option<Logo>,
    pub accent: Accent,
}

/// The agency's logo.
#[derive(Clone, Debug)]
pub struct Logo {
    /// The whole address.
    pub url: String,
    /// In pixels, as the file says.
    pub width: u32,
    pub height: u32,
    /// Empty where it shows but the name, which stands beside it.
    pub alt: String,
}

/// The agency's colour as `#rrggbb`: mail programs know no other way to write one.
#[derive(Clone, Debug)]
pub struct Accent {
    /// White can be read on it, and it can be read on white.
    pub light: String,
    /// For programs in the dark.
    pub in_dark: String,
    /// What is written on the latter.
    pub ink_in_dark: String,
}

impl Letterhead {
    /// For the templates.
    pub(super) fn context(&self) -> Value {
        let Accent {
            light,
            in_dark,
            ink_in_dark,
        } = &self.accent;
        context! {
            agency => name(&self.agency),
            initial => agency_initial(&line(&self.agency)),
            logo => self.logo.as_ref().map(Logo::context),
            accent => context! { light, in_dark, ink_in_dark },
        }
    }
}

impl Logo {
    fn context(&self) -> Value {
        let (url, (width, height)) = (&self.url, self.shown());
        context! { url, width, height, alt => line(&self.alt) }
    }

    /// Width and height as it is shown: never larger than it is, and as wide for its height.
    fn shown(&self) -> (u32, u32) {
        let (width, height) = (self.width.max(1), self.height.max(1));
        // As high as it may be, unless it is too wide then.
        let high = height.min(LOGO_HEIGHT);
        let wide = width * high / height;
        if wide <= LOGO_WIDTH {
            (wide.max(1), high)
        } else {
            (LOGO_WIDTH, (height * LOGO_WIDTH / width).max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_keeps_its_shape() {
        for (size, expected) in [
            ((192, 192), (40, 40)),
            ((320, 80), (160, 40)),
            ((2_000, 200), (160, 16)),
            ((200, 2_000), (4, 40)),
            ((32, 32), (32, 32)),
            ((2_000, 32), (160, 2)),
        ] {
            let logo = Logo {
                url: String::new(),
                width: size.0,
                height: size.1,
                alt: String::new(),
            };
            assert_eq!(logo.shown(), expected, "{size:?}");
        }
    }
}
