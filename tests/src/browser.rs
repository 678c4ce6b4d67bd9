use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::{Method, header::SET_COOKIE, redirect::Policy};
use url::{Position, Url};

use crate::{Answer, Form, form::encoded};

/// Redirects that are followed at most.
const HOPS: usize = 5;

/// A browser without script: cookies of its own, the headers that browsers send, an address of its own
/// behind the proxy that the portal trusts.
pub struct Browser {
    http: reqwest::Client,
    origin: Url,
    address: String,
    cookies: Mutex<BTreeMap<String, String>>,
    keeps_cookies: bool,
    agent: Option<String>,
    transcript: Transcript,
}

/// Everything that a portal has answered to anybody, headers too.
#[derive(Clone, Default)]
pub struct Transcript(Arc<Mutex<String>>);

impl Transcript {
    /// All of it.
    #[must_use]
    pub fn text(&self) -> String {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn add(&self, answer: &Answer) {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, value) in &answer.headers {
            // Not what is given to this one browser to keep.
            if name != SET_COOKIE {
                text.push_str(&String::from_utf8_lossy(value.as_bytes()));
                text.push('\n');
            }
        }
        text.push_str(&answer.body);
    }
}

/// One for all browsers of a test: to make one takes longer than most requests.
pub(crate) fn http_to(portal: SocketAddr) -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(Policy::none())
        // A connection that outlives a restart of the portal would still reach the old one.
        .pool_max_idle_per_host(0)
        .resolve("localhost", portal)
        .no_proxy()
        .user_agent("Mozilla/5.0 (tests)")
        .build()
        .expect("a client")
}

impl Browser {
    pub(crate) fn new(
        http: reqwest::Client,
        origin: &Url,
        address: String,
        transcript: Transcript,
    ) -> Self {
        Self {
            http,
            origin: origin.clone(),
            address,
            cookies: Mutex::default(),
            keeps_cookies: true,
            agent: None,
            transcript,
        }
    }

    /// The same browser, set to keep no cookies.
    #[must_use]
    pub fn without_cookies(mut self) -> Self {
        self.keeps_cookies = false;
        self
    }

    /// The same browser under another name: this user agent.
    #[must_use]
    pub fn named(mut self, agent: &str) -> Self {
        self.agent = Some(agent.to_owned());
        self
    }

    /// The value of a cookie that is kept.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    /// Names of the cookies that are kept.
    #[must_use]
    pub fn cookie_names(&self) -> Vec<String> {
        self.jar().keys().cloned().collect()
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    /// Asks for a page and does not follow where it leads.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[("sec-fetch-site", "none")], None)
            .await
    }

    /// As [`Browser::get`], for any method and headers, without a form.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let method = method.parse().expect("a method");
        self.ask(method, path, headers, None).await
    }

    /// Asks for a page and follows where it leads.
    ///
    /// # Panics
    /// When it leads away from the portal or in a circle.
    pub async fn open(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follow(answer).await
    }

    /// Comes from another site, as from Facebook's dialog, and follows.
    ///
    /// # Panics
    /// As [`Browser::open`].
    pub async fn arrive(&self, path: &str) -> Answer {
        let answer = self
            .ask(Method::GET, path, &[("sec-fetch-site", "cross-site")], None)
            .await;
        self.follow(answer).await
    }

    /// Posts fields as a page of the portal would.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.post_body(path, encoded(&fields)).await
    }

    /// Posts with these headers in place of those of a page of the portal.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post_from(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, headers, Some(encoded(&[])))
            .await
    }

    /// Sends a form and does not follow where it leads.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, form: &Form) -> Answer {
        match form.method.as_str() {
            "post" => self.post_body(&form.action, form.body()).await,
            _ => {
                let mut url = self.origin.join(&form.action).expect("an address");
                url.query_pairs_mut().clear().extend_pairs(&form.fields);
                self.get(url.as_str()).await
            }
        }
    }

    /// Sends a form and follows where it leads.
    ///
    /// # Panics
    /// As [`Browser::open`].
    pub async fn submit(&self, form: &Form) -> Answer {
        let answer = self.send(form).await;
        self.follow(answer).await
    }

    /// Presses a button of a page, and follows.
    ///
    /// # Panics
    /// When there is no such button, and as [`Browser::open`].
    pub async fn press(&self, page: &Answer, button: &str) -> Answer {
        self.submit(&page.form(button)).await
    }

    /// Follows redirects within the portal.
    ///
    /// # Panics
    /// When it leads away or in a circle.
    pub async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..HOPS {
            if !answer.status.is_redirection() {
                return answer;
            }
            answer = self.get(answer.location()).await;
        }
        panic!("{} leads in a circle", answer.path);
    }

    async fn post_body(&self, path: &str, body: (String, Vec<u8>)) -> Answer {
        let origin = self.origin.origin().ascii_serialization();
        let headers = [
            ("origin", origin.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.ask(Method::POST, path, &headers, Some(body)).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<(String, Vec<u8>)>,
    ) -> Answer {
        let url = self.origin.join(path).expect("an address");
        assert_eq!(
            url.origin(),
            self.origin.origin(),
            "{url} leads away from the portal"
        );
        let mut request = self.http.request(method, url.clone());
        request = request.header("x-forwarded-for", &self.address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(agent) = &self.agent {
            request = request.header("user-agent", agent);
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        if let Some((kind, bytes)) = body {
            request = request.header("content-type", kind).body(bytes);
        }
        let response = request.send().await.expect("an answer of the portal");
        self.keep_cookies(&response);
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.expect("a whole answer");
        let answer = Answer {
            status,
            headers,
            path: url[Position::BeforePath..Position::AfterQuery].to_owned(),
            size: body.len(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        self.transcript.add(&answer);
        answer
    }

    fn cookie_header(&self) -> String {
        let jar = self.jar();
        let pairs: Vec<_> = jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&self, response: &reqwest::Response) {
        if !self.keeps_cookies {
            return;
        }
        let mut jar = self.jar();
        for header in response.headers().get_all(SET_COOKIE) {
            let text = header.to_str().expect("a cookie in ASCII");
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie with a name");
            if attributes.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
