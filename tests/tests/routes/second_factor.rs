//! The second factor of staff: set up, asked, required, lost.

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use server::domain::clock::Clock as _;
use tests::{Answer, Browser, PASSWORD, Phone, Staff, TestApp};

/// Switches the second factor on: the phone, and the page with the recovery codes.
async fn switch_on(app: &TestApp, staff: &Staff) -> (Phone, Answer) {
    let account = staff.browser.open(pattern::ACCOUNT).await.expect(200);
    let page = staff
        .browser
        .press(&account, "Set up a second factor")
        .await
        .expect(200);
    assert_eq!(page.attributes("svg.qr", "role"), ["img"]);
    let phone = Phone::set_up(&page);
    let form = page
        .form("Switch it on")
        .fill("code", &phone.code(app.clock.now()));
    let page = staff.browser.submit(&form).await.expect(200);
    page.must_say("Your second factor is on.");
    (phone, page)
}

fn recovery_codes(page: &Answer) -> Vec<String> {
    let codes = page.texts(".codes code");
    assert_eq!(codes.len(), 10);
    codes
}

async fn send_code(browser: &Browser, page: &Answer, button: &str, code: &str) -> Answer {
    browser.submit(&page.form(button).fill("code", code)).await
}

#[tokio::test]
async fn a_password_alone_opens_nothing() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let elsewhere = app.browser();
    staff
        .sign_in_at(&elsewhere)
        .await
        .must_say("queue is empty");
    let (phone, _) = switch_on(&app, &staff).await;
    // What the password alone had opened before is closed.
    assert_eq!(elsewhere.open(pattern::QUEUE).await.heading(), "Sign in");
    staff.queue().await.must_say("queue is empty");

    let browser = app.browser();
    let step = staff.sign_in_at(&browser).await.expect(200);
    assert_eq!(step.heading(), "One more step");
    let half = browser.cookie("portico_session").expect("half a session");
    for path in [
        pattern::QUEUE,
        pattern::CLIENTS,
        pattern::ACCOUNT,
        pattern::TEAM,
    ] {
        let away = browser.get(path).await;
        assert!(
            away.location().starts_with(pattern::SIGN_IN),
            "{path}: {}",
            away.location()
        );
    }
    app.advance(TimeDelta::seconds(30));
    let code = phone.code(app.clock.now());
    let queue = send_code(&browser, &step, "Sign in", &code)
        .await
        .expect(200);
    assert_eq!(queue.path, pattern::QUEUE);
    let whole = browser.cookie("portico_session").expect("a session");
    assert_ne!(half, whole, "a new id at each rise of rights");
    let thief = app.browser();
    thief.set_cookie("portico_session", &half);
    assert_eq!(thief.open(pattern::SECOND_STEP).await.heading(), "Sign in");
}

#[tokio::test]
async fn a_code_is_taken_once_and_only_in_its_time() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (phone, _) = switch_on(&app, &staff).await;
    let used = phone.code(app.clock.now());
    let browser = app.browser();
    let step = staff.sign_in_at(&browser).await;
    let again = send_code(&browser, &step, "Sign in", &used)
        .await
        .expect(422);
    again.must_say("This is not the code of now.");
    assert_eq!(again.attributes("input[name=code]", "value"), [""]);
    app.advance(TimeDelta::minutes(2));
    let late = send_code(&browser, &again, "Sign in", &used)
        .await
        .expect(422);
    let now = phone.code(app.clock.now());
    send_code(&browser, &late, "Sign in", &now)
        .await
        .expect(200)
        .must_say("queue is empty");
    // The same code in another browser, at the same moment.
    let other = app.browser();
    let step = staff.sign_in_at(&other).await;
    send_code(&other, &step, "Sign in", &now).await.expect(422);
    let trail = app
        .query("SELECT outcome FROM audit_events WHERE action = 'staff.second_factor'")
        .await;
    assert_eq!(trail.len(), 3, "each refused code is in the trail");
}

#[tokio::test]
async fn codes_are_guessed_ten_times_and_the_second_step_lasts_ten_minutes() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (phone, _) = switch_on(&app, &staff).await;
    let browser = app.browser();
    let step = staff.sign_in_at(&browser).await;
    let now = phone.code(app.clock.now());
    let wrong = if now == "000000" { "000001" } else { "000000" };
    for _ in 0..10 {
        send_code(&browser, &step, "Sign in", wrong)
            .await
            .expect(422);
    }
    app.advance(TimeDelta::seconds(30));
    let code = phone.code(app.clock.now());
    let refused = send_code(&browser, &step, "Sign in", &code)
        .await
        .expect(429);
    assert_ne!(refused.header("retry-after"), "");
    app.advance(TimeDelta::minutes(10));
    let code = phone.code(app.clock.now());
    let over = send_code(&browser, &step, "Sign in", &code)
        .await
        .expect(200);
    assert_eq!(over.heading(), "Sign in");
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (_, page) = switch_on(&app, &staff).await;
    let codes = recovery_codes(&page);
    for code in &codes {
        assert!(!app.database_holds(code).await, "only hashes are stored");
        assert!(!app.database_holds(&code.replace('-', "")).await);
    }
    let browser = app.browser();
    let step = staff.sign_in_at(&browser).await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    let account = send_code(&browser, &step, "Sign in", &typed)
        .await
        .expect(200);
    account.must_say("You signed in with a recovery code.");
    account.must_say("9 recovery codes are left.");
    let other = app.browser();
    let step = staff.sign_in_at(&other).await;
    send_code(&other, &step, "Sign in", &codes[3])
        .await
        .expect(422);
    // New ones end the old ones, and are shown to this person only.
    let renewed = browser.press(&account, "Make new recovery codes").await;
    let new = recovery_codes(&renewed);
    send_code(&other, &step, "Sign in", &codes[4])
        .await
        .expect(422);
    let stranger = app.staff(Role::Owner).await;
    let seen = stranger.browser.open(&renewed.path).await.expect(200);
    assert_eq!(seen.texts(".codes code"), Vec::<String>::new());
    send_code(&other, &step, "Sign in", &new[0])
        .await
        .expect(200)
        .must_say("9 recovery codes are left.");
}

