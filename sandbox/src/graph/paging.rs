//! Lists with cursors: `limit`, `after`, `before`, `summary` in, `paging` out (`meta.md` §5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{Answer, GraphCall, GraphError};

const USUAL_LIMIT: usize = 25;
/// More is cut down to this, silently, as Meta does on some edges. The number is the sandbox's.
const HIGHEST_LIMIT: usize = 500;

/// One page of a list, whose items carry an `id`. `render` makes the answer of an item.
///
/// # Errors
/// 100 for a limit that is no number, 2642 for a cursor that does not belong to this list, and
/// whatever `render` says.
pub fn page<T>(
    call: &GraphCall,
    items: &[T],
    id: impl Fn(&T) -> &str,
    render: impl Fn(&T) -> Answer,
) -> Answer {
    let (from, to) = window(call, items, &id)?;
    let data = items[from..to]
        .iter()
        .map(render)
        .collect::<Result<Vec<_>, _>>()?;
    let mut body = json!({ "data": data });
    if let (Some(first), Some(last)) = (items[from..to].first(), items[from..to].last()) {
        let (before, after) = (cursor(id(first)), cursor(id(last)));
        let mut paging = json!({ "cursors": { "before": before, "after": after } });
        if to < items.len() {
            paging["next"] = link(call, "after", &after).into();
        }
        if from > 0 {
            paging["previous"] = link(call, "before", &before).into();
        }
        body["paging"] = paging;
    }
    if wants_count(call) {
        body["summary"] = json!({ "total_count": items.len() });
    }
    Ok(body)
}

/// What is on the page: from one index up to another.
fn window<T>(
    call: &GraphCall,
    items: &[T],
    id: &impl Fn(&T) -> &str,
) -> Result<(usize, usize), GraphError> {
    let limit = limit(call)?;
    let position = |key: &str| {
        let Some(given) = call.get(key) else {
            return Ok(None);
        };
        let wanted = opened(given).ok_or_else(GraphError::bad_cursor)?;
        let at = items.iter().position(|item| id(item) == wanted);
        at.map(Some).ok_or_else(GraphError::bad_cursor)
    };
    if let Some(at) = position("after")? {
        return Ok((at + 1, (at + 1 + limit).min(items.len())));
    }
    if let Some(at) = position("before")? {
        return Ok((at.saturating_sub(limit), at));
    }
    Ok((0, limit.min(items.len())))
}

fn limit(call: &GraphCall) -> Result<usize, GraphError> {
    let Some(text) = call.get("limit") else {
        return Ok(USUAL_LIMIT);
    };
    match text.parse::<usize>() {
        Ok(limit) if limit > 0 => Ok(limit.min(HIGHEST_LIMIT)),
        _ => Err(GraphError::bad_parameter(
            "param limit must be a positive integer.",
        )),
    }
}

fn wants_count(call: &GraphCall) -> bool {
    let asked = call.get("summary").unwrap_or_default();
    asked
        .split(',')
        .any(|word| matches!(word.trim(), "total_count" | "true" | "1"))
}

/// Opaque to the client: it may not be made from an id, only handed back.
fn cursor(id: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("sandbox:{id}"))
}

fn opened(cursor: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    Some(
        String::from_utf8(bytes)
            .ok()?
            .strip_prefix("sandbox:")?
            .to_owned(),
    )
}

/// A full address of another page. It embeds the access token and leaves the proof out: both as
/// Meta does, and both reasons not to follow it.
fn link(call: &GraphCall, key: &str, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(token) = call.access_token() {
        query.append_pair("access_token", token);
    }
    for kept in [
        "fields",
        "limit",
        "summary",
        "effective_status",
        "date_preset",
        "time_range",
        "time_increment",
        "level",
    ] {
        if let Some(value) = call.get(kept) {
            query.append_pair(kept, value);
        }
    }
    query.append_pair(key, cursor);
    format!("{}?{}", call.address(), query.finish())
}

/// The object inside a JSON value that is one.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::Request;

    async fn ask(query: &str, count: usize) -> Answer {
        let request = Request::builder()
            .uri(format!("/v25.0/me/adaccounts?{query}"))
            .header("host", "127.0.0.1:4000")
            .header("authorization", "Bearer EAAx")
            .body(Body::empty())
            .expect("a request");
        let call = GraphCall::read(request).await.expect("a call");
        let items: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        page(&call, &items, |item| item, |item| Ok(json!({ "id": item })))
    }

    fn after(page: &Value) -> String {
        page["paging"]["cursors"]["after"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    #[tokio::test]
    async fn sixty_items_come_on_three_pages() {
        let mut cursor = String::new();
        let mut sizes = Vec::new();
        loop {
            let query = if cursor.is_empty() {
                String::new()
            } else {
                format!("after={cursor}")
            };
            let page = ask(&query, 60).await.expect("a page");
            sizes.push(page["data"].as_array().map_or(0, Vec::len));
            cursor = after(&page);
            let Some(next) = page["paging"]["next"].as_str() else {
                break;
            };
            assert!(
                next.starts_with("http://127.0.0.1:4000/v25.0/me/adaccounts?access_token=EAAx&")
            );
        }
        assert_eq!(sizes, [25, 25, 10]);
    }

    #[tokio::test]
    async fn an_exact_last_page_has_no_next() {
        let page = ask("limit=25", 25).await.expect("a page");
        assert!(page["paging"]["next"].is_null());
        assert!(!after(&page).is_empty());
        let beyond = ask(&format!("after={}", after(&page)), 25)
            .await
            .expect("a page");
        assert_eq!(beyond, json!({ "data": [] }));
    }

    #[tokio::test]
    async fn before_leads_back() {
        let first = ask("limit=10", 30).await.expect("a page");
        let second = ask(&format!("limit=10&after={}", after(&first)), 30)
            .await
            .expect("a page");
        let before = second["paging"]["cursors"]["before"]
            .as_str()
            .unwrap_or_default();
        let back = ask(&format!("limit=10&before={before}"), 30)
            .await
            .expect("a page");
        assert_eq!(back["data"], first["data"]);
        assert!(second["paging"]["previous"].is_string() && back["paging"]["previous"].is_null());
    }

    #[tokio::test]
    async fn wrong_cursors_and_limits_are_refused_and_counts_told() {
        for query in ["after=nonsense", "after=c2FuZGJveDo5OQ", "before=%20"] {
            assert_eq!(
                ask(query, 3).await.map_err(|error| error.code),
                Err(2642),
                "{query}"
            );
        }
        for query in ["limit=0", "limit=-1", "limit=x"] {
            assert_eq!(
                ask(query, 3).await.map_err(|error| error.code),
                Err(100),
                "{query}"
            );
        }
        let counted = ask("limit=1&summary=total_count", 3).await.expect("a page");
        assert_eq!(counted["summary"]["total_count"], 3);
        assert_eq!(
            ask("summary=true", 0).await,
            Ok(json!({"data": [], "summary": {"total_count": 0}}))
        );
    }
}
