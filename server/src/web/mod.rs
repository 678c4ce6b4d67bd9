//! HTTP: routes, forms, the callback. Reads a request, asks the service, renders a page or redirects.

mod account;
mod aside;
mod brand;
mod clients;
mod connect;
mod cookies;
mod evidence;
mod extract;
mod failure;
mod health;
mod help;
mod invitation;
mod jobs;
pub mod layers;
mod meta;
mod outbox;
mod page;
mod queue;
mod second_step;
mod settings;
mod sign_in;
mod site;
mod team;
mod tokens;
mod upload;
mod watch;

use std::sync::Arc;

use app::routes::pattern;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};

pub use site::Site;

use crate::{
    assets,
    domain::rate,
    service::{Error, Portal, actor::Origin, sign_in::bucket},
};
use layers::{Flood, LayerContext, Refusals, flood, limits};

/// What a handler works with.
#[derive(Clone)]
pub struct Web {
    portal: Arc<Portal>,
    layers: Arc<LayerContext>,
    site: Arc<Site>,
}

/// Every route, in all its layers.
pub fn router(portal: Arc<Portal>, site: &Site) -> Router {
    let layers = Arc::new(site.layers(&portal));
    let web = Web {
        portal,
        layers: layers.clone(),
        site: Arc::new(site.clone()),
    };
    let refusals = {
        let web = web.clone();
        Refusals::new(move |refusal, request_id| failure::of_layer(&web, refusal, request_id))
    };
    let router = Router::new()
        .merge(workshop_routes(site))
        .merge(layers::compress::around(
            client_routes().merge(admin_routes()),
        ))
        .route(pattern::HEALTHZ, get(health::healthz))
        .route(pattern::READYZ, get(health::readyz))
        .route(pattern::FAVICON, get(site::favicon))
        .route(pattern::BRAND, get(brand::file))
        .merge(assets::routes())
        .layer(limits::body(limits::FORM_BYTES))
        .merge(upload_routes())
        .merge(meta_routes(&layers))
        .fallback(failure::not_found)
        .method_not_allowed_fallback(failure::not_found)
        .layer(from_fn_with_state(web.clone(), failure::show))
        .with_state(web);
    layers::apply(router, layers, refusals)
}

/// What takes files. The files have limits of their own, and so have their forms.
fn upload_routes() -> Router<Web> {
    Router::new()
        .route(pattern::SETTINGS, get(settings::show).post(settings::save))
        .layer(DefaultBodyLimit::disable())
        .layer(limits::body(limits::UPLOAD_BYTES))
}

/// What Meta's programs call. They come from few addresses, many at once.
fn meta_routes(context: &LayerContext) -> Router<Web> {
    let routes = Router::new()
        .route(
            pattern::DEAUTHORIZE,
            get(meta::probe).post(meta::deauthorize),
        )
        .route(pattern::DATA_DELETION, post(meta::data_deletion))
        .layer(limits::body(limits::FORM_BYTES))
        .merge(
            Router::new()
                .route(pattern::WEBHOOK, get(meta::subscribe).post(meta::webhook))
                .layer(limits::body(limits::WEBHOOK_BYTES)),
        );
    let clock = context.clock.clone();
    let flood = Flood::per_minute(layers::META_CALLS_PER_MINUTE, clock);
    flood::limit(routes, Arc::new(flood))
}

/// What is there for whoever works on Portico. The configuration lets nothing but one's own machine be reached
/// without https, so a portal on the internet has none of it.
fn workshop_routes(site: &Site) -> Router<Web> {
    if site.is_https {
        return Router::new();
    }
    Router::new().route(pattern::STYLEGUIDE, get(site::styleguide))
}

fn client_routes() -> Router<Web> {
    Router::new()
        .route(pattern::HOME, get(site::home))
        .route(pattern::INVITATION, get(invitation::show))
        .route(pattern::INVITATION_START, post(invitation::start))
        .route(pattern::INVITATION_FRESH, post(invitation::ask_fresh))
        .route(pattern::CALLBACK, get(connect::callback))
        .route(pattern::DELETION, get(meta::deletion))
        .route(pattern::STOPPED, get(connect::stopped))
        .route(pattern::VISIT, get(connect::show))
        .route(pattern::VISIT_AGAIN, post(connect::again))
        .route(pattern::VISIT_RESUME, post(connect::resume))
        .route(pattern::VISIT_CONFIRM, post(connect::confirm))
        .route(
            pattern::VISIT_ACCOUNTS,
            get(connect::show).post(connect::choose),
        )
        .route(pattern::VISIT_REREAD, post(connect::read_again))
        .route(
            pattern::VISIT_PASS_ON,
            get(aside::show_pass_on).post(aside::pass_on),
        )
        .route(
            pattern::VISIT_HELP,
            get(aside::show_help).post(aside::ask_help),
        )
}

