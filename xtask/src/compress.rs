//! The compressed forms that lie beside each file of the site.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Context, Outcome};
use crate::workspace::Profile;

/// The best that brotli gives; slow, so for releases only.
const BROTLI_BEST: u32 = 11;
const BROTLI_QUICK: u32 = 4;
/// 2 to the power of this is how far brotli looks back: the largest that browsers must take.
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 64 * 1024;

/// As brotli.
pub fn brotli(content: &[u8], profile: Profile) -> Outcome<Vec<u8>> {
    let quality = match profile {
        Profile::Debug => BROTLI_QUICK,
        Profile::Release => BROTLI_BEST,
    };
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, BUFFER, quality, BROTLI_WINDOW);
    writer.write_all(content).context("cannot compress")?;
    writer.flush().context("cannot compress")?;
    drop(writer);
    Ok(compressed)
}

/// As gzip.
pub fn gzip(content: &[u8], profile: Profile) -> Outcome<Vec<u8>> {
    let level = match profile {
        Profile::Debug => Compression::fast(),
        Profile::Release => Compression::best(),
    };
    let mut writer = GzEncoder::new(Vec::new(), level);
    writer.write_all(content).context("cannot compress")?;
    writer.finish().context("cannot compress")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_forms_unpack_to_the_same() {
        let content = b"a portico has columns ".repeat(50);
        let mut unpacked = Vec::new();
        let packed = gzip(&content, Profile::Release).expect("gzip");
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut unpacked)
            .expect("gzip");
        assert_eq!(unpacked, content);

        let mut unpacked = Vec::new();
        let packed = brotli(&content, Profile::Release).expect("brotli");
        assert!(packed.len() < content.len());
        brotli::Decompressor::new(packed.as_slice(), BUFFER)
            .read_to_end(&mut unpacked)
            .expect("brotli");
        assert_eq!(unpacked, content);
    }
}
