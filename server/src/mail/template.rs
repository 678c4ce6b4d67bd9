//! What each mail says.

use app::text::Lang;
use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use secrecy::{ExposeSecret as _, SecretString};

use super::letterhead::Letterhead;
use super::words::{day, folded, line, lines, name, templates};

/// Ad accounts that a mail names; of more it says how many.
const ACCOUNTS_NAMED: usize = 20;

/// A mail to be written, with what it tells.
#[derive(Clone, Debug)]
pub enum Template {
    /// To a client: the guided link.
    Invitation(Link),
    /// To a client: another link in place of one that ended, which they asked for.
    FreshLink(Link),
    /// To a client: the agency approved.
    Approved {
        client_name: String,
        accounts: Vec<String>,
    },
    /// To a client: the agency rejected, and why.
    Rejected {
        client_name: String,
        reason: String,
        support_email: Option<String>,
        /// It stood beside a connection, which stays as it was.
        beside: bool,
    },
    /// To staff: the person who is connected has signed in again; nothing waits.
    Reconnected {
        client_name: String,
        person_name: String,
        /// The whole address of the client's page.
        client_url: String,
    },
    /// To the agency: a client is stuck and asks for help.
    Help(Help),
    /// To a client: the permission has ended at Facebook, and the access with it.
    Disconnected {
        client_name: String,
        ending: Ending,
        support_email: Option<String>,
    },
    /// To staff: somebody who had signed in for a client has ended that at Facebook.
    Removed {
        client_name: String,
        ending: Ending,
        /// It was no more than a login beside the connection, which stays.
        beside: bool,
        /// The whole address of the client's page.
        client_url: String,
    },
    /// To whoever asked for it: mails arrive.
    Test {
        /// Who asked for it.
        email: String,
    },
    /// To a member of staff: their password is another one now.
    PasswordChanged {
        /// Whose it is.
        email: String,
    },
    /// To staff: a connection waits for a decision.
    Submitted {
        client_name: String,
        /// Who signed in with Facebook.
        person_name: String,
        /// How many ad accounts they chose.
        accounts: u64,
        /// The whole address of the queue.
        queue_url: String,
    },
}

/// What a mail with a guided link tells.
#[derive(Clone, Debug)]
pub struct Link {
    pub client_name: String,
    /// What it is for: the words differ.
    pub purpose: Purpose,
    /// The whole address.
    pub link: SecretString,
    pub expires_at: DateTime<Utc>,
    /// The permissions that will be asked for.
    pub scopes: Vec<String>,
    pub support_email: Option<String>,
}

/// What a guided link is for: the words of its mail differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Connect,
    /// Once more, by whoever is connected.
    Reconnect,
    /// By a second person.
    Backup,
}

impl Purpose {
    /// As the templates ask for it.
    const fn code(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Reconnect => "reconnect",
            Self::Backup => "backup",
        }
    }
}

/// How a permission ended at Facebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person removed the app.
    Removal,
    /// They asked for their data to be deleted.
    Deletion,
}

impl Ending {
    /// As the words ask for it.
    const fn code(self) -> &'static str {
        match self {
            Self::Removal => "removal",
            Self::Deletion => "deletion",
        }
    }
}

/// What the agency is told of a client who asks for help. No secret: nothing here opens anything.
#[derive(Clone, Debug)]
pub struct Help {
    pub client_name: String,
    /// Where the answer goes.
    pub client_email: String,
    /// Who signed in with Facebook.
    pub person_name: Option<String>,
    /// Where they are, in words.
    pub step: String,
    /// What is known of it, in words.
    pub case: String,
    /// The whole address of the client's page.
    pub client_url: String,
}

/// A written mail. Its bodies are secrets, since links stand in them.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub subject: String,
    pub text: SecretString,
    pub html: SecretString,
}

