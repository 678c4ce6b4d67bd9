//! System users and their tokens (`meta.md` §2.5, §10).

use std::collections::BTreeSet;

use super::tokens::LONG_LIFE_SECONDS;
use super::{Consent, Data, PermissionStatus, Quirks, Token, TokenKind};
use crate::random;
use crate::seed::{Person, SystemUser, SystemUserRole};

/// Name of the system user that a business login makes.
const INTEGRATION: &str = "Portico (sandbox) integration";

impl Data {
    /// The system users of a business portfolio, oldest first.
    pub(crate) fn system_users(&self, business: &str) -> impl Iterator<Item = &Person> {
        self.world.people.iter().filter(move |person| {
            let system_user = person.system_user.as_ref();
            system_user.is_some_and(|system_user| system_user.business == business)
        })
    }

    /// Adds a system user to a business portfolio, and tells its id.
    pub(crate) fn add_system_user(
        &mut self,
        business: &str,
        name: &str,
        role: SystemUserRole,
        integration: bool,
    ) -> String {
        let id = random::id();
        self.world.people.push(Person {
            id: id.clone(),
            name: name.to_owned(),
            businesses: vec![business.to_owned()],
            system_user: Some(SystemUser {
                business: business.to_owned(),
                role,
                installed: integration,
                integration,
            }),
            ..Person::default()
        });
        id
    }

    /// The system user of the app's business login in a client's portfolio; made when there is
    /// none.
    pub(crate) fn integration_user(&mut self, business: &str) -> String {
        let there = self.system_users(business).find(|person| {
            let system_user = person.system_user.as_ref();
            system_user.is_some_and(|system_user| system_user.integration)
        });
        match there.map(|person| person.id.clone()) {
            Some(id) => id,
            None => self.add_system_user(business, INTEGRATION, SystemUserRole::Employee, true),
        }
    }

    /// Gives an integration's system user exactly these permissions and ad accounts.
    pub(crate) fn delegate(&mut self, user: &str, scopes: &[&str], accounts: BTreeSet<String>) {
        let mut consent = Consent::new(self.clock.unix());
        for scope in scopes {
            consent.set(scope, PermissionStatus::Granted);
        }
        consent.assets = Some(accounts.clone());
        self.consents.insert(user.to_owned(), consent);
        let mut people = self.world.people.iter_mut();
        if let Some(person) = people.find(|person| person.id == user) {
            person.accounts = accounts.into_iter().collect();
        }
    }

    /// A token of an integration's system user, with all that was delegated to it.
    pub(crate) fn issue_delegated(
        &mut self,
        app_id: &str,
        user: &str,
        ends: bool,
        quirks: Quirks,
    ) -> Token {
        let consent = self.consents.get(user);
        let scopes = consent.map(Consent::granted).unwrap_or_default();
        let assets = consent.and_then(|consent| consent.assets.clone());
        // Without a consent, because the app was removed meanwhile, there is nothing to see.
        let assets = Some(assets.unwrap_or_default());
        let mut token = self.issue_system(app_id, user, scopes, assets, ends);
        token.quirks = quirks;
        if let Some(kept) = self.tokens.last_mut() {
            kept.clone_from(&token);
        }
        token
    }

    /// The newest token of a system user for an app that still works.
    pub(crate) fn newest_good_token(&self, user: &str, app_id: &str) -> Option<&Token> {
        let now = self.clock.unix();
        self.tokens.iter().rev().find(|token| {
            token.person == user
                && token.app_id == app_id
                && token.end.is_none()
                && !token.is_expired(now)
        })
    }

    /// A token of a system user: without an end, or with sixty days. Data access never ends.
    pub(crate) fn issue_system(
        &mut self,
        app_id: &str,
        user: &str,
        scopes: Vec<String>,
        assets: Option<BTreeSet<String>>,
        ends: bool,
    ) -> Token {
        let now = self.clock.unix();
        let token = Token {
            access_token: random::token(),
            app_id: app_id.to_owned(),
            kind: TokenKind::SystemUser,
            person: user.to_owned(),
            scopes,
            assets,
            long_lived: true,
            issued_at: now,
            expires_at: if ends { now + LONG_LIFE_SECONDS } else { 0 },
            data_access_expires_at: 0,
            end: None,
            quirks: Quirks::default(),
        };
        self.tokens.push(token.clone());
        token
    }
}
