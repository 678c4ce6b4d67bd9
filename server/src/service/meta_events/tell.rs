//! Who is told that a permission has ended. A mail names the client and nobody who signed in: after a deletion it
//! would be the last place where their name stands.

use app::{routes, text::Lang};
use sea_orm::DatabaseTransaction;

use super::ends::Part;
use crate::{
    domain::{agency::AgencyScope, connection::Tell},
    mail::{Ending, Template},
    service::{Error, Portal, Result},
    store,
};

impl Portal {
    pub(super) async fn tell_of_end(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        tell: Tell,
    ) -> Result<()> {
        let id = part.connection.client_id;
        let client = store::clients::get(tx, scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        let ending = ending(part);
        if matches!(tell, Tell::Agency | Tell::Both) {
            let template = Template::Removed {
                client_name: client.name.clone(),
                ending,
                beside: false,
                client_url: self.absolute(&routes::client(id)),
            };
            self.tell_deciders(tx, scope, &template).await?;
        }
        if matches!(tell, Tell::Client | Tell::Both) {
            let agency = store::agencies::get(tx, scope)
                .await?
                .ok_or(Error::NotFound)?;
            let template = Template::Disconnected {
                client_name: client.name,
                ending,
                support_email: agency.support_email,
            };
            let lang = Lang::from_code(&client.language);
            self.queue_mail(tx, scope, Some(id), &client.email, lang, &template)
                .await?;
        }
        Ok(())
    }

    /// The connection itself goes on, so the client need do nothing.
    pub(super) async fn tell_of_end_beside(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
    ) -> Result<()> {
        let id = part.connection.client_id;
        let client = store::clients::get(tx, scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        let template = Template::Removed {
            client_name: client.name,
            ending: ending(part),
            beside: true,
            client_url: self.absolute(&routes::client(id)),
        };
        self.tell_deciders(tx, scope, &template).await
    }
}

fn ending(part: &Part<'_>) -> Ending {
    if part.is_deletion() {
        Ending::Deletion
    } else {
        Ending::Removal
    }
}
