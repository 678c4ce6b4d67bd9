//! What is looked at in a cell: the page, the login, the connection, the token, the trail.

use app::model::StopReason;
use sandbox::Preset;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::store::entity::{client_tokens, invitations, oauth_states};
use tests::{Answer, TestApp};

use super::way::Way;

/// Words of Meta's or of ours that say nothing to a shop owner.
const JARGON: &[&str] = &[
    "access token",
    "api",
    "appsecret_proof",
    "code",
    "debug",
    "error",
    "exception",
    "graph",
    "html",
    "http",
    "json",
    "none",
    "null",
    "oauth",
    "oauthexception",
    "redirect_uri",
    "subcode",
    "token",
    "undefined",
];

/// In plain words, whatever Meta said.
pub fn page(page: &Answer, preset: Option<&Preset>) {
    let text = page.texts("main").join(" ");
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(str::to_lowercase)
        .collect();
    for word in JARGON {
        assert!(
            !words.iter().any(|said| said == word),
            "says {word:?}: {text}"
        );
    }
    let Some(preset) = preset else { return };
    for number in [preset.code, preset.subcode] {
        let number = number.to_string();
        let is_said = number.len() > 2 && words.contains(&number);
        assert!(!is_said, "says {number}: {text}");
    }
    for said in [Some(preset.message), preset.user_title, preset.user_message] {
        let is_said = said.is_some_and(|said| !said.is_empty() && text.contains(said));
        assert!(!is_said, "says {said:?}: {text}");
    }
    // A page that asks nothing has nothing to press: *Done*.
    if !page.heading().ends_with("Your part is done.") {
        next_step(page);
    }
}

/// The words of the one button that a page puts first.
pub fn next_step(page: &Answer) -> String {
    if page.has_button("Read the list again") {
        return "Read the list again".to_owned();
    }
    let main = page.texts("main button.big");
    match main.as_slice() {
        [one] => one.clone(),
        // Going on costs less than signing in again, which is offered below it.
        [first, _] if first == "Try again" => first.clone(),
        _ => panic!("not one next step but {main:?}: {}", page.text()),
    }
}

/// The buttons of a halt, all of them.
pub fn buttons(page: &Answer, goes_on: bool) {
    let buttons = page.texts("main button");
    let expected: &[&str] = if goes_on {
        &["Try again", "Continue with Facebook"]
    } else {
        &["Continue with Facebook"]
    };
    assert_eq!(buttons, expected, "{}", page.text());
}

/// After a login that came to nothing: no connection, no token; what is held is sealed; the trail says why.
pub async fn nothing_kept(way: &Way<'_>, page: &Answer, reason: StopReason, goes_on: bool) {
    let app = way.app;
    assert_eq!(app.find_connection(app.scope, way.client).await, None);
    assert_eq!(tokens(way).await.len(), 0, "a token of no connection");
    let login = newest_login(app, page).await;
    assert_eq!(login.outcome.as_deref(), Some(reason.code()));
    assert_eq!(
        (login.held.is_some(), login.held_sealed.is_some()),
        (goes_on, goes_on),
        "held is {:?}",
        login.held
    );
    let story = app.portal.story(app.scope, way.client, 1).await;
    let last = story.expect("a readable trail").remove(0);
    assert_eq!((last.action.as_str(), last.refused), ("login.failed", true));
    let told = ("reason".to_owned(), reason.code().to_owned());
    assert!(last.details.contains(&told), "{:?}", last.details);
}

/// After a login that was captured: a draft with one sealed candidate, and what the trail says last.
pub async fn draft_kept(way: &Way<'_>, action: &str) {
    let connection = way.app.connection_of(way.client).await;
    assert_eq!(connection.state, "draft");
    one_candidate(way).await;
    let story = way.app.story(way.client).await;
    assert_eq!(story.last().map(String::as_str), Some(action), "{story:?}");
}

/// *Done*: submitted, with one token; the link is spent; nothing of the login is held any more.
pub async fn done(way: &Way<'_>, page: &Answer) {
    let app = way.app;
    assert_eq!(app.connection_of(way.client).await.state, "pending");
    one_candidate(way).await;
    let login = newest_login(app, page).await;
    assert_eq!(login.outcome.as_deref(), Some("captured"));
    assert!(login.held.is_none() && login.held_sealed.is_none());
    let invitation = invitations::Entity::find()
        .filter(invitations::Column::ClientId.eq(way.client))
        .one(app.portal.db.reader())
        .await;
    let invitation = invitation.expect("a readable row").expect("the invitation");
    assert!(invitation.spent_at.is_some(), "the link is spent");
    let story = app.story(way.client).await;
    let captured = story.iter().filter(|action| *action == "login.captured");
    assert!(captured.count() >= 1, "{story:?}");
    let last = story.last().map(String::as_str);
    assert_eq!(last, Some("connection.submitted"), "{story:?}");
    assert_eq!(
        told_now(app).await,
        0,
        "what was told to the agency is over"
    );
}

async fn one_candidate(way: &Way<'_>) {
    let (living, destroyed): (Vec<_>, Vec<_>) = tokens(way)
        .await
        .into_iter()
        .partition(|token| token.destroyed_at.is_none());
    assert_eq!(living.len(), 1, "one token lives");
    assert_eq!(living[0].standing, "candidate");
    assert!(living[0].token_sealed.is_some(), "it is sealed");
    let is_half = destroyed.iter().any(|token| token.token_sealed.is_some());
    assert!(!is_half, "a token was destroyed by half");
}

async fn tokens(way: &Way<'_>) -> Vec<client_tokens::Model> {
    let found = client_tokens::Entity::find()
        .filter(client_tokens::Column::ClientId.eq(way.client))
        .all(way.app.portal.db.reader())
        .await;
    found.expect("readable rows")
}

async fn newest_login(app: &TestApp, page: &Answer) -> oauth_states::Model {
    let visit = page.path.split(['/', '?']).nth(2).expect("a visit's page");
    let visit: uuid::Uuid = visit.parse().expect("a visit's id");
    let found = oauth_states::Entity::find()
        .filter(oauth_states::Column::VisitId.eq(visit))
        .order_by_desc(oauth_states::Column::CreatedAt)
        .one(app.portal.db.reader())
        .await;
    found.expect("a readable row").expect("a login")
}

/// How often the trail tells that Meta refuses the app.
pub async fn told(app: &TestApp) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM audit_events WHERE action = 'meta_app.trouble'";
    app.value("n", sql).await
}

async fn told_now(app: &TestApp) -> i64 {
    app.value("n", "SELECT COUNT(*) AS n FROM meta_troubles")
        .await
}

/// Whether the agency is told what it has to mend, once, however often Meta said it.
pub async fn trouble(app: &TestApp, before: i64, is_told: bool) {
    let expected = i64::from(is_told);
    let events = told(app).await - before;
    assert_eq!(
        (told_now(app).await, events),
        (expected, expected),
        "rows and events"
    );
}
