//! What hangs on a token is looked at once a day: how its ad accounts stand, whether the chosen ones can still be
//! reached, and how many campaigns they have.

mod ask;
mod keep;

use app::model::{TokenStanding, TokenStatus};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Asked, batch::Claimed};
use crate::{
    domain::{agency::AgencyScope, rate, role::Permission},
    service::{
        Error, Portal, Result,
        actor::{StaffActor, Who},
        sign_in::bucket,
        tokens::place,
    },
    store::{
        self,
        accounts::Model as Account,
        tokens::{self, Model as Token},
    },
};
use ask::Look;

/// Tokens that are looked at together; each may have many accounts.
const TOKENS: u64 = 25;
/// Rounds of one job: then it makes way for whatever else waits, and goes on afterwards.
const ROUNDS: u64 = 20;
/// How long a claim keeps others away: some have thousands of accounts.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// A token whose accounts are looked at.
struct Subject {
    token: Token,
    /// The chosen accounts of its connection.
    chosen: Vec<Account>,
    secret: SecretString,
}

impl Subject {
    /// Whether it speaks for its connection: what it sees is what is known of the accounts.
    fn is_primary(&self) -> bool {
        self.token.standing == TokenStanding::Primary.code()
    }
}

/// What came of looking at a connection's accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    pub chosen: u64,
    pub answered: u64,
    /// Meta says that these are not to be had.
    pub lost: u64,
}

impl Portal {
    /// The job behind the schedule. When to go on, if more is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refresh_accounts(&self, scope: AgencyScope) -> Result<Option<DateTime<Utc>>> {
        if self.graph.is_none() {
            return Ok(None);
        }
        for _ in 0..ROUNDS {
            let (lease, now) = (self.new_lease(LEASE), self.now());
            let db = self.db.counter();
            let rows = tokens::claim_for_refresh(db, scope, TOKENS, lease, now).await?;
            if rows.is_empty() {
                return Ok(None);
            }
            let looks = self.refresh(scope, Claimed { rows, lease }).await?;
            // Nothing is to be had of Meta just now: what is left is due again with the schedule.
            if !looks.is_empty() && looks.iter().all(|look| !look.is_told()) {
                return Ok(None);
            }
        }
        Ok(Some(self.now()))
    }

    /// *Test connection*: a test call to each chosen account with the primary token, now.
    ///
    /// # Errors
    /// When the role does not allow it, the client is not the agency's, or the database fails.
    pub async fn test_connection(
        &self,
        actor: &StaffActor,
        client: Uuid,
    ) -> Result<std::result::Result<Reached, Asked>> {
        actor.require(Permission::ValidateTokens)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let known = store::clients::get(db, scope, client).await?;
        known.ok_or(Error::NotFound)?;
        let connection = store::connections::of_client(db, scope, client).await?;
        let token = match connection {
            Some(row) => tokens::standing(db, scope, row.id, TokenStanding::Primary).await?,
            None => None,
        };
        let Some(token) = token else {
            return Ok(Ok(Reached::default()));
        };
        if !is_worth_a_look(&token) {
            // What is wrong with it is more than one account.
            let asked = self.validate_token(actor, client, token.id).await?;
            return Ok(Err(asked));
        }
        let bucket = bucket("validate", &actor.id.to_string());
        if self.over_limit(&bucket, rate::VALIDATIONS).await?.is_some() {
            return Ok(Err(Asked::TooMany));
        }
        let lease = self.new_lease(LEASE);
        let rows = tokens::claim_refresh_of(db, scope, token.id, lease).await?;
        let refresh = self.refresh(scope, Claimed { rows, lease });
        let looks = match tokio::time::timeout(self.patience, refresh).await {
            Ok(Err(Error::NoMetaApp)) | Err(_) => Vec::new(),
            Ok(looks) => looks?,
        };
        let told = { looks.first() }.filter(|look| look.is_told());
        Ok(told.map(Look::reached).ok_or(Asked::Untold {
            class: looks
                .first()
                .map_or(app::model::AnswerClass::Retry, Look::why_not),
            last_known: TokenStatus::from_code(&token.token_status).unwrap_or(TokenStatus::Pending),
            validated_at: token.last_validated_at,
        }))
    }

    /// Looks at the accounts of claimed tokens and keeps what was seen. Tokens of which that casts doubt on what is
    /// known are checked.
    async fn refresh(&self, scope: AgencyScope, claimed: Claimed) -> Result<Vec<Look>> {
        let lease = claimed.lease;
        let all: Vec<Uuid> = claimed.rows.iter().map(|row| row.id).collect();
        let subjects = self.subjects(scope, claimed.rows).await?;
        let looks = self.look_at(&subjects).await?;
        let doubtful = self
            .keep_looks(scope, lease, &all, &subjects, &looks)
            .await?;
        // What a call said of an account is no word about the token: that one is asked for.
        self.check_stored(scope, &doubtful, &Who::System).await?;
        Ok(looks)
    }

    /// Of these tokens those that are worth a look: in use or standing by, for a connection that is live.
    async fn subjects(&self, scope: AgencyScope, rows: Vec<Token>) -> Result<Vec<Subject>> {
        let db = self.db.reader();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.connection_id).collect();
        let live = store::connections::live(db, scope, &ids).await?;
        let chosen = store::accounts::selected(db, scope, &ids).await?;
        let mut subjects = Vec::new();
        for token in rows.into_iter().filter(is_worth_a_look) {
            if !live.contains(&token.connection_id) {
                continue;
            }
            let sealed = token.token_sealed.as_ref();
            let opened = sealed.map(|sealed| self.vault.open_text(place(scope, token.id), sealed));
            let Some(Ok(secret)) = opened else { continue };
            let chosen = { chosen.iter() }
                .filter(|account| account.connection_id == token.connection_id)
                .cloned()
                .collect();
            subjects.push(Subject {
                chosen,
                secret,
                token,
            });
        }
        Ok(subjects)
    }
}

fn is_worth_a_look(token: &Token) -> bool {
    let standings = [TokenStanding::Primary, TokenStanding::Backup];
    let works = [
        TokenStatus::Active,
        TokenStatus::Expiring,
        TokenStatus::Limited,
    ];
    standings.iter().any(|known| known.code() == token.standing)
        && works.iter().any(|known| known.code() == token.token_status)
}
