//! What a token's bearer may look at.

use super::auth::user_token;
use super::{GraphCall, GraphError};
use crate::Config;
use crate::seed::{AdAccount, Business, Person, Seed};
use crate::state::{Data, Token};

const READ_ADS: [&str; 2] = ["ads_read", "ads_management"];
const MANAGE_BUSINESSES: &str = "business_management";

/// A person looking through their token.
pub struct Viewer<'a> {
    pub person: &'a Person,
    pub token: Token,
    data: &'a Data,
}

/// The viewer of a call on a person, who must be the token's own: `me` or their id.
///
/// # Errors
/// As for a user's token; 100/33 or 803 if the path names anybody else.
pub fn viewer_of<'a>(
    data: &'a Data,
    config: &Config,
    call: &GraphCall,
    of: &str,
) -> Result<Viewer<'a>, GraphError> {
    let viewer = viewer(data, config, call)?;
    if of == "me" || of == viewer.person.id {
        return Ok(viewer);
    }
    Err(nothing_there(of))
}

/// The viewer of a call on any object.
///
/// # Errors
/// As for a user's token.
pub fn viewer<'a>(
    data: &'a Data,
    config: &Config,
    call: &GraphCall,
) -> Result<Viewer<'a>, GraphError> {
    let token = user_token(data, config, call)?;
    let person = data.world.person(&token.person);
    let person = person.ok_or_else(|| GraphError::unreachable(&token.person))?;
    Ok(Viewer {
        person,
        token,
        data,
    })
}

/// What Graph says of an id or a name that leads nowhere.
pub fn nothing_there(id: &str) -> GraphError {
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        GraphError::unreachable(id)
    } else {
        GraphError::unknown_alias(id)
    }
}

impl<'a> Viewer<'a> {
    pub fn world(&self) -> &'a Seed {
        &self.data.world
    }

    pub fn may_read_ads(&self) -> bool {
        READ_ADS.iter().any(|scope| self.token.has(scope))
    }

    pub fn may_manage_businesses(&self) -> bool {
        self.token.has(MANAGE_BUSINESSES)
    }

    /// The accounts of a list that are there and that the token may see.
    pub fn seen(&self, ids: &'a [String]) -> Vec<&'a AdAccount> {
        let is_assigned =
            |id: &String| !self.person.is_employee() || self.person.accounts.contains(id);
        let seen = ids
            .iter()
            .filter(|id| self.token.sees(id) && is_assigned(id));
        self.data.world.accounts_of(seen)
    }

    /// An account by its id without `act_`.
    ///
    /// # Errors
    /// 100/33 if the person does not reach it or did not pick it; 200 without `ads_read`.
    pub fn account(&self, id: &str) -> Result<&'a AdAccount, GraphError> {
        let reaches = self.token.sees(id) && self.data.world.reaches(self.person, id);
        let found = self.data.world.account(id).filter(|_| reaches);
        let found = found.ok_or_else(|| GraphError::unreachable(&format!("act_{id}")))?;
        if self.may_read_ads() {
            Ok(found)
        } else {
            Err(GraphError::account_permission())
        }
    }

    /// The businesses the person belongs to.
    pub fn businesses(&self) -> Vec<&'a Business> {
        let ids = self.person.businesses.iter();
        ids.filter_map(|id| self.data.world.business(id)).collect()
    }

    /// A business the person belongs to.
    ///
    /// # Errors
    /// 10 without `business_management`, 100/33 if it is not theirs.
    pub fn business(&self, id: &str) -> Result<&'a Business, GraphError> {
        if !self.may_manage_businesses() {
            return Err(GraphError::app_permission(MANAGE_BUSINESSES));
        }
        let found = self
            .businesses()
            .into_iter()
            .find(|business| business.id == id);
        found.ok_or_else(|| nothing_there(id))
    }
}