#[tokio::test]
async fn the_secret_is_sealed_and_a_wrong_first_code_switches_nothing_on() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let account = staff.browser.open(pattern::ACCOUNT).await;
    let page = staff
        .browser
        .press(&account, "Set up a second factor")
        .await;
    let typed = page.texts("code.secret").concat();
    assert!(!app.database_holds(&typed.replace(' ', "")).await);
    let refused = send_code(&staff.browser, &page, "Switch it on", "000000").await;
    refused.must_say("This is not the code of now.");
    assert_eq!(refused.texts("code.secret").concat(), typed);
    // Until it is on, the password does.
    let browser = app.browser();
    staff.sign_in_at(&browser).await.must_say("queue is empty");
    let seen = browser.open(pattern::ACCOUNT).await;
    assert_eq!(seen.texts("code.secret").concat(), typed);
}

#[tokio::test]
async fn turning_it_off_wants_a_fresh_sign_in_with_the_code() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (phone, page) = switch_on(&app, &staff).await;
    app.advance(TimeDelta::minutes(16));
    let again = staff.browser.press(&page, "Turn it off").await.expect(200);
    assert_eq!(again.heading(), "Please sign in again");
    assert_eq!(
        again.attributes("input[name=email]", "value"),
        [staff.email.as_str()]
    );
    let wrong = again.form("Sign in").fill("password", "not the right one");
    let again = staff.browser.submit(&wrong).await;
    assert_eq!(again.heading(), "Please sign in again");
    let form = again.form("Sign in").fill("password", PASSWORD);
    let step = staff.browser.submit(&form).await;
    let code = phone.code(app.clock.now());
    let back = send_code(&staff.browser, &step, "Sign in", &code).await;
    assert_eq!(back.path, pattern::ACCOUNT);
    staff
        .browser
        .press(&back, "Turn it off")
        .await
        .must_say("Your second factor is off.");
    staff
        .sign_in_at(&app.browser())
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn an_owner_requires_it_and_everybody_sets_it_up_at_the_sign_in() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let viewer = app.staff(Role::Viewer).await;
    let team = owner.browser.open(pattern::TEAM).await.expect(200);
    assert!(!team.has_button("Require a second factor of everybody"));
    team.must_say("Set up your own second factor first");
    let (phone, _) = switch_on(&app, &owner).await;
    let team = owner.browser.open(pattern::TEAM).await;
    let team = owner
        .browser
        .press(&team, "Require a second factor of everybody")
        .await;
    team.must_say("Everybody needs a second factor to sign in.");
    // Who got in with a password alone is out.
    assert_eq!(viewer.queue().await.heading(), "Sign in");
    let page = viewer.sign_in_at(&viewer.browser).await;
    assert_eq!(page.heading(), "Set up your second factor");
    let away = viewer.browser.get(pattern::QUEUE).await;
    assert!(away.location().starts_with(pattern::SIGN_IN));
    let theirs = Phone::set_up(&page);
    let code = theirs.code(app.clock.now());
    let account = send_code(&viewer.browser, &page, "Switch it on and sign in", &code).await;
    recovery_codes(&account);
    account.must_say("Your agency requires a second factor.");
    assert!(!account.has_button("Turn it off"));
    let off = viewer.browser.post(pattern::FACTOR_OFF, &[]).await;
    off.expect(403);
    // The owner's own code is asked as ever; nobody new gets around it by a one-time link.
    let link = app
        .portal
        .invite_staff(app.scope, "new@northlight.example", Role::Viewer)
        .await
        .expect("a link");
    let browser = app.browser();
    let page = browser
        .open(secrecy::ExposeSecret::expose_secret(&link.url))
        .await;
    let form = page
        .form("Set password and sign in")
        .fill("new_password", PASSWORD);
    let page = browser.submit(&form).await.expect(200);
    assert_eq!(page.heading(), "Set up your second factor");
    app.advance(TimeDelta::seconds(30));
    let browser = app.browser();
    let step = owner.sign_in_at(&browser).await;
    let code = phone.code(app.clock.now());
    send_code(&browser, &step, "Sign in", &code)
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn a_lost_phone_is_mended_by_an_owner_or_from_the_command_line() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let admin = app.staff(Role::Admin).await;
    switch_on(&app, &admin).await;
    let team = owner.browser.open(pattern::TEAM).await;
    owner
        .browser
        .press(&team, "Reset second factor")
        .await
        .must_say("The second factor was taken away");
    assert_eq!(admin.queue().await.heading(), "Sign in");
    admin
        .sign_in_at(&admin.browser)
        .await
        .must_say("queue is empty");

    switch_on(&app, &owner).await;
    let reset = app
        .portal
        .reset_second_factor_of(app.scope, &owner.email.to_uppercase())
        .await;
    reset.expect("a known address");
    owner
        .sign_in_at(&app.browser())
        .await
        .must_say("queue is empty");
}
