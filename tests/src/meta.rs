//! What Meta tells the portal, as the sandbox does it in Meta's place.

use reqwest::StatusCode;
use sandbox::{DeletionAnswer, Delivery, DeliveryKind, DeliveryState, Event, Target};

use crate::{Answer, TestApp};

/// The word that was agreed on for the webhook, where a test configures one.
pub const VERIFY_TOKEN: &str = "a-word-that-was-agreed-on";

impl TestApp {
    /// Lets something happen to a person at Meta, and waits until the portal was told.
    ///
    /// # Panics
    /// When there is no such person, or the portal took one of the calls badly.
    pub async fn happens(&self, event: Event, person: &str) {
        let meta = self.sandbox.state();
        let mut settings = meta.settings();
        settings.callbacks = true;
        meta.set_settings(settings);
        let target = Target::Person(person.to_owned());
        meta.event(event, &target).expect("a person");
        self.told().await;
    }

    /// Waits until the portal was told everything.
    ///
    /// # Panics
    /// When it took a call badly.
    pub async fn told(&self) {
        let meta = self.sandbox.state();
        meta.deliveries_settled().await;
        for delivery in meta.deliveries() {
            let (path, tries) = (&delivery.path, &delivery.attempts);
            assert_eq!(delivery.state, DeliveryState::Delivered, "{path} {tries:?}");
        }
    }

    /// The newest call of this kind.
    ///
    /// # Panics
    /// When there was none.
    #[must_use]
    pub fn delivery(&self, kind: DeliveryKind) -> Delivery {
        let deliveries = self.sandbox.state().deliveries().into_iter();
        let mut of_kind = deliveries.filter(|delivery| delivery.kind == kind);
        of_kind.next_back().expect("a call of this kind")
    }

    /// What the portal answered to the newest request for a deletion.
    ///
    /// # Panics
    /// When there was none.
    #[must_use]
    pub fn promise(&self) -> DeletionAnswer {
        let delivery = self.delivery(DeliveryKind::DataDeletion);
        let mut answers = delivery.attempts.into_iter().filter_map(|try_| try_.answer);
        answers.next_back().expect("an answer")
    }

    /// The same bytes once more.
    ///
    /// # Panics
    /// When the portal took them badly.
    pub async fn tell_again(&self, delivery: &Delivery) {
        assert!(self.sandbox.state().redeliver(&delivery.id));
        self.told().await;
    }

    /// As if what was told had been lost on the way.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn lose_what_was_told(&self) {
        for sql in [
            "DELETE FROM meta_event_parts",
            "DELETE FROM meta_events",
            "DELETE FROM jobs WHERE kind = 'meta_event'",
        ] {
            self.execute(sql).await;
        }
    }

    /// Posts a body as a program without cookies and origin does.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post_as_meta(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> (StatusCode, String) {
        let url = self.origin.join(path).expect("an address");
        let mut request = self.http.post(url).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("an answer of the portal");
        let cookies = response.headers().get_all("set-cookie").iter().count();
        assert_eq!(cookies, 0, "{path} sets a cookie");
        let status = response.status();
        (status, response.text().await.expect("a text"))
    }

    /// How many rows a table holds.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn count(&self, table: &str) -> i64 {
        self.value("n", &format!("SELECT COUNT(*) AS n FROM {table}"))
            .await
    }

    /// The page on which a person follows a deletion.
    ///
    /// # Panics
    /// When there is none.
    pub async fn deletion_page(&self) -> Answer {
        self.browser().open(&self.promise().url).await.expect(200)
    }
}
