use leptos::prelude::*;

use super::{LONG, RIGHT_TO_LEFT, Stage, USUAL, state};
use crate::components::{
    AvatarSize, Drawing, Icon, Step, account_badge, avatar, connection_badge, day, drawing, icon,
    invitation_badge, logo, mail_badge, moment, name, person, pill, qr, scope_tags, stepper,
    strong_name, token_badge, weekday, where_to_tick,
};
use crate::components::{KNOWN_SCOPES, ago};
use crate::model::{
    AccountStatus, ConnectionState, InvitationState, MailState, PersonView, ScopeView, TokenStatus,
    Tone,
};
use crate::text::t;

const ICONS: &[Icon] = &[
    Icon::Check,
    Icon::Cross,
    Icon::Warning,
    Icon::Info,
    Icon::Inbox,
    Icon::People,
    Icon::Mail,
    Icon::Pulse,
    Icon::Person,
    Icon::Phone,
    Icon::Settings,
    Icon::Plus,
    Icon::Search,
    Icon::SignOut,
    Icon::Link,
    Icon::Facebook,
];

const DRAWINGS: &[Drawing] = &[
    Drawing::Door,
    Drawing::ShutDoor,
    Drawing::WhatNext,
    Drawing::NothingFound,
    Drawing::Stopped,
    Drawing::Letter,
    Drawing::EmptyQueue,
    Drawing::EmptyClients,
    Drawing::EmptyOutbox,
];

pub(super) fn icons(_: &Stage) -> AnyView {
    let icons: Vec<_> = ICONS
        .iter()
        .map(|sign| {
            view! { <li class="row-s">{icon(*sign)} <code class="small">{format!("{sign:?}")}</code></li> }
        })
        .collect();
    view! { <ul class="swatches">{icons}</ul> }.into_any()
}

pub(super) fn drawings(_: &Stage) -> AnyView {
    let drawings: Vec<_> = DRAWINGS
        .iter()
        .map(|sign| state(format!("{sign:?}"), drawing(*sign)))
        .collect();
    let ticks = where_to_tick(t("tick-permissions"));
    view! {
        {drawings}
        {state(format!("{:?}", Drawing::WhereToTick), ticks)}
    }
    .into_any()
}

fn row<T: Copy>(members: &[T], draw: impl Fn(T) -> AnyView) -> AnyView {
    let pills: Vec<_> = members.iter().map(|member| draw(*member)).collect();
    view! { <div class="row-s">{pills}</div> }.into_any()
}

pub(super) fn badges(_: &Stage) -> AnyView {
    let scopes: Vec<_> = KNOWN_SCOPES
        .iter()
        .enumerate()
        .map(|(index, scope)| ScopeView {
            scope: (*scope).to_owned(),
            granted: index % 3 != 1,
        })
        .collect();
    let tones = [Tone::Quiet, Tone::Good, Tone::Warn, Tone::Bad];
    view! {
        {row(&tones, |tone| pill(tone, tone.code().to_owned()))}
        {row(ConnectionState::ALL, connection_badge)}
        {row(TokenStatus::ALL, token_badge)}
        {row(InvitationState::ALL, invitation_badge)}
        {row(AccountStatus::ALL, account_badge)}
        {row(MailState::ALL, mail_badge)}
        {state(t("guide-tags"), scope_tags(&scopes))}
    }
    .into_any()
}

pub(super) fn people(stage: &Stage) -> AnyView {
    let sizes = [AvatarSize::Small, AvatarSize::Normal, AvatarSize::Large];
    let who = |words: &str, is_business| {
        let view = PersonView {
            name: words.to_owned(),
            picture: None,
            is_business,
        };
        person(&view, AvatarSize::Normal, t("identity-signed-in"))
    };
    let at = stage.now();
    let code = qr("https://example.com/", t("guide-code"));
    view! {
        <div class="row">{logo(&stage.frame.agency)} {name(&stage.frame.agency.name)}</div>
        {row(&sizes, |size| avatar(USUAL, None, size))}
        {state(t("guide-usual"), who(USUAL, false))}
        {state(t("guide-long"), who(LONG, false))}
        {state(t("guide-rtl"), who(RIGHT_TO_LEFT, false))}
        {state(t("guide-empty"), who("", true))}
        <p>{name(RIGHT_TO_LEFT)} " · " {strong_name(RIGHT_TO_LEFT)}</p>
        <p>{day(at)} " · " {weekday(at)} " · " {moment(at)} " · " {ago(at, at)}</p>
        {[Step::SignIn, Step::Accounts, Step::Done].map(stepper)}
        {code}
    }
    .into_any()
}
