//! From an HTTP request to the context of a use case, and from its answer to an HTTP status and a cookie.

use std::fmt::Display;
use std::hash::{BuildHasher, RandomState};

use engine::session::Admitted;
use engine::{Ctx, Engine, Error, Guest};
use http::header::{COOKIE, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use model::{Me, Refusal};

use crate::Problem;

/// Name of the session's cookie. The prefix binds it to this host, to HTTPS and to the whole site (RFC 6265bis §4.1.3.2).
pub const SESSION_COOKIE: &str = "__Host-posel";

/// What is set together with the cookie; it lives for 7 days, as the longest session does.
const COOKIE_KEPT: &str = "Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=604800";
/// What makes the browser forget the cookie.
const COOKIE_GONE: &str = "Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0";
/// How many characters of a browser's name are kept.
const DEVICE_MAX: usize = 200;

/// The network address that a request comes from. The server puts it into the request's extensions, because only it knows whether a
/// proxy stands in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);

/// Finds out who calls.
///
/// # Errors
/// Refuses whoever is not signed in; fails when the engine fails.
pub async fn enter() -> Result<Ctx, Problem> {
    let (engine, parts) = surroundings()?;
    let Some(token) = session_token(&parts.headers) else { return answer(Err(Refusal::SignedOut.into())) };
    answer(engine::session::identify(&engine, token, network(&parts)).await)
}

/// Whoever calls, without asking who it is.
///
/// # Errors
/// Fails when the server did not provide the engine.
pub fn guest() -> Result<Guest, Problem> {
    let (engine, parts) = surroundings()?;
    Ok(Guest { engine, network: network(&parts).to_owned(), device: device(&parts.headers) })
}

/// Answers a call: with the value, or with a problem and its HTTP status.
///
/// # Errors
/// The problem.
pub fn answer<T>(result: Result<T, Error>) -> Result<T, Problem> {
    result.map_err(|error| {
        let (status, problem) = problem(error);
        set_status(status);
        problem
    })
}

/// Answers a call that let somebody in: sets the session's cookie and tells who it is.
///
/// # Errors
/// The problem.
pub fn admit(result: Result<Admitted, Error>) -> Result<Me, Problem> {
    let Admitted { me, token } = answer(result)?;
    set_cookie(&token, COOKIE_KEPT);
    Ok(me)
}

/// Answers a call that ended the session: makes the browser forget the cookie, whatever came of it.
///
/// # Errors
/// The problem.
pub fn leave<T>(result: Result<T, Error>) -> Result<T, Problem> {
    set_cookie("", COOKIE_GONE);
    answer(result)
}

/// The secret in the session's cookie, the first one of that name.
pub fn session_token(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut cookies = lines.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    cookies.find(|(name, _)| *name == SESSION_COOKIE).map(|(_, value)| value)
}

/// The HTTP status and the problem that stand for an error. A failure is logged here, once, under a number that the user sees.
pub fn problem(error: Error) -> (StatusCode, Problem) {
    match error {
        Error::Refused(refusal) => (status(&refusal), Problem::Refused(refusal)),
        error => (StatusCode::INTERNAL_SERVER_ERROR, failed(error)),
    }
}

/// The HTTP status of a refusal.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::SignedOut | Refusal::WrongCredentials | Refusal::LinkExpired => StatusCode::UNAUTHORIZED,
        Refusal::NotPermitted(_) => StatusCode::FORBIDDEN,
        Refusal::NotFound(_) => StatusCode::NOT_FOUND,
        Refusal::Stale(_)
        | Refusal::IllegalStep(_)
        | Refusal::InUse(_)
        | Refusal::BuiltIn(_)
        | Refusal::LastAdministrator
        | Refusal::UndoTooLate
        | Refusal::KeptAsProof
        | Refusal::LookFirst
        | Refusal::Hindered(_) => StatusCode::CONFLICT,
        Refusal::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Invalid(_) | Refusal::FileTypeBlocked { .. } | Refusal::FileRefused(_) | Refusal::BadTable { .. } => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
    }
}

/// Logs a failure under a new number.
fn failed(error: impl Display) -> Problem {
    // Not a secret: the standard library's random keys are enough to tell incidents apart.
    let incident = format!("{:08x}", RandomState::new().hash_one(()) >> 32);
    tracing::error!(incident, %error, "a request failed");
    Problem::Failed { incident }
}

/// What the server provides for each call.
fn surroundings() -> Result<(Engine, Parts), Problem> {
    if let (Some(engine), Some(parts)) = (use_context::<Engine>(), use_context::<Parts>()) {
        return Ok((engine, parts));
    }
    set_status(StatusCode::INTERNAL_SERVER_ERROR);
    Err(failed("the server provides no engine or no request"))
}

fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

fn set_cookie(token: &str, attributes: &str) {
    let cookie = HeaderValue::try_from(format!("{SESSION_COOKIE}={token}; {attributes}"));
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(SET_COOKIE, cookie);
    }
}

fn network(parts: &Parts) -> &str {
    parts.extensions.get::<ClientAddress>().map_or("", |it| &it.0)
}

