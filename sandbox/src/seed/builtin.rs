//! The world that comes with the sandbox: the variety of life, with ids that never change.
//! `README.md` lists the people; keep the two together.

use super::{
    AdAccount, AssetKind, Business, LoginConfiguration, LoginToken, Person, Seed, TokenLife, chain,
};

impl Seed {
    /// The built-in world.
    pub fn builtin() -> Self {
        Self {
            people: people(),
            businesses: businesses(),
            accounts: accounts(),
            configurations: configurations(),
        }
    }
}

fn people() -> Vec<Person> {
    vec![
        Person {
            picture: Some(picture("10158801234560001")),
            ..person(
                "10158801234560001",
                "Marta Kowalska",
                Some("marta@kowalska.example"),
                &["1015880000000101", "12015880000000102", "1015880000000103"],
            )
        },
        person(
            "10158801234560002",
            "Nina Berg",
            Some("nina.berg@example.com"),
            &[],
        ),
        Person {
            picture: Some(picture("10158801234560003")),
            accounts: (1..=60).map(shop_id).collect(),
            ..person(
                "10158801234560003",
                "Henrik Sørensen",
                Some("henrik@nordkaede.example"),
                &[],
            )
        },
        Person {
            businesses: vec![
                "20188000000000001".to_owned(),
                "2018800000000002".to_owned(),
            ],
            ..person(
                "10158801234560004",
                "Priya Raman",
                Some("priya@raman.example"),
                &[],
            )
        },
        person(
            "10158801234560005",
            "Maximiliane-Alexandra Wilhelmina Freifrau von und zu Hohenstein-Langenfeld-Wittgenstein, \
             geborene Schmidt-Rottluff-Oberhausen",
            Some("maximiliane-alexandra.von-und-zu-hohenstein-langenfeld-wittgenstein@example.com"),
            &["1015880000000501", "1015880000000502"],
        ),
        Person {
            picture: Some(picture("10158801234560006")),
            ..person(
                "10158801234560006",
                "ليلى ناصر (Layla Nasser)",
                Some("layla@alnoor.example"),
                &["1015880000000601", "1015880000000602"],
            )
        },
        person(
            "10158801234560007",
            "Diego Fernández",
            Some("diego@fernandez.example"),
            &[
                "1015880000000701",
                "1015880000000702",
                "1015880000000703",
                "1015880000000704",
                "1015880000000705",
            ],
        ),
        person(
            "10158801234560008",
            "Tomasz Zieliński",
            None,
            &["1015880000000101"],
        ),
        person(
            "4815162342",
            "Zoë O’Connor & \"Sons\" <b>Ltd</b>",
            Some("zoe+ads@oconnor.example"),
            &["4815162300"],
        ),
        chain::person(),
    ]
}

fn businesses() -> Vec<Business> {
    vec![
        Business {
            id: "20188000000000001".to_owned(),
            name: "Raman & Partners Media".to_owned(),
            owned: ids(&["1015880000000401", "1015880000000402"]),
            client: ids(&["1015880000000403", "12015880000000404", "1015880000000405"]),
            ..Business::default()
        },
        Business {
            id: "2018800000000002".to_owned(),
            name: "Raman Family Office".to_owned(),
            ..Business::default()
        },
        Business {
            id: "2018800000000003".to_owned(),
            name: "Nordkæde Retail Group A/S".to_owned(),
            owned: (1..=60).map(shop_id).collect(),
            ..Business::default()
        },
    ]
}

