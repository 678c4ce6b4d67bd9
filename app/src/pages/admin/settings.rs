use leptos::prelude::*;

use crate::components::{
    Field, Icon, Weight, desk, error_summary, facts, icon, logo, name, note, picture, pill,
    settings_tabs, submit,
};
use crate::model::{AgencySettingsView, Frame, LogoView, Swatch, Tone};
use crate::render::Page;
use crate::routes::pattern;
use crate::text::{t, tv};
use crate::validate::{COLOUR_MAX, EMAIL_MAX, LOGO_TYPES, NAME_MAX};

/// Settings → Agency: the face that clients see, with how it looks beside it.
pub fn settings(frame: &Frame, view: AgencySettingsView) -> Page {
    let title = t("settings-agency-title");
    let fields = [
        ("name", t("settings-name")),
        ("support_email", t("settings-support")),
        ("own_colour", t("settings-own-colour")),
        ("logo", t("settings-logo-file")),
        ("logo_alt", t("settings-logo-alt")),
    ];
    let body = if view.may_change {
        form(frame, &view)
    } else {
        look(frame, &view)
    };
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {settings_tabs(frame)}
        </div>
        {error_summary(&view.form, &fields)}
        {body}
    };
    Page::new(title, desk(frame, content)).trying_on(view.tried_on)
}

fn form(frame: &Frame, view: &AgencySettingsView) -> AnyView {
    let form = &view.form;
    view! {
        <form
            class="cols settings"
            method="post"
            action=pattern::SETTINGS
            enctype="multipart/form-data"
        >
            <div class="card stack-l">
                {Field::text("name", t("settings-name"), NAME_MAX)
                    .hint(t("settings-name-hint"))
                    .autocomplete("organization")
                    .name()
                    .required()
                    .view(form)}
                {Field::email("support_email", t("settings-support"), EMAIL_MAX)
                    .hint(t("settings-support-hint"))
                    .view(form)}
                {colours(view)}
                {logo_fields(view)}
                <div class="row">
                    {submit(Weight::Main, t("settings-save"))}
                    <button type="submit" class="btn plain" name="do" value="try">{t("settings-try")}</button>
                </div>
            </div>
            {previews(frame)}
        </form>
    }
    .into_any()
}

/// The named colours, and one's own.
fn colours(view: &AgencySettingsView) -> AnyView {
    let chosen = view.form.value("colour");
    let swatches: Vec<_> = Swatch::ALL
        .iter()
        .map(|swatch| {
            let code = swatch.code();
            choice(
                format!("colour tinted {code}"),
                code,
                &chosen,
                swatch_words(*swatch),
            )
        })
        .collect();
    let own = AgencySettingsView::OWN;
    view! {
        <fieldset class="stack">
            <legend class="label">{t("settings-colour")}</legend>
            <p class="soft small">{t("settings-colour-hint")}</p>
            <div class="colours">
                {swatches}
                {choice("colour".to_owned(), own, &chosen, t("settings-own-colour"))}
            </div>
            <div class="own-colour">
                {Field::text("own_colour", t("settings-own-colour-code"), COLOUR_MAX)
                    .hint(t("settings-own-colour-hint"))
                    .view(&view.form)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn choice(class: String, value: &'static str, chosen: &str, words: String) -> AnyView {
    view! {
        <label class=class>
            <input type="radio" class="unseen" name="colour" value=value checked=value == chosen />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

fn swatch_words(swatch: Swatch) -> String {
    t(&format!("swatch-{}", swatch.code()))
}

fn logo_fields(view: &AgencySettingsView) -> AnyView {
    let remove = view.logo.as_ref().map(|logo| {
        let is_ticked = view.form.value("remove_logo") == "yes";
        view! {
            <div class="row">
                {present(logo)}
                <label class="row-s">
                    <input type="checkbox" class="tick" name="remove_logo" value="yes" checked=is_ticked />
                    <span>{t("settings-logo-remove")}</span>
                </label>
            </div>
        }
    });
    view! {
        <fieldset class="stack">
            <legend class="label">{t("settings-logo")}</legend>
            {remove}
            {Field::file("logo", t("settings-logo-file"), LOGO_TYPES)
                .hint(t("settings-logo-hint"))
                .view(&view.form)}
            {Field::text("logo_alt", t("settings-logo-alt"), NAME_MAX)
                .hint(t("settings-logo-alt-hint"))
                .name()
                .view(&view.form)}
        </fieldset>
    }
    .into_any()
}

/// The logo that is there, with words even where none were given: here it stands without the agency's name.
fn present(logo: &LogoView) -> AnyView {
    let alt = if logo.alt.is_empty() {
        t("settings-logo-now")
    } else {
        logo.alt.clone()
    };
    picture(logo, alt)
}

/// How it looks, in either scheme whatever the reader's own is. Follows the choice without script, as far as it
/// is a named one.
fn previews(frame: &Frame) -> AnyView {
    view! {
        <aside class="stack previews" aria-labelledby="preview">
            <h2 id="preview">{t("settings-preview")}</h2>
            {preview(frame, "light", t("settings-preview-light"))}
            {preview(frame, "dark", t("settings-preview-dark"))}
        </aside>
    }
    .into_any()
}

fn preview(frame: &Frame, scheme: &str, label: String) -> AnyView {
    let class = format!("preview tinted {scheme}");
    let said = view! { <p>{t("settings-preview-note")} " " <span class="link">{t("settings-preview-link")}</span></p> };
    view! {
        <div class=class role="img" aria-label=label>
            <div class="row">
                {logo(&frame.agency)}
                <strong>{name(&frame.agency.name)}</strong>
            </div>
            {note(Tone::Quiet, said)}
            <div class="row">
                <span class="btn">{t("settings-preview-button")}</span>
                <span class="mark">{icon(Icon::Check)} {t("settings-preview-badge")}</span>
                {pill(Tone::Quiet, t("settings-preview-pill"))}
            </div>
        </div>
    }
    .into_any()
}

/// For whoever may look and not change.
fn look(frame: &Frame, view: &AgencySettingsView) -> AnyView {
    let form = &view.form;
    let support = form.value("support_email");
    let support = if support.is_empty() {
        t("settings-none").into_any()
    } else {
        name(&support)
    };
    let colour = match Swatch::from_code(&form.value("colour")) {
        Some(swatch) => swatch_words(swatch),
        None => tv(
            "settings-own-colour-is",
            &[("code", form.value("own_colour").into())],
        ),
    };
    let sign = match &view.logo {
        Some(logo) => present(logo),
        None => t("settings-none").into_any(),
    };
    let pairs = vec![
        (t("settings-name"), name(&form.value("name"))),
        (t("settings-support"), support),
        (t("settings-colour"), colour.into_any()),
        (t("settings-logo"), sign),
    ];
    view! {
        <div class="cols">
            <div class="card stack-l">
                {facts(pairs)}
                <p class="soft small">{t("settings-owner-only")}</p>
            </div>
            {previews(frame)}
        </div>
    }
    .into_any()
}
