use url::{Position, Url};

/// People of the sandbox's built-in world, by their ids there.
pub mod people {
    /// Three accounts of her own; the last is closed.
    pub const MARTA: &str = "10158801234560001";
    /// No account.
    pub const NINA: &str = "10158801234560002";
    /// Sixty accounts.
    pub const HENRIK: &str = "10158801234560003";
    /// Five accounts, all through a business.
    pub const PRIYA: &str = "10158801234560004";
    /// Two accounts, and names in two scripts.
    pub const LAYLA: &str = "10158801234560006";
    /// Five accounts in trouble.
    pub const DIEGO: &str = "10158801234560007";
    /// One account, which Marta has too.
    pub const TOMASZ: &str = "10158801234560008";
    /// The business portfolio through which Priya reaches accounts.
    pub const RAMAN: &str = "20188000000000001";
}

/// The permissions that the portal asks for.
pub const SCOPES: [&str; 4] = ["public_profile", "email", "ads_read", "business_management"];

/// What a person says in the dialog.
#[derive(Clone, Debug)]
pub struct Consent {
    person: String,
    ticked: Vec<&'static str>,
    business: Option<&'static str>,
}

impl Consent {
    /// A person who agrees to everything.
    #[must_use]
    pub fn of(person: &str) -> Self {
        Self {
            person: person.to_owned(),
            ticked: SCOPES.to_vec(),
            business: None,
        }
    }

    /// Without this permission.
    #[must_use]
    pub fn without(mut self, scope: &str) -> Self {
        self.ticked.retain(|ticked| *ticked != scope);
        self
    }

    /// For this business portfolio, in a Login for Business.
    #[must_use]
    pub const fn for_business(mut self, id: &'static str) -> Self {
        self.business = Some(id);
        self
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        let mut fields = vec![("person", self.person.as_str()), ("action", "continue")];
        fields.extend(self.ticked.iter().map(|scope| ("scope", *scope)));
        fields.extend(self.business.map(|id| ("business", id)));
        fields
    }
}

/// Agrees in the dialog. Gives path and query of the callback, as a browser would ask for it.
pub(crate) async fn agree(http: &reqwest::Client, dialog: &Url, consent: &Consent) -> String {
    answer(http, dialog, &consent.fields()).await
}

/// Presses *Cancel* in the dialog.
pub(crate) async fn cancel(http: &reqwest::Client, dialog: &Url) -> String {
    answer(http, dialog, &[("action", "cancel")]).await
}

async fn answer(http: &reqwest::Client, dialog: &Url, fields: &[(&str, &str)]) -> String {
    let response = http.post(dialog.clone()).form(fields).send().await;
    let response = response.expect("an answer of the dialog");
    let location = response.headers().get("location").cloned();
    let Some(location) = location else {
        panic!("the dialog says {}", response.text().await.expect("a page"));
    };
    let location = location.to_str().expect("an address");
    let location = Url::parse(location).expect("a whole address");
    location[Position::BeforePath..Position::AfterQuery].to_owned()
}
