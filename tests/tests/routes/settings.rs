//! `/admin/settings` and the agency's face: its name, its colour and its logo, on every page.

use app::{
    model::{Colour, InvitationKind, Role, Swatch},
    routes::pattern,
    tint::{Shade, Tint},
};
use chrono::TimeDelta;
use server::service::{actor::Who, invitations::Way};
use tests::{Answer, Form, PASSWORD, Staff, TestApp};

/// A real picture: 192 pixels to a side.
const LOGO: &[u8] = include_bytes!("../../../app/tests/logo.png");

async fn settings(staff: &Staff) -> Answer {
    staff.browser.open(pattern::SETTINGS).await.expect(200)
}

async fn save(staff: &Staff, change: impl FnOnce(Form) -> Form) -> Answer {
    let page = settings(staff).await;
    let form = change(page.form("Save"));
    staff.browser.submit(&form).await.expect(200)
}

/// The stylesheets beside the main one.
fn brand(page: &Answer) -> Vec<String> {
    page.attributes("link[href^='/brand/']", "href")
}

fn logos(page: &Answer) -> Vec<String> {
    page.attributes("header img.logo", "src")
}

async fn events(app: &TestApp) -> Vec<String> {
    let sql = "SELECT action FROM audit_events WHERE object_kind = 'agency' ORDER BY seq";
    let rows = app.query(sql).await;
    { rows.iter() }
        .map(|row| row.try_get("", "action").expect("an action"))
        .collect()
}

#[tokio::test]
async fn the_owner_changes_what_clients_see() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let client = app.browser();
    assert_eq!(brand(&client.open(&link).await), Vec::<String>::new());
    let saved = save(&owner, |form| {
        form.fill("name", " Harbour & Co ")
            .fill("support_email", "hello@harbour.example")
            .fill("colour", "blue")
    })
    .await;
    saved.must_say("Saved. Clients see it from now on.");
    let stylesheet = brand(&saved);
    assert_eq!(stylesheet.len(), 1);
    for path in [
        link.as_str(),
        "/",
        "/i/unknown",
        pattern::SIGN_IN,
        "/nowhere",
    ] {
        let page = client.open(path).await;
        page.must_say("Harbour & Co");
        page.must_say("hello@harbour.example");
        assert_eq!(brand(&page), stylesheet, "{path}");
    }
    // A page that a layer gives, without asking the database.
    let refused = client.post_from(pattern::SIGN_IN, &[]).await.expect(403);
    assert_eq!(brand(&refused), stylesheet);
    let file = client.get(&stylesheet[0]).await.expect(200);
    assert_eq!(file.body, "@layer tokens{:root{--hue:255}}");
    assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
    let for_ever = "public, max-age=31536000, immutable";
    assert_eq!(file.header("cache-control"), for_ever);
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let expected = [
        "agency.renamed",
        "agency.support_address_changed",
        "agency.colour_changed",
    ];
    assert_eq!(events(&app).await, expected);
    // Nothing is another one the second time.
    save(&owner, |form| form).await.must_say("Saved.");
    assert_eq!(events(&app).await, expected);
    // The first colour needs no stylesheet, and the old one is still there for pages that were kept.
    let first = save(&owner, |form| form.fill("colour", "spruce")).await;
    assert_eq!(brand(&first), Vec::<String>::new());
    client.get(&stylesheet[0]).await.expect(200);
}

#[tokio::test]
async fn the_configuration_names_the_agency_until_its_settings_do() {
    let mut app = TestApp::start().await;
    app.execute("UPDATE agencies SET name = 'Before'").await;
    app.restart().await;
    app.browser().open("/").await.must_say("Northlight Studio");
    let owner = app.staff(Role::Owner).await;
    save(&owner, |form| {
        form.fill("name", "Harbour & Co").fill("support_email", "")
    })
    .await;
    app.restart().await;
    let home = app.browser().open("/").await;
    home.must_say("Harbour & Co");
    assert!(!home.says("northlight.example"));
}

