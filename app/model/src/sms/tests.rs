use super::*;
use crate::{Decimal, Refusal};

fn eurosms() -> SmsAccountDraft {
    let gateway = SmsGateway::EuroSms { base: EUROSMS.into(), id: "1-ABCDEF".into(), is_test: false };
    let mut draft = SmsAccountDraft::new(gateway);
    draft.name = "SMS".into();
    draft.settings.sender = "Posel".into();
    draft
}

fn faults(draft: &SmsAccountDraft) -> Vec<String> {
    match draft.check() {
        Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn wrong_fields_are_named() {
    assert!(eurosms().check().is_ok());
    let mut draft = eurosms();
    draft.name = String::new();
    draft.settings.gateway = SmsGateway::EuroSms { base: "as.eurosms.com".into(), id: String::new(), is_test: true };
    draft.settings.sender = "Príliš dlhé meno".into();
    draft.settings.parts_max = 0;
    draft.settings.warn_below = Some(Decimal(10_000));
    draft.settings.stop_below = Some(Decimal(20_000));
    draft.secrets = vec![("password".into(), "x".into())];
    let named = ["name", "gateway.base", "gateway.id", "sender", "parts_max", "warn_below", "secrets.password"];
    assert_eq!(faults(&draft), named);
}

#[test]
fn a_gateway_on_the_own_network_may_have_a_port() {
    for (base, is_right) in [
        ("http://127.0.0.1:8099", true),
        ("https://as.eurosms.com/", true),
        ("https://", false),
        ("ftp://x.sk", false),
        ("https://x.sk/path", false),
        ("https://user@x.sk", false),
    ] {
        let mut draft = eurosms();
        draft.settings.gateway = SmsGateway::EuroSms { base: base.into(), id: "1".into(), is_test: false };
        assert_eq!(faults(&draft).is_empty(), is_right, "{base}");
    }
}

#[test]
fn a_description_says_which_secrets_it_wants() {
    let description = r#"{"url":"https://x.sk?l={{secret.login}}&p={{ secret.password }}&again={{secret.login}}"}"#;
    assert_eq!(SmsGateway::Http { description: description.into() }.secrets(), ["login", "password"]);
    assert_eq!(SmsGateway::Capture.secrets(), [""; 0]);
}

#[test]
fn credit_at_the_stop_limit_stops_and_below_the_other_limit_warns() {
    let mut settings = eurosms().settings;
    assert_eq!(settings.level(Decimal(-1)), CreditLevel::Enough);
    settings.warn_below = Some(Decimal(100_000));
    settings.stop_below = Some(Decimal(10_000));
    for (credit, level) in [
        (100_000, CreditLevel::Enough),
        (99_999, CreditLevel::Low),
        (10_001, CreditLevel::Low),
        (10_000, CreditLevel::Stopped),
        (-5, CreditLevel::Stopped),
    ] {
        assert_eq!(settings.level(Decimal(credit)), level, "{credit}");
    }
}

#[test]
fn the_cost_is_the_price_of_a_part_times_the_parts() {
    let mut settings = eurosms().settings;
    assert_eq!(settings.cost(3), None);
    settings.price = Some(Decimal(450));
    assert_eq!(settings.cost(3), Some(Decimal(1_350)));
    assert_eq!(settings.cost(u64::MAX), None);
}

#[test]
fn senders_are_short_names_or_numbers() {
    for text in ["Posel", "ABCDEFGHIJK", "a-b.c d", "+421903622237", "112"] {
        assert!(is_sender(text), "{text}");
    }
    for text in ["", " - ", "ABCDEFGHIJKL", "Čaj", "a\nb", "+42190x", "1234567890123456"] {
        assert!(!is_sender(text), "{text}");
    }
}

#[test]
fn a_credit_that_hovers_about_a_limit_is_told_once() {
    use CreditLevel::{Enough, Low, Stopped};
    let mut settings = eurosms().settings;
    (settings.warn_below, settings.stop_below) = (Some(Decimal(100_000)), Some(Decimal(20_000)));
    let told = |told, credit| settings.to_tell(told, settings.level(Decimal(credit)), Some(Decimal(credit)));
    for (before, credit, after) in [
        (Enough, 100_000, Enough),
        (Enough, 99_999, Low),
        (Low, 100_000, Low),
        (Low, 110_001, Enough),
        (Low, 20_000, Stopped),
        (Enough, 0, Stopped),
        (Stopped, 20_001, Stopped),
        (Stopped, 22_001, Low),
        (Stopped, 100_000, Low),
        (Stopped, 110_001, Enough),
    ] {
        assert_eq!(told(before, credit), after, "{before:?} {credit}");
    }
}

#[test]
fn where_only_the_gateway_knows_that_nothing_is_left_a_figure_is_no_reason_to_tell_it_again() {
    use CreditLevel::{Enough, Stopped};
    let mut settings = eurosms().settings;
    assert_eq!(settings.to_tell(Enough, Stopped, None), Stopped);
    assert_eq!(settings.to_tell(Stopped, Enough, None), Stopped);
    assert_eq!(settings.to_tell(Stopped, Enough, Some(Decimal(200))), Stopped);
    settings.stop_below = Some(Decimal(20_000));
    assert_eq!(settings.to_tell(Stopped, Enough, None), Stopped);
    assert_eq!(settings.to_tell(Stopped, Enough, Some(Decimal(30_000))), Enough);
}
