//! Every call to Meta that a capture needs, in steps: after each, what was got is sealed in the login's row, so
//! that a later failure costs nobody their sign-in.

use std::time::{Duration, Instant};

use app::model::{AnswerClass, StopReason};
use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::{Halt, Login, held_place, verifier_place};
use crate::{
    meta::{
        AppFault, Cause, Fault, Graph, MetaError, PermissionStatus, Recorder, TokenFacts, TokenKind,
    },
    service::{Error, Portal, Result, troubles::Trouble},
    store::{self, Write, entity::oauth_states},
};

/// How long a capture may ask Meta in all: less than the time after which it is taken for lost.
const ASKING_MAX: Duration = Duration::from_secs(50);

/// What a login has got of Meta so far. Each step may be taken again, but for the exchange of the code.
pub(super) enum Held {
    /// Never sent: Meta could not be reached.
    Code(SecretString),
    /// A token of which it is not known whether it ends at all.
    Unseen(SecretString),
    /// A token of an hour or two.
    Short(SecretString),
    /// The token that is kept.
    Lasting(SecretString),
}

impl Held {
    /// As it is stored.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Code(_) => oauth_states::HELD_CODE,
            Self::Unseen(_) => "unseen",
            Self::Short(_) => "short",
            Self::Lasting(_) => "lasting",
        }
    }

    pub(super) fn of(kind: &str, secret: &SecretString) -> Option<Self> {
        [Self::Code, Self::Unseen, Self::Short, Self::Lasting]
            .into_iter()
            .map(|held| held(secret.clone()))
            .find(|held| held.kind() == kind)
    }

    const fn secret(&self) -> &SecretString {
        match self {
            Self::Code(secret)
            | Self::Unseen(secret)
            | Self::Short(secret)
            | Self::Lasting(secret) => secret,
        }
    }
}

/// Who signed in: a person, or a business by its system user.
pub(in crate::service) struct Identity {
    pub id: String,
    pub name: String,
    pub picture: Option<String>,
    pub is_business: bool,
    pub business_id: Option<String>,
}

/// What Meta told of the person and the token.
pub(in crate::service) struct Captured {
    pub token: SecretString,
    pub facts: TokenFacts,
    /// How long Meta took for them.
    pub latency_millis: i64,
    pub who: Identity,
    /// What Meta says the person declined, at this login or before.
    pub declined: Vec<String>,
}

/// The outer result is the database's.
type Asked<T> = Result<std::result::Result<T, Halt>>;

/// Gives up with what Meta refused.
macro_rules! or_halt {
    ($asked:expr) => {
        match $asked {
            Ok(answer) => answer,
            Err(halt) => return Ok(Err(halt)),
        }
    };
}

impl Portal {
    /// Asks Meta all that there is to know; no transaction is open meanwhile.
    pub(super) async fn ask_meta(&self, login: &Login, held: Held) -> Asked<Captured> {
        let recorder = Recorder::default();
        let graph = self.graph()?.recording(&recorder);
        let asked = tokio::time::timeout(ASKING_MAX, self.ask_steps(login, held, &graph)).await;
        let (scope, client) = (login.visitor.scope, login.visitor.visit.client_id);
        self.keep_answers(scope, client, login.state.id, &recorder)
            .await;
        match asked {
            Ok(asked) => asked,
            Err(_slow) => Ok(Err(Halt {
                can_go_on: true,
                ..Halt::of(StopReason::MetaUnavailable)
            })),
        }
    }

