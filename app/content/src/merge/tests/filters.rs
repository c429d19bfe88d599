//! Each filter in the three languages.

use jiff::civil::{date, datetime};
use rust_decimal::Decimal;

use super::bed::{catalogue, compiled, eur, html, rendered};
use crate::merge::{Catalogue, Currency, FILTERS, Field, FieldType, Language, Place, Template, Value, Values, typography};

const LANGUAGES: [Language; 3] = [Language::Slovak, Language::Czech, Language::English];

/// A value through filters in Slovak, Czech and English, with hard spaces shown as `_`.
fn through(value: &Value, filters: &str) -> [String; 3] {
    let holds = match value {
        Value::Number(_) => FieldType::Number,
        Value::Money { .. } => FieldType::Money,
        Value::Date(_) => FieldType::Date,
        Value::DateTime(_) => FieldType::DateTime,
        Value::Bool(_) => FieldType::Bool,
        _ => FieldType::Text,
    };
    let catalogue = Catalogue::new(vec![Field::new("x", holds, "x", value.clone())]);
    LANGUAGES.map(|language| {
        let template = Template::compile(&format!("{{{{ x | {filters} }}}}"), Place::Text, &catalogue, language).unwrap();
        template.render(&catalogue.samples()).unwrap().replace('\u{a0}', "_")
    })
}

fn number(text: &str) -> Value {
    Value::Number(Decimal::from_str_exact(text).unwrap())
}

#[test]
fn days_and_times_are_written_as_the_language_writes_them() {
    let day = Value::Date(date(2026, 5, 28));
    for (filters, texts) in [
        ("date", ["28._mája 2026", "28._května 2026", "28_May 2026"]),
        ("date('d. MMMM yyyy')", ["28._mája 2026", "28._května 2026", "28._May 2026"]),
        ("date('d MMMM yyyy')", ["28 mája 2026", "28 května 2026", "28_May 2026"]),
        ("date('d. M. yyyy')", ["28._5._2026", "28._5._2026", "28._5._2026"]),
        ("date('dd.mm.yyyy')", ["28.05.2026", "28.05.2026", "28.05.2026"]),
        ("date('DD.MM.YY')", ["28.05.26", "28.05.26", "28.05.26"]),
        ("date('yyyy-MM-dd')", ["2026-05-28", "2026-05-28", "2026-05-28"]),
        ("date('EEEE d. M.')", ["štvrtok 28._5.", "čtvrtek 28._5.", "Thursday 28._5."]),
        ("date('LLLL yyyy')", ["máj 2026", "květen 2026", "May 2026"]),
        ("date(\"EEE 'dňa' d\")", ["št dňa 28", "čt dňa 28", "Thu dňa 28"]),
    ] {
        assert_eq!(through(&day, filters), texts, "{filters}");
    }
    let moment = Value::DateTime(datetime(2026, 1, 1, 14, 5, 9, 0));
    for (filters, texts) in [
        ("time", ["14:05", "14:05", "14:05"]),
        ("time('HH:mm:ss')", ["14:05:09", "14:05:09", "14:05:09"]),
        ("time('h:mm a')", ["2:05 PM", "2:05 odp.", "2:05 PM"]),
        ("date", ["1._januára 2026", "1._ledna 2026", "1_January 2026"]),
        ("date('d. M. yyyy H:mm')", ["1._1._2026 14:05", "1._1._2026 14:05", "1._1._2026 14:05"]),
    ] {
        assert_eq!(through(&moment, filters), texts, "{filters}");
    }
}

#[test]
fn money_and_numbers_are_grouped_and_rounded() {
    for (value, filters, texts) in [
        (eur(123_456_789), "money", ["1_234_567,89_€", "1_234_567,89_€", "€1,234,567.89"]),
        (eur(-50), "money", ["-0,50_€", "-0,50_€", "-€0.50"]),
        (eur(250), "money(0)", ["3_€", "3_€", "€3"]),
        (Value::Money { minor: 99_900, currency: Currency::CZK }, "money", ["999,00_Kč", "999,00_Kč", "CZK_999.00"]),
        (Value::Money { minor: 1500, currency: Currency::parse("jpy").unwrap() }, "money", ["1_500_JPY", "1_500_JP¥", "¥1,500"]),
        (number("12.5"), "money('EUR')", ["12,50_€", "12,50_€", "€12.50"]),
        (number("1234.5"), "number", ["1_234,5", "1_234,5", "1,234.5"]),
        (number("1.005"), "number(2)", ["1,01", "1,01", "1.01"]),
        (number("-0.001"), "number(2)", ["0,00", "0,00", "0.00"]),
        (number("1000000"), "number(0)", ["1_000_000", "1_000_000", "1,000,000"]),
    ] {
        assert_eq!(through(&value, filters), texts, "{value:?} {filters}");
    }
}

