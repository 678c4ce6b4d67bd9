//! `admin create` and what its link does.

use tests::process::Program;

use super::{must_be_ahead, must_have, program, text};

const OWNER: [&str; 6] = [
    "admin",
    "create",
    "--email",
    "jonas@northlight.example",
    "--role",
    "owner",
];

#[tokio::test]
async fn a_member_of_staff_gets_a_link_for_a_day() {
    let (program, _database) = program().await;
    let made = program.json(&OWNER).await;
    must_have(&made, &["email", "role", "url", "expires_at"]);
    assert_eq!(made["email"], "jonas@northlight.example");
    assert_eq!(made["role"], "owner");
    assert!(
        text(&made, "url").starts_with(program.origin().as_str()),
        "{made}"
    );
    must_be_ahead(&made, "expires_at", 24);
}

#[tokio::test]
async fn each_role_can_be_given_and_an_address_has_to_be_one() {
    let (program, _database) = program().await;
    for role in ["owner", "admin", "reviewer", "viewer"] {
        let email = format!("{role}@northlight.example");
        let made = program
            .json(&["admin", "create", "--email", &email, "--role", role])
            .await;
        assert_eq!(made["role"], role);
    }
    let refused = program
        .run(&["admin", "create", "--email", "jonas", "--role", "owner"])
        .await;
    refused.must_refuse("is not an e-mail address");
}

#[tokio::test]
async fn a_second_link_ends_the_first_and_works_once() {
    let (program, _database) = program().await;
    let first = program.json(&OWNER).await;
    let second = program.json(&OWNER).await;
    let (first, second) = (text(&first, "url"), text(&second, "url"));
    assert_ne!(first, second);
    let server = program.serve(&[]).await;
    let browser = program.browser();
    browser.open(first).await.expect(410).must_say("link");
    let page = browser.open(second).await.expect(200);
    let form = page.form("Set password and sign in");
    let form = form.fill("new_password", "a lamp over the harbour");
    let queue = browser.submit(&form).await.expect(200);
    assert!(queue.path.starts_with("/admin/queue"), "{}", queue.path);
    drop(program.browser().open(second).await.expect(410));
    let log = server.stop().await;
    must_keep_quiet(&program, &log, &[first, second]);
}

/// Neither the secrets of the configuration nor those of links stand in a log.
fn must_keep_quiet(program: &Program, log: &str, links: &[&str]) {
    program.assert_silent(log);
    for link in links {
        let secret = link.rsplit('/').next().expect("a secret");
        assert!(!log.contains(secret), "a link's secret was logged: {log}");
    }
}