    async fn ask_steps(&self, login: &Login, mut held: Held, graph: &Graph) -> Asked<Captured> {
        let mut known = None;
        let token = loop {
            held = match held {
                Held::Code(code) => or_halt!(self.spend_code(login, graph, code).await?),
                Held::Unseen(token) => {
                    let (facts, latency) = or_halt!(inspect(graph, &token).await);
                    if facts.is_lasting() {
                        known = Some((facts, latency));
                        Held::Lasting(token)
                    } else {
                        Held::Short(token)
                    }
                }
                Held::Short(token) => or_halt!(self.lengthen(login, graph, token).await?),
                Held::Lasting(token) => break token,
            };
        };
        let (facts, latency_millis) = match known {
            Some(known) => known,
            None => or_halt!(inspect(graph, &token).await),
        };
        or_halt!(check(&graph.config().app_id, login, &facts, self.now()).map_err(Halt::of));
        let who = or_halt!(
            identify(graph, &token, &facts)
                .await
                .map_err(|error| halt(&error))
        );
        if facts.user_id.as_deref() != Some(who.id.as_str()) {
            return Ok(Err(Halt::of(StopReason::NotOurs)));
        }
        let declined = declined(graph, &token, &who).await;
        Ok(Ok(Captured {
            token,
            facts,
            latency_millis,
            who,
            declined,
        }))
    }

    /// The one exchange of the code. Only where Meta was not reached at all is the code still good.
    async fn spend_code(&self, login: &Login, graph: &Graph, code: SecretString) -> Asked<Held> {
        let place = verifier_place(login.visitor.scope, login.state.id);
        let verifier = self.vault.open_text(place, &login.state.verifier_sealed)?;
        let given = match graph.exchange_code(code.clone(), &verifier).await {
            Ok(given) => given,
            Err(error) if matches!(error.fault, Fault::Unreachable | Fault::Held) => {
                self.hold(login, &Held::Code(code)).await?;
                return Ok(Err(halt(&error)));
            }
            Err(error) => {
                return Ok(Err(Halt {
                    can_go_on: false,
                    ..halt(&error)
                }));
            }
        };
        // A configuration decides what kind of token it gives, and only `debug_token` tells.
        let is_unseen = given.expires_in.is_none() || graph.config().login_config_id.is_some();
        let held = if is_unseen {
            Held::Unseen(given.token)
        } else {
            Held::Short(given.token)
        };
        self.hold(login, &held).await?;
        Ok(Ok(held))
    }

    /// For a token that lives 60 days. Where Meta gives none, the short one has to do: the agency is warned.
    async fn lengthen(&self, login: &Login, graph: &Graph, short: SecretString) -> Asked<Held> {
        let held = match graph.exchange_long_lived(&short).await {
            Ok(given) => Held::Lasting(given.token),
            Err(error) if can_do_without(&error) => {
                tell(&error);
                Held::Lasting(short)
            }
            Err(error) => return Ok(Err(halt(&error))),
        };
        self.hold(login, &held).await?;
        Ok(Ok(held))
    }

    async fn hold(&self, login: &Login, held: &Held) -> Result<()> {
        let scope = login.visitor.scope;
        let place = held_place(scope, login.state.id);
        let sealed = self.vault.seal_text(place, held.secret());
        let db = self.db.reader();
        match store::visits::hold(db, scope, &login.state, held.kind(), sealed).await? {
            Write::Done => Ok(()),
            Write::Conflict => Err(Error::Conflict),
        }
    }
}

/// A system user is asked otherwise than a person, and stands for its business.
async fn identify(
    graph: &Graph,
    token: &SecretString,
    facts: &TokenFacts,
) -> std::result::Result<Identity, MetaError> {
    if facts.kind != Some(TokenKind::SystemUser) {
        let me = graph.me(token).await?;
        return Ok(Identity {
            id: me.id,
            name: me.name,
            picture: me.picture,
            is_business: false,
            business_id: None,
        });
    }
    let user = graph.system_user(token).await?;
    let business_name = match &user.business_id {
        Some(id) => business_name(graph, token, id).await?,
        None => None,
    };
    Ok(Identity {
        id: user.id,
        name: business_name.unwrap_or(user.name),
        picture: None,
        is_business: true,
        business_id: user.business_id,
    })
}