fn accounts() -> Vec<AdAccount> {
    let mut all = vec![
        warsaw("1015880000000101", "Kowalska Ceramics", 1, 0, 7),
        warsaw("12015880000000102", "Kowalska Workshops", 1, 0, 2),
        warsaw("1015880000000103", "Kowalska Ceramics (old)", 101, 7, 1),
        kolkata("1015880000000401", "Raman & Partners – House Account", 1, 4),
        kolkata(
            "1015880000000402",
            "Raman & Partners – Lead Generation",
            1,
            3,
        ),
        kolkata("1015880000000403", "Saffron Kitchen", 1, 12),
        kolkata("12015880000000404", "Monsoon Outdoor Gear", 1, 5),
        kolkata("1015880000000405", "Blue Lotus Yoga (paused client)", 2, 0),
        AdAccount {
            campaigns: 3,
            ..account(
                "1015880000000501",
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft \
                 mit beschränkter Haftung – Zweigniederlassung Wien, Abteilung Öffentlichkeitsarbeit",
            )
        },
        AdAccount {
            campaigns: 1,
            ..account(
                "1015880000000502",
                "Hohenstein_Performance_DE_AT_CH_Prospecting_Retargeting_Always-On_2026_Q1-Q4_do-not-touch",
            )
        },
        dubai("1015880000000601", "شركة النور للتجارة", 6),
        dubai(
            "1015880000000602",
            "النور – متجر دبي (Al Noor Dubai Shop)",
            4,
        ),
        troubled("1015880000000701", "Fernández Motos – disabled", 2, 1),
        troubled("1015880000000702", "Fernández Motos – unsettled", 3, 3),
        troubled("1015880000000703", "Fernández Motos – risk review", 7, 0),
        troubled("1015880000000704", "Fernández Motos – grace period", 9, 0),
        troubled("1015880000000705", "Fernández Motos – closing", 100, 0),
        AdAccount {
            currency: "JPY".to_owned(),
            campaigns: 1,
            ..account(
                "4815162300",
                "=HYPERLINK(\"https://example.test\",\"O’Connor\")",
            )
        },
    ];
    all.extend((1..=60).map(shop));
    all.extend(chain::accounts());
    all
}

/// One of each kind: a person's token, a system user's without end, one of 60 days.
fn configurations() -> Vec<LoginConfiguration> {
    let configuration = |id: &str, name: &str, token_type, expiry| LoginConfiguration {
        id: id.to_owned(),
        name: name.to_owned(),
        token_type,
        permissions: ids(&["email", "ads_read", "business_management"]),
        expiry,
        assets: vec![AssetKind::AdAccounts],
    };
    let (person, system) = (LoginToken::User, LoginToken::SystemUser);
    vec![
        configuration("701", "Person", person, TokenLife::Endless),
        configuration("702", "Business, without end", system, TokenLife::Endless),
        configuration("703", "Business, 60 days", system, TokenLife::SixtyDays),
    ]
}

fn person(id: &str, name: &str, email: Option<&str>, accounts: &[&str]) -> Person {
    Person {
        id: id.to_owned(),
        name: name.to_owned(),
        email: email.map(str::to_owned),
        accounts: ids(accounts),
        ..Person::default()
    }
}

fn picture(id: &str) -> String {
    format!("https://scontent.xx.fbcdn.net/v/t1.30497-1/{id}_n.jpg")
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

fn account(id: &str, name: &str) -> AdAccount {
    AdAccount {
        id: id.to_owned(),
        name: name.to_owned(),
        amount_spent: 1_254_300,
        balance: 4_210,
        ..AdAccount::default()
    }
}

fn warsaw(id: &str, name: &str, status: i64, reason: i64, campaigns: u32) -> AdAccount {
    AdAccount {
        currency: "PLN".to_owned(),
        timezone_name: "Europe/Warsaw".to_owned(),
        account_status: status,
        disable_reason: reason,
        campaigns,
        ..account(id, name)
    }
}

fn kolkata(id: &str, name: &str, status: i64, campaigns: u32) -> AdAccount {
    AdAccount {
        currency: "INR".to_owned(),
        timezone_name: "Asia/Kolkata".to_owned(),
        timezone_offset_hours_utc: 5.5,
        account_status: status,
        campaigns,
        ..account(id, name)
    }
}

fn dubai(id: &str, name: &str, campaigns: u32) -> AdAccount {
    AdAccount {
        currency: "AED".to_owned(),
        timezone_name: "Asia/Dubai".to_owned(),
        timezone_offset_hours_utc: 4.0,
        campaigns,
        ..account(id, name)
    }
}

fn troubled(id: &str, name: &str, status: i64, reason: i64) -> AdAccount {
    AdAccount {
        timezone_name: "Europe/Madrid".to_owned(),
        account_status: status,
        disable_reason: reason,
        campaigns: 2,
        balance: 90_000,
        ..account(id, name)
    }
}

/// Accounts of the person with sixty.
fn shop_id(number: u32) -> String {
    format!("10158800000003{number:02}")
}

fn shop(number: u32) -> AdAccount {
    const TOWNS: [&str; 6] = [
        "København",
        "Aarhus",
        "Odense",
        "Aalborg",
        "Esbjerg",
        "Randers",
    ];
    let town = TOWNS[number as usize % TOWNS.len()];
    AdAccount {
        currency: "DKK".to_owned(),
        timezone_name: "Europe/Copenhagen".to_owned(),
        account_status: if number.is_multiple_of(17) { 2 } else { 1 },
        campaigns: number % 9,
        ..account(&shop_id(number), &format!("Nordkæde {town} {number:02}"))
    }
}