#[tokio::test]
async fn an_own_colour_is_a_hue_and_a_grey_is_ink() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    for (typed, shown, stylesheet) in [
        ("1A5FB4", "#1a5fb4", "@layer tokens{:root{--hue:256}}"),
        ("#777", "#777777", "@layer tokens{:root{--tint:0}}"),
    ] {
        let page = save(&owner, |form| {
            form.fill("colour", "own").fill("own_colour", typed)
        })
        .await;
        let file = owner.browser.get(&brand(&page)[0]).await.expect(200);
        assert_eq!(file.body, stylesheet);
        let kept = page.attributes("#field-own_colour", "value");
        assert_eq!(kept, [shown]);
    }
}

#[tokio::test]
async fn a_colour_is_tried_on_before_it_is_saved() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    save(&owner, |form| form.fill("colour", "blue")).await;
    for colour in ["plum", "spruce"] {
        let page = settings(&owner).await;
        let form = page
            .form("Try it on")
            .fill("name", "Half typed")
            .fill("colour", colour);
        let tried = owner.browser.submit(&form).await.expect(200);
        tried.must_say("You are trying this colour on.");
        assert_eq!(tried.attributes("#field-name", "value"), ["Half typed"]);
        assert_ne!(brand(&tried), brand(&page), "{colour}");
        assert_eq!(brand(&tried).len(), 1, "{colour}");
        let elsewhere = owner.browser.open(pattern::QUEUE).await;
        assert_eq!(brand(&elsewhere), brand(&page));
        elsewhere.must_say("Northlight Studio");
    }
    let page = settings(&owner).await;
    let form = page.form("Try it on");
    let form = form.fill("colour", "own").fill("own_colour", "sky");
    let refused = owner.browser.submit(&form).await.expect(200);
    refused.must_say("This is not a colour.");
    assert!(!refused.says("You are trying this colour on."));
    assert_eq!(events(&app).await, ["agency.colour_changed"]);
}

#[tokio::test]
async fn a_logo_is_served_as_what_it_is_and_taken_away() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let stranger = app.browser();
    let saved = save(&owner, |form| {
        form.attach("logo", "logo.svg", LOGO)
            .fill("logo_alt", "A lighthouse")
    })
    .await;
    let path = logos(&saved).remove(0);
    assert!(path.ends_with(".png"), "the bytes say what it is: {path}");
    assert_eq!(saved.attributes("header img.logo", "alt"), ["A lighthouse"]);
    assert_eq!(saved.attributes("header img.logo", "width"), ["192"]);
    for page in ["/", "/nowhere", pattern::SIGN_IN] {
        let page = stranger.open(page).await;
        assert_eq!(logos(&page), [path.as_str()], "{}", page.path);
    }
    let file = stranger.get(&path).await.expect(200);
    assert_eq!(file.header("content-type"), "image/png");
    assert_eq!(file.header("content-length"), LOGO.len().to_string());
    assert!(file.header("cache-control").contains("immutable"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(
        file.header("content-security-policy")
            .contains("default-src 'none'")
    );
    // It stays when only something else is changed.
    let renamed = save(&owner, |form| form.fill("name", "Harbour & Co")).await;
    assert_eq!(logos(&renamed), [path.as_str()]);
    let gone = save(&owner, |form| form.tick("remove_logo", "yes")).await;
    assert_eq!(logos(&gone), Vec::<String>::new());
    assert_eq!(gone.attributes("#field-logo_alt", "value"), [""]);
    stranger.get(&path).await.expect(404);
    let expected = [
        "agency.logo_changed",
        "agency.renamed",
        "agency.logo_removed",
    ];
    assert_eq!(events(&app).await, expected);
}

#[tokio::test]
async fn mails_wear_the_face_too() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let saved = save(&owner, |form| {
        form.fill("colour", "plum").attach("logo", "l.png", LOGO)
    })
    .await;
    let client = app.add_client("Kowalska").await;
    let kind = InvitationKind::Connect;
    let sent = app
        .portal
        .invite(app.scope, &Who::Operator, client, kind, Way::Mail);
    drop(sent.await.expect("a link"));
    app.run_jobs().await;
    let mails = app.mail.mails();
    let mail = mails.last().expect("a mail");
    let path = &logos(&saved)[0];
    let img = format!(
        "<img src=\"{}{path}\" width=\"40\" height=\"40\"",
        app.portal.origin
    );
    assert!(mail.html.contains(&img), "{}", mail.html);
    // Plum, as a page shows it in light and in dark.
    let plum = Tint::of(Colour::Named(Swatch::Plum));
    for shade in [Shade::ACCENT, Shade::ACCENT_IN_DARK] {
        assert!(mail.html.contains(&plum.hex(shade)), "{}", mail.html);
    }
}

