//! Letters that stand for a name, on pages and in mails.

/// Up to two letters that stand for a person: of the first and the last word. One letter where letters join
/// (Arabic), the sign itself for a name of signs only, nothing for an empty name.
#[must_use]
pub fn initials(name: &str) -> String {
    let letters: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .collect();
    let joins = |c: &char| ('\u{0600}'..='\u{08FF}').contains(c);
    match letters.as_slice() {
        [] => name
            .chars()
            .find(|c| !c.is_whitespace())
            .map(String::from)
            .unwrap_or_default(),
        [only] => upper(*only),
        [first, ..] if joins(first) => first.to_string(),
        [first, .., last] => upper(*first) + &upper(*last),
    }
}

fn upper(letter: char) -> String {
    letter.to_uppercase().take(1).collect()
}

/// The first letter of the agency's name, for its sign.
#[must_use]
pub fn agency_initial(name: &str) -> String {
    initials(name).chars().take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_every_kind_of_name() {
        for (name, expected) in [
            ("Marta Kowalska", "MK"),
            ("marta anna kowalska", "MK"),
            ("Cher", "C"),
            ("  spaced   out  ", "SO"),
            ("شركة النور للتجارة", "ش"),
            ("田中 太郎", "田太"),
            ("ßimon übel", "SÜ"),
            ("🎨 Studio", "S"),
            ("🎨", "🎨"),
            ("(Ada) \"Lovelace\"", "AL"),
            ("", ""),
            ("   ", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
        assert_eq!(agency_initial("Northlight Studio"), "N");
    }
}
