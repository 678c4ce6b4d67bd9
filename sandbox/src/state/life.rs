//! How tokens are made, and how they end.

use super::tokens::{DATA_ACCESS_SECONDS, LONG_LIFE_SECONDS};
use super::{
    Consent, Data, Event, Mint, NoSuchTarget, PermissionStatus, Quirks, Target, Token, TokenEnd,
    TokenKind,
};
use crate::callbacks::Change;
use crate::seed::bare;
use crate::{clock, random};

impl Data {
    pub(crate) fn token(&self, access_token: &str) -> Option<&Token> {
        self.tokens
            .iter()
            .find(|token| token.access_token == access_token)
    }

    /// A short-lived token for a person who has just consented.
    pub(crate) fn issue_short(&mut self, person: &str, app_id: &str, quirks: Quirks) -> Token {
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
            data_access_expires_at: quirks
                .data_access_expires_at
                .unwrap_or(consent.logged_in_at + DATA_ACCESS_SECONDS),
            end: None,
            quirks,
        };
        self.tokens.push(token.clone());
        token
    }

    /// A long-lived token in exchange for a living one. The old one lives on to its own end, and
    /// an exchanged long-lived token really lives longer: both unconfirmed at Meta. A system
    /// user's token without an end stays so, unless the exchange asks for sixty days.
    pub(crate) fn issue_long(&mut self, from: &Token, ends: bool) -> Token {
        let now = self.clock.unix();
        let never = from.kind == TokenKind::SystemUser && from.expires_at == 0 && !ends;
        let expires_at = match from.quirks.short_life_only {
            true => from.expires_at,
            false if never => 0,
            false => now + LONG_LIFE_SECONDS,
        };
        let token = Token {
            access_token: random::token(),
            long_lived: from.long_lived || !from.quirks.short_life_only,
            issued_at: now,
            expires_at,
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
            quirks: Quirks::default(),
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
            Event::RemoveApp => {
                self.remove_app(&person);
                self.tell_deauthorized(&person);
            }
            Event::RequestDeletion => {
                if self.consents.contains_key(&person) {
                    self.remove_app(&person);
                    self.tell_deauthorized(&person);
                }
                self.tell_deletion(&person);
            }
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
        if self.consents.remove(person).is_some() {
            self.tell_permissions(person, &[Change::Connected(false)]);
        }
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