#[test]
fn counts_choose_their_word() {
    let word = |count: &str, language| {
        let forms =
            if language == Language::English { "plural('piece', 'pieces')" } else { "plural('kus', 'kusy', 'kusov', 'kusa')" };
        let catalogue = Catalogue::new(vec![Field::new("n", FieldType::Number, "n", number(count))]);
        let source = format!("{{{{ n | {forms} }}}}");
        Template::compile(&source, Place::Text, &catalogue, language).unwrap().render(&catalogue.samples()).unwrap()
    };
    for (count, slovak, english) in [
        ("0", "kusov", "pieces"),
        ("1", "kus", "piece"),
        ("2", "kusy", "pieces"),
        ("4", "kusy", "pieces"),
        ("5", "kusov", "pieces"),
        ("22", "kusov", "pieces"),
        ("1.5", "kusa", "pieces"),
        ("-1", "kus", "piece"),
    ] {
        assert_eq!(
            (word(count, Language::Slovak).as_str(), word(count, Language::English).as_str()),
            (slovak, english),
            "{count}"
        );
    }
    assert_eq!(html("{{ order.items | count | plural('položka', 'položky', 'položiek') }}"), "položky");
}

#[test]
fn amounts_are_put_into_words() {
    for (value, texts) in [
        (eur(1250), ["dvanásť eur a päťdesiat centov", "dvanáct eur a padesát centů", "twelve euros and fifty cents"]),
        (eur(100), ["jedno euro", "jedno euro", "one euro"]),
        (eur(201), ["dve eurá a jeden cent", "dvě eura a jeden cent", "two euros and one cent"]),
        (eur(0), ["nula eur", "nula eur", "zero euros"]),
        (eur(-2_100), ["mínus dvadsaťjeden eur", "minus dvacet jedna eur", "minus twenty-one euros"]),
        (
            eur(123_456_700),
            [
                "jeden milión dvestotridsaťštyritisíc päťstošesťdesiatsedem eur",
                "jeden milion dvě stě třicet čtyři tisíc pět set šedesát sedm eur",
                "one million two hundred and thirty-four thousand five hundred and sixty-seven euros",
            ],
        ),
        (
            Value::Money { minor: 200_202, currency: Currency::CZK },
            ["dvetisíc dva korún a dva haliere", "dva tisíce dva korun a dva haléře", "two thousand two crowns and two halers"],
        ),
        (Value::Money { minor: 100, currency: Currency::parse("USD").unwrap() }, ["1,00_USD", "1,00_US$", "$1.00"]),
        (number("2000000000"), ["dve miliardy", "dvě miliardy", "two billion"]),
        (number("1001"), ["tisíc jeden", "tisíc jedna", "one thousand one"]),
        (number("1.5"), ["1,5", "1,5", "1.5"]),
    ] {
        assert_eq!(through(&value, "in_words"), texts, "{value:?}");
    }
}

#[test]
fn people_are_addressed_as_the_language_does() {
    for (name, texts) in [
        ("Ing. Jan Novák, CSc.", ["Vážený pán Novák", "Vážený pane Nováku", "Dear Mr Novák"]),
        ("Eva Nováková", ["Vážená pani Nováková", "Vážená paní Nováková", "Dear Ms Nováková"]),
        ("Novák", ["Dobrý deň", "Dobrý den", "Hello"]),
    ] {
        assert_eq!(through(&Value::text(name), "salutation"), texts, "{name}");
    }
    assert_eq!(through(&Value::text("Jean Doe"), "salutation('woman')"), ["Vážená pani Doe", "Vážená paní Doe", "Dear Ms Doe"]);
    assert_eq!(through(&Value::text("Jan Novák"), "vocative"), ["Jan Novák", "Jane Nováku", "Jan Novák"]);
    assert_eq!(through(&Value::text("Petr"), "vocative('first')"), ["Petr", "Petře", "Petr"]);
    assert_eq!(through(&Value::text("Nováková"), "vocative('last')"), ["Nováková"; 3]);
}