/// Browser and system, as the browser names itself; at most 200 characters.
pub fn device(headers: &HeaderMap) -> String {
    let name = headers.get(USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
    String::from_utf8_lossy(name).chars().filter(|it| !it.is_control()).take(DEVICE_MAX).collect()
}

#[cfg(test)]
mod tests {
    use http::Request;
    use leptos::prelude::{Owner, provide_context};
    use leptos_axum::ResponseParts;
    use model::{Noun, Permission, PermissionSet, Preferences, UserId};

    use super::*;

    /// What a call leaves for the response.
    fn response(call: impl FnOnce()) -> ResponseParts {
        let response = ResponseOptions::default();
        Owner::new().with(|| {
            provide_context(response.clone());
            call();
        });
        response.0.read().unwrap().clone()
    }

    fn eva() -> Me {
        Me {
            id: UserId(2),
            name: "Eva Nová".to_owned(),
            email: "eva@example.sk".to_owned(),
            permissions: PermissionSet::new(),
            preferences: Preferences::default(),
            signature: String::new(),
            company: String::new(),
            capture_only: true,
            put_back: false,
            attachments_max: 0,
            domain_checks: false,
        }
    }

    fn headers(lines: &[(http::HeaderName, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = |value| session_token(&headers(&[(COOKIE, value)])).map(str::to_owned);
        assert_eq!(found("theme=dark; __Host-posel=abc_-9; x=y").as_deref(), Some("abc_-9"));
        assert_eq!(found("__Host-posel=abc").as_deref(), Some("abc"));
        assert_eq!(found("posel=abc; X__Host-posel=abc; __host-posel=abc"), None);
        assert_eq!(session_token(&headers(&[(COOKIE, "a=b"), (COOKIE, "__Host-posel=abc")])), Some("abc"));
        assert_eq!(session_token(&HeaderMap::new()), None);
    }

    #[test]
    fn a_browser_name_is_cut_to_its_length() {
        assert_eq!(device(&headers(&[(USER_AGENT, "Firefox\t150")])), "Firefox150");
        assert_eq!(device(&headers(&[(USER_AGENT, &"x".repeat(999))])).len(), DEVICE_MAX);
        assert_eq!(device(&HeaderMap::new()), "");
    }

    #[test]
    fn the_network_is_what_the_server_says_and_no_header() {
        let request = Request::builder().header("x-forwarded-for", "198.51.100.1").extension(ClientAddress("192.0.2.1".into()));
        let (parts, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(network(&parts), "192.0.2.1");
    }

    #[test]
    fn who_is_let_in_gets_a_cookie_that_scripts_and_other_sites_cannot_use() {
        let response = response(|| {
            let me = admit(Ok(Admitted { me: eva(), token: "abc".to_owned() }));
            assert_eq!(me, Ok(eva()));
        });
        let expected = "__Host-posel=abc; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=604800";
        assert_eq!(response.headers.get(SET_COOKIE).unwrap(), expected);
        assert_eq!(response.status, None);
    }

    #[test]
    fn who_is_not_let_in_gets_a_status_and_no_cookie() {
        let response = response(|| assert!(admit(Err(Refusal::WrongCredentials.into())).is_err()));
        assert_eq!((response.status, response.headers.len()), (Some(StatusCode::UNAUTHORIZED), 0));
    }

    #[test]
    fn who_leaves_loses_the_cookie_even_when_the_session_was_over() {
        let response = response(|| assert!(leave::<()>(Err(Refusal::SignedOut.into())).is_err()));
        let expected = "__Host-posel=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0";
        assert_eq!(response.headers.get(SET_COOKIE).unwrap(), expected);
        assert_eq!(response.status, Some(StatusCode::UNAUTHORIZED));
    }

    #[test]
    fn a_call_without_its_surroundings_is_a_failure() {
        let response = response(|| assert!(matches!(guest().err(), Some(Problem::Failed { .. }))));
        assert_eq!(response.status, Some(StatusCode::INTERNAL_SERVER_ERROR));
    }

    #[test]
    fn each_refusal_has_its_status() {
        for (refusal, code) in [
            (Refusal::SignedOut, 401),
            (Refusal::WrongCredentials, 401),
            (Refusal::LinkExpired, 401),
            (Refusal::NotPermitted(Permission::Export), 403),
            (Refusal::NotFound(Noun::User), 404),
            (Refusal::Stale(Noun::Contact), 409),
            (Refusal::LastAdministrator, 409),
            (Refusal::FileTooLarge { max: 1 }, 413),
            (Refusal::Invalid(Vec::new()), 422),
            (Refusal::TooManyTries { wait_s: 5 }, 429),
            (Refusal::DiskFull, 507),
        ] {
            assert_eq!(problem(refusal.clone().into()), (StatusCode::from_u16(code).unwrap(), Problem::Refused(refusal)));
        }
    }

    #[test]
    fn failures_get_numbers_of_their_own_and_tell_nothing() {
        let (first, second) = (problem(Error::NoRandomness), problem(Error::NoRandomness));
        assert_eq!((first.0, second.0), (StatusCode::INTERNAL_SERVER_ERROR, StatusCode::INTERNAL_SERVER_ERROR));
        assert_ne!(first.1, second.1);
        assert!(matches!(first.1, Problem::Failed { incident } if incident.len() == 8));
    }
}
