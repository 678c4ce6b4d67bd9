//! Words that depend on a number, for where the catalogue is not: it decides which plural a number takes, on the
//! server, and the browser gets the outcome.

/// Where the number stands in packed words.
const NUMBER: char = '#';

/// Packs what `words` says for each of `numbers` (which are in order) into one text: a line where the words
/// change, with the number from which on they hold.
#[must_use]
pub fn pack(numbers: impl IntoIterator<Item = u64>, words: impl Fn(u64) -> String) -> String {
    let mut packed = String::new();
    let mut last = String::new();
    for number in numbers {
        let digits = number.to_string();
        let form = words(number).replacen(&digits, NUMBER.encode_utf8(&mut [0; 4]), 1);
        if form != last {
            if !packed.is_empty() {
                packed.push('\n');
            }
            packed.push_str(&digits);
            packed.push(' ');
            packed.push_str(&form);
            last = form;
        }
    }
    packed
}

/// The words for a number, from what [`pack`] has made.
#[must_use]
pub fn unpack(packed: &str, number: u64) -> String {
    let mut form = "";
    for line in packed.lines() {
        let Some((from, words)) = line.split_once(' ') else {
            continue;
        };
        match from.parse::<u64>() {
            Ok(from) if from <= number => form = words,
            _ => break,
        }
    }
    match form.split_once(NUMBER) {
        Some((before, after)) => [before, &number.to_string(), after].concat(),
        None => form.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Polish: one, a few, many; and a few again from 22 on.
    fn polish(number: u64) -> String {
        let is_few = (2..=4).contains(&(number % 10)) && !(12..=14).contains(&(number % 100));
        match number {
            0 => "nic".to_owned(),
            1 => "1 minuta".to_owned(),
            _ if is_few => format!("{number} minuty"),
            _ => format!("{number} minut"),
        }
    }

    #[test]
    fn every_number_gets_its_own_words_back() {
        let packed = pack(0..=120, polish);
        for number in 0..=120 {
            assert_eq!(unpack(&packed, number), polish(number));
        }
    }

    #[test]
    fn a_line_where_the_words_change() {
        let packed = pack(1..=20, |number| match number {
            1 => "one day ago".to_owned(),
            _ => format!("{number} days ago"),
        });
        assert_eq!(packed, "1 one day ago\n2 # days ago");
        assert_eq!(unpack(&packed, 40), "40 days ago", "past the last one");
    }

    #[test]
    fn nothing_says_nothing() {
        assert_eq!(unpack("", 3), "");
        assert_eq!(unpack("2 # days", 1), "");
    }
}
