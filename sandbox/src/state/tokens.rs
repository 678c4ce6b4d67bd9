//! Tokens and authorization codes, how they are made, and what can happen to them.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Consent, Data, PermissionStatus};
use crate::seed::bare;
use crate::{clock, random};

/// A long-lived token lives 60 days to the second (`meta.md` §2.2).
pub const LONG_LIFE_SECONDS: i64 = 5_184_000;
/// Data access ends 90 days after the person's last login (`meta.md` §2.2).
pub const DATA_ACCESS_SECONDS: i64 = 7_776_000;
/// Assumed life of an authorization code (`meta.md` §16).
pub const CODE_SECONDS: i64 = 600;

/// `type` in the answer of `debug_token`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TokenKind {
    #[default]
    User,
    /// A business login's token. The `person` it is minted for plays the system user.
    SystemUser,
}

/// Why Meta no longer takes a token, other than its time being up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenEnd {
    /// The person changed the password: 460.
    PasswordChanged,
    /// Ended by an API call: 466.
    Invalidated,
    /// The person logged out: 467.
    LoggedOut,
    /// The person removed the app, or the app gave up all permissions: 458.
    AppRemoved,
}

/// An access token of a person. Times are unix seconds; 0 means never.
#[derive(Clone, PartialEq, Serialize)]
pub struct Token {
    pub access_token: String,
    pub app_id: String,
    #[serde(rename = "type")]
    pub kind: TokenKind,
    /// Id of the person it belongs to.
    pub person: String,
    pub scopes: Vec<String>,
    /// Ad accounts it may see (digits); absent: all of the person's.
    pub assets: Option<BTreeSet<String>>,
    pub long_lived: bool,
    pub issued_at: i64,
    pub expires_at: i64,
    pub data_access_expires_at: i64,
    pub end: Option<TokenEnd>,
}

impl Token {
    /// Whether its time is up.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at != 0 && self.expires_at <= now
    }

    /// Whether the 90 days since the person's last login are over.
    pub fn is_data_access_over(&self, now: i64) -> bool {
        self.data_access_expires_at != 0 && self.data_access_expires_at <= now
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    pub(crate) fn sees(&self, account: &str) -> bool {
        self.assets
            .as_ref()
            .is_none_or(|assets| assets.contains(account))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("person", &self.person)
            .field("scopes", &self.scopes)
            .field("expires_at", &self.expires_at)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// A token to be made without a login: `POST /_control/tokens`. What is left out is as after a
/// login and a long-lived exchange.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mint {
    /// Id of the person.
    pub person: String,
    #[serde(rename = "type")]
    pub kind: TokenKind,
    /// Default: the person's granted ones, or all that Portico asks for.
    pub scopes: Option<Vec<String>>,
    /// Unix seconds, 0 for never. In JSON also as RFC 3339.
    #[serde(deserialize_with = "moment")]
    pub expires_at: Option<i64>,
    /// Unix seconds, 0 for never. In JSON also as RFC 3339.
    #[serde(deserialize_with = "moment")]
    pub data_access_expires_at: Option<i64>,
    /// Another app's id: then `debug_token` refuses to look at it.
    pub app_id: Option<String>,
    /// Ad accounts it may see (digits); absent: all of the person's.
    pub assets: Option<BTreeSet<String>>,
    /// A short-lived token has no `issued_at` in `debug_token`.
    pub short_lived: bool,
}

/// A moment as unix seconds or as RFC 3339.
fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Moment {
        Unix(i64),
        Written(DateTime<Utc>),
    }
    let moment = Option::<Moment>::deserialize(deserializer)?;
    Ok(moment.map(|moment| match moment {
        Moment::Unix(seconds) => seconds,
        Moment::Written(time) => time.timestamp(),
    }))
}

/// What can happen to tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Their time is up: 463.
    Expire,
    /// The 90 days of data access are over: 493.
    EndDataAccess,
    /// 460.
    ChangePassword,
    /// 467.
    LogOut,
    /// 466.
    Invalidate,
    /// The person removes the app: 458, and the consent is forgotten.
    RemoveApp,
    /// Meta locks the person out: 459, until `Unblock`.
    Block,
    Unblock,
}

/// Whom an event befalls.
#[derive(Clone)]
pub enum Target {
    /// All tokens of the person with this id.
    Person(String),
    /// This token only; for `RemoveApp`, `Block` and `Unblock`: the person it belongs to.
    Token(String),
}

/// There is no such person or token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchTarget;

impl fmt::Display for NoSuchTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such person or token")
    }
}

impl std::error::Error for NoSuchTarget {}

/// An authorization code, kept after use so that a second use can be told from nonsense.
pub(crate) struct Code {
    pub person: String,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub expires_at: i64,
    pub used: bool,
}

impl Data {
    pub(crate) fn token(&self, access_token: &str) -> Option<&Token> {
        self.tokens
            .iter()
            .find(|token| token.access_token == access_token)
    }

