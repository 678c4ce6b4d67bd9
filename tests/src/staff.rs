use ::app::{model::Role, routes::pattern};
use secrecy::ExposeSecret as _;
use server::domain::agency::AgencyScope;
use uuid::Uuid;

use crate::{Answer, Browser, TestApp};

/// The password of everybody who works at an agency.
pub const PASSWORD: &str = "seven lanterns over the harbour";

/// A member of staff who is signed in.
pub struct Staff {
    pub browser: Browser,
    pub email: String,
    pub role: Role,
}

impl Staff {
    /// Comes to an agency by a one-time link, sets a password, is signed in.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn join(app: &TestApp, scope: AgencyScope, email: &str, role: Role) -> Self {
        let link = app.portal.invite_staff(scope, email, role).await;
        let link = link.expect("a one-time link");
        let browser = app.browser();
        let page = browser.open(link.url.expose_secret()).await.expect(200);
        let form = page
            .form("Set password and sign in")
            .fill("new_password", PASSWORD);
        let queue = browser.submit(&form).await.expect(200);
        assert!(queue.path.starts_with(pattern::QUEUE), "{}", queue.path);
        Self {
            browser,
            email: email.to_owned(),
            role,
        }
    }

    /// Signs in once more, in another browser. Gives the page that this leads to.
    pub async fn sign_in_at(&self, browser: &Browser) -> Answer {
        let fields = [("email", self.email.as_str()), ("password", PASSWORD)];
        let answer = browser.post(pattern::SIGN_IN, &fields).await;
        browser.follow(answer).await
    }

    /// The queue.
    ///
    /// # Panics
    /// When it is not shown.
    pub async fn queue(&self) -> Answer {
        self.browser.open(pattern::QUEUE).await.expect(200)
    }

    /// Who decided what lately.
    ///
    /// # Panics
    /// When it is not shown.
    pub async fn decided(&self) -> Answer {
        self.browser.open(pattern::QUEUE_DECIDED).await.expect(200)
    }

    /// The page of a client.
    ///
    /// # Panics
    /// When it is not shown.
    pub async fn client_page(&self, client: Uuid) -> Answer {
        let path = ::app::routes::client(client);
        self.browser.open(&path).await.expect(200)
    }

    /// Approves what a page shows of a connection.
    ///
    /// # Panics
    /// When the page does not offer it.
    pub async fn approve(&self, page: &Answer, connection: Uuid) -> Answer {
        let form = page.form_where("Approve", |value| {
            value.starts_with(&connection.to_string())
        });
        self.browser.submit(&form).await
    }

    /// Rejects what a page shows of a connection.
    ///
    /// # Panics
    /// When the page does not offer it.
    pub async fn reject(&self, page: &Answer, connection: Uuid, reason: &str) -> Answer {
        let form = page.form_where("Reject", |value| value.starts_with(&connection.to_string()));
        let form = form.fill(&format!("reason-{connection}"), reason);
        self.browser.submit(&form).await
    }
}
