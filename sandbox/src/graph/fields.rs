//! The `fields` parameter: `id,name,business{id,name},picture.type(large){url}`.

use serde_json::{Map, Value};

use super::{Answer, GraphCall, GraphError};

/// One asked field, with those asked inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub inner: Vec<Field>,
}

/// What a kind of node can be asked for.
pub struct Node {
    /// As error messages call it.
    pub kind: &'static str,
    /// Every field there is; those without a value are left out of an answer.
    pub known: &'static [&'static str],
    /// What is answered when nothing is asked.
    pub usual: &'static [&'static str],
    /// Nodes inside, by field.
    pub inner: &'static [(&'static str, &'static Node)],
}

/// The fields that a call asks for; empty if it asks for none.
///
/// # Errors
/// 2500 if the list cannot be read.
pub fn asked(call: &GraphCall) -> Result<Vec<Field>, GraphError> {
    call.get("fields").map_or(Ok(Vec::new()), parse)
}

/// Reads a list of fields, with commas or as JSON: Meta's SDKs send the latter with every POST.
/// Modifiers such as `.limit(5)` are read and have no effect.
///
/// # Errors
/// 2500 with the place where reading ended.
pub fn parse(text: &str) -> Result<Vec<Field>, GraphError> {
    let Ok(list) = serde_json::from_str::<Vec<String>>(text) else {
        return parse_list(text);
    };
    if list.is_empty() {
        return Ok(Vec::new());
    }
    parse_list(&list.join(","))
}

fn parse_list(text: &str) -> Result<Vec<Field>, GraphError> {
    let mut reader = Reader {
        text: text.as_bytes(),
        at: 0,
    };
    let fields = reader.list(0)?;
    match reader.peek() {
        None => Ok(fields),
        Some(_) => Err(reader.error("end of string")),
    }
}

/// Deeper than anything that Graph has.
const DEEPEST: usize = 8;

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Field>, GraphError> {
        let mut fields = Vec::new();
        loop {
            fields.push(self.field(depth)?);
            if !self.eat(b',') {
                return Ok(fields);
            }
        }
    }

    fn field(&mut self, depth: usize) -> Result<Field, GraphError> {
        while self.eat(b' ') {}
        let name = self.word();
        if name.is_empty() || depth > DEEPEST {
            return Err(self.error("name"));
        }
        while self.eat(b'.') {
            self.modifier()?;
        }
        let mut inner = Vec::new();
        if self.eat(b'{') {
            inner = self.list(depth + 1)?;
            if !self.eat(b'}') {
                return Err(self.error("\"}\""));
            }
        }
        while self.eat(b' ') {}
        Ok(Field { name, inner })
    }

    fn modifier(&mut self) -> Result<(), GraphError> {
        if self.word().is_empty() || !self.eat(b'(') {
            return Err(self.error("modifier"));
        }
        while self.peek().is_some_and(|byte| byte != b')') {
            self.at += 1;
        }
        if self.eat(b')') {
            Ok(())
        } else {
            Err(self.error("\")\""))
        }
    }

    fn word(&mut self) -> String {
        let begin = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.text[begin..self.at]).into_owned()
    }

    fn error(&self, expected: &str) -> GraphError {
        let found = self.peek().map_or("end of string".to_owned(), |byte| {
            format!("\"{}\"", char::from(byte).escape_default())
        });
        let message = format!(
            "Syntax error \"Expected {expected} instead of {found}.\" at character {}: {}",
            self.at,
            String::from_utf8_lossy(self.text)
        );
        GraphError::oauth(2500, None, message)
    }
}