    /// A short-lived token for a person who has just consented.
    pub(crate) fn issue_short(&mut self, person: &str, app_id: &str) -> Token {
        let now = self.clock.unix();
        let consent = self
            .consents
            .entry(person.to_owned())
            .or_insert_with(|| Consent::new(now));
        let token = Token {
            access_token: random::token(),
            app_id: app_id.to_owned(),
            kind: TokenKind::User,
            person: person.to_owned(),
            scopes: consent.granted(),
            assets: consent.assets.clone(),
            long_lived: false,
            issued_at: now,
            expires_at: clock::short_life_end(now),
            data_access_expires_at: consent.logged_in_at + DATA_ACCESS_SECONDS,
            end: None,
        };
        self.tokens.push(token.clone());
        token
    }

    /// A long-lived token in exchange for a living one. The old one lives on to its own end, and
    /// an exchanged long-lived token really lives longer: both unconfirmed at Meta.
    pub(crate) fn issue_long(&mut self, from: &Token) -> Token {
        let now = self.clock.unix();
        let never = from.kind == TokenKind::SystemUser && from.expires_at == 0;
        let token = Token {
            access_token: random::token(),
            long_lived: true,
            issued_at: now,
            expires_at: if never { 0 } else { now + LONG_LIFE_SECONDS },
            ..from.clone()
        };
        self.tokens.push(token.clone());
        token
    }

    pub(crate) fn mint(&mut self, mint: Mint, app_id: &str) -> Result<Token, NoSuchTarget> {
        self.world.person(&mint.person).ok_or(NoSuchTarget)?;
        let now = self.clock.unix();
        let forever = mint.kind == TokenKind::SystemUser;
        let life = |seconds: i64| if forever { 0 } else { now + seconds };
        let usual_end = if mint.short_lived {
            clock::short_life_end(now)
        } else {
            life(LONG_LIFE_SECONDS)
        };
        let token = Token {
            access_token: random::token(),
            app_id: mint.app_id.unwrap_or_else(|| app_id.to_owned()),
            kind: mint.kind,
            scopes: self.granted_for_mint(&mint.person, mint.scopes, now),
            person: mint.person,
            assets: mint
                .assets
                .map(|assets| assets.iter().map(|id| bare(id)).collect()),
            long_lived: !mint.short_lived,
            issued_at: now,
            expires_at: mint.expires_at.unwrap_or(usual_end),
            data_access_expires_at: mint
                .data_access_expires_at
                .unwrap_or(life(DATA_ACCESS_SECONDS)),
            end: None,
        };
        self.tokens.push(token.clone());
        Ok(token)
    }

    /// The scopes of a minted token, which the person then has granted, as if by a login.
    fn granted_for_mint(
        &mut self,
        person: &str,
        scopes: Option<Vec<String>>,
        now: i64,
    ) -> Vec<String> {
        let consent = self
            .consents
            .entry(person.to_owned())
            .or_insert_with(|| Consent::new(now));
        let scopes = scopes.unwrap_or_else(|| match consent.granted() {
            none if none.is_empty() => crate::dialog::USUAL_SCOPES.map(str::to_owned).to_vec(),
            granted => granted,
        });
        for scope in &scopes {
            consent.set(scope, PermissionStatus::Granted);
        }
        scopes
    }

    pub(crate) fn happen(&mut self, event: Event, target: &Target) -> Result<(), NoSuchTarget> {
        let person = match target {
            Target::Person(id) => self.world.person(id).map(|person| person.id.clone()),
            Target::Token(token) => self.token(token).map(|token| token.person.clone()),
        };
        let person = person.ok_or(NoSuchTarget)?;
        match event {
            Event::RemoveApp => self.remove_app(&person),
            Event::Block => drop(self.blocked.insert(person)),
            Event::Unblock => drop(self.blocked.remove(&person)),
            Event::Expire | Event::EndDataAccess => self.end_time(event, &person, target),
            Event::ChangePassword => self.end(TokenEnd::PasswordChanged, &person, target),
            Event::LogOut => self.end(TokenEnd::LoggedOut, &person, target),
            Event::Invalidate => self.end(TokenEnd::Invalidated, &person, target),
        }
        Ok(())
    }

    /// The person takes the app away, or the app gives everything back: tokens and codes end, the
    /// consent is forgotten, the next login is like the first.
    pub(crate) fn remove_app(&mut self, person: &str) {
        self.consents.remove(person);
        self.codes.retain(|_, code| code.person != person);
        self.end(
            TokenEnd::AppRemoved,
            person,
            &Target::Person(person.to_owned()),
        );
    }

    fn end_time(&mut self, event: Event, person: &str, target: &Target) {
        let past = self.clock.unix() - 1;
        for token in self.hit(person, target) {
            match event {
                Event::Expire => token.expires_at = past,
                _ => token.data_access_expires_at = past,
            }
        }
    }

    fn end(&mut self, end: TokenEnd, person: &str, target: &Target) {
        for token in self.hit(person, target) {
            token.end = Some(token.end.unwrap_or(end));
        }
    }

    fn hit(&mut self, person: &str, target: &Target) -> impl Iterator<Item = &mut Token> {
        self.tokens.iter_mut().filter(move |token| match target {
            Target::Person(_) => token.person == person,
            Target::Token(secret) => token.access_token == *secret,
        })
    }
}
