//! Descriptions of gateways whose interface is known.

use super::{
    AnswerReading, Condition, CreditQuestion, HttpSettings, Letters, Method, NumberForm, Pick, Refusal, RefusalMeaning,
    RequestTemplate,
};
use crate::sms::Cause;

/// Where the address of SMSbrána is.
const SMSBRANA: &str = "https://api.smsbrana.cz/smsconnect/http.php?login={{secret.login}}&password={{secret.password}}";

/// SMSbrána, its service *SMS Connect* with simple login: secrets `login` and `password`.
///
/// It never takes a `user_id` twice, so *unknown* messages may simply be sent again. Letters beyond GSM 03.38 are left out, because it
/// is not certain how it wants them.
pub fn smsbrana() -> HttpSettings {
    let get = |rest: &str| RequestTemplate {
        method: Method::Get,
        url: format!("{SMSBRANA}{rest}"),
        headers: Vec::new(),
        login: None,
        body: None,
    };
    let error = || Pick::Pattern(r"<err>\s*(-?\d+)\s*</err>".to_owned());
    let says = |code: &str| Condition { pick: Some(error()), one_of: vec![code.to_owned()], ..Condition::default() };
    let refusal = |code: &str, means| Refusal { when: says(code), means };
    let codes = [
        ("1", Cause::Busy),
        ("2", Cause::Login),
        ("3", Cause::Login),
        ("4", Cause::Settings),
        ("5", Cause::Login),
        ("6", Cause::Settings),
        ("7", Cause::Settings),
        ("8", Cause::Down),
        ("9", Cause::NoCredit),
        ("10", Cause::Number),
        ("11", Cause::Text),
        ("12", Cause::Text),
    ];
    let mut refusals = vec![refusal("-1", RefusalMeaning::TakenBefore)];
    refusals.extend(codes.map(|(code, cause)| refusal(code, RefusalMeaning::NotTaken(cause))));
    HttpSettings {
        send: get("&action=send_sms&number={{number}}&message={{text}}&user_id={{reference}}"),
        answer: AnswerReading {
            success: Some(says("0")),
            id: Some(Pick::Pattern(r"<sms_id>\s*(\d+)\s*</sms_id>".to_owned())),
            refusals,
            otherwise: None,
        },
        status: None,
        credit: Some(CreditQuestion {
            request: get("&action=credit_info"),
            amount: Pick::Pattern(r"<credit>\s*([0-9.,]+)\s*</credit>".to_owned()),
        }),
        callback: None,
        number: NumberForm::Digits,
        alphabet: super::AlphabetWords::default(),
        sender: None,
        segments: 3,
        letters: Letters::Gsm,
    }
}
