//! How the names and addresses of clients are compared.
//!
//! Databases fold text each in their own way (SQLite knows ASCII only), so names are folded here, stored
//! beside the original and compared byte by byte.

use unicode_normalization::UnicodeNormalization as _;

/// A name folded for searching (`search_name`): compatibility forms unified (NFKC), lowercase, and any
/// run of white space one space. Fold what is searched for in the same way.
#[must_use]
pub fn fold_name(name: &str) -> String {
    collapse(&fold(name))
}

/// A name folded for ordering (`sort_name`): as [`fold_name`], without the accents of Latin, Greek and
/// Cyrillic letters, so that *Émile* stands beside *Emil* and not behind *Zoe*.
#[must_use]
pub fn sort_name(name: &str) -> String {
    let plain: String = fold(name).nfd().filter(|c| !is_accent(*c)).collect();
    collapse(&plain.nfc().collect::<String>())
}

/// An e-mail address folded for comparing: trimmed, NFKC, lowercase. Two addresses of one agency's
/// clients may not be equal in this form. Mail goes to the address as it was typed.
#[must_use]
pub fn fold_email(email: &str) -> String {
    fold(email).trim().to_owned()
}

/// NFKC and lowercase. Lowercasing may give letters that are not composed (`İ`), hence the second NFKC.
fn fold(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    composed.to_lowercase().nfkc().collect()
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The block *Combining Diacritical Marks*. Marks of other scripts are letters of their own there.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_fold_beyond_ascii() {
        assert_eq!(fold_name("  MÜLLER\u{a0}&\t\n SÖHNE  "), "müller & söhne");
        assert_eq!(fold_name("Muller"), "muller");
        assert_eq!(fold_name("ＡＣＭＥ ﬁlms"), "acme films");
        assert_eq!(fold_name("Mu\u{308}ller"), fold_name("Müller"));
        assert_eq!(fold_name("متجر النور"), "متجر النور");
        assert_eq!(fold_name(""), "");
    }

    #[test]
    fn names_sort_without_accents() {
        let mut names = ["Zoe", "Émile", "Emma", "Emil", "Ångström", "Čapek"];
        names.sort_by_key(|name| sort_name(name));
        assert_eq!(names, ["Ångström", "Čapek", "Emil", "Émile", "Emma", "Zoe"]);
    }

    #[test]
    fn marks_of_other_scripts_stay() {
        assert_eq!(sort_name("हिन्दी"), "हिन्दी");
    }

    #[test]
    fn addresses_fold_to_one() {
        assert_eq!(fold_email(" Anna@Example.COM\n"), "anna@example.com");
        assert_eq!(fold_email("ＡＮＮＡ@example.com"), "anna@example.com");
        assert_ne!(
            fold_email("anna@example.com"),
            fold_email("ana@example.com")
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold_name(&fold_name(&text)), fold_name(&text));
            prop_assert_eq!(fold_email(&fold_email(&text)), fold_email(&text));
        }

        #[test]
        fn case_does_not_matter(text in "[a-zäöüßéñčžж ]{0,20}") {
            prop_assert_eq!(fold_name(&text.replace('ß', "x").to_uppercase()), fold_name(&text.replace('ß', "x")));
        }

        #[test]
        fn white_space_is_single(text in any::<String>()) {
            let folded = fold_name(&text);
            prop_assert!(!folded.contains("  "));
            prop_assert_eq!(folded.trim(), &folded);
        }
    }
}
