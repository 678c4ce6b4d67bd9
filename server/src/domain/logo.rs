//! Whether a file can be an agency's logo.

use app::{
    model::Problem,
    validate::{LOGO_KIB, LOGO_PIXELS},
};
use imagesize::ImageType;

/// The kinds of picture that a logo may be, known by the first bytes of the file and not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    Webp,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Webp];

    /// As it is stored, and the ending of the name that it is served under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// What is known of a picture without painting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
}

/// The largest file, in bytes.
pub const BYTES_MAX: usize = LOGO_KIB as usize * 1024;

/// Reads the header of a file.
///
/// # Errors
/// Why it cannot be a logo, in a closed code for the person who chose it.
pub fn examine(bytes: &[u8]) -> Result<Facts, Problem> {
    if bytes.len() > BYTES_MAX {
        return Err(Problem::FileTooLarge(LOGO_KIB));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => Kind::Png,
        Ok(ImageType::Jpeg) => Kind::Jpeg,
        Ok(ImageType::Webp) => Kind::Webp,
        _ => return Err(Problem::NotAPicture),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| Problem::NotAPicture)?;
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let (width, height) = (side(size.width), side(size.height));
    let (min, max) = (*LOGO_PIXELS.start(), *LOGO_PIXELS.end());
    if width.max(height) > max {
        return Err(Problem::PictureTooLarge(max));
    }
    if width.min(height) < min {
        return Err(Problem::PictureTooSmall(min));
    }
    Ok(Facts {
        kind,
        width,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header of a PNG of this size, as the standard lays it out.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    /// Start, application segment and frame header of a JPEG.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes
    }

    /// An extended WebP: sizes less one, in 24 bits.
    fn webp(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        bytes.extend(&(width - 1).to_le_bytes()[..3]);
        bytes.extend(&(height - 1).to_le_bytes()[..3]);
        bytes
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        for (bytes, kind) in [
            (png(320, 96), Kind::Png),
            (jpeg(320, 96), Kind::Jpeg),
            (webp(320, 96), Kind::Webp),
        ] {
            let facts = Facts {
                kind,
                width: 320,
                height: 96,
            };
            assert_eq!(examine(&bytes), Ok(facts));
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(Kind::from_code("svg"), None);
    }

    #[test]
    fn what_is_no_picture_of_these_kinds_is_refused() {
        for bytes in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
            b"GIF89a\x40\x01\x40\x01",
            b"<script>alert(1)</script>",
            // The first bytes alone.
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"RIFF\0\0\0\0WEBPVP8X",
        ] {
            assert_eq!(examine(bytes), Err(Problem::NotAPicture), "{bytes:?}");
        }
    }

    #[test]
    fn the_limits_are_those_that_the_page_names() {
        assert!(examine(&png(2_000, 32)).is_ok());
        let too_large = Err(Problem::PictureTooLarge(2_000));
        assert_eq!(examine(&png(2_001, 32)), too_large);
        assert_eq!(examine(&png(32, u32::MAX)), too_large);
        let too_small = Err(Problem::PictureTooSmall(32));
        assert_eq!(examine(&png(320, 31)), too_small);
        assert_eq!(examine(&png(0, 0)), too_small);
        let mut file = png(320, 96);
        file.resize(BYTES_MAX, 0);
        assert!(examine(&file).is_ok());
        file.push(0);
        assert_eq!(examine(&file), Err(Problem::FileTooLarge(200)));
    }
}
