//! The page's HTML, from the templates.

use std::sync::LazyLock;

use minijinja::{Environment, Value};

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    let sources = [
        (
            "page.html",
            include_str!("../../../templates/control/page.html"),
        ),
        (
            "people.html",
            include_str!("../../../templates/control/people.html"),
        ),
        (
            "trouble.html",
            include_str!("../../../templates/control/trouble.html"),
        ),
        (
            "deliveries.html",
            include_str!("../../../templates/control/deliveries.html"),
        ),
        (
            "calls.html",
            include_str!("../../../templates/control/calls.html"),
        ),
    ];
    for (name, source) in sources {
        templates
            .add_template(name, source)
            .expect("the embedded templates are sound");
    }
    templates
});

/// A template with values in it, which are escaped.
pub fn render(name: &str, values: Value) -> String {
    TEMPLATES
        .get_template(name)
        .and_then(|template| template.render(values))
        .expect("the embedded templates render")
}