#[test]
fn texts_are_changed() {
    for (value, filters, text) in [
        ("žltý kôň", "upper", "ŽLTÝ KÔŇ"),
        ("ŽLTÝ", "lower", "žltý"),
        ("banská štiavnica-štefultov", "title", "Banská Štiavnica-Štefultov"),
        ("  a  ", "trim", "a"),
        ("Záhradný stôl z dubu", "truncate(15)", "Záhradný stôl…"),
        ("Záhradný stôl", "truncate(13)", "Záhradný stôl"),
        ("Nepreložiteľné", "truncate(5)", "Nepr…"),
        ("Žltý kôň", "without_diacritics", "Zlty kon"),
        ("82109", "postcode", "821_09"),
        ("SW1A 1AA", "postcode", "SW1A 1AA"),
        ("+421903622237", "phone", "+421_903_622_237"),
        ("+421 2 5555-1234", "phone", "+421_2_5555_1234"),
        ("+420603123456", "phone", "+420_603_123_456"),
        ("+4915112345678", "phone", "+49_151_123_45678"),
        ("0903", "phone", "0903"),
        ("sk3112000000198742637541", "iban", "SK31_1200_0000_1987_4263_7541"),
        ("123", "iban", "123"),
        ("www.firma.sk/a b", "url", "https://www.firma.sk/a%20b"),
    ] {
        assert_eq!(through(&Value::text(value), filters)[0], text, "{value} {filters}");
    }
    assert_eq!(through(&Value::Bool(false), "yes_no"), ["nie", "ne", "no"]);
    assert_eq!(through(&Value::Bool(true), "yes_no('má', 'nemá')")[0], "má");
}

#[test]
fn hard_spaces_hold_short_words_and_numbers() {
    for (text, typed) in [
        ("Ideme k lesu a s Evou v aute", "Ideme k_lesu a_s_Evou v_aute"),
        ("(v lese) „z hory“ I tak", "(v_lese) „z_hory“ I_tak"),
        ("do 28. mája 2026 za 5 kusov a 12 % zľavu", "do 28._mája 2026_za 5_kusov a_12_% zľavu"),
        ("v roku 2026. Potom Ing. Novák", "v_roku 2026. Potom Ing._Novák"),
        ("a  b", "a  b"),
    ] {
        assert_eq!(typography(text, Language::Slovak).replace('\u{a0}', "_"), typed);
    }
    assert_eq!(typography("I saw a cat with k", Language::English).replace('\u{a0}', "_"), "I_saw a_cat with k");
}

#[test]
fn text_messages_get_common_spaces() {
    assert_eq!(
        rendered("{{ order.total }} {{ contact.phone | phone }}", Place::Sms, Language::Slovak),
        "1 234,50 € +421 903 622 237"
    );
}

#[test]
fn every_filter_works_with_the_arguments_it_is_offered_with() {
    for info in FILTERS {
        for kind in info.takes {
            let is_wanted = |it: &&Field| {
                it.holds.kind() == *kind && (info.name != "url" || ["contact.email", "company.web"].contains(&it.path.as_str()))
            };
            let field = catalogue().fields().iter().find(is_wanted).map(|it| it.path.clone()).unwrap();
            for arguments in info.arguments {
                let language = if arguments.contains("pieces") { Language::English } else { Language::Slovak };
                let source = format!("{{{{ {field} | {}{arguments} }}}}", info.name);
                let needs_own = (info.name, *kind) == ("money", crate::merge::Kind::Number) && !arguments.contains('"');
                let has_own = (info.name, *kind) == ("money", crate::merge::Kind::Money) && arguments.contains('"');
                let is_time = info.name == "date" && arguments.contains('H');
                if !needs_own && !has_own && !is_time {
                    let template = compiled(&source, Place::Html, language);
                    assert!(template.render(&catalogue().samples()).is_ok(), "{source}");
                }
            }
        }
    }
}

#[test]
fn filters_leave_what_is_missing_missing() {
    let values = Values::new();
    for info in FILTERS.iter().filter(|it| it.takes.contains(&crate::merge::Kind::Text) && it.name != "fallback") {
        let template =
            compiled(&format!("{{{{ contact.name | {}{} }}}}", info.name, info.arguments[0]), Place::Html, Language::Czech);
        assert!(template.render(&values).is_err(), "{}", info.name);
    }
}
