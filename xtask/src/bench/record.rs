//! `docs/PERFORMANCE.md`: the tables stand between two marks, and nothing else of the page is touched.

use std::fs;

use crate::failure::{Context, Failure, Outcome};
use crate::workspace::Workspace;

const PAGE: &str = "docs/PERFORMANCE.md";

/// Puts what was measured of a part in place of what stood there.
pub fn write(workspace: &Workspace, part: &str, told: &str) -> Outcome {
    let path = workspace.root().join(PAGE);
    let page = fs::read_to_string(&path).context(format!("cannot read {PAGE}"))?;
    let page = replaced(&page, part, told)
        .ok_or_else(|| Failure::new(format!("{PAGE} has no marks of `{part}`")))?;
    fs::write(&path, page).context(format!("cannot write {PAGE}"))
}

/// The page with other content between the marks of a part, if it has them.
fn replaced(page: &str, part: &str, told: &str) -> Option<String> {
    let (begin, end) = (
        format!("<!-- bench {part} -->"),
        format!("<!-- end of bench {part} -->"),
    );
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!(
        "{before}{begin}\n\n{}\n\n{end}{after}",
        told.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = "# Title\n<!-- bench a -->\nold\n<!-- end of bench a -->\nwords\n<!-- bench b --><!-- end of bench b -->";
        assert_eq!(
            replaced(page, "a", "new\n").as_deref(),
            Some(
                "# Title\n<!-- bench a -->\n\nnew\n\n<!-- end of bench a -->\nwords\n<!-- bench b --><!-- end of bench b -->"
            )
        );
        let twice = replaced(page, "a", "x").and_then(|page| replaced(&page, "a", "new"));
        assert_eq!(twice, replaced(page, "a", "new"));
        assert_eq!(replaced(page, "c", "new"), None);
    }
}