#[tokio::test]
async fn a_file_that_is_no_logo_is_refused_and_the_rest_is_kept() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let mut heavy = LOGO.to_vec();
    heavy.resize(3_000_000, 0);
    let mut wide = LOGO.to_vec();
    wide[16..20].copy_from_slice(&4_000_u32.to_be_bytes());
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for (bytes, problem) in [
        (&svg[..], "This file is not a PNG, JPEG or WebP picture."),
        (&heavy, "This file is too large: 200 KiB at most."),
        (&wide, "This picture is too large: 2000 pixels to a side"),
    ] {
        let refused = save(&owner, |form| {
            form.attach("logo", "logo.png", bytes)
                .fill("name", "Half typed")
                .fill("colour", "plum")
        })
        .await;
        refused.must_say(problem);
        assert_eq!(refused.attributes("#field-name", "value"), ["Half typed"]);
        let chosen = refused.attributes("input[name='colour'][checked]", "value");
        assert_eq!(chosen, ["plum"]);
    }
    assert_eq!(events(&app).await, Vec::<String>::new());
    let sql = "SELECT count(*) AS n FROM logos";
    assert_eq!(app.value::<i64>("n", sql).await, 0);
}

#[tokio::test]
async fn what_is_typed_wrongly_is_told_and_kept() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let refused = save(&owner, |form| {
        form.fill("name", " ")
            .fill("support_email", "hello@nowhere")
            .fill("colour", "own")
            .fill("own_colour", "bluish")
            .fill("logo_alt", &"x".repeat(201))
    })
    .await;
    for problem in [
        "This is needed.",
        "This does not look like an e-mail address.",
        "This is not a colour.",
        "This is too long",
    ] {
        refused.must_say(problem);
    }
    let kept = refused.attributes("#field-own_colour", "value");
    assert_eq!(kept, ["bluish"]);
    assert_eq!(events(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn others_look_and_an_old_sign_in_is_renewed() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.staff(Role::Owner).await, app.staff(Role::Admin).await);
    let looked = settings(&admin).await;
    looked.must_say("Only an owner changes this.");
    assert!(!looked.has_button("Save"));
    let form = settings(&owner).await.form("Save");
    admin.browser.send(&form).await.expect(403);
    // A session is used now and then for eight hours.
    for _ in 0..16 {
        app.advance(TimeDelta::minutes(30));
        settings(&owner).await;
    }
    let again = owner
        .browser
        .submit(&form.fill("name", "Harbour & Co"))
        .await
        .expect(200);
    assert_eq!(again.heading(), "Please sign in again");
    let form = again.form("Sign in").fill("password", PASSWORD);
    let page = owner.browser.submit(&form).await.expect(200);
    assert_eq!(page.attributes("#field-name", "value"), ["Harbour & Co"]);
    owner
        .browser
        .press(&page, "Save")
        .await
        .must_say("Saved. Clients see it from now on.");
}

#[tokio::test]
async fn each_agency_has_its_own_face() {
    let app = TestApp::start().await;
    let other = tests::Agency::found(&app, "Southdark").await;
    let ours = app.staff(Role::Owner).await;
    save(&other.owner, |form| {
        form.fill("colour", "plum").attach("logo", "l.png", LOGO)
    })
    .await;
    let page = ours.browser.open(pattern::QUEUE).await;
    assert_eq!((brand(&page).len(), logos(&page).len()), (0, 0));
    app.browser()
        .open("/nowhere")
        .await
        .must_say("Northlight Studio");
}

#[tokio::test]
async fn a_form_beyond_all_measure_is_refused_with_a_page() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let page = settings(&owner).await;
    let form = page.form("Save").fill("name", &"x".repeat(70_000));
    owner.browser.send(&form).await.expect(413);
    let file = vec![0; 11 * 1024 * 1024];
    let form = page.form("Save").attach("logo", "l.png", &file);
    owner.browser.send(&form).await.expect(413);
    for unknown in [
        "/brand/x.css",
        "/brand/0123456789abcdef0123456789abcdef.png",
    ] {
        app.browser().get(unknown).await.expect(404);
    }
}
