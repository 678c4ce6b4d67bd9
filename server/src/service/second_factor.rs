//! The second factor of staff: codes of an app on their phone, and recovery codes for when it is gone.

use app::model::{AccountPageView, FactorView};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::{Origin, StaffActor, Who},
    audit::Event,
    sign_in::bucket,
};
use crate::{
    domain::{agency::AgencyScope, numbers::FRESH_SIGN_IN, rate},
    store::{
        self, Write,
        second_factors::{self, Model as Factor},
        sessions,
    },
    vault::{OneTimeCode, Place, recovery_code, recovery_hash},
};

/// Recovery codes that are made at once.
const RECOVERY_CODES: usize = 10;

/// What the second step of a sign-in asks.
pub struct SecondStep {
    pub email: String,
    /// Asks for a code, or shows how to set up the app first.
    pub factor: FactorView,
}

/// The outcome of a code at the second step.
pub enum CodeTried {
    /// The secret of the session that opens the desk.
    Done {
        session: SecretString,
        means: Means,
    },
    Wrong,
    TooMany {
        retry_after_seconds: u64,
    },
    /// The ten minutes are over, or an owner reset the second factor: the password is asked again.
    Ended,
}

/// What proved to be right.
pub enum Means {
    App,
    RecoveryCode,
    /// The first code of a new app; these recovery codes came with it.
    NewApp(Vec<SecretString>),
}

impl Means {
    const fn code(&self) -> &'static str {
        match self {
            Self::App | Self::NewApp(_) => "app",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

impl Portal {
    /// What the second step asks of whoever holds this cookie; `None` when the password comes first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_step(&self, secret: &SecretString) -> Result<Option<SecondStep>> {
        let found = self.session_in(sessions::SECOND_FACTOR, secret).await?;
        let Some((scope, _, person)) = found else {
            return Ok(None);
        };
        let factor = second_factors::get(self.db.reader(), scope, person.id).await?;
        let Some(factor) = factor else {
            return Ok(None);
        };
        Ok(Some(SecondStep {
            factor: self.factor_view(scope, &factor, &person.email).await?,
            email: person.email,
        }))
    }

    /// Tries a code at the second step, and opens the desk if it is right.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_code(
        &self,
        secret: &SecretString,
        code: &str,
        origin: Origin,
    ) -> Result<CodeTried> {
        let found = self.session_in(sessions::SECOND_FACTOR, secret).await?;
        let Some((scope, _, person)) = found else {
            return Ok(CodeTried::Ended);
        };
        let bucket = code_bucket(person.id);
        if let Some(retry_after_seconds) = self.over_limit(&bucket, rate::SIGN_IN_ACCOUNT).await? {
            return Ok(CodeTried::TooMany {
                retry_after_seconds,
            });
        }
        let who = Who::Staff(person.id, origin.clone());
        let tx = self.begin().await?;
        let Some(factor) = second_factors::get(&tx, scope, person.id).await? else {
            return Ok(CodeTried::Ended);
        };
        let Some(means) = self.check_code(&tx, scope, &factor, code).await? else {
            let event = Event::about_staff(&who, "staff.second_factor", person.id).refused();
            self.record(&tx, scope, event).await?;
            self.commit(tx).await?;
            return Ok(CodeTried::Wrong);
        };
        let session = self
            .open_session(&tx, scope, person.id, sessions::FULL, &origin)
            .await?;
        self.take_over(&tx, scope, person.id, secret, &session)
            .await?;
        store::rates::clear(&tx, &bucket).await?;
        if let Means::NewApp(_) = means {
            let event = Event::about_staff(&who, "staff.second_factor_added", person.id);
            self.record(&tx, scope, event).await?;
        }
        let event = Event::about_staff(&who, "staff.sign_in", person.id)
            .with("second_factor", means.code());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(CodeTried::Done { session, means })
    }

