use leptos::prelude::*;

use super::{Icon, icon, name};
use crate::initials::initials;
use crate::model::PersonView;
use crate::text::t;

/// How large an avatar is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AvatarSize {
    Small,
    Normal,
    Large,
}

/// The round sign of a person: their initials, and their picture over them where Meta gives one.
pub fn avatar(name: &str, picture: Option<&str>, size: AvatarSize) -> AnyView {
    let class = match size {
        AvatarSize::Small => "avatar s",
        AvatarSize::Normal => "avatar",
        AvatarSize::Large => "avatar l",
    };
    let letters = initials(name);
    let sign = if letters.is_empty() {
        icon(Icon::Person)
    } else {
        letters.into_any()
    };
    let picture = picture.map(|address| {
        view! { <img src=address.to_owned() alt="" referrerpolicy="no-referrer" /> }
    });
    view! { <span class=class aria-hidden="true">{sign}{picture}</span> }.into_any()
}

/// A person with their name and a line below it.
pub fn person(person: &PersonView, size: AvatarSize, below: impl IntoView + 'static) -> AnyView {
    view! {
        <span class="person">
            {avatar(&person.name, person.picture.as_deref(), size)}
            <span>
                <strong>{name(&person.name)}</strong>
                <small>{below.into_any()}</small>
            </span>
        </span>
    }
    .into_any()
}

/// The name of somebody who signed in, in a sentence: erased, they have none any more.
pub(crate) fn person_name(told: &str) -> AnyView {
    if told.is_empty() {
        view! { <span class="soft">{t("person-erased")}</span> }.into_any()
    } else {
        name(told)
    }
}
