//! `/me/permissions`: what was granted and declined, and giving it back.

use serde_json::json;

use super::access::viewer_of;
use super::{Answer, GraphCall, GraphError};
use crate::Config;
use crate::state::Data;

/// Every permission that was ever asked of the person, with what they said.
pub fn list(data: &Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let viewer = viewer_of(data, config, call, of)?;
    let consent = data.consents.get(&viewer.person.id);
    let permissions = consent.iter().flat_map(|consent| &consent.permissions);
    let rows = permissions
        .map(|(permission, status)| json!({ "permission": permission, "status": status }));
    Ok(json!({ "data": rows.collect::<Vec<_>>() }))
}

/// Gives one permission back, or all, which ends every token of the person for this app.
pub fn revoke(
    data: &mut Data,
    config: &Config,
    call: &GraphCall,
    of: &str,
    one: Option<&str>,
) -> Answer {
    let viewer = viewer_of(data, config, call, of)?;
    let person = viewer.person.id.clone();
    match one {
        None => data.remove_app(&person),
        Some("public_profile") => {
            return Err(GraphError::bad_parameter(
                "The permission public_profile cannot be revoked",
            ));
        }
        Some(scope) => data.revoke_permission(&person, scope),
    }
    Ok(json!({ "success": true }))
}
