use std::convert::Infallible;

use lzma_rust2::Read;
use proptest::prelude::*;

use super::*;
use crate::merge::{Catalogue, Currency, Date, Field, FieldType, Language, Place, Template, Value};

fn order() -> Payment {
    Payment {
        standard: Standard::PayBySquare,
        iban: "SK3112000000198742637541".into(),
        bic: String::new(),
        amount: Some(123_450),
        currency: Currency::EUR,
        due: Date::new(2026, 5, 28).ok(),
        variable: "20260017".into(),
        constant: "0308".into(),
        specific: String::new(),
        message: "Objednávka č. 17".into(),
        payee: "Jaseňové dielo, s. r. o.".into(),
    }
}

fn czech() -> Payment {
    Payment {
        standard: Standard::Spayd,
        iban: "CZ6508000000192000145399".into(),
        bic: "GIBACZPX".into(),
        currency: Currency::CZK,
        ..order()
    }
}

/// Undoes PAY by square: the header and the fields.
fn unpacked(code: &str) -> ([u8; 2], String) {
    let bits: Vec<u8> = code
        .chars()
        .flat_map(|it| {
            let digit = it.to_digit(32).unwrap();
            (0..5).rev().map(move |at| (digit >> at & 1) as u8)
        })
        .collect();
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|it| it.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
    let len = u16::from_le_bytes([bytes[2], bytes[3]]);
    let mut reader = lzma_rust2::LzmaReader::new(&bytes[4..], u64::from(len), 3, 0, 2, 128 * 1024, None).unwrap();
    let mut data = vec![0; usize::from(len)];
    reader.read_exact(&mut data).unwrap();
    let (sum, fields) = data.split_at(4);
    assert_eq!(sum, crc32fast::hash(fields).to_le_bytes());
    ([bytes[0], bytes[1]], String::from_utf8(fields.to_vec()).unwrap())
}

#[test]
fn pay_by_square_holds_the_order_in_the_order_of_the_standard() {
    let (header, fields) = unpacked(&order().payload().unwrap());
    assert_eq!(header, [0x02, 0x00]);
    assert_eq!(
        fields,
        "\t1\t1\t1234.50\tEUR\t20260528\t20260017\t0308\t\t\tObjednavka c. 17\t1\tSK3112000000198742637541\t\t0\t0\tJasenove dielo, s. r. o.\t\t"
    );
}

#[test]
fn the_czech_descriptor_holds_keys_and_values() {
    assert_eq!(
        czech().payload().unwrap(),
        "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:1234.50*CC:CZK*RN:JASENOVE DIELO, S. R. O.*DT:20260528\
         *MSG:OBJEDNAVKA C. 17*X-VS:20260017*X-KS:0308"
    );
    let odd = Payment { message: "a*b 100 %\n€".into(), amount: None, ..czech() };
    assert!(odd.payload().unwrap().contains("*MSG:A%2AB 100%25*") || odd.payload().unwrap().contains("*MSG:A%2AB 100 %25 *"));
}

#[test]
fn what_banks_do_not_understand_is_refused() {
    let refused = |it: Payment| it.payload().err();
    assert_eq!(refused(order()), None);
    assert_eq!(refused(Payment { iban: "SK3112000000198742637542".into(), ..order() }), Some(Unfit::Iban));
    assert_eq!(refused(Payment { iban: "SK".into(), ..order() }), Some(Unfit::Iban));
    assert_eq!(refused(Payment { iban: "ŠK311200000019874263754".into(), ..order() }), Some(Unfit::Iban));
    assert_eq!(refused(Payment { bic: "ABC".into(), ..order() }), Some(Unfit::Bic));
    assert_eq!(refused(Payment { amount: Some(1_000_000_000), ..order() }), Some(Unfit::Amount));
    assert_eq!(refused(Payment { variable: "12345678901".into(), ..order() }), Some(Unfit::Symbol));
    assert_eq!(refused(Payment { variable: "OBJ1".into(), ..order() }), Some(Unfit::Symbol));
    assert_eq!(refused(Payment { constant: "12345".into(), ..order() }), Some(Unfit::Symbol));
    assert_eq!(refused(Payment { payee: " ".into(), ..order() }), Some(Unfit::Payee));
    assert_eq!(refused(Payment { payee: String::new(), ..czech() }), None);
}

