use scraper::{ElementRef, Html, Selector};

/// A form as a browser would send it when one of its buttons is pressed.
#[derive(Clone, Debug)]
pub struct Form {
    /// `get` or `post`.
    pub method: String,
    /// Where it goes, as it stands in the page.
    pub action: String,
    pub fields: Vec<(String, String)>,
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
        })
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

/// The controls that a browser sends: of this form, with a name, not switched off, ticked if a tick counts.
fn controls(page: &Html, form: ElementRef) -> Vec<(String, String)> {
    let id = form.attr("id");
    page.select(&selector("input, textarea, select"))
        .filter(|control| match control.attr("form") {
            Some(owner) => Some(owner) == id,
            None => ancestor_form(*control).is_some_and(|owner| owner.id() == form.id()),
        })
        .filter(|control| control.attr("disabled").is_none())
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
