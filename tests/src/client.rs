use reqwest::StatusCode;
use url::Url;

use crate::{Answer, Browser, Consent, TestApp, facebook};

/// A client in front of a browser, on the way from the guided link to *Done*.
pub struct Client<'a> {
    app: &'a TestApp,
    pub browser: Browser,
}

impl<'a> Client<'a> {
    pub(crate) const fn new(app: &'a TestApp, browser: Browser) -> Self {
        Self { app, browser }
    }

    /// Presses *Continue with Facebook* on a page. Gives the dialog's address.
    ///
    /// # Panics
    /// When it does not lead to the dialog.
    pub async fn continue_with_facebook(&self, page: &Answer) -> Url {
        self.press_to_dialog(page, "Continue with Facebook").await
    }

    /// Presses a button that leads to the dialog.
    ///
    /// # Panics
    /// When it does not lead there.
    pub async fn press_to_dialog(&self, page: &Answer, button: &str) -> Url {
        let answer = self.browser.send(&page.form(button)).await;
        let dialog = Url::parse(answer.location()).expect("a whole address");
        assert!(
            dialog.as_str().starts_with(&self.app.sandbox.url()),
            "{dialog}"
        );
        dialog
    }

    /// Opens a guided link and goes on to the dialog.
    ///
    /// # Panics
    /// When the link does not lead on.
    pub async fn start(&self, link: &str) -> Url {
        let page = self.browser.open(link).await.expect(200);
        self.continue_with_facebook(&page).await
    }

    /// Agrees in the dialog. Gives path and query of the callback.
    ///
    /// # Panics
    /// When the dialog refuses.
    pub async fn agree(&self, dialog: &Url, consent: &Consent) -> String {
        facebook::agree(&self.app.http, dialog, consent).await
    }

    /// Presses *Cancel* in the dialog. Gives path and query of the callback.
    ///
    /// # Panics
    /// When the dialog refuses.
    pub async fn cancel(&self, dialog: &Url) -> String {
        facebook::cancel(&self.app.http, dialog).await
    }

    /// From the guided link to *Is this you?*.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn sign_in(&self, link: &str, consent: &Consent) -> Answer {
        let dialog = self.start(link).await;
        let callback = self.agree(&dialog, consent).await;
        self.browser.arrive(&callback).await
    }

    /// *Yes, this is me*, and waits for the job: the choice of accounts.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn confirm(&self, identity: &Answer) -> Answer {
        let progress = self.browser.press(identity, "Yes, this is me").await;
        self.app.run_jobs().await;
        self.browser.open(&progress.path).await
    }

    /// From the guided link to the choice of accounts.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn accounts(&self, link: &str, consent: &Consent) -> Answer {
        let identity = self.sign_in(link, consent).await;
        self.confirm(&identity).await
    }

    /// Ticks accounts, submits, and waits for the job.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn submit(&self, choice: &Answer, accounts: &[String]) -> Answer {
        let mut form = choice.form("Submit for approval");
        for account in accounts {
            form = form.tick("account", account);
        }
        let progress = self.browser.submit(&form).await;
        self.app.run_jobs().await;
        self.browser.open(&progress.path).await
    }

    /// The whole way, with the first open account of the list.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn connect(&self, link: &str, consent: &Consent) -> Answer {
        let choice = self.accounts(link, consent).await;
        let first = open_accounts(&choice).into_iter().next();
        let done = self
            .submit(&choice, &[first.expect("an open account")])
            .await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        done
    }
}

/// Numbers of the accounts on a page that can be ticked.
#[must_use]
pub fn open_accounts(choice: &Answer) -> Vec<String> {
    choice.attributes("input[name=account]:not([disabled])", "value")
}