#[test]
fn a_payment_is_filled_like_any_address() {
    let fields = [
        ("company.iban", FieldType::Text, Value::text("SK31 1200 0000 1987 4263 7541")),
        ("company.name", FieldType::Text, Value::text("A & B \"Čučo\"")),
        ("order.total", FieldType::Money, Value::Money { minor: 123_450, currency: Currency::EUR }),
        ("order.due", FieldType::Date, Value::Date(Date::new(2026, 5, 28).unwrap())),
        ("order.number", FieldType::Text, Value::text("2026/0017")),
    ];
    let catalogue = Catalogue::new(fields.into_iter().map(|(path, holds, it)| Field::new(path, holds, path, it)).collect());
    let source = "<img src=\"cid:payment?standard=pay-by-square&amp;iban={{ company.iban }}&amp;amount={{ order.total | for_payment }}\
        &amp;due={{ order.due | date(\"yyyyMMdd\") }}&amp;variable={{ order.number }}&amp;payee={{ company.name }}\">";
    let template = Template::compile(source, Place::Html, &catalogue, Language::Slovak).unwrap();
    let html = template.render(&catalogue.samples()).unwrap();
    let address = html.split('"').nth(1).unwrap().replace("&amp;", "&");
    let expected = Payment {
        variable: "20260017".into(),
        constant: String::new(),
        message: String::new(),
        payee: "A & B \"Čučo\"".into(),
        ..order()
    };
    assert_eq!(read(&address), Ok(expected));
    let drawn = replace(&html, |it| Ok::<_, Undrawn>(format!("cid:{}&1", it?.width))).unwrap();
    assert!(drawn.starts_with("<img src=\"cid:") && drawn.ends_with("&amp;1\">"), "{drawn}");
}

#[test]
fn only_addresses_are_replaced() {
    for html in
        ["", "<p>cid:payment?x</p>", "<p title=\"see cid:payment?x\">", "<img src=\"cid:payment?", "<img src=cid:payment?a=b>"]
    {
        let drawn = replace(html, |_| Ok::<_, Infallible>("x".into()));
        assert_eq!(drawn, Ok(Cow::Borrowed(html)));
    }
    let failed = replace("<img src='cid:payment?iban=SK1'>", |it| it.map(|_| String::new()));
    assert_eq!(failed, Err(Undrawn(Unfit::Iban)));
}

#[test]
fn the_picture_shows_each_dark_module_once() {
    let code = order().code().unwrap();
    assert_eq!(code.dark.len(), code.width * code.width);
    assert_eq!(code.svg().matches("h1v1h-1z").count(), code.dark.iter().filter(|it| **it).count());
}

#[test]
fn a_preview_shows_payments_and_leaves_other_pictures() {
    assert_eq!(shown("logo.png@posel"), None);
    let address = "payment?standard=spayd&iban=CZ6508000000192000145399";
    let drawn = shown(address).unwrap();
    assert!(drawn.starts_with("data:image/svg+xml,%3Csvg") && drawn.contains("h1v1h-1z"));
    let undrawn = shown("payment?iban=⟦company.iban⟧").unwrap();
    assert!(undrawn.contains("dasharray") && !undrawn.contains(['<', '"', '#']));
}

proptest! {
    #[test]
    fn any_words_are_packed_and_found_again(message in "\\PC{0,150}", payee in "[^ \\t\\n]\\PC{0,80}", amount in 0_u64..1_000_000_000) {
        let order = Payment { message, payee, amount: Some(amount), ..order() };
        if order.check().is_ok() {
            let (_, fields) = unpacked(&order.payload().unwrap());
            prop_assert_eq!(fields.matches('\t').count(), 18);
            prop_assert!(order.code().is_ok());
            let czech = Payment { standard: Standard::Spayd, ..order };
            prop_assert!(czech.code().is_ok());
        }
    }

    #[test]
    fn any_address_is_read_or_refused(address in "cid:payment\\?([a-z]{1,8}=[%0-9a-zA-F é]{0,6}&?){0,5}") {
        let _ = read(&address).and_then(|it| it.code());
    }
}
