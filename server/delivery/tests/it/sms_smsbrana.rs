//! The description of SMSbrána that comes with the house.

use delivery::{
    Verdict,
    sms::{
        Amount, Cause, HttpGateway, ReferenceUse, SmsGateway,
        web::{Secrets, smsbrana},
    },
    testing::{HttpAsked, HttpFault, HttpSaid, HttpServer},
};
use secrecy::SecretString;

use crate::sms_support::{accepted, message, refused, transmit, transmit_one};

/// SMSbrána: `user_id` never goes out twice, errors are numbers in XML with status 200.
async fn smsbrana_server() -> (HttpServer, SmsGateway) {
    let taken = std::sync::Mutex::new(Vec::<String>::new());
    let server = HttpServer::start(move |asked: &HttpAsked| {
        let query = asked.query();
        let get = |name: &str| query.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str());
        let mut taken = taken.lock().unwrap();
        let result = match (get("login"), get("password"), get("action")) {
            ("me", "p&ss", "credit_info") => "<err>0</err><credit>250.75</credit>".to_owned(),
            ("me", "p&ss", "send_sms") if taken.iter().any(|it| it == get("user_id")) => "<err>-1</err>".to_owned(),
            ("me", "p&ss", "send_sms") if get("number").starts_with('+') => "<err>10</err>".to_owned(),
            ("me", "p&ss", "send_sms") => {
                taken.push(get("user_id").to_owned());
                format!(
                    "<err>0</err><price>1.1</price><sms_count>1</sms_count><credit>9</credit><sms_id>{}</sms_id>",
                    500 + taken.len()
                )
            }
            ("me", ..) => "<err>3</err>".to_owned(),
            _ => "<err>2</err>".to_owned(),
        };
        HttpSaid::new(200, format!("<?xml version='1.0' encoding='utf-8'?>\n<result>\n{result}\n</result>"))
    })
    .await;
    let gateway = smsbrana_gateway(&server, "p&ss");
    (server, gateway)
}

fn smsbrana_gateway(server: &HttpServer, password: &str) -> SmsGateway {
    let mut settings = smsbrana();
    let here = |url: &str| url.replace("https://api.smsbrana.cz", &server.base());
    settings.send.url = here(&settings.send.url);
    if let Some(credit) = &mut settings.credit {
        credit.request.url = here(&credit.request.url);
    }
    let secrets = [("login", "me"), ("password", password)].map(|(name, value)| (name.to_owned(), SecretString::from(value)));
    SmsGateway::Http(Box::new(HttpGateway::new(settings, Secrets::from(secrets), None, server.way()).unwrap()))
}

#[tokio::test]
async fn smsbrana_takes_a_message_and_its_repeat_once() {
    let (server, gateway) = smsbrana_server().await;
    assert_eq!(gateway.capabilities().reference, ReferenceUse::NeverTwice);
    server.fault("send_sms", HttpFault::CloseAfter);
    assert_eq!(transmit_one(&gateway, "hello & bye").await.verdict(), Verdict::Unknown);
    assert_eq!(transmit_one(&gateway, "hello & bye").await.verdict(), Verdict::Accepted);
    let second = transmit(&gateway, &[message(2, "b")]).await.remove(0);
    assert_eq!(accepted(&second)[0].as_str(), "502");
    assert_eq!(gateway.credit().await, Ok(Amount(250_750_000)));
}

#[tokio::test]
async fn smsbrana_refuses_by_numbers() {
    let (server, _) = smsbrana_server().await;
    let gateway = smsbrana_gateway(&server, "wrong");
    assert_eq!(refused(&transmit_one(&gateway, "a").await), Cause::Login);
    for (code, cause) in
        [("9", Cause::NoCredit), ("10", Cause::Number), ("12", Cause::Text), ("8", Cause::Down), ("1", Cause::Busy)]
    {
        server.fault("send_sms", HttpFault::Say(HttpSaid::new(200, format!("<result><err>{code}</err></result>"))));
        assert_eq!(refused(&transmit_one(&gateway, "a").await), cause, "{code}");
    }
    let asked = server.asked().len();
    assert_eq!(refused(&transmit_one(&gateway, "Dobrý den, řeka").await), Cause::Text);
    assert_eq!(server.asked().len(), asked, "letters that it does not take are refused here");
}
