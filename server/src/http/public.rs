//! Pages for people who are not signed in: plain HTML without the program, in their language.
//!
//! Programs in front of mailboxes open every link of a mail, so a `GET` only shows; what is meant is said by a button, a `POST`.

pub mod reactions;
pub mod sender;
pub mod unsubscribe;
mod words;

use app::door::{self, ClientAddress};
use axum::extract::{Extension, Path, State};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::Guest;
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use model::{ConsentPage, Language, QuestionState, Refusal};
use sha2::{Digest, Sha256};

use self::words::Words;
use super::Shared;

const STYLE: &str = include_str!("public/page.css");

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The question behind a link, with a button that says yes.
pub async fn consent(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    answer(engine::consents::page(&guest(&shared, client, &headers), &token).await, &headers)
}

/// The yes of the person behind a link.
pub async fn confirm(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    answer(engine::consents::confirm(&guest(&shared, client, &headers), &token).await, &headers)
}

/// The policy of a message that is looked at in the browser: nothing runs, nothing is sent, pictures are loaded as in a mail program, and
/// links open beside it. The page belongs to no origin.
const MESSAGE: HeaderValue = HeaderValue::from_static(
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: https: http:; \
     style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// A message in the browser of its recipient.
pub async fn view(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    match engine::unsubscribe::view(&guest(&shared, client, &headers), &token).await {
        Ok(html) => {
            let mut answer = Html(html).into_response();
            answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, MESSAGE);
            answer.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex"));
            answer
        }
        Err(error) => refused(error, &headers, |it| it.message_title),
    }
}

fn guest(shared: &Shared, client: ClientAddress, headers: &HeaderMap) -> Guest {
    Guest { engine: shared.engine.clone(), network: client.0, device: door::device(headers) }
}

fn answer(page: Result<ConsentPage, engine::Error>, headers: &HeaderMap) -> Response {
    match page {
        Ok(page) => {
            let words = words::of(page.language);
            let status = if page.state == QuestionState::Closed { StatusCode::GONE } else { StatusCode::OK };
            draw(status, page.language, words.title, &content(&page, words))
        }
        Err(error) => refused(error, headers, |it| it.title),
    }
}

/// Why there is no page, under the title that it would have had.
fn refused(error: engine::Error, headers: &HeaderMap, title: fn(&Words) -> &'static str) -> Response {
    let language = preferred(headers);
    let words = words::of(language);
    let (status, text) = match error {
        engine::Error::Refused(Refusal::LinkExpired) => (StatusCode::NOT_FOUND, words.unknown),
        engine::Error::Refused(Refusal::TooManyTries { .. }) => (StatusCode::TOO_MANY_REQUESTS, words.too_many),
        // Logged under its number; the person can only come again.
        error => (door::problem(error).0, words.failed),
    };
    let title = title(words);
    draw(status, language, title, &format!("<h1>{title}</h1>\n<p>{text}</p>\n"))
}

fn content(page: &ConsentPage, words: &Words) -> String {
    let about = format!(
        "<p class=\"company\">{}</p>\n<blockquote>{}</blockquote>\n<p class=\"address\">{}</p>\n",
        escaped(&page.company),
        escaped(&page.statement).replace('\n', "<br>\n"),
        escaped(&page.address),
    );
    match page.state {
        QuestionState::Open => format!(
            "<h1>{}</h1>\n{about}<form method=\"post\"><button>{}</button></form>\n<p class=\"hint\">{}</p>\n",
            words.question, words.agree, words.ignore
        ),
        QuestionState::Confirmed(_) => {
            format!("<h1>{}</h1>\n{about}<p class=\"hint\">{}</p>\n", words.confirmed, words.may_close)
        }
        QuestionState::Closed => format!("<h1>{}</h1>\n<p>{}</p>\n", words.closed, words.closed_text),
    }
}

fn draw(status: StatusCode, language: Language, title: &str, content: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{content}</main>\n</body>\n</html>\n",
        language.code()
    );
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        STANDARD.encode(Sha256::digest(STYLE))
    );
    let mut answer = (status, Html(html)).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex"));
    answer
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The first language of the browser that we speak (RFC 9110 §12.5.4), as for links of which nothing is known.
fn preferred(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let codes = accepted.split(',').filter_map(|it| it.trim().get(..2));
    codes.filter_map(|it| Language::from_code(&it.to_ascii_lowercase())).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_company_wrote_is_shown_as_text() {
        let page = ConsentPage {
            company: "A & B <s.r.o.>".into(),
            language: Language::Sk,
            statement: "Súhlasím\n<script>alert(1)</script>".into(),
            address: "\"x\"@example.sk".into(),
            state: QuestionState::Open,
        };
        let html = content(&page, words::of(Language::Sk));
        assert!(html.contains("A &amp; B &lt;s.r.o.&gt;") && html.contains("Súhlasím<br>\n&lt;script&gt;"));
        assert!(!html.contains("<script"));
    }

    #[test]
    fn an_unknown_link_is_answered_in_the_language_of_the_browser() {
        let accepting = |it: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(it));
            preferred(&headers)
        };
        assert_eq!(accepting("de-AT, cs;q=0.8, en;q=0.5"), Language::Cs);
        assert_eq!(accepting("EN-gb"), Language::En);
        assert_eq!(accepting("x"), Language::Sk);
        assert_eq!(preferred(&HeaderMap::new()), Language::Sk);
    }
}
