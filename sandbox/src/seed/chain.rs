//! A person with three thousand ad accounts: somebody at the head of a chain of shops, in many
//! countries and scripts.

use super::{AdAccount, Person};

/// How many accounts the person has.
const COUNT: u32 = 3000;

struct Country {
    /// What the chain is called there.
    brand: &'static str,
    towns: [&'static str; 4],
    currency: &'static str,
    timezone: &'static str,
    offset: f64,
}

const COUNTRIES: [Country; 10] = [
    country(
        "Bäckerei Sonnenschein",
        ["Köln", "Düsseldorf", "Gießen", "Würzburg"],
        "EUR",
        "Europe/Berlin",
        1.0,
    ),
    country(
        "Boulangerie Soleil",
        ["Orléans", "Nîmes", "Besançon", "L’Haÿ-les-Roses"],
        "EUR",
        "Europe/Paris",
        1.0,
    ),
    country(
        "Piekarnia Słońce",
        ["Łódź", "Kraków", "Gdańsk", "Świnoujście"],
        "PLN",
        "Europe/Warsaw",
        1.0,
    ),
    country(
        "مخبز الشمس",
        ["القاهرة", "الإسكندرية", "الجيزة", "أسوان"],
        "EGP",
        "Africa/Cairo",
        2.0,
    ),
    country(
        "ひまわりベーカリー",
        ["東京", "大阪", "札幌", "那覇"],
        "JPY",
        "Asia/Tokyo",
        9.0,
    ),
    country(
        "Φούρνος Ήλιος",
        ["Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Ηράκλειο"],
        "EUR",
        "Europe/Athens",
        2.0,
    ),
    country(
        "सूरज बेकरी",
        ["मुंबई", "दिल्ली", "जयपुर", "कोच्चि"],
        "INR",
        "Asia/Kolkata",
        5.5,
    ),
    country(
        "Güneş Fırını",
        ["İstanbul", "İzmir", "Eskişehir", "Muğla"],
        "TRY",
        "Europe/Istanbul",
        3.0,
    ),
    country(
        "Panadería Sol",
        ["A Coruña", "Logroño", "Cáceres", "Málaga"],
        "EUR",
        "Europe/Madrid",
        1.0,
    ),
    country(
        "Пекарня «Сонце»",
        ["Київ", "Львів", "Одеса", "Чернівці"],
        "UAH",
        "Europe/Kyiv",
        2.0,
    ),
];

const fn country(
    brand: &'static str,
    towns: [&'static str; 4],
    currency: &'static str,
    timezone: &'static str,
    offset: f64,
) -> Country {
    Country {
        brand,
        towns,
        currency,
        timezone,
        offset,
    }
}

pub(super) fn person() -> Person {
    Person {
        id: "10158801234560010".to_owned(),
        name: "Aurora Lindqvist-Okafor".to_owned(),
        email: Some("aurora@sonne-soleil.example".to_owned()),
        accounts: (1..=COUNT).map(id).collect(),
        ..Person::default()
    }
}

pub(super) fn accounts() -> impl Iterator<Item = AdAccount> {
    (1..=COUNT).map(account)
}

fn id(number: u32) -> String {
    format!("1015889{number:09}")
}

fn account(number: u32) -> AdAccount {
    let country = &COUNTRIES[number as usize % COUNTRIES.len()];
    let town = country.towns[number as usize / COUNTRIES.len() % country.towns.len()];
    let (account_status, disable_reason) = status(number);
    AdAccount {
        id: id(number),
        name: format!("{} {town} {number:04}", country.brand),
        currency: country.currency.to_owned(),
        timezone_name: country.timezone.to_owned(),
        timezone_offset_hours_utc: country.offset,
        account_status,
        disable_reason,
        campaigns: number % 7,
        amount_spent: u64::from(number) * 1370,
        balance: u64::from(number % 50) * 100,
        ..AdAccount::default()
    }
}

/// Most are active; about one in five is in one of the other states.
fn status(number: u32) -> (i64, i64) {
    match number {
        n if n.is_multiple_of(13) => (2, i64::from(n / 13 % 15) + 1),
        n if n.is_multiple_of(17) => (3, 3),
        n if n.is_multiple_of(29) => (9, 0),
        n if n.is_multiple_of(31) => (101, 7),
        n if n.is_multiple_of(97) => (7, 0),
        n if n.is_multiple_of(101) => (100, 0),
        n if n.is_multiple_of(103) => (8, 0),
        _ => (1, 0),
    }
}
