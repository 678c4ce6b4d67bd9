/// An ad account's number in groups of four from the left, as people read it out: `1048 2290 1188`.
/// A leading `act_` is left away.
#[must_use]
pub fn account_number(number: &str) -> String {
    let digits: Vec<char> = number
        .strip_prefix("act_")
        .unwrap_or(number)
        .chars()
        .collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::account_number;

    #[test]
    fn groups_of_four() {
        assert_eq!(account_number("104822901188"), "1048 2290 1188");
        assert_eq!(account_number("act_104822901188"), "1048 2290 1188");
        assert_eq!(account_number("10482"), "1048 2");
        assert_eq!(account_number("104"), "104");
        assert_eq!(account_number(""), "");
        assert_eq!(account_number("1048229011889"), "1048 2290 1188 9");
    }
}
