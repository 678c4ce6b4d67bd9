//! One client on the way from a link to *Done*, by the page's next step alone.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use reqwest::StatusCode;
use tests::{Answer, Client, TestApp, open_accounts};
use url::Url;
use uuid::Uuid;

use super::{check, step::Login};

/// No page waits longer for Meta (`security.md`, when things break), on a busy machine either.
const PAGE_MAX: Duration = Duration::from_secs(10);
/// Tries of the job that reads the accounts.
const TRIES: usize = 4;

pub const SIGNING_IN: &str = "Signing you in";
pub const READING: &str = "Looking for your ad accounts";
pub const PROBING: &str = "Testing the accounts";

/// A client with a link.
pub struct Way<'a> {
    pub app: &'a TestApp,
    pub login: Login,
    pub client: Uuid,
    pub visitor: Client<'a>,
    link: String,
    dialogs: Cell<usize>,
}

impl<'a> Way<'a> {
    /// A new client. Of what others on the same portal did, nothing is left that counts.
    pub async fn begin(app: &'a TestApp, login: Login) -> Self {
        let state = app.sandbox.state();
        state.clear_faults(None);
        state.clear_calls();
        state.forget_usage();
        // The longest that Meta asks to wait.
        app.advance(TimeDelta::hours(2));
        app.execute("DELETE FROM meta_troubles").await;
        app.execute("DELETE FROM jobs").await;
        let number: i64 = app.value("n", "SELECT COUNT(*) AS n FROM clients").await;
        let client = app.add_client(&format!("Kowalska {number}")).await;
        Self {
            app,
            login,
            client,
            visitor: app.client(),
            link: app.invite(client).await,
            dialogs: Cell::new(0),
        }
    }

    /// Dialogs that were agreed to.
    pub fn dialogs(&self) -> usize {
        self.dialogs.get()
    }

    /// From the link to what the callback shows.
    pub async fn sign_in(&self) -> Answer {
        let page = self.visitor.browser.open(&self.link).await.expect(200);
        let dialog = self.visitor.continue_with_facebook(&page).await;
        self.through_dialog(&dialog).await
    }

    async fn through_dialog(&self, dialog: &Url) -> Answer {
        let consent = self.login.consent();
        let callback = self.visitor.agree(dialog, &consent).await;
        self.dialogs.set(self.dialogs.get() + 1);
        let began = Instant::now();
        let page = self.visitor.browser.arrive(&callback).await;
        assert!(
            began.elapsed() < PAGE_MAX,
            "the page took {:?}",
            began.elapsed()
        );
        self.settled(page).await
    }

    /// A page, when what is at work behind it has come to an end.
    async fn settled(&self, page: Answer) -> Answer {
        let path = page.path.clone();
        let mut page = page.expect(200);
        if page.heading() == SIGNING_IN {
            check::page(&page, None);
            let tasks = &self.app.portal.tasks;
            tasks.close();
            tasks.wait().await;
            tasks.reopen();
            page = self.visitor.browser.open(&path).await.expect(200);
        }
        for _ in 0..TRIES {
            if page.heading() != READING && page.heading() != PROBING {
                break;
            }
            check::page(&page, None);
            self.app.run_jobs().await;
            page = self.visitor.browser.open(&path).await.expect(200);
            self.app.advance(TimeDelta::minutes(1));
        }
        page
    }

    /// Presses the one next step of a page, goes through the dialog if it leads there, and waits for what it
    /// has begun.
    pub async fn next_step(&self, page: &Answer) -> Answer {
        let button = check::next_step(page);
        let answer = self.visitor.browser.send(&page.form(&button)).await;
        let location = answer.location().to_owned();
        if location.starts_with(&self.app.sandbox.url()) {
            let dialog = Url::parse(&location).expect("a whole address");
            return self.through_dialog(&dialog).await;
        }
        let page = self.visitor.browser.follow(answer).await;
        self.settled(page).await
    }

    /// *Yes, this is me*, and what follows.
    pub async fn confirm(&self, identity: &Answer) -> Answer {
        assert_eq!(
            identity.heading(),
            self.login.identity(),
            "{}",
            identity.text()
        );
        let page = self
            .visitor
            .browser
            .press(identity, "Yes, this is me")
            .await;
        self.settled(page).await
    }

    /// Ticks the first account that can be ticked, and submits.
    pub async fn submit(&self, choice: &Answer) -> Answer {
        let open = open_accounts(choice);
        let first = open.first();
        let first = first.unwrap_or_else(|| panic!("nothing to tick: {}", choice.text()));
        let form = choice.form("Submit for approval").tick("account", first);
        let page = self.visitor.browser.submit(&form).await;
        self.settled(page).await
    }

    /// The rest of the way from wherever a page stands, with a Meta that is well: by next steps alone.
    pub async fn finish(&self, mut page: Answer) -> Answer {
        for _ in 0..6 {
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            let heading = page.heading();
            page = if heading.ends_with("Your part is done.") {
                return page;
            } else if heading == self.login.identity() {
                self.confirm(&page).await
            } else if page.has_button("Submit for approval")
                && !page.has_button("Read the list again")
            {
                self.submit(&page).await
            } else {
                self.next_step(&page).await
            };
        }
        panic!("the way does not end: {}", page.text())
    }

    /// All of the way, with a Meta that is well.
    pub async fn whole(&self) -> Answer {
        let page = self.sign_in().await;
        self.finish(page).await
    }
}