impl Node {
    /// The asked fields of a node of which all values are given. `id` is always answered; fields
    /// without a value are left out, as Meta does.
    ///
    /// # Errors
    /// 100 if a field is asked for that this kind of node does not have.
    pub fn select(&self, all: &Map<String, Value>, asked: &[Field]) -> Answer {
        let mut chosen = Map::new();
        for field in asked {
            if !self.known.contains(&field.name.as_str()) {
                return Err(GraphError::unknown_field(&field.name, self.kind));
            }
            if let Some(value) = all.get(&field.name) {
                chosen.insert(field.name.clone(), self.select_inner(value, field)?);
            }
        }
        if asked.is_empty() {
            let usual = self
                .usual
                .iter()
                .filter_map(|name| all.get_key_value(*name));
            chosen.extend(usual.map(|(name, value)| (name.clone(), value.clone())));
        }
        if let Some(id) = all.get("id") {
            chosen.insert("id".to_owned(), id.clone());
        }
        Ok(Value::Object(chosen))
    }

    /// Inside a field: a node of its own kind, which may be wrapped as `{"data": {…}}`.
    fn select_inner(&self, value: &Value, field: &Field) -> Answer {
        let Some((_, node)) = self.inner.iter().find(|(name, _)| *name == field.name) else {
            return match field.inner.first() {
                Some(inner) => Err(GraphError::unknown_field(&inner.name, "Scalar")),
                None => Ok(value.clone()),
            };
        };
        match (
            value.get("data").and_then(Value::as_object),
            value.as_object(),
        ) {
            (Some(data), _) => Ok(serde_json::json!({ "data": node.select(data, &field.inner)? })),
            (None, Some(object)) => node.select(object, &field.inner),
            (None, None) => Ok(value.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn leaf(name: &str) -> Field {
        Field {
            name: name.to_owned(),
            inner: Vec::new(),
        }
    }

    #[test]
    fn nested_fields_and_modifiers_are_read() {
        let expected = vec![
            leaf("id"),
            Field {
                name: "business".to_owned(),
                inner: vec![leaf("id"), leaf("name")],
            },
            Field {
                name: "picture".to_owned(),
                inner: vec![leaf("url")],
            },
        ];
        assert_eq!(
            parse("id,business{id,name},picture.type(large){url}"),
            Ok(expected.clone())
        );
        assert_eq!(
            parse("id, business{ id , name }, picture.width(50).height(50){url}"),
            Ok(expected)
        );
    }

    #[test]
    fn lists_in_json_are_read_alike() {
        assert_eq!(
            parse(r#"["id","business{id,name}"]"#),
            parse("id,business{id,name}")
        );
        assert_eq!(parse("[]"), Ok(Vec::new()));
        assert!(parse(r#"["id""#).is_err());
    }

    #[test]
    fn broken_lists_are_refused() {
        for text in [
            "id,",
            "id,,name",
            "business{id",
            "business{}",
            "id}",
            "a.b",
            "a.limit(5",
            "{",
        ] {
            let code = parse(text).map_err(|error| error.code);
            assert_eq!(code, Err(2500), "{text}");
        }
        assert!(parse(&"a{".repeat(50)).is_err());
    }

    #[test]
    fn selection_leaves_out_what_has_no_value_and_keeps_the_id() {
        const INNER: Node = Node {
            kind: "Inner",
            known: &["id", "name"],
            usual: &["id", "name"],
            inner: &[],
        };
        const OUTER: Node = Node {
            kind: "Outer",
            known: &["id", "a", "b", "in"],
            usual: &["a"],
            inner: &[("in", &INNER)],
        };
        let all = json!({"id": "1", "a": 2, "in": {"id": "3", "name": "x"}});
        let Value::Object(all) = all else {
            unreachable!()
        };
        let select = |text: &str| parse(text).and_then(|fields| OUTER.select(&all, &fields));
        assert_eq!(select("a,b"), Ok(json!({"id": "1", "a": 2})));
        assert_eq!(
            select("in{name}"),
            Ok(json!({"id": "1", "in": {"id": "3", "name": "x"}}))
        );
        assert_eq!(OUTER.select(&all, &[]), Ok(json!({"id": "1", "a": 2})));
        assert_eq!(select("c").map_err(|error| error.code), Err(100));
        assert_eq!(select("in{c}").map_err(|error| error.code), Err(100));
    }
}
