//! What the portal is told of, and when.

use super::{Consent, Data, DeliveryKind};
use crate::callbacks::{Change, Parcel};

impl Data {
    /// The person removed the app in their settings. Of a business's system user nothing is said:
    /// whether Meta does is not known (`meta.md` §8).
    pub(crate) fn tell_deauthorized(&mut self, person: &str) {
        self.tell(DeliveryKind::Deauthorization, person);
    }

    pub(crate) fn tell_deletion(&mut self, person: &str) {
        self.tell(DeliveryKind::DataDeletion, person);
    }

    fn tell(&mut self, kind: DeliveryKind, person: &str) {
        let is_system_user = |id| {
            let person = self.world.person(id);
            person.is_some_and(|person| person.system_user.is_some())
        };
        if !self.settings.callbacks || is_system_user(person) {
            return;
        }
        let (now, padded) = (self.clock.unix(), self.settings.pad_signed_requests);
        let config = &self.outbox.config;
        let parcel = match kind {
            DeliveryKind::DataDeletion => Parcel::deletion(config, person, now, padded),
            _ => Parcel::deauthorization(config, person, now, padded),
        };
        // Whether Meta repeats these calls is not known: the harder case is that it does not.
        self.outbox.add(kind, Some(person), parcel, &[]);
    }

    /// Tells what a login added to what was there before.
    pub(crate) fn tell_granted(&mut self, person: &str, before: Option<&Consent>) {
        let Some(after) = self.consents.get(person) else {
            return;
        };
        let had = before.map(Consent::granted).unwrap_or_default();
        let targets = after.assets.as_ref();
        let connected = before.is_none().then_some(Change::Connected(true));
        let new = after.granted().into_iter();
        let new = new
            .filter(|scope| !had.contains(scope))
            .map(|scope| Change::Permission {
                targets: targets
                    .filter(|_| scope.starts_with("ads_"))
                    .map(|ids| ids.iter().cloned().collect()),
                name: scope,
                granted: true,
            });
        let changes: Vec<Change> = connected.into_iter().chain(new).collect();
        self.tell_permissions(person, &changes);
    }

    pub(crate) fn tell_revoked(&mut self, person: &str, scope: &str) {
        let change = Change::Permission {
            name: scope.to_owned(),
            granted: false,
            targets: None,
        };
        self.tell_permissions(person, &[change]);
    }

    pub(crate) fn tell_permissions(&mut self, person: &str, changes: &[Change]) {
        if changes.is_empty() || !self.outbox.subscribed {
            return;
        }
        let now = self.clock.unix();
        let parcel = Parcel::permissions(&self.outbox.config, person, now, changes);
        let pauses = self.settings.retry_seconds.clone();
        self.outbox
            .add(DeliveryKind::Webhook, Some(person), parcel, &pauses);
    }
}
