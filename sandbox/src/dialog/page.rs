//! The pages' HTML, from the templates.

use std::sync::LazyLock;

use minijinja::{Environment, Value, context};

use super::business;
use super::consent::{askable, offered};
use super::permissions::PERMISSIONS;
use super::problem::Problem;
use super::request::DialogRequest;
use crate::seed::{AdAccount, Person};
use crate::state::Data;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    let sources = [
        ("layout.html", include_str!("../../templates/layout.html")),
        ("choose.html", include_str!("../../templates/choose.html")),
        (
            "business.html",
            include_str!("../../templates/business.html"),
        ),
        (
            "password.html",
            include_str!("../../templates/password.html"),
        ),
        ("consent.html", include_str!("../../templates/consent.html")),
        ("failure.html", include_str!("../../templates/failure.html")),
    ];
    for (name, source) in sources {
        templates
            .add_template(name, source)
            .expect("the embedded templates are sound");
    }
    templates
});

/// Who are you?
pub fn choose(data: &Data, request: &DialogRequest, problem: Option<&str>) -> String {
    let people = data.world.people.iter();
    let people: Vec<Value> = people
        .filter(|person| person.system_user.is_none())
        .map(|person| {
            let accounts = data.world.reach(person).len();
            context! { id => person.id.as_str(), name => person.name.as_str(), accounts }
        })
        .collect();
    let title = "Log in";
    render(
        "choose.html",
        title,
        context! { people, problem, ..form(request) },
    )
}

/// Which of your business portfolios?
pub fn business(
    data: &Data,
    request: &DialogRequest,
    person: &Person,
    problem: Option<&str>,
) -> String {
    let businesses = business::of(data, person).into_iter();
    let businesses: Vec<Value> = businesses
        .map(|business| context! { id => business.id.as_str(), name => business.name.as_str() })
        .collect();
    let body = context! {
        person => context! { id => person.id.as_str(), name => person.name.as_str() },
        start_over => request.start_over(),
        businesses,
        problem,
        ..form(request)
    };
    render("business.html", "Log in", body)
}

/// Show again that it is you.
pub fn password(request: &DialogRequest, person: &Person, problem: Option<&str>) -> String {
    let body = context! {
        person => context! { id => person.id.as_str(), name => person.name.as_str() },
        start_over => request.start_over(),
        problem,
        ..form(request)
    };
    render("password.html", "Log in", body)
}

/// What do you agree to?
pub fn consent(
    data: &Data,
    request: &DialogRequest,
    person: &Person,
    problem: Option<&str>,
) -> String {
    let scopes = askable(data, request, &person.id);
    let has_ads = request.asks_for_ad_accounts(&scopes);
    let chosen = business::chosen(data, request, person);
    // What is given to a business does not show what the person picked for themselves.
    let picked = data.consents.get(&person.id);
    let picked = picked
        .filter(|_| chosen.is_none())
        .and_then(|consent| consent.assets.as_ref());
    let accounts: Vec<Value> = offered(data, request, person, &scopes)
        .into_iter()
        .map(|account| {
            let checked = picked.is_none_or(|picked| picked.contains(&account.id));
            account_row(account, checked)
        })
        .collect();
    let body = context! {
        person => context! { id => person.id.as_str(), name => person.name.as_str() },
        permissions => scopes.iter().map(|scope| permission_row(scope)).collect::<Vec<_>>(),
        fixed => request.is_all_or_nothing(),
        business => chosen.map(|business| business.name.as_str()),
        start_over => request.start_over(),
        shows_assets => has_ads,
        accounts,
        problem,
        ..form(request)
    };
    render("consent.html", "Log in", body)
}

/// Why there is no dialog.
pub fn failure(problem: &Problem) -> String {
    render(
        "failure.html",
        problem.title,
        context! { text => problem.text.as_str() },
    )
}

fn form(request: &DialogRequest) -> Value {
    let hidden = request.hidden().into_iter();
    let hidden: Vec<Value> = hidden
        .map(|(name, value)| context! { name, value })
        .collect();
    context! { path => request.path.as_str(), hidden }
}

fn permission_row(scope: &str) -> Value {
    let known = PERMISSIONS.iter().find(|(name, _)| *name == scope);
    let text = known.map_or(scope, |(_, text)| *text);
    context! { scope, text, required => scope == "public_profile" }
}

fn account_row(account: &AdAccount, checked: bool) -> Value {
    context! { id => account.id.as_str(), name => account.name.as_str(), currency => account.currency.as_str(), checked }
}

fn render(name: &str, title: &str, body: Value) -> String {
    let render = |name: &str, values: Value| {
        TEMPLATES
            .get_template(name)
            .and_then(|template| template.render(values))
    };
    let page = render(name, context! { title, ..body })
        .and_then(|body| render("layout.html", context! { title, body }));
    page.expect("the embedded templates render")
}