fn admin_routes() -> Router<Web> {
    Router::new()
        .route(pattern::ADMIN, get(queue::redirect))
        .route(pattern::SIGN_IN, get(sign_in::show).post(sign_in::submit))
        .route(
            pattern::FIRST_SIGN_IN,
            get(sign_in::show_first).post(sign_in::submit_first),
        )
        .route(pattern::SIGN_OUT, post(sign_in::sign_out))
        .route(
            pattern::SECOND_STEP,
            get(second_step::show).post(second_step::submit),
        )
        .route(pattern::ACCOUNT, get(account::show))
        .route(pattern::PASSWORD, post(account::change_password))
        .route(pattern::FACTOR_BEGIN, post(account::begin))
        .route(pattern::FACTOR_CONFIRM, post(account::confirm))
        .route(pattern::FACTOR_CODES, post(account::renew_codes))
        .route(pattern::FACTOR_OFF, post(account::turn_off))
        .route(pattern::SESSION_END, post(account::end_session))
        .route(pattern::TEAM, get(team::show))
        .route(pattern::TEAM_REQUIRE, post(team::require_second_factor))
        .route(pattern::TEAM_SESSION_END, post(team::end_session))
        .route(pattern::PERSON_DISABLE, post(team::disable))
        .route(pattern::PERSON_ENABLE, post(team::enable))
        .route(pattern::PERSON_RESET, post(team::reset_second_factor))
        .route(pattern::QUEUE, get(queue::show))
        .route(pattern::QUEUE_LONG, get(queue::long))
        .route(pattern::QUEUE_BACKUPS, get(queue::backups))
        .route(pattern::QUEUE_RECONNECTIONS, get(queue::reconnections))
        .route(pattern::QUEUE_DECIDED, get(queue::decided))
        .route(pattern::QUEUE_DECIDE, post(queue::decide))
        .route(pattern::META_MENDED, post(queue::mended))
        .route(pattern::CLIENTS, get(clients::list).post(clients::add))
        .route(pattern::NEW_CLIENT, get(clients::show_new))
        .route(pattern::CLIENT, get(clients::show))
        .route(pattern::CLIENT_SEND, post(clients::send))
        .route(pattern::CLIENT_RESEND, post(clients::resend))
        .route(pattern::CLIENT_COPY, post(clients::copy))
        .route(pattern::CLIENT_REVOKE, post(clients::revoke))
        .route(pattern::CLIENT_TEST, post(tokens::test))
        .route(pattern::TOKEN_VALIDATE, post(tokens::validate))
        .route(pattern::GRANT, get(evidence::grant))
        .route(pattern::LOGIN, get(evidence::login))
        .route(pattern::HEALTH, get(watch::show))
        .route(pattern::VALIDATIONS, get(watch::validations))
        .route(pattern::OUTBOX, get(outbox::list))
        .route(pattern::MAIL_TEST, post(outbox::send_test))
        .route(pattern::MAIL, get(outbox::show))
        .route(pattern::MAIL_SEND, post(outbox::send_again))
        .route(pattern::JOBS, get(jobs::list))
        .route(pattern::JOBS_AGAIN, post(jobs::run_all_again))
        .route(pattern::JOB_AGAIN, post(jobs::run_again))
        .route(pattern::JOB_DISMISS, post(jobs::dismiss))
        .route(pattern::HELP_ERRORS, get(help::errors))
}

/// Counts a request of an address against the limit on link pages and callbacks, for all replicas.
async fn limit(web: &Web, origin: &Origin, what: &str) -> Result<(), Error> {
    let address = origin.address.map(|address| address.to_string());
    let bucket = bucket(what, &address.unwrap_or_default());
    match web.portal.over_limit(&bucket, rate::LINK_PAGES).await? {
        Some(seconds) => Err(Error::TooMany(seconds)),
        None => Ok(()),
    }
}
