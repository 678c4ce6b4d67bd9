//! Staff: the first sign-in by a one-time link, and passwords.

use app::{model::Problem, routes, validate};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Error, Portal, Result,
    actor::{Origin, Who},
    audit::Event,
    sessions::Opened,
};
use crate::{
    domain::{
        agency::AgencyScope,
        client::fold_email,
        numbers::ONE_TIME_SIGN_IN_LIFE,
        rate::{self, Limit},
    },
    store::{
        self, Write,
        entity::{sign_in_links, staff},
        lookup,
    },
    vault::secret_hash,
};
use app::model::Role;

/// A one-time sign-in link, as the command line prints it.
pub struct OneTimeLink {
    pub email: String,
    pub role: Role,
    /// Absolute, with its secret.
    pub url: SecretString,
    pub expires_at: DateTime<Utc>,
}

/// The outcome of a try to sign in.
pub enum SignIn {
    Done(Opened),
    /// E-mail or password is wrong; which one is not told.
    Wrong,
    TooMany {
        retry_after_seconds: u64,
    },
}

/// The outcome of setting the first password.
pub enum FirstPassword {
    Done(Opened),
    Refused(Problem),
    /// The link was used or is over.
    LinkEnded,
}

impl Portal {
    /// Adds a member of staff, or takes the one with this address, and mints a one-time sign-in link.
    /// Earlier links of this person end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invite_staff(
        &self,
        scope: AgencyScope,
        email: &str,
        role: Role,
    ) -> Result<OneTimeLink> {
        let now = self.now();
        let tx = self.begin().await?;
        let existing = store::staff::by_email(&tx, scope, &fold_email(email)).await?;
        let is_new = existing.is_none();
        let person = match existing {
            Some(person) => {
                store::staff::set_role(&tx, scope, person.id, role.code(), now).await?;
                // Whoever may run this command may let people in: the last owner may be disabled too.
                store::staff::set_disabled(&tx, scope, person.id, None, now).await?;
                person
            }
            None => {
                let row = staff::Model {
                    id: self.new_id(),
                    agency_id: scope.agency(),
                    email: email.trim().to_owned(),
                    email_folded: fold_email(email),
                    role: role.code().to_owned(),
                    password_hash: None,
                    disabled_at: None,
                    created_at: now,
                    updated_at: now,
                };
                store::staff::create(&tx, row).await?
            }
        };
        store::staff::end_links(&tx, scope, person.id, now).await?;
        let secret = self.new_secret();
        let expires_at = now + ONE_TIME_SIGN_IN_LIFE;
        let link = sign_in_links::Model {
            id: self.new_id(),
            agency_id: scope.agency(),
            staff_id: person.id,
            secret_hash: secret_hash(secret.expose_secret()).to_vec(),
            created_at: now,
            expires_at,
            used_at: None,
        };
        store::staff::create_link(&tx, link).await?;
        let action = if is_new {
            "staff.created"
        } else {
            "staff.link_minted"
        };
        let event = Event::about_staff(&Who::Operator, action, person.id).with("role", role.code());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        let path = routes::first_sign_in(secret.expose_secret());
        Ok(OneTimeLink {
            email: person.email,
            role,
            url: SecretString::from(self.absolute(&path)),
            expires_at,
        })
    }

    /// Whose one-time link this is, while it works. Changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one_time_link(&self, secret: &str) -> Result<Option<String>> {
        let Some((scope, link)) = self.open_link(secret).await? else {
            return Ok(None);
        };
        let person = store::staff::get(self.db.reader(), scope, link.staff_id).await?;
        Ok(person.filter(|p| p.disabled_at.is_none()).map(|p| p.email))
    }

    /// Uses up a one-time link: sets the password and signs in. Every other session of the person ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_first_password(
        &self,
        secret: &str,
        password: &SecretString,
        origin: Origin,
    ) -> Result<FirstPassword> {
        if let Some(problem) = validate::new_password(password.expose_secret()) {
            return Ok(FirstPassword::Refused(problem));
        }
        let Some((scope, link)) = self.open_link(secret).await? else {
            return Ok(FirstPassword::LinkEnded);
        };
        let hash = self.hash_password(password.clone()).await?;
        let now = self.now();
        let tx = self.begin().await?;
        if store::staff::use_link(&tx, scope, link.id, now).await? == Write::Conflict {
            return Ok(FirstPassword::LinkEnded);
        }
        let person = store::staff::get(&tx, scope, link.staff_id)
            .await?
            .filter(|person| person.disabled_at.is_none());
        let Some(person) = person else {
            return Ok(FirstPassword::LinkEnded);
        };
        store::staff::set_password(&tx, scope, person.id, hash, now).await?;
        store::sessions::end_all_of(&tx, scope, person.id, None).await?;
        let opened = self
            .open_after_password(&tx, scope, &person, None, &origin)
            .await?;
        let who = Who::Staff(person.id, origin);
        self.record(
            &tx,
            scope,
            Event::about_staff(&who, "staff.password_set", person.id),
        )
        .await?;
        self.commit(tx).await?;
        Ok(FirstPassword::Done(opened))
    }

    /// Signs in with e-mail and password. The session that the browser had before, if it is the same
    /// person's, ends; what they had typed goes over to the new one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        previous: Option<&SecretString>,
        origin: Origin,
    ) -> Result<SignIn> {
        let folded = fold_email(email);
        let account = account_bucket(email);
        let address = origin.address.map(|address| address.to_string());
        let address = bucket("sign-in-address", &address.unwrap_or_default());
        for (bucket, limit) in [
            (&account, rate::SIGN_IN_ACCOUNT),
            (&address, rate::SIGN_IN_ADDRESS),
        ] {
            if let Some(retry_after_seconds) = self.over_limit(bucket, limit).await? {
                return Ok(SignIn::TooMany {
                    retry_after_seconds,
                });
            }
        }
        let people = lookup::staff_by_email(self.db.reader(), &folded).await?;
        let is_known = !people.is_empty();
        let mut found = None;
        for (scope, person) in people {
            let is_right = self
                .verify_password(password.clone(), person.password_hash.clone())
                .await?;
            if is_right && person.disabled_at.is_none() {
                found = Some((scope, person));
                break;
            }
            let who = Who::Staff(person.id, origin.clone());
            let tx = self.begin().await?;
            let event = Event::about_staff(&who, "staff.sign_in", person.id).refused();
            self.record(&tx, scope, event).await?;
            self.commit(tx).await?;
        }
        let Some((scope, person)) = found else {
            if !is_known {
                // The same work for an address that nobody has.
                self.verify_password(password.clone(), None).await?;
                let (scope, _) = self.first_agency().await?;
                let tx = self.begin().await?;
                let event = Event::about_nobody(&Who::Nobody, "staff.sign_in").refused();
                self.record(&tx, scope, event).await?;
                self.commit(tx).await?;
            }
            return Ok(SignIn::Wrong);
        };
        let tx = self.begin().await?;
        store::rates::clear(&tx, &account).await?;
        let opened = self
            .open_after_password(&tx, scope, &person, previous, &origin)
            .await?;
        let action = match opened {
            Opened::Desk(_) => "staff.sign_in",
            Opened::SecondStep(_) => "staff.password_accepted",
        };
        let who = Who::Staff(person.id, origin);
        self.record(&tx, scope, Event::about_staff(&who, action, person.id))
            .await?;
        self.commit(tx).await?;
        Ok(SignIn::Done(opened))
    }

    /// Counts a try and says how many seconds to wait when there were too many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn over_limit(&self, bucket: &str, limit: Limit) -> Result<Option<u64>> {
        let now = self.now();
        let window = chrono::TimeDelta::seconds(limit.window_seconds);
        let (hits, began) = store::rates::count(self.db.counter(), bucket, window, now).await?;
        if u32::try_from(hits).unwrap_or(u32::MAX) <= limit.max {
            return Ok(None);
        }
        // Rounded up: who comes back after so many seconds has to be welcome.
        let left = (began + window - now).num_milliseconds();
        let left = u64::try_from(left).unwrap_or_default();
        Ok(Some(left.div_ceil(1_000).max(1)))
    }

    async fn open_link(&self, secret: &str) -> Result<Option<(AgencyScope, sign_in_links::Model)>> {
        let found = lookup::sign_in_link(self.db.reader(), &secret_hash(secret)).await?;
        let now = self.now();
        Ok(found.filter(|(_, link)| link.used_at.is_none() && link.expires_at > now))
    }

    /// Hashing a password takes a core for tens of milliseconds: not on the thread that serves others.
    pub(super) async fn hash_password(&self, password: SecretString) -> Result<String> {
        let (hasher, rng) = (self.passwords.clone(), self.rng.clone());
        tokio::task::spawn_blocking(move || hasher.hash(&password, &*rng))
            .await
            .map_err(Error::internal)
    }

    pub(super) async fn verify_password(
        &self,
        password: SecretString,
        stored: Option<String>,
    ) -> Result<bool> {
        let hasher = self.passwords.clone();
        tokio::task::spawn_blocking(move || hasher.verify(&password, stored.as_deref()))
            .await
            .map_err(Error::internal)
    }
}

/// The counter of tries at somebody's password.
pub(super) fn account_bucket(email: &str) -> String {
    bucket("sign-in-account", &fold_email(email))
}

/// The name of a counter. What is counted is hashed: a table of tries should not be a list of people.
pub(crate) fn bucket(kind: &str, subject: &str) -> String {
    use std::fmt::Write as _;
    let mut name = format!("{kind}:");
    for byte in &secret_hash(subject)[..16] {
        let _ = write!(name, "{byte:02x}");
    }
    name
}
