use leptos::prelude::*;

use crate::components::{
    Drawing, Icon, Tab, Weight, ago, button_form, desk, empty, facts, mail_badge, moment, name,
    note, pager, rich, table, tabs,
};
use crate::model::{Frame, MailFilter, MailRow, MailState, MailView, OutboxView, Tone};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// Every mail, newest first, with its state and what the mail server said.
pub fn outbox(frame: &Frame, view: OutboxView) -> Page {
    let title = t("outbox-title");
    let next = { view.next.as_deref() }.map(|after| routes::outbox(view.filter, Some(after)));
    let kept = view
        .is_kept_here
        .then(|| note(Tone::Quiet, view! { <p>{t("outbox-kept-here")}</p> }));
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {test(frame, &view)}
        </div>
        {kept}
        {states(&view)}
        {list(frame, &view)}
        {pager(next)}
    };
    Page::new(title, desk(frame, content))
}

/// *Send a test mail*, where mails leave.
fn test(frame: &Frame, view: &OutboxView) -> Option<AnyView> {
    let staff = frame
        .staff
        .as_ref()
        .filter(|_| view.may_send && !view.is_kept_here)?;
    let to = rich("outbox-test-to", &[], vec![("email", name(&staff.email))]);
    Some(
        view! {
            <div class="row">
                <small>{to}</small>
                {button_form(pattern::MAIL_TEST.to_owned(), Weight::Plain, t("outbox-test"), &[])}
            </div>
        }
        .into_any(),
    )
}

/// All mails, and those in each state, at addresses of their own.
fn states(view: &OutboxView) -> AnyView {
    let total = view.counts.iter().map(|(_, count)| count).sum();
    let all = Tab {
        href: routes::outbox(MailFilter::All, None),
        words: t("outbox-all"),
        count: Some(total),
        is_here: view.filter == MailFilter::All,
    };
    let each = MailState::ALL.iter().filter_map(|state| {
        let count = { view.counts.iter() }.find(|(of, _)| of == state);
        let count = count.map_or(0, |(_, count)| *count);
        let filter = MailFilter::In(*state);
        let is_here = view.filter == filter;
        // Where there is a mail server, none is kept here.
        let is_shown = *state != MailState::Kept || count > 0 || is_here;
        is_shown.then(|| Tab {
            href: routes::outbox(filter, None),
            words: t(&format!("outbox-state-{}", state.code())),
            count: Some(count),
            is_here,
        })
    });
    let is_here = view.filter == MailFilter::ToSendAgain;
    let again = (view.open > 0 || is_here).then(|| Tab {
        href: routes::outbox(MailFilter::ToSendAgain, None),
        words: t("outbox-again"),
        count: Some(view.open),
        is_here,
    });
    let tabs_of = std::iter::once(all).chain(each).chain(again);
    tabs(t("outbox-states"), tabs_of.collect())
}

fn list(frame: &Frame, view: &OutboxView) -> AnyView {
    if view.mails.is_empty() && view.filter != MailFilter::All {
        let all = view! { <p><a href=pattern::OUTBOX>{t("outbox-to-all")}</a></p> };
        return empty(Icon::Mail, t("outbox-none-such"), all);
    }
    if view.mails.is_empty() {
        let text = view! { <p class="soft">{t("outbox-empty-text")}</p> };
        return empty(Drawing::EmptyOutbox, t("outbox-empty"), text);
    }
    let heads = [
        t("outbox-mail"),
        t("outbox-state"),
        t("outbox-when"),
        t("outbox-action"),
    ];
    let rows = view
        .mails
        .iter()
        .map(|mail| row(frame, mail, view.may_send));
    view! { <div class="card">{table(t("outbox-title"), &heads, rows)}</div> }.into_any()
}

fn row(frame: &Frame, mail: &MailRow, may_send: bool) -> Vec<AnyView> {
    let heading = view! {
        <strong>
            <a class="quiet-link" href=routes::mail(mail.id)>
                {subject(&mail.subject)}
            </a>
        </strong>
        <small>{mail.to.clone()}</small>
    };
    let when = match mail.sent_at {
        Some(at) => ago(at, frame.now),
        None => ago(mail.created_at, frame.now),
    };
    vec![
        heading.into_any(),
        view! { {mail_badge(mail.state)} {trouble(mail)} }.into_any(),
        when,
        send_again(mail, may_send, Weight::Link).unwrap_or_else(|| ().into_any()),
    ]
}

/// Why a mail did not leave, in words and in the mail server's own, how often it was tried, and when it is tried next.
fn trouble(mail: &MailRow) -> Option<AnyView> {
    let error = mail.error.clone()?;
    let why = { mail.trouble }
        .map(|trouble| view! { <span>{t(&format!("outbox-why-{}", trouble.code()))}</span> });
    let next = mail
        .next_try_at
        .filter(|_| mail.state == MailState::Queued)
        .map(|at| view! { " " {rich("outbox-next-try", &[], vec![("when", moment(at))])} });
    let tried = tv(
        "outbox-tried",
        &[("count", u64::from(mail.attempts).into())],
    );
    Some(
        view! {
            <span class="stack-s">
                {why}
                <small><bdi>{error}</bdi></small>
                <small>{tried} {next}</small>
            </span>
        }
        .into_any(),
    )
}

fn send_again(mail: &MailRow, may_send: bool, weight: Weight) -> Option<AnyView> {
    (may_send && mail.has_body).then(|| {
        button_form(
            routes::mail_send(mail.id),
            weight,
            t("outbox-send-again"),
            &[],
        )
    })
}

/// One mail with its text.
pub fn mail(frame: &Frame, view: MailView) -> Page {
    let row = &view.mail;
    let title = row.subject.clone();
    let mut pairs = vec![
        (t("outbox-to"), name(&row.to)),
        (
            t("outbox-state"),
            view! { {mail_badge(row.state)} {trouble(row)} }.into_any(),
        ),
        (t("outbox-written"), moment(row.created_at)),
    ];
    if let Some(at) = row.sent_at {
        pairs.push((t("outbox-sent-at"), moment(at)));
    }
    if let Some(client) = row.client_id {
        let link = view! { <a href=routes::client(client)>{t("outbox-to-client")}</a> };
        pairs.push((t("outbox-client"), link.into_any()));
    }
    let text = match view.text.clone() {
        Some(text) => view! { <pre class="letter" dir="auto">{text}</pre> }.into_any(),
        None => view! { <p class="soft">{t("outbox-no-text")}</p> }.into_any(),
    };
    let content = view! {
        <div class="stack">
            <p class="crumbs"><a href=pattern::OUTBOX>{t("nav-outbox")}</a></p>
            <div class="page-head">
                <h1>{subject(&title)}</h1>
                {send_again(row, view.may_send, Weight::Plain)}
            </div>
        </div>
        <div class="stack-l measure">
            {facts(pairs)}
            <section class="card stack">
                <h2>{t("outbox-text")}</h2>
                {text}
            </section>
        </div>
    };
    Page::new(title, desk(frame, content))
}

/// A subject is a sentence of ours, whatever script the name at its beginning has.
fn subject(words: &str) -> AnyView {
    view! { <bdi dir="ltr">{words.to_owned()}</bdi> }.into_any()
}
