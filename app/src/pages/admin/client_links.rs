use leptos::prelude::*;

use crate::components::{
    Question, Weight, asking_form, button_form, invitation_badge, moment, name, note, rich,
};
use crate::islands::CopyButton;
use crate::model::{
    ClientPageView, ForwardedView, Frame, InvitationState, SentInvitationView, Tone,
};
use crate::routes;
use crate::text::{t, tv};

/// Sending, copying and ending links. The first one is sent; later ones replace it.
pub fn actions(view: &ClientPageView) -> Option<AnyView> {
    let is_live = view.invitations.iter().any(|invitation| invitation.is_live);
    let (first, more) = view.links.split_first()?;
    if !more.is_empty() {
        return Some(several(view, is_live));
    }
    let kind = [("kind", first.code())];
    let form = |action: &str, weight, words| {
        button_form(routes::client_action(view.id, action), weight, words, &kind)
    };
    // Where somebody is connected already, a link is not the next thing to do.
    let weight = match view.connection {
        Some(_) => Weight::Plain,
        None => Weight::Main,
    };
    let send = if is_live {
        form("resend", Weight::Plain, t("link-resend"))
    } else {
        form("send", weight, t("link-send"))
    };
    let revoke = is_live.then(|| revoke(view));
    Some(
        view! {
            <div class="row" id="links">
                {send}
                {form("copy", Weight::Plain, t("link-copy"))}
                {revoke}
            </div>
        }
        .into_any(),
    )
}

/// Ends every link of the client.
fn revoke(view: &ClientPageView) -> AnyView {
    let question = Question {
        id: "ask-revoke".to_owned(),
        title: t("link-revoke-ask"),
        text: rich("link-revoke-text", &[], vec![("client", name(&view.name))]),
        yes: t("link-revoke-yes"),
    };
    let action = routes::client_action(view.id, "revoke");
    asking_form(action, Weight::Danger, t("link-revoke"), &[], question)
}

/// Where a link can be for more than one thing, what it is for is chosen first.
fn several(view: &ClientPageView, is_live: bool) -> AnyView {
    let kinds: Vec<_> = { view.links.iter() }
        .map(|kind| {
            let words = t(&format!("link-for-{}", kind.code()));
            view! { <option value=kind.code()>{words}</option> }
        })
        .collect();
    let copy = routes::client_action(view.id, "copy");
    let revoke = is_live.then(|| revoke(view));
    view! {
        <div class="stack-s" id="links">
            <form class="row" method="post" action=routes::client_action(view.id, "send")>
                <label class="unseen" for="link-kind">{t("link-for")}</label>
                <select class="input" id="link-kind" name="kind">{kinds}</select>
                <button type="submit" class="btn plain">{t("link-send")}</button>
                <button type="submit" class="btn plain" formaction=copy>{t("link-copy")}</button>
            </form>
            {revoke}
        </div>
    }
    .into_any()
}

/// A link that was just minted. It cannot be shown later: only its hash is kept.
pub fn minted(view: &ClientPageView) -> Option<AnyView> {
    view.minted_link.clone().map(|link| {
        let body = view! {
            <div class="field">
                <label for="minted">{t("minted-label")}</label>
                <div class="joined">
                    <input class="input" id="minted" readonly=true dir="ltr" value=link.clone() aria-describedby="minted-hint" />
                    <CopyButton text=link label=t("copy") copied=t("copied") />
                </div>
                <p class="hint" id="minted-hint">{t("minted-hint")}</p>
            </div>
        };
        note(Tone::Quiet, body)
    })
}

/// The links that were sent, newest first, and how far each has come.
pub fn invitations(frame: &Frame, view: &ClientPageView) -> AnyView {
    let list = if view.invitations.is_empty() {
        view! { <p class="soft">{t("invitations-none")}</p> }.into_any()
    } else {
        let links: Vec<_> = view
            .invitations
            .iter()
            .map(|invitation| one(frame, invitation))
            .collect();
        view! { <ul>{links}</ul> }.into_any()
    };
    view! {
        <section class="card stack">
            <h2>{t("invitations-title")}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn one(frame: &Frame, invitation: &SentInvitationView) -> AnyView {
    let ends = match (invitation.state, invitation.ended_at) {
        (InvitationState::Spent, Some(at)) => {
            rich("invitation-done", &[], vec![("when", moment(at))])
        }
        (InvitationState::Revoked, Some(at)) => {
            rich("invitation-revoked", &[], vec![("when", moment(at))])
        }
        (_, Some(at)) => rich("invitation-ended", &[], vec![("when", moment(at))]),
        (_, None) if invitation.expires_at > frame.now => rich(
            "invitation-until",
            &[],
            vec![("when", moment(invitation.expires_at))],
        ),
        (_, None) => rich(
            "invitation-ended",
            &[],
            vec![("when", moment(invitation.expires_at))],
        ),
    };
    let started = invitation.started_at.map(|at| {
        view! { <li>{rich("invitation-started", &[], vec![("when", moment(at))])}</li> }
    });
    view! {
        <li class="sent">
            <div class="row">
                <h3>{t(&format!("invitation-kind-{}", invitation.kind.code()))}</h3>
                {invitation_badge(invitation.state)}
            </div>
            <ul class="small soft">
                <li>{rich("invitation-sent", &[], vec![("when", moment(invitation.sent_at))])}</li>
                <li>{opened(invitation)}</li>
                {started}
                {invitation.forwarded.iter().map(forwarded).collect::<Vec<_>>()}
                <li>{ends}</li>
            </ul>
        </li>
    }
    .into_any()
}

/// Somebody passed it on: who was signed in then, and whether it is the one that led to the connection.
fn forwarded(link: &ForwardedView) -> AnyView {
    let mut slots = vec![("when", moment(link.at))];
    let key = match &link.by {
        Some(by) => {
            slots.push(("who", name(by)));
            "invitation-forwarded-by"
        }
        None => "invitation-forwarded",
    };
    let used = link
        .is_used
        .then(|| view! { " " <strong>{t("invitation-forwarded-used")}</strong> });
    view! { <li>{rich(key, &[], slots)}{used}</li> }.into_any()
}

/// Mail scanners open links too: only *started* is a fact, and this says so.
fn opened(invitation: &SentInvitationView) -> AnyView {
    match invitation.last_opened_at {
        Some(at) if invitation.opened > 0 => rich(
            "invitation-opened",
            &[("count", invitation.opened.into())],
            vec![("when", moment(at))],
        ),
        _ => tv("invitation-not-opened", &[]).into_any(),
    }
}
