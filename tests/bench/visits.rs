//! People who come to the portal over HTTP, as in life.

use std::{ops::RangeInclusive, sync::Arc};

use app::{
    model::{InvitationKind, Role},
    routes::pattern,
};
use futures::{StreamExt as _, stream};
use secrecy::ExposeSecret as _;
use server::{
    domain::agency::AgencyScope,
    jobs::Worker,
    service::{
        Portal,
        actor::Who,
        clients::NewClient,
        invitations::{Sent, Way},
    },
    store,
};
use tests::{
    Answer, Browser, PASSWORD, open_accounts,
    process::{Program, agree},
};
use url::Url;
use uuid::Uuid;

use crate::world;

/// Visits that are under way at once.
const AT_ONCE: usize = 4;

/// Who can be sent to a portal; with that portal in this process, for what the desk and the worker do.
pub struct Visitors {
    pub portal: Arc<Portal>,
    pub scope: AgencyScope,
}

impl Visitors {
    /// Visitors of this portal.
    pub const fn of(portal: Arc<Portal>, scope: AgencyScope) -> Self {
        Self { portal, scope }
    }

    /// An admin who is signed in.
    pub async fn staff(&self, program: &Program) -> Browser {
        let email = "jonas.berg@northlight.example";
        let link = self.portal.invite_staff(self.scope, email, Role::Admin);
        let link = link.await.expect("a one-time link");
        let browser = program.browser();
        let page = browser.open(link.url.expose_secret()).await.expect(200);
        let form = page.form("Set password and sign in");
        let queue = browser.submit(&form.fill("new_password", PASSWORD)).await;
        assert!(queue.path.starts_with(pattern::QUEUE), "{}", queue.path);
        browser
    }

    /// A new client.
    pub async fn add(&self, number: usize) -> Uuid {
        let client = world::client(number);
        let new = NewClient {
            name: client.name,
            email: client.email,
            meta_account_name: String::new(),
        };
        let added = self.portal.create_client(self.scope, &Who::Operator, &new);
        let added = added.await.expect("a readable answer");
        added.expect("a valid client")
    }

    /// A link of a client.
    pub async fn invite(&self, client: Uuid) -> String {
        let kind = InvitationKind::Connect;
        let way = Way::CommandLine;
        let sent = { &self.portal }
            .invite(self.scope, &Who::Operator, client, kind, way)
            .await;
        match sent.expect("a readable answer") {
            Sent::Done(minted) => minted.url.expose_secret().to_owned(),
            _ => panic!("no link for this client"),
        }
    }

    /// New clients who go the whole way, each with the first of their accounts: they wait for a decision.
    pub async fn submit_all(&self, program: &Program, numbers: RangeInclusive<usize>) -> Vec<Uuid> {
        let comes = stream::iter(numbers).map(|number| self.comes(program, number));
        let visits: Vec<Visit> = comes.buffered(AT_ONCE).collect().await;
        // All wait for the worker at the same two places, so that it is called twice.
        let visits = self.all_press(visits, |page| page.form("Yes, this is me"));
        let visits = visits.await;
        let visits = self.all_press(visits, |page| {
            let account = open_accounts(page).into_iter().next();
            let account = account.expect("an account that can be ticked");
            page.form("Submit for approval").tick("account", &account)
        });
        { visits.await.into_iter() }
            .map(|visit| {
                visit.page.must_say("Your part is done");
                visit.client
            })
            .collect()
    }

    async fn comes(&self, program: &Program, number: usize) -> Visit {
        let client = self.add(number).await;
        let link = self.invite(client).await;
        let (browser, callback) = to_callback(program, number, &link).await;
        let page = browser.arrive(&callback).await.expect(200);
        Visit {
            client,
            browser,
            page,
        }
    }

    async fn all_press(
        &self,
        visits: Vec<Visit>,
        form: impl Fn(&Answer) -> tests::Form,
    ) -> Vec<Visit> {
        let pressed = stream::iter(visits).map(|mut visit| {
            let form = form(&visit.page);
            async move {
                visit.page = visit.browser.submit(&form).await;
                visit
            }
        });
        let pressed: Vec<Visit> = pressed.buffered(AT_ONCE).collect().await;
        let report = Worker::new(self.portal.clone()).until_idle().await;
        assert_eq!(report.expect("a queue that can be read").failed, 0);
        let opened = stream::iter(pressed).map(async |mut visit: Visit| {
            visit.page = visit.browser.open(&visit.page.path).await.expect(200);
            visit
        });
        opened.buffered(AT_ONCE).collect().await
    }

    /// Approves a client's connection.
    pub async fn approve(&self, staff: &Browser, queue: &Answer, client: Uuid) {
        let db = self.portal.db.reader();
        let connection = store::connections::of_client(db, self.scope, client).await;
        let connection = connection.expect("a readable row").expect("a connection");
        let form = queue.form_where("Approve", |value| {
            value.starts_with(&connection.id.to_string())
        });
        let told = staff.submit(&form).await.expect(200);
        told.must_say("The connection was approved.");
        let report = Worker::new(self.portal.clone()).until_idle().await;
        report.expect("a queue that can be read");
    }
}

/// From a link through Facebook's dialog. Gives the browser, and the callback that it is sent to.
pub async fn to_callback(program: &Program, number: usize, link: &str) -> (Browser, String) {
    // Each at an address of their own, behind the proxy.
    let browser = program.browser_at(&format!("203.0.{}.{}", number / 250, number % 250 + 1));
    let page = browser.open(link).await.expect(200);
    let answer = browser.send(&page.form("Continue with Facebook")).await;
    let dialog = Url::parse(answer.location()).expect("a whole address");
    let callback = agree(&dialog, &world::client(number).person).await;
    (browser, callback)
}

/// A client on the way.
struct Visit {
    client: Uuid,
    browser: Browser,
    /// The page that they look at.
    page: Answer,
}