    /// Everything of the actor's own account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(
        &self,
        actor: &StaffActor,
        new_codes: Vec<String>,
    ) -> Result<AccountPageView> {
        let db = self.db.reader();
        let agency = store::agencies::get(db, actor.scope)
            .await?
            .ok_or(Error::NotFound)?;
        let factor = match second_factors::get(db, actor.scope, actor.id).await? {
            Some(factor) => self.factor_view(actor.scope, &factor, &actor.email).await?,
            None => FactorView::Off,
        };
        let sessions = self.open_sessions(actor.scope).await?;
        let sessions = sessions
            .into_iter()
            .filter(|(session, _)| session.staff_id == actor.id)
            .map(|(session, origin)| super::team::session_view(&session, &origin, actor))
            .collect();
        Ok(AccountPageView {
            email: actor.email.clone(),
            role: actor.role,
            factor,
            is_required: agency.second_factor_required,
            new_codes,
            sessions,
            form: app::model::FormState::default(),
        })
    }

    /// Makes a new secret for the actor's app; it counts from its first right code on.
    ///
    /// # Errors
    /// [`Error::StaleSignIn`], [`Error::Conflict`] for whoever has a second factor already.
    pub async fn begin_second_factor(&self, actor: &StaffActor) -> Result<()> {
        actor.require_fresh(self.now(), FRESH_SIGN_IN)?;
        let tx = self.begin().await?;
        let known = second_factors::get(&tx, actor.scope, actor.id).await?;
        if known.is_some_and(|factor| factor.confirmed_at.is_some()) {
            return Err(Error::Conflict);
        }
        second_factors::remove(&tx, actor.scope, actor.id).await?;
        self.new_second_factor(&tx, actor.scope, actor.id).await?;
        self.commit(tx).await
    }

    /// Takes the first code of the actor's new app. Their other sessions, which a password alone opened,
    /// end. Gives the recovery codes; `None` if the code is wrong.
    ///
    /// # Errors
    /// [`Error::TooMany`], [`Error::Conflict`] when there is nothing to confirm, or the database fails.
    pub async fn confirm_second_factor(
        &self,
        actor: &StaffActor,
        code: &str,
    ) -> Result<Option<Vec<SecretString>>> {
        let bucket = code_bucket(actor.id);
        if let Some(seconds) = self.over_limit(&bucket, rate::SIGN_IN_ACCOUNT).await? {
            return Err(Error::TooMany(seconds));
        }
        let tx = self.begin().await?;
        let factor = second_factors::get(&tx, actor.scope, actor.id)
            .await?
            .filter(|factor| factor.confirmed_at.is_none())
            .ok_or(Error::Conflict)?;
        let Some(Means::NewApp(codes)) = self.check_code(&tx, actor.scope, &factor, code).await?
        else {
            return Ok(None);
        };
        sessions::end_all_of(&tx, actor.scope, actor.id, Some(actor.session)).await?;
        store::rates::clear(&tx, &bucket).await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.second_factor_added", actor.id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(Some(codes))
    }

    /// Puts new recovery codes in the place of the actor's old ones.
    ///
    /// # Errors
    /// [`Error::StaleSignIn`], [`Error::Conflict`] without a second factor.
    pub async fn renew_recovery_codes(&self, actor: &StaffActor) -> Result<Vec<SecretString>> {
        actor.require_fresh(self.now(), FRESH_SIGN_IN)?;
        let tx = self.begin().await?;
        second_factors::get(&tx, actor.scope, actor.id)
            .await?
            .filter(|factor| factor.confirmed_at.is_some())
            .ok_or(Error::Conflict)?;
        let codes = self.new_codes(&tx, actor.scope, actor.id).await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.recovery_codes_made", actor.id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(codes)
    }

    /// Takes the actor's own second factor away, unless the agency requires one.
    ///
    /// # Errors
    /// [`Error::StaleSignIn`], [`Error::Forbidden`] where the agency requires it.
    pub async fn turn_off_second_factor(&self, actor: &StaffActor) -> Result<()> {
        actor.require_fresh(self.now(), FRESH_SIGN_IN)?;
        let tx = self.begin().await?;
        let agency = store::agencies::get(&tx, actor.scope)
            .await?
            .ok_or(Error::NotFound)?;
        if agency.second_factor_required {
            return Err(Error::Forbidden);
        }
        second_factors::remove(&tx, actor.scope, actor.id).await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.second_factor_removed", actor.id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await
    }

    /// Keeps a new secret that waits for its first code.
    pub(super) async fn new_second_factor(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        staff: Uuid,
    ) -> Result<()> {
        let id = self.new_id();
        let secret = OneTimeCode::generate(&*self.rng);
        let row = Factor {
            id,
            agency_id: scope.agency(),
            staff_id: staff,
            secret_sealed: self.vault.seal(place(scope, id), &secret),
            confirmed_at: None,
            last_step: -1,
            created_at: self.now(),
        };
        Ok(second_factors::create(tx, row).await?)
    }

    /// Checks a code and uses it up: each step and each recovery code is taken once.
    async fn check_code(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        factor: &Factor,
        code: &str,
    ) -> Result<Option<Means>> {
        let now = self.now();
        let step = self
            .codes(scope, factor, "", "-")?
            .step(code, now.timestamp());
        let is_new = factor.confirmed_at.is_none();
        if let Some(step) = step {
            let taken = if is_new {
                second_factors::confirm(tx, scope, factor.id, step, now).await?
            } else {
                second_factors::take_step(tx, scope, factor.id, step).await?
            };
            return Ok(match taken {
                Write::Conflict => None,
                Write::Done if is_new => {
                    let codes = self.new_codes(tx, scope, factor.staff_id).await?;
                    Some(Means::NewApp(codes))
                }
                Write::Done => Some(Means::App),
            });
        }
        let Some(hash) = recovery_hash(code).filter(|_| !is_new) else {
            return Ok(None);
        };
        let used = second_factors::use_code(tx, scope, factor.staff_id, &hash, now).await?;
        Ok((used == Write::Done).then_some(Means::RecoveryCode))
    }

    async fn new_codes(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        staff: Uuid,
    ) -> Result<Vec<SecretString>> {
        let codes: Vec<SecretString> = (0..RECOVERY_CODES)
            .map(|_| recovery_code(&*self.rng))
            .collect();
        let rows = codes
            .iter()
            .filter_map(|code| recovery_hash(code.expose_secret()))
            .map(|hash| second_factors::RecoveryCode {
                id: self.new_id(),
                agency_id: scope.agency(),
                staff_id: staff,
                code_hash: hash.to_vec(),
                used_at: None,
                created_at: self.now(),
            })
            .collect();
        second_factors::replace_codes(tx, scope, staff, rows).await?;
        Ok(codes)
    }

    async fn factor_view(
        &self,
        scope: AgencyScope,
        factor: &Factor,
        email: &str,
    ) -> Result<FactorView> {
        let db = self.db.reader();
        if let Some(since) = factor.confirmed_at {
            let codes_left = second_factors::codes_left(db, scope, factor.staff_id).await?;
            return Ok(FactorView::On { since, codes_left });
        }
        let agency = store::agencies::get(db, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let codes = self.codes(scope, factor, &agency.name, email)?;
        let address = codes
            .address()
            .ok_or_else(|| Error::internal("a second factor has no address"))?;
        Ok(FactorView::New {
            typed: codes.typed().expose_secret().to_owned(),
            address: address.expose_secret().to_owned(),
        })
    }

    fn codes(
        &self,
        scope: AgencyScope,
        factor: &Factor,
        issuer: &str,
        account: &str,
    ) -> Result<OneTimeCode> {
        let secret = self
            .vault
            .open(place(scope, factor.id), &factor.secret_sealed)?;
        OneTimeCode::new(&secret, issuer, account)
            .ok_or_else(|| Error::internal("a second factor is malformed"))
    }
}

/// The counter of a person's tries at codes.
fn code_bucket(staff: Uuid) -> String {
    bucket("second-factor", &staff.to_string())
}

const fn place(scope: AgencyScope, id: Uuid) -> Place {
    Place {
        table: second_factors::TABLE,
        column: second_factors::COLUMN,
        agency: scope.agency(),
        row: id,
    }
}