impl Template {
    /// The names of those that carry a guided link, which are limited to a client within the hour.
    pub const LINKS: [&'static str; 2] = ["invitation", "fresh_link"];

    /// The name of the one in which a client asks for help: answers to it go to the client.
    pub const HELP: &'static str = "help";

    /// The name of its folder, which is also its kind in the outbox.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Invitation(_) => "invitation",
            Self::FreshLink(_) => "fresh_link",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Reconnected { .. } => "reconnected",
            Self::Disconnected { .. } => "disconnected",
            Self::Removed { .. } => "removed",
            Self::Submitted { .. } => "submitted",
            Self::Help(_) => Self::HELP,
            Self::Test { .. } => "test",
            Self::PasswordChanged { .. } => "password_changed",
        }
    }

    /// Writes the mail in a language, on the letterhead of an agency.
    ///
    /// # Panics
    /// When a template or its words are broken, which a test of each rules out.
    #[must_use]
    pub fn render(&self, lang: Lang, head: &Letterhead) -> Rendered {
        let shared = context! {
            lang => lang.code(),
            dir => lang.direction(),
            ..head.context()
        };
        let own = self.context(lang);
        let subject = write(lang, &format!("{}/subject.txt", self.name()), &shared, &own);
        let subject = folded(&subject);
        let text = self.body(lang, "txt", &shared, &own, &subject);
        let html = self.body(lang, "html", &shared, &own, &subject);
        Rendered {
            subject,
            text: text.into(),
            html: html.into(),
        }
    }

    /// The body inside its layout, in one of the two kinds.
    fn body(&self, lang: Lang, kind: &str, shared: &Value, own: &Value, subject: &str) -> String {
        let button = match self.button(lang) {
            Some(button) => write(lang, &format!("button.{kind}"), shared, &button),
            None => String::new(),
        };
        let with_button = context! { button => Value::from_safe_string(button), ..own.clone() };
        let template = format!("{}/body.{kind}", self.name());
        let content = write(lang, &template, shared, &with_button);
        let frame = context! {
            subject,
            content => Value::from_safe_string(content.trim().to_owned()),
        };
        write(lang, &format!("layout.{kind}"), shared, &frame)
    }

    fn button(&self, lang: Lang) -> Option<Value> {
        let (url, label) = match self {
            Self::Invitation(link) | Self::FreshLink(link) => {
                (link.link.expose_secret(), "mail-link-button")
            }
            Self::Reconnected { client_url, .. } => {
                (client_url.as_str(), "mail-reconnected-button")
            }
            Self::Submitted { queue_url, .. } => (queue_url.as_str(), "mail-submitted-button"),
            Self::Removed { client_url, .. } => (client_url.as_str(), "mail-removed-button"),
            Self::Help(help) => (help.client_url.as_str(), "mail-help-button"),
            Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::Disconnected { .. }
            | Self::Test { .. }
            | Self::PasswordChanged { .. } => return None,
        };
        Some(context! { url, label => lang.text(label, &[]) })
    }

    fn context(&self, lang: Lang) -> Value {
        match self {
            Self::Invitation(link) | Self::FreshLink(link) => link.context(lang),
            Self::Approved {
                client_name,
                accounts,
            } => {
                let shown = accounts.iter().take(ACCOUNTS_NAMED);
                let named: Vec<_> = shown.map(|account| name(account)).collect();
                context! {
                    client_name => name(client_name),
                    more => accounts.len() - named.len(),
                    accounts => named,
                }
            }
            Self::Rejected {
                client_name,
                reason,
                support_email,
                beside,
            } => context! {
                client_name => name(client_name),
                reason => lines(reason),
                beside,
                support_email => support_email.as_deref().map(line),
            },
            Self::Disconnected {
                client_name,
                ending,
                support_email,
            } => context! {
                client_name => name(client_name),
                ending => ending.code(),
                support_email => support_email.as_deref().map(line),
            },
            Self::Removed {
                client_name,
                ending,
                beside,
                ..
            } => context! {
                client_name => name(client_name),
                ending => ending.code(),
                beside,
            },
            Self::Reconnected {
                client_name,
                person_name,
                ..
            } => context! {
                client_name => name(client_name),
                person_name => name(person_name),
            },
            Self::Help(help) => help.context(),
            Self::Test { email } | Self::PasswordChanged { email } => context! {
                email => line(email),
            },
            Self::Submitted {
                client_name,
                person_name,
                accounts,
                ..
            } => context! {
                client_name => name(client_name),
                person_name => name(person_name),
                accounts,
            },
        }
    }
}

impl Link {
    fn context(&self, lang: Lang) -> Value {
        let scopes: Vec<_> = self.scopes.iter().map(|one| scope(lang, one)).collect();
        context! {
            client_name => name(&self.client_name),
            purpose => self.purpose.code(),
            expires_on => day(lang, self.expires_at),
            scopes,
            support_email => self.support_email.as_deref().map(line),
        }
    }
}

impl Help {
    fn context(&self) -> Value {
        context! {
            client_name => name(&self.client_name),
            client_email => line(&self.client_email),
            person_name => self.person_name.as_deref().map(name),
            step => line(&self.step),
            case => line(&self.case),
        }
    }
}

/// A permission in plain words; its raw name where the catalogue does not know it.
fn scope(lang: Lang, scope: &str) -> String {
    let key = format!("mail-scope-{scope}");
    if lang.has(&key) {
        lang.text(&key, &[])
    } else {
        name(scope)
    }
}

fn write(lang: Lang, template: &str, shared: &Value, own: &Value) -> String {
    templates(lang)
        .get_template(template)
        .and_then(|found| found.render(context! { ..own.clone(), ..shared.clone() }))
        .unwrap_or_else(|error| panic!("the template {template} renders: {error:#}"))
}
