//! The page by which an address lets messages leave under it.

use app::door::ClientAddress;
use axum::extract::{Extension, Path, State};
use axum::response::Response;
use http::StatusCode;
use http::header::HeaderMap;
use model::{Language, QuestionState, SenderPage};

use super::{draw, escaped, guest, refused};
use crate::http::Shared;

/// The question behind a link, with a button that says yes.
pub async fn page(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    answer(engine::senders::page(&guest(&shared, client, &headers), &token).await, &headers)
}

/// The yes of whoever reads the address.
pub async fn confirm(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    answer(engine::senders::confirm(&guest(&shared, client, &headers), &token).await, &headers)
}

fn answer(page: Result<SenderPage, engine::Error>, headers: &HeaderMap) -> Response {
    match page {
        Ok(page) => {
            let words = of(page.language);
            let status = if page.state == QuestionState::Closed { StatusCode::GONE } else { StatusCode::OK };
            draw(status, page.language, words.title, &content(&page, words))
        }
        Err(error) => refused(error, headers, |it| it.sender_title),
    }
}

fn content(page: &SenderPage, words: &Words) -> String {
    let about =
        format!("<p class=\"company\">{}</p>\n<blockquote>{}</blockquote>\n", escaped(&page.company), escaped(&page.address),);
    match page.state {
        QuestionState::Open => format!(
            "<h1>{}</h1>\n{about}<p>{}</p>\n<form method=\"post\"><button>{}</button></form>\n<p class=\"hint\">{}</p>\n",
            words.question, words.meaning, words.agree, words.ignore
        ),
        QuestionState::Confirmed(_) => {
            format!("<h1>{}</h1>\n{about}<p class=\"hint\">{}</p>\n", words.confirmed, words.may_close)
        }
        QuestionState::Closed => format!("<h1>{}</h1>\n<p>{}</p>\n", words.closed, words.closed_text),
    }
}

/// What stands on the page.
struct Words {
    title: &'static str,
    question: &'static str,
    meaning: &'static str,
    agree: &'static str,
    ignore: &'static str,
    confirmed: &'static str,
    may_close: &'static str,
    closed: &'static str,
    closed_text: &'static str,
}

fn of(language: Language) -> &'static Words {
    match language {
        Language::Sk => &SK,
        Language::Cs => &CS,
        Language::En => &EN,
    }
}

const SK: Words = Words {
    title: "Potvrdenie odosielateľa",
    question: "Smú pod touto adresou odchádzať správy?",
    meaning: "Spoločnosť bude môcť pod touto adresou posielať e-maily. Odpovede na ne prídu Vám.",
    agree: "Áno, súhlasím",
    ignore: "Ak nesúhlasíte, stránku jednoducho zatvorte. Bez Vášho potvrdenia sa adresa nepoužije.",
    confirmed: "Ďakujeme, adresa je potvrdená",
    may_close: "Stránku môžete zatvoriť. Ak si to rozmyslíte, povedzte to spoločnosti.",
    closed: "Odkaz už neplatí",
    closed_text: "Jeho platnosť uplynula. Ak má adresa slúžiť ako odosielateľ, požiadajte spoločnosť o nový odkaz.",
};

const CS: Words = Words {
    title: "Potvrzení odesílatele",
    question: "Smějí pod touto adresou odcházet zprávy?",
    meaning: "Společnost bude moci pod touto adresou posílat e-maily. Odpovědi na ně přijdou Vám.",
    agree: "Ano, souhlasím",
    ignore: "Pokud nesouhlasíte, stránku jednoduše zavřete. Bez Vašeho potvrzení se adresa nepoužije.",
    confirmed: "Děkujeme, adresa je potvrzena",
    may_close: "Stránku můžete zavřít. Pokud si to rozmyslíte, řekněte to společnosti.",
    closed: "Odkaz už neplatí",
    closed_text: "Jeho platnost uplynula. Má-li adresa sloužit jako odesílatel, požádejte společnost o nový odkaz.",
};

const EN: Words = Words {
    title: "Confirmation of a sender",
    question: "May messages leave under this address?",
    meaning: "The company will be able to send e-mails under this address. Answers to them come to you.",
    agree: "Yes, I agree",
    ignore: "If you do not agree, just close this page. Without your confirmation the address is not used.",
    confirmed: "Thank you, the address is confirmed",
    may_close: "You can close this page. If you change your mind, tell the company.",
    closed: "This link is not valid any more",
    closed_text: "Its time is over. If the address is to be a sender, ask the company for a new link.",
};
