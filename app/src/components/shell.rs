use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    AvatarSize, Icon, Step, avatar, fresh_times, icon, logo, name, notice, rich, stepper,
    theme_switch, toast, weekday,
};
use crate::islands::Dialogs;
use crate::model::{Frame, StaffView};
use crate::routes::pattern;
use crate::text::{t, tv};

/// The way of a client, and every other page for people who are not signed in: one column.
pub struct ClientShell {
    step: Option<Step>,
    link_until: Option<DateTime<Utc>>,
    is_narrow: bool,
}

impl ClientShell {
    /// A page without steps.
    #[must_use]
    pub const fn plain() -> Self {
        Self {
            step: None,
            link_until: None,
            is_narrow: false,
        }
    }

    /// A page of the client's way.
    #[must_use]
    pub const fn step(step: Step) -> Self {
        Self {
            step: Some(step),
            ..Self::plain()
        }
    }

    /// A short form by itself.
    #[must_use]
    pub const fn narrow() -> Self {
        Self {
            is_narrow: true,
            ..Self::plain()
        }
    }

    /// Says in the footer until when the link works.
    #[must_use]
    pub const fn link_until(mut self, until: DateTime<Utc>) -> Self {
        self.link_until = Some(until);
        self
    }

    /// The page around its content.
    pub fn view(self, frame: &Frame, content: impl IntoView + 'static) -> AnyView {
        let class = if self.is_narrow {
            "client narrow"
        } else {
            "client"
        };
        let address = frame.agency.support_email.clone();
        let help = address
            .as_ref()
            .map(|address| view! { <a href=mailto(address)>{t("help")}</a> });
        let until = self.link_until.map(|until| {
            view! { <span>{rich("link-until", &[], vec![("date", weekday(until))])}</span> }
        });
        let questions = address.map(|address| {
            let link = view! { <a href=mailto(&address)>{address.clone()}</a> }.into_any();
            view! { <span>{rich("questions", &[], vec![("address", link)])}</span> }
        });
        let footer = (until.is_some() || questions.is_some())
            .then(|| view! { <footer>{until}{questions}</footer> });
        view! {
            <div class=class>
                <header>
                    {logo(&frame.agency)}
                    <span>{name(&frame.agency.name)}</span>
                    {help}
                </header>
                <main id="main" tabindex="-1">
                    {self.step.map(stepper)}
                    {notice(frame)}
                    {content.into_any()}
                </main>
                {footer}
            </div>
        }
        .into_any()
    }
}

/// A link that opens a mail to an address.
#[must_use]
pub fn mailto(address: &str) -> String {
    format!("mailto:{address}")
}

/// The admin's desk around a page. Whoever is not signed in gets the plain shell: a page of the desk may be a failure.
pub fn desk(frame: &Frame, content: impl IntoView + 'static) -> AnyView {
    let Some(staff) = &frame.staff else {
        return ClientShell::plain().view(frame, content);
    };
    view! {
        <div class="desk">
            <header class="rail">
                <div class="brand">
                    {logo(&frame.agency)}
                    <span>{name(&frame.agency.name)}</span>
                </div>
                {navigation(frame, staff)}
                {who(staff)}
            </header>
            <main id="main" tabindex="-1">
                {toast(frame)}
                {content.into_any()}
                {fresh_times(frame.now)}
                <Dialogs />
            </main>
        </div>
    }
    .into_any()
}

fn navigation(frame: &Frame, staff: &StaffView) -> AnyView {
    let waiting = nav_count(staff.waiting, "nav-waiting");
    let needs = nav_count(staff.needs, "nav-needs");
    view! {
        <nav aria-label=t("nav-label")>
            {nav_link(frame, pattern::QUEUE, Icon::Inbox, t("nav-queue"), waiting)}
            {nav_link(frame, pattern::CLIENTS, Icon::People, t("nav-clients"), None)}
            {nav_link(frame, pattern::HEALTH, Icon::Pulse, t("nav-health"), needs)}
            {nav_link(frame, pattern::OUTBOX, Icon::Mail, t("nav-outbox"), None)}
            {staff.may_see_settings.then(|| nav_link(frame, pattern::SETTINGS, Icon::Settings, t("nav-settings"), None))}
        </nav>
    }
    .into_any()
}

/// A number beside a place of the navigation, and what it counts for whoever does not see it; nothing for nought.
fn nav_count(count: u64, key: &str) -> Option<AnyView> {
    (count > 0).then(|| {
        view! {
            <span class="count num">
                {count.to_string()}
                <span class="unseen">" " {tv(key, &[("count", count.into())])}</span>
            </span>
        }
        .into_any()
    })
}

fn nav_link(
    frame: &Frame,
    path: &'static str,
    sign: Icon,
    words: String,
    count: Option<AnyView>,
) -> AnyView {
    let is_here = frame
        .path
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    view! {
        <a href=path aria-current=is_here.then_some("page")>
            {icon(sign)}
            <span>{words}</span>
            {count}
        </a>
    }
    .into_any()
}

fn who(staff: &StaffView) -> AnyView {
    view! {
        <div class="who">
            <a class="me" href=pattern::ACCOUNT title=t("account-title")>
            {avatar(&spoken(&staff.email), None, AvatarSize::Small)}
            <span>
                {name(&staff.email)}
                <small>{t(&format!("role-{}", staff.role.code()))}</small>
            </span>
            </a>
            {theme_switch()}
            <form method="post" action=pattern::SIGN_OUT>
                <button type="submit" class="btn ghost small">{icon(Icon::SignOut)} {t("sign-out")}</button>
            </form>
        </div>
    }
    .into_any()
}

/// What stands before the `@`, as the words of a name: `jonas.berg` gives the initials of Jonas Berg.
fn spoken(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    local.replace(['.', '_', '-', '+'], " ")
}
