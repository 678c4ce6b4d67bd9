//! Who is in the rows: made-up people with made-up businesses, as many as are wanted.

use serde_json::{Value, json};

const FIRST: [&str; 12] = [
    "Marta",
    "Jonas",
    "Aisha",
    "Tomasz",
    "Priya",
    "Henrik",
    "Lucía",
    "Nikolaos",
    "Zofia",
    "Émile",
    "Layla",
    "Bartholomäus",
];
const LAST: [&str; 15] = [
    "Kowalska",
    "Berg",
    "Haddad",
    "Zieliński",
    "Raman",
    "Sørensen",
    "Fernández",
    "Papadopoulos",
    "Nowak",
    "Lefèvre",
    "Nasser",
    "Müller-Lüdenscheidt",
    "O’Connor",
    "Øvergård",
    "Săvulescu",
];
const TRADE: [&str; 11] = [
    "Ceramics",
    "Bicycles",
    "Bakery",
    "Dental Practice",
    "Coffee Roasters",
    "Garden Design",
    "Furniture & Interiors",
    "Yoga",
    "Outdoor",
    "Travel",
    "Optics",
];
const PLACE: [&str; 3] = ["EU", "Retail", "International"];

/// Ad accounts of one person.
pub const ACCOUNTS: usize = 3;

/// A client, and the person who signs in for them.
pub struct Client {
    pub name: String,
    pub email: String,
    pub person: String,
    pub person_name: String,
}

/// The client with this number.
pub fn client(number: usize) -> Client {
    let last = LAST[number % LAST.len()];
    let first = FIRST[number / 7 % FIRST.len()];
    // One in ten is signed in for by somebody of another name, which the queue warns of.
    let their_last = LAST[(number + usize::from(number.is_multiple_of(10))) % LAST.len()];
    Client {
        name: format!("{last} {} {number}", TRADE[number / 3 % TRADE.len()]),
        email: format!("client-{number}@client.example"),
        person: person_id(number),
        person_name: format!("{first} {their_last}"),
    }
}

/// The ad accounts of a client's person: name and number. One in twenty shares one with the client before.
pub fn accounts(number: usize) -> Vec<(String, String)> {
    (0..ACCOUNTS)
        .map(|index| {
            let is_shared = index == 0 && number % 20 == 19;
            let of = number - usize::from(is_shared);
            let name = format!("{} · {}", client(of).name, PLACE[index]);
            (name, format!("40188{of:07}{index:02}"))
        })
        .collect()
}

/// The seed of a sandbox with the people of these clients.
pub fn sandbox_seed(count: usize) -> Value {
    let people: Vec<Value> = (0..count)
        .map(|number| {
            let client = client(number);
            let accounts: Vec<String> = accounts(number).into_iter().map(|(_, id)| id).collect();
            json!({
                "id": client.person,
                "name": client.person_name,
                "email": client.email,
                "accounts": accounts,
            })
        })
        .collect();
    let mut all: Vec<(String, String)> = (0..count).flat_map(accounts).collect();
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all.dedup_by(|one, other| one.1 == other.1);
    let accounts: Vec<Value> = all
        .into_iter()
        .map(|(name, id)| json!({"id": id, "name": name, "currency": "EUR", "account_status": 1, "campaigns": 3}))
        .collect();
    json!({ "people": people, "accounts": accounts })
}

fn person_id(number: usize) -> String {
    format!("5015880{number:010}")
}
