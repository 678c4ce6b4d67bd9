use scraper::{ElementRef, Html, Selector};

/// A form as a browser would send it when one of its buttons is pressed.
#[derive(Clone, Debug)]
pub struct Form {
    /// `get` or `post`.
    pub method: String,
    /// Where it goes, as it stands in the page.
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// It is sent in parts, since files may be among them.
    pub is_in_parts: bool,
    pub files: Vec<Attached>,
}

/// A field for a file, and what was chosen; a file without a name is none.
#[derive(Clone, Debug)]
pub struct Attached {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Form {
    /// The form behind the first button with these words whose value pleases.
    pub(crate) fn find(page: &Html, words: &str, pleases: impl Fn(&str) -> bool) -> Option<Self> {
        let button = page.select(&selector("button")).find(|button| {
            name_of(*button) == words
                && button.attr("disabled").is_none()
                && pleases(button.attr("value").unwrap_or_default())
        })?;
        let form = match button.attr("form") {
            Some(id) => page.select(&selector(&format!("form[id='{id}']"))).next(),
            None => ancestor_form(button),
        }?;
        let mut fields = controls(page, form);
        if let (Some(name), Some(value)) = (button.attr("name"), button.attr("value")) {
            fields.push((name.to_owned(), value.to_owned()));
        }
        Some(Self {
            method: form.attr("method").unwrap_or("get").to_lowercase(),
            action: form.attr("action").unwrap_or_default().to_owned(),
            fields,
            is_in_parts: form.attr("enctype") == Some("multipart/form-data"),
            files: controls_of(page, form)
                .filter(|control| control.attr("type") == Some("file"))
                .filter_map(|control| control.attr("name").map(Attached::none))
                .collect(),
        })
    }

    /// Chooses a file.
    ///
    /// # Panics
    /// When the form has no such field.
    #[must_use]
    pub fn attach(mut self, field: &str, name: &str, bytes: &[u8]) -> Self {
        let file = self.files.iter_mut().find(|file| file.field == field);
        let file = file.unwrap_or_else(|| panic!("a form without a file {field}"));
        name.clone_into(&mut file.name);
        bytes.clone_into(&mut file.bytes);
        self
    }

    /// The body as a browser sends it, and its type.
    #[must_use]
    pub(crate) fn body(&self) -> (String, Vec<u8>) {
        if self.is_in_parts {
            in_parts(&self.fields, &self.files)
        } else {
            encoded(&self.fields)
        }
    }

    /// Types into a field.
    ///
    /// # Panics
    /// When the form has no such field.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(field, _)| field == name);
        let (_, typed) = field.unwrap_or_else(|| panic!("a form without a field {name}"));
        value.clone_into(typed);
        self
    }

    /// Ticks a box.
    #[must_use]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        self = self.untick(name, value);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a tick away.
    #[must_use]
    pub fn untick(mut self, name: &str, value: &str) -> Self {
        self.fields
            .retain(|(field, known)| (field.as_str(), known.as_str()) != (name, value));
        self
    }
}

impl Attached {
    fn none(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            name: String::new(),
            bytes: Vec::new(),
        }
    }
}

/// Names and values in one line.
pub(crate) fn encoded(fields: &[(String, String)]) -> (String, Vec<u8>) {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    (
        "application/x-www-form-urlencoded".to_owned(),
        body.finish().into_bytes(),
    )
}

/// Each value and each file as a part of its own (RFC 7578).
fn in_parts(fields: &[(String, String)], files: &[Attached]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----portico-tests";
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for Attached { field, name, bytes } in files {
        let head = format!("name=\"{field}\"; filename=\"{name}\"");
        part(head + "\r\nContent-Type: application/octet-stream", bytes);
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The controls of a form that are not switched off.
fn controls_of<'a>(page: &'a Html, form: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    let all: Vec<_> = page
        .select(&selector("input, textarea, select"))
        .filter(|control| match control.attr("form") {
            Some(owner) => Some(owner) == form.attr("id"),
            None => ancestor_form(*control).is_some_and(|owner| owner.id() == form.id()),
        })
        .filter(|control| control.attr("disabled").is_none())
        .collect();
    all.into_iter()
}

/// What a browser sends of the controls: those with a name, ticked if a tick counts, and no files.
fn controls(page: &Html, form: ElementRef) -> Vec<(String, String)> {
    controls_of(page, form)
        .filter(|control| control.attr("type") != Some("file"))
        .filter(|control| {
            !matches!(control.attr("type"), Some("checkbox" | "radio"))
                || control.attr("checked").is_some()
        })
        .filter_map(|control| Some((control.attr("name")?.to_owned(), value_of(control))))
        .collect()
}

fn value_of(control: ElementRef) -> String {
    match control.value().name() {
        "textarea" => control.text().collect(),
        _ => control.attr("value").unwrap_or_default().to_owned(),
    }
}

fn ancestor_form(element: ElementRef) -> Option<ElementRef> {
    let ancestors = element.ancestors().filter_map(ElementRef::wrap);
    { ancestors }.find(|ancestor| ancestor.value().name() == "form")
}

fn name_of(button: ElementRef) -> String {
    plain(&button.text().collect::<String>())
}

/// Text without the white space of its source.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A selector that is written in this crate.
pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css} is a selector: {error}"))
}
