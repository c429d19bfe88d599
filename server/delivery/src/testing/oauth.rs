//! An authorisation server (RFC 6749) that keeps to the rules: it checks the redirect address, the challenge of RFC 7636 and who the
//! application is, takes each code once, and gives each time another refresh token, after which the one before is worth nothing.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::{Engine, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::web::{HttpAsked, HttpSaid, HttpServer};
use model::ClientAuth;

/// What the server calls the application.
const CLIENT_ID: &str = "posel-client";
const CLIENT_SECRET: &str = "secret+of/the application";

/// Says whether a token is good, for servers that are shown tokens.
#[derive(Clone)]
pub struct TokenCheck(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl fmt::Debug for TokenCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCheck")
    }
}

impl TokenCheck {
    /// Whether a token is good now.
    pub fn is_good(&self, token: &str) -> bool {
        (self.0)(token)
    }
}

/// A code that was given out.
struct Code {
    code: String,
    challenge: String,
    redirect_uri: String,
}

struct Book {
    redirect_uri: String,
    auth: ClientAuth,
    agrees: bool,
    lifetime_s: u32,
    /// Whether a refresh token is good for one use.
    rotates: bool,
    /// Whether its tokens are good for nothing.
    gives_bad: bool,
    n_given: u32,
    codes: Vec<Code>,
    good_access: Vec<String>,
    good_refresh: Vec<String>,
    /// Everything that was ever given out, codes included.
    given: Vec<String>,
}

/// A running authorisation server; it ends when it is dropped.
pub struct OauthServer {
    http: HttpServer,
    book: Arc<Mutex<Book>>,
}

impl OauthServer {
    /// Starts a server at which the application is registered with one address to come back to.
    pub async fn start(redirect_uri: &str) -> Self {
        let book = Arc::new(Mutex::new(Book {
            redirect_uri: redirect_uri.to_owned(),
            auth: ClientAuth::Body,
            agrees: true,
            lifetime_s: 3_600,
            rotates: true,
            gives_bad: false,
            n_given: 0,
            codes: Vec::new(),
            good_access: Vec::new(),
            good_refresh: Vec::new(),
            given: Vec::new(),
        }));
        let shared = book.clone();
        let http = HttpServer::start(move |asked| answer(&mut lock(&shared), asked)).await;
        Self { http, book }
    }

    /// The HTTP side, for faults and for what was asked.
    pub fn http(&self) -> &HttpServer {
        &self.http
    }

