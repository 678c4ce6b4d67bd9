//! `/me`, `/{user-id}` and other nodes without a prefix.

use serde_json::{Map, Value, json};

use super::access::{Viewer, nothing_there, viewer, viewer_of};
use super::fields::{self, Node};
use super::paging::object;
use super::{Answer, GraphCall, businesses, campaigns};
use crate::Config;
use crate::state::{Data, TokenKind};

const PICTURE: Node = Node {
    kind: "ProfilePictureSource",
    known: &["url", "is_silhouette", "width", "height"],
    usual: &["url", "is_silhouette", "width", "height"],
    inner: &[],
};

const USER: Node = Node {
    kind: "User",
    known: &[
        "id",
        "name",
        "email",
        "picture",
        "first_name",
        "last_name",
        "client_business_id",
        "locale",
        "timezone",
        "link",
    ],
    usual: &["id", "name"],
    inner: &[("picture", &PICTURE)],
};

/// The token's person, asked for as `me` or by id.
pub fn read(data: &Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let viewer = viewer_of(data, config, call, of)?;
    USER.select(&all_fields(&viewer), &fields::asked(call)?)
}

/// A single id: the token's person, one of their businesses, a campaign, or nothing.
pub fn node(data: &Data, config: &Config, call: &GraphCall, id: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    if id == viewer.person.id {
        return read(data, config, call, id);
    }
    if data.world.business(id).is_some() {
        return businesses::read(&viewer, call, id);
    }
    if campaigns::account_of(&data.world, id).is_some() {
        return campaigns::read(&viewer, call, id);
    }
    Err(nothing_there(id))
}

fn all_fields(viewer: &Viewer<'_>) -> Map<String, Value> {
    let person = viewer.person;
    let mut all = object(json!({
        "id": person.id,
        "name": person.name,
        "picture": { "data": picture(person.picture.as_deref()) },
    }));
    if let Some(email) = person.email.as_ref().filter(|_| viewer.token.has("email")) {
        all.insert("email".to_owned(), email.clone().into());
    }
    if let (TokenKind::SystemUser, Some(business)) = (viewer.token.kind, person.businesses.first())
    {
        all.insert("client_business_id".to_owned(), business.clone().into());
    }
    all
}

fn picture(url: Option<&str>) -> Value {
    let silhouette = "https://scontent.xx.fbcdn.net/v/t1.30497-1/silhouette_n.jpg";
    json!({
        "url": url.unwrap_or(silhouette), "is_silhouette": url.is_none(), "width": 50, "height": 50,
    })
}