/// Without the right to see the business, its system user's name stands for it.
async fn business_name(
    graph: &Graph,
    token: &SecretString,
    id: &str,
) -> std::result::Result<Option<String>, MetaError> {
    match graph.business_name(token, id).await {
        Err(error) if can_do_without(&error) => Ok(None),
        answer => answer,
    }
}

/// What Meta has written down as declined. It is evidence and no more, so a failure costs nothing: what was
/// asked and not given is known without it.
async fn declined(graph: &Graph, token: &SecretString, who: &Identity) -> Vec<String> {
    if who.is_business {
        return Vec::new();
    }
    match graph.permissions(token).await {
        Ok(permissions) => permissions
            .into_iter()
            .filter(|permission| permission.status != PermissionStatus::Granted)
            .map(|permission| permission.name)
            .collect(),
        Err(error) => {
            tell(&error);
            Vec::new()
        }
    }
}

/// The token must be ours, of this login, and alive.
fn check(
    app_id: &str,
    login: &Login,
    facts: &TokenFacts,
    now: DateTime<Utc>,
) -> std::result::Result<(), StopReason> {
    let is_usable = matches!(facts.kind, Some(TokenKind::User | TokenKind::SystemUser));
    if facts.app_id.as_deref() != Some(app_id) || !is_usable {
        return Err(StopReason::NotOurs);
    }
    let nonce = login.state.auth_nonce();
    if facts.auth_nonce.as_ref().is_some_and(|told| *told != nonce) {
        return Err(StopReason::NotOurs);
    }
    if !facts.is_valid {
        return Err(facts.class().map_or(StopReason::TryAgain, stop_reason));
    }
    let ends = [facts.expires_at, facts.data_access_expires_at];
    if ends.into_iter().flatten().any(|end| end <= now) {
        return Err(StopReason::TryAgain);
    }
    Ok(())
}

/// What a refusal of Meta means for a login that holds something.
fn halt(error: &MetaError) -> Halt {
    tell(error);
    let reason = match error.cause {
        Some(Cause::CodeSpent | Cause::CodeExpired) => StopReason::LoginExpired,
        _ => stop_reason(error.class),
    };
    Halt {
        reason,
        can_go_on: matches!(
            reason,
            StopReason::MetaUnavailable | StopReason::Misconfigured | StopReason::Blocked
        ),
        trouble: Trouble::of_call(error),
    }
}

/// Whether Meta refused only what was asked for. What would stop every other call as well has to be mended first.
fn can_do_without(error: &MetaError) -> bool {
    matches!(
        error.class,
        AnswerClass::AskPermission | AnswerClass::NotFound
    ) || error.app_fault() == Some(AppFault::Refused)
}

fn tell(error: &MetaError) {
    tracing::warn!(
        endpoint = error.endpoint.name(),
        class = ?error.class,
        code = error.code,
        subcode = error.subcode,
        "a capture failed at Meta"
    );
}

const fn stop_reason(class: AnswerClass) -> StopReason {
    match class {
        AnswerClass::Blocked => StopReason::Blocked,
        AnswerClass::Wait | AnswerClass::Retry => StopReason::MetaUnavailable,
        AnswerClass::FixConfig => StopReason::Misconfigured,
        // Meta says so for people without a role in an app that is in development, too.
        AnswerClass::AskPermission => StopReason::NotGiven,
        AnswerClass::Relogin | AnswerClass::NotFound | AnswerClass::None | AnswerClass::Renew => {
            StopReason::TryAgain
        }
    }
}

/// What Meta says of a token, and how many milliseconds it took.
async fn inspect(
    graph: &Graph,
    token: &SecretString,
) -> std::result::Result<(TokenFacts, i64), Halt> {
    let began = Instant::now();
    let facts = { graph.debug_token(token).await }.map_err(|error| halt(&error))?;
    let latency = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    Ok((facts, latency))
}
