//! How a login may end: for each end its page, in words a shop owner understands, with the next step.

mod app_trouble;
mod business;
mod dialog;
mod permissions;
mod person;
mod token;

use tests::{Answer, Client, Consent, TestApp};
use url::Url;
use uuid::Uuid;

/// A client in front of Facebook's dialog.
struct Way<'a> {
    client: Uuid,
    link: String,
    visitor: Client<'a>,
    dialog: Url,
}

impl<'a> Way<'a> {
    async fn to_dialog(app: &'a TestApp, name: &str) -> Self {
        let client = app.add_client(name).await;
        let link = app.invite(client).await;
        let visitor = app.client();
        let dialog = visitor.start(&link).await;
        Self {
            client,
            link,
            visitor,
            dialog,
        }
    }

    /// Agrees in the dialog, and comes back.
    async fn agree(&self, consent: &Consent) -> Answer {
        let callback = self.visitor.agree(&self.dialog, consent).await;
        self.visitor.browser.arrive(&callback).await
    }

    /// Presses a button that leads to the dialog, agrees there, and comes back.
    async fn again(&self, page: &Answer, button: &str, consent: &Consent) -> Answer {
        let dialog = self.visitor.press_to_dialog(page, button).await;
        let callback = self.visitor.agree(&dialog, consent).await;
        self.visitor.browser.arrive(&callback).await
    }

    /// From *Is this you?* to *Done*, with the first open account.
    async fn finish(&self, identity: &Answer) -> Answer {
        let choice = self.visitor.confirm(identity).await;
        let first = tests::open_accounts(&choice)[..1].to_vec();
        let done = self.visitor.submit(&choice, &first).await;
        done.must_say("Your part is done");
        done
    }
}

/// The buttons of a page, in their order: what a client may do next.
fn steps(page: &Answer) -> Vec<String> {
    page.texts("main button")
}

/// A parameter of the dialog's address.
fn asked(dialog: &Url, name: &str) -> Option<String> {
    let mut pairs = dialog.query_pairs();
    let found = pairs.find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned())
}

/// How often an edge was called.
fn calls(app: &TestApp, edge: &str) -> usize {
    let calls = app.sandbox.state().calls();
    calls.iter().filter(|call| call.edge == edge).count()
}
