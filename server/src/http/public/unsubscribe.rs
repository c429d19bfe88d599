//! The page behind the link to unsubscribe. Looking at it changes nothing; its buttons and the one click of mail programs do (RFC 8058).

mod words;

use app::door::ClientAddress;
use axum::extract::{Extension, Form, Path, State};
use axum::response::Response;
use http::StatusCode;
use http::header::HeaderMap;
use model::{Channel, Leaving, LeavingOffer, UnsubscribePage, UnsubscribeState};

use self::words::Words;
use super::{draw, escaped, guest, preferred, refused};
use crate::http::Shared;

/// Shows from what one can unsubscribe.
pub async fn page(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    let page = engine::unsubscribe::page(&guest(&shared, client, &headers), &token).await;
    answer(page, &token, Moment::Asked, &headers)
}

/// Unsubscribes. Whatever the body says: the form of our button, or the `List-Unsubscribe=One-Click` of a mail program.
pub async fn leave(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    let page = engine::unsubscribe::unsubscribe(&guest(&shared, client, &headers), &token).await;
    answer(page, &token, Moment::Done, &headers)
}

/// Leaves what was ticked.
pub async fn choose(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let ticked: Vec<Leaving> = fields.iter().filter_map(|it| Leaving::from_field(&it.0)).collect();
    let page = engine::unsubscribe::choose(&guest(&shared, client, &headers), &token, &ticked).await;
    answer(page, &token, if ticked.is_empty() { Moment::Asked } else { Moment::Done }, &headers)
}

/// Whether the page is shown before or after something was left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Asked,
    Done,
}

fn answer(page: Result<UnsubscribePage, engine::Error>, token: &str, moment: Moment, headers: &HeaderMap) -> Response {
    match page {
        Ok(page) => {
            let language = page.language.unwrap_or_else(|| preferred(headers));
            let words = words::of(language);
            draw(StatusCode::OK, language, words.title, &content(&page, token, moment, words))
        }
        Err(error) => refused(error, headers, |it| it.unsubscribe_title),
    }
}

fn content(page: &UnsubscribePage, token: &str, moment: Moment, words: &Words) -> String {
    let about =
        format!("<p class=\"company\">{}</p>\n<p class=\"address\">{}</p>\n", escaped(&page.company), escaped(&page.address));
    let is_mail = page.channel == Channel::Email;
    match page.state {
        UnsubscribeState::Test => format!("<h1>{}</h1>\n{about}<p>{}</p>\n", words.title, words.test),
        UnsubscribeState::Open => {
            let (question, button) =
                if is_mail { (words.question_email, words.leave_email) } else { (words.question_sms, words.leave_sms) };
            let title = if moment == Moment::Done { words.kept } else { question };
            format!(
                "<h1>{title}</h1>\n{about}<form method=\"post\" action=\"/unsubscribe/{}\"><button>{button}</button></form>\n{}",
                escaped(token),
                choices(page, token, words)
            )
        }
        UnsubscribeState::Left => {
            let (title, said) =
                if is_mail { (words.left_email, words.left_email_text) } else { (words.left_sms, words.left_sms_text) };
            format!("<h1>{title}</h1>\n{about}<p>{said}</p>\n{}{}", again(page, words), choices(page, token, words))
        }
    }
}

/// How one comes back.
fn again(page: &UnsubscribePage, words: &Words) -> String {
    if page.company_email.is_empty() {
        return String::new();
    }
    let address = escaped(&page.company_email);
    format!("<p class=\"hint\">{} <a href=\"mailto:{address}\">{address}</a></p>\n", words.again)
}

/// What one may leave besides; nothing when there is no choice.
fn choices(page: &UnsubscribePage, token: &str, words: &Words) -> String {
    let is_main =
        |it: &&LeavingOffer| !matches!((it.what, page.channel), (Leaving::Email, Channel::Email) | (Leaving::Sms, Channel::Sms));
    let others: Vec<&LeavingOffer> = page.offers.iter().filter(is_main).collect();
    if others.is_empty() {
        return String::new();
    }
    let lines: String = others.iter().map(|it| choice(it, words)).collect();
    let button = match others.iter().all(|it| it.has_left) {
        true => String::new(),
        false => format!("<button class=\"quiet\">{}</button>", words.save),
    };
    format!(
        "<form method=\"post\" action=\"/preferences/{}\"><fieldset><legend>{}</legend>\n{lines}</fieldset>\n{button}</form>\n",
        escaped(token),
        words.choose
    )
}

fn choice(offer: &LeavingOffer, words: &Words) -> String {
    let name = match offer.what {
        Leaving::Email => format!("{} {}", words.emails, escaped(&offer.shown)),
        Leaving::Sms => format!("{} {}", words.texts, escaped(&offer.shown)),
        Leaving::List(_) => escaped(&offer.shown),
    };
    if offer.has_left {
        return format!("<p class=\"left\">{name} <span>{}</span></p>\n", words.has_left);
    }
    format!("<label><input type=\"checkbox\" name=\"{}\"> <span>{name}</span></label>\n", offer.what.field())
}

#[cfg(test)]
mod tests {
    use model::{Language, RecipientListId};

    use super::*;

    fn page(state: UnsubscribeState) -> UnsubscribePage {
        UnsubscribePage {
            company: "Jedľa & syn".into(),
            company_email: "info@example.sk".into(),
            language: Some(Language::Sk),
            channel: Channel::Email,
            address: "eva@example.sk".into(),
            state,
            offers: vec![
                LeavingOffer { what: Leaving::Email, shown: "eva@example.sk".into(), has_left: state == UnsubscribeState::Left },
                LeavingOffer { what: Leaving::Sms, shown: "+421 *** *** 456".into(), has_left: true },
                LeavingOffer { what: Leaving::List(RecipientListId(4)), shown: "<Novinky>".into(), has_left: false },
            ],
        }
    }

    #[test]
    fn the_page_offers_the_button_and_what_else_may_be_left() {
        let html = content(&page(UnsubscribeState::Open), "abc", Moment::Asked, words::of(Language::Sk));
        assert!(html.contains("action=\"/unsubscribe/abc\"><button>") && html.contains("Jedľa &amp; syn"));
        assert!(html.contains("name=\"list-4\"") && html.contains("&lt;Novinky&gt;"));
        assert!(!html.contains("name=\"sms\"") && !html.contains("name=\"email\""));
    }

    #[test]
    fn who_has_left_is_told_how_to_come_back() {
        let html = content(&page(UnsubscribeState::Left), "abc", Moment::Done, words::of(Language::En));
        assert!(html.contains("mailto:info@example.sk") && !html.contains("action=\"/unsubscribe/"));
    }

    #[test]
    fn the_link_of_a_test_offers_nothing() {
        let html = content(&page(UnsubscribeState::Test), "abc", Moment::Asked, words::of(Language::Cs));
        assert!(!html.contains("<form") && !html.contains("<button"));
    }
}
