//! Small things done with files.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::{Context, Outcome};

/// Writes a file that only its owner can read; what was there is replaced.
pub fn write_private(path: &Path, content: &str) -> Outcome {
    let beside = path.with_extension("new");
    if beside.exists() {
        fs::remove_file(&beside).context(format!("cannot remove {}", beside.display()))?;
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)
        .and_then(|mut file| file.write_all(content.as_bytes()))
        .and_then(|()| fs::rename(&beside, path))
        .context(format!("cannot write {}", path.display()))
}

/// Writes a file unless it already says just that, so that nobody takes it for changed.
pub fn write_if_changed(path: &Path, content: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).context(format!("cannot write {}", path.display()))
}

/// Makes a folder, or takes away what is in it.
pub fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).context(format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).context(format!("cannot make {}", folder.display()))
}

/// Every file below a folder, sorted.
pub fn below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).context(format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry
                .context(format!("cannot read {}", folder.display()))?
                .path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// One digest over names and contents.
pub fn digest(files: &[PathBuf]) -> Outcome<String> {
    let mut hasher = Sha256::new();
    for path in files {
        let content = fs::read(path).context(format!("cannot read {}", path.display()))?;
        hasher.update(path.to_string_lossy().as_bytes());
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(&content);
    }
    Ok(hex(&hasher.finalize()))
}

/// `bytes` random bytes from the system, in hexadecimal.
pub fn random_hex(bytes: usize) -> Outcome<String> {
    let mut buffer = vec![0; bytes];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut buffer))
        .context("cannot read random bytes")?;
    Ok(hex(&buffer))
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_private_file_is_private_also_when_it_replaces_an_open_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("run.json");
        fs::write(&path, "old").expect("write");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("mode");
        write_private(&path, "new").expect("write");
        assert_eq!(fs::read_to_string(&path).expect("read"), "new");
        let mode = fs::metadata(&path).expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_digest_changes_with_content_and_with_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let one = folder.path().join("one");
        let two = folder.path().join("two");
        fs::write(&one, "a").expect("write");
        fs::write(&two, "a").expect("write");
        let first = digest(std::slice::from_ref(&one)).expect("digest");
        assert_ne!(first, digest(&[two]).expect("digest"));
        fs::write(&one, "b").expect("write");
        assert_ne!(first, digest(&[one]).expect("digest"));
    }
}
