//! `{result=NAME:$.data[0].id}`: a later item of a batch uses what an earlier one answered. Of
//! JSONPath there are keys, indices and `*`.

use serde_json::Value;

use crate::graph::GraphError;

const OPENING: &str = "{result=";

/// The names that a text refers to.
pub fn names(text: &str) -> Vec<String> {
    references(text).map(|(name, _)| name.to_owned()).collect()
}

/// The text with what the references mean in their place; several values with commas between.
///
/// # Errors
/// 100 if a path cannot be read or leads nowhere.
pub fn resolve(text: &str, result: impl Fn(&str) -> Option<Value>) -> Result<String, GraphError> {
    let mut resolved = text.to_owned();
    for (name, path) in references(text) {
        let answer = result(name).unwrap_or(Value::Null);
        let found = find(&answer, path).unwrap_or_default();
        if found.is_empty() {
            let message = format!("Result {path} of request {name} is not there.");
            return Err(GraphError::bad_parameter(&message));
        }
        let written = found.iter().map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let written = written.collect::<Vec<_>>().join(",");
        resolved = resolved.replace(&format!("{OPENING}{name}:{path}}}"), &written);
    }
    Ok(resolved)
}

fn references(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(OPENING)
        .skip(1)
        .filter_map(|rest| rest.split_once('}')?.0.split_once(':'))
}

/// All that a path leads to; `None` if it is no path.
fn find(from: &Value, path: &str) -> Option<Vec<Value>> {
    let path = path.strip_prefix('$')?.replace('[', ".").replace(']', "");
    let mut found = vec![from.clone()];
    for step in path.split('.').filter(|step| !step.is_empty()) {
        found = found
            .iter()
            .flat_map(|value| step_into(value, step))
            .collect();
    }
    Some(found)
}

fn step_into(value: &Value, step: &str) -> Vec<Value> {
    match (value, step) {
        (Value::Array(items), "*") => items.clone(),
        (Value::Object(fields), "*") => fields.values().cloned().collect(),
        (Value::Array(items), index) => {
            let item = index
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index));
            item.cloned().into_iter().collect()
        }
        (Value::Object(fields), key) => fields.get(key).cloned().into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_found_and_resolved() {
        let text = "?ids={result=mine:$.data.*.id}&first={result=other:$.data[0].id}";
        assert_eq!(names(text), ["mine", "other"]);
        let answer = json!({ "data": [{ "id": "1" }, { "id": "2" }], "count": 2 });
        let resolve = |text: &str| resolve(text, |_| Some(answer.clone()));
        assert_eq!(resolve(text), Ok("?ids=1,2&first=1".to_owned()));
        assert_eq!(resolve("{result=a:$.count}"), Ok("2".to_owned()));
        assert_eq!(resolve("me?fields=a{b}"), Ok("me?fields=a{b}".to_owned()));
        for nowhere in [
            "{result=a:$.none}",
            "{result=a:$.data[7].id}",
            "{result=a:data}",
        ] {
            assert_eq!(
                resolve(nowhere).map_err(|error| error.code),
                Err(100),
                "{nowhere}"
            );
        }
    }
}