    /// Its address on this machine, without a path; people agree at `/authorize`, tokens come from `/token`.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.http.port())
    }

    /// What it calls the application.
    pub fn client_id(&self) -> &'static str {
        CLIENT_ID
    }

    /// The secret of the application.
    pub fn client_secret(&self) -> &'static str {
        CLIENT_SECRET
    }

    /// Wants to be told in this way who the application is.
    pub fn wants(&self, auth: ClientAuth) {
        lock(&self.book).auth = auth;
    }

    /// Whether the person who is asked agrees from now on.
    pub fn agrees(&self, agrees: bool) {
        lock(&self.book).agrees = agrees;
    }

    /// For how many seconds tokens are good from now on.
    pub fn set_lifetime(&self, seconds: u32) {
        lock(&self.book).lifetime_s = seconds;
    }

    /// Gives from now on tokens that nobody takes.
    pub fn gives_bad_tokens(&self) {
        lock(&self.book).gives_bad = true;
    }

    /// Gives one refresh token for good from now on, and none when it is renewed.
    pub fn rotates_no_more(&self) {
        lock(&self.book).rotates = false;
    }

    /// Lets all access tokens run out.
    pub fn end_access(&self) {
        lock(&self.book).good_access.clear();
    }

    /// Takes the consent back: nothing that was given out is good any more.
    pub fn end_consent(&self) {
        let mut book = lock(&self.book);
        book.good_access.clear();
        book.good_refresh.clear();
    }

    /// How often tokens were given out.
    pub fn n_given(&self) -> u32 {
        lock(&self.book).n_given
    }

    /// Opens an address of this server as a browser does, and tells where it leads; empty when it leads nowhere.
    pub fn visit(&self, url: &str) -> String {
        let target = url.strip_prefix(&self.base()).unwrap_or_default().to_owned();
        let asked = HttpAsked { method: "GET".to_owned(), target, headers: Vec::new(), body: Vec::new() };
        let said = answer(&mut lock(&self.book), &asked);
        let location = said.headers.iter().find_map(|it| it.strip_prefix("Location: "));
        location.unwrap_or_default().to_owned()
    }

    /// An access token that is good, given to nobody in particular.
    pub fn token(&self) -> String {
        let answer = given(&mut lock(&self.book), false);
        answer["access_token"].as_str().unwrap_or_default().to_owned()
    }

    /// Every code and token that was ever given out.
    pub fn given(&self) -> Vec<String> {
        lock(&self.book).given.clone()
    }

    /// Says whether an access token is good.
    pub fn check(&self) -> TokenCheck {
        let book = self.book.clone();
        TokenCheck(Arc::new(move |token| lock(&book).good_access.iter().any(|it| it == token)))
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(book: &mut Book, asked: &HttpAsked) -> HttpSaid {
    match (asked.method.as_str(), asked.path()) {
        ("GET", "/authorize") => authorize(book, &asked.query()),
        ("POST", "/token") => token(book, asked),
        // What servers ask that are shown a token.
        ("GET", "/tokeninfo") => {
            let query = asked.query();
            match book.good_access.contains(&value(&query, "access_token").to_owned()) {
                true => HttpSaid::json(&json!({ "email": "vratene", "active": true })),
                false => HttpSaid::new(400, json!({ "error": "invalid_token" }).to_string()),
            }
        }
        _ => HttpSaid::new(404, "not found"),
    }
}

/// Whom it does not know, it sends nowhere (RFC 6749 §4.1.2.1).
fn authorize(book: &mut Book, query: &[(String, String)]) -> HttpSaid {
    let value = |name| value(query, name);
    if value("client_id") != CLIENT_ID || value("redirect_uri") != book.redirect_uri {
        return HttpSaid::new(400, "unknown application or address");
    }
    let right = value("response_type") == "code" && value("code_challenge_method") == "S256" && !value("state").is_empty();
    let mut pairs = vec![("state", value("state").to_owned())];
    if !right || value("code_challenge").len() != 43 {
        pairs.push(("error", "invalid_request".to_owned()));
    } else if !book.agrees {
        pairs.push(("error", "access_denied".to_owned()));
        pairs.push(("error_description", "The person said no.".to_owned()));
    } else {
        let code = format!("code-{}-{}", book.given.len(), &value("code_challenge")[..8]);
        let (challenge, redirect_uri) = (value("code_challenge").to_owned(), value("redirect_uri").to_owned());
        book.codes.push(Code { code: code.clone(), challenge, redirect_uri });
        book.given.push(code.clone());
        pairs.push(("code", code));
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    HttpSaid { headers: vec![format!("Location: {}?{query}", book.redirect_uri)], ..HttpSaid::new(302, "") }
}

fn token(book: &mut Book, asked: &HttpAsked) -> HttpSaid {
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&asked.body).into_owned().collect();
    if !knows(book, asked, &form) {
        return no(401, "invalid_client", "Who are you?");
    }
    match value(&form, "grant_type") {
        "authorization_code" => {
            let at = book.codes.iter().position(|it| it.code == value(&form, "code"));
            let Some(code) = at.map(|it| book.codes.remove(it)) else { return no(400, "invalid_grant", "no such code") };
            let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(value(&form, "code_verifier")));
            if challenge != code.challenge || value(&form, "redirect_uri") != code.redirect_uri {
                return no(400, "invalid_grant", "the verifier or the address does not fit");
            }
            HttpSaid::json(&given(book, true))
        }
        "refresh_token" => {
            let at = book.good_refresh.iter().position(|it| it == value(&form, "refresh_token"));
            let Some(at) = at else { return no(400, "invalid_grant", "The refresh token has been revoked.") };
            if book.rotates {
                book.good_refresh.remove(at);
            }
            let rotates = book.rotates;
            HttpSaid::json(&given(book, rotates))
        }
        _ => no(400, "unsupported_grant_type", ""),
    }
}

/// Whether the application says who it is, in the way that is wanted.
fn knows(book: &Book, asked: &HttpAsked, form: &[(String, String)]) -> bool {
    match book.auth {
        ClientAuth::Body => value(form, "client_id") == CLIENT_ID && value(form, "client_secret") == CLIENT_SECRET,
        ClientAuth::Basic => {
            let encoded: String = url::form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
            let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT_ID}:{encoded}")));
            asked.header("authorization") == Some(expected.as_str()) && value(form, "client_secret").is_empty()
        }
    }
}

fn given(book: &mut Book, with_refresh: bool) -> Value {
    book.n_given += 1;
    let (access, refresh) = (format!("access.token-{}~canary", book.n_given), format!("refresh.token-{}~canary", book.n_given));
    if !book.gives_bad {
        book.good_access.push(access.clone());
    }
    book.given.push(access.clone());
    let claims = BASE64_URL_SAFE_NO_PAD.encode(json!({ "email": "obchod@firma.sk" }).to_string());
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": book.lifetime_s,
        "id_token": format!("eyJhbGciOiJub25lIn0.{claims}."),
    });
    if with_refresh {
        book.good_refresh.push(refresh.clone());
        book.given.push(refresh.clone());
        answer["refresh_token"] = json!(refresh);
    }
    answer
}

fn no(status: u16, error: &str, words: &str) -> HttpSaid {
    HttpSaid::new(status, json!({ "error": error, "error_description": words }).to_string())
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}
