//! Amounts and numbers in words, as on receipts.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numbers::plural;
use crate::merge::language::{Language, Plural};
use crate::merge::value::Currency;

/// Numbers from here on are not put into words.
const END: u64 = 1_000_000_000_000;

/// The grammatical gender of what is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// What is counted: its gender and its three forms.
struct Unit(Gender, [&'static str; 3]);

/// An amount in words with its currency: `dvanásť eur a päťdesiat centov`. None for a currency we have no words for, or a
/// trillion and more.
pub(super) fn money(minor: i64, currency: Currency, language: Language) -> Option<String> {
    let (major, cents) = units(currency, language)?;
    let base = 10_u64.pow(currency.places());
    let (whole, rest) = (minor.unsigned_abs() / base, minor.unsigned_abs() % base);
    let mut words = counted(whole, &major, language)?;
    if 0 < rest {
        let joint = if language == Language::English { " and " } else { " a " };
        words = format!("{words}{joint}{}", counted(rest, &cents, language)?);
    }
    Some(signed(words, minor < 0, language))
}

/// A whole number in words. None for fractions, and a trillion and more.
pub(super) fn number(value: Decimal, language: Language) -> Option<String> {
    let value = value.normalize();
    if value.scale() != 0 {
        return None;
    }
    let words = whole(value.abs().to_u64()?, Gender::Masculine, language)?;
    Some(signed(words, value.is_sign_negative() && !value.is_zero(), language))
}

fn signed(words: String, is_negative: bool, language: Language) -> String {
    match (is_negative, language) {
        (false, _) => words,
        (true, Language::Slovak) => format!("mínus {words}"),
        (true, _) => format!("minus {words}"),
    }
}

fn units(currency: Currency, language: Language) -> Option<(Unit, Unit)> {
    use Gender::{Feminine, Masculine, Neuter};
    Some(match (currency.code(), language) {
        ("EUR", Language::Slovak) => (Unit(Neuter, ["euro", "eurá", "eur"]), Unit(Masculine, ["cent", "centy", "centov"])),
        ("EUR", Language::Czech) => (Unit(Neuter, ["euro", "eura", "eur"]), Unit(Masculine, ["cent", "centy", "centů"])),
        ("EUR", Language::English) => (Unit(Neuter, ["euro", "euros", "euros"]), Unit(Neuter, ["cent", "cents", "cents"])),
        ("CZK", Language::Slovak) => {
            (Unit(Feminine, ["koruna", "koruny", "korún"]), Unit(Masculine, ["halier", "haliere", "halierov"]))
        }
        ("CZK", Language::Czech) => {
            (Unit(Feminine, ["koruna", "koruny", "korun"]), Unit(Masculine, ["haléř", "haléře", "haléřů"]))
        }
        ("CZK", Language::English) => (Unit(Neuter, ["crown", "crowns", "crowns"]), Unit(Neuter, ["haler", "halers", "halers"])),
        _ => return None,
    })
}

fn counted(n: u64, Unit(gender, forms): &Unit, language: Language) -> Option<String> {
    let form = match plural(Decimal::from(n), language) {
        Plural::One => forms[0],
        Plural::Few => forms[1],
        Plural::Many | Plural::Fraction => forms[2],
    };
    Some(format!("{} {form}", whole(n, *gender, language)?))
}

fn whole(n: u64, gender: Gender, language: Language) -> Option<String> {
    if END <= n {
        return None;
    }
    if n == 0 {
        return Some(if language == Language::English { "zero" } else { "nula" }.to_owned());
    }
    let mut words = Vec::new();
    for (power, big) in [(1_000_000_000, 2), (1_000_000, 1)] {
        let count = n / power % 1000;
        if 0 < count {
            words.push(big_group(count, big, language));
        }
    }
    let thousands = n / 1000 % 1000;
    if 0 < thousands {
        words.push(thousand(thousands, language));
    }
    let rest = n % 1000;
    if 0 < rest {
        words.push(below_thousand(rest, gender, n == rest, language));
    }
    Some(words.join(" "))
}

/// Millions (1) and milliards (2).
fn big_group(count: u64, big: usize, language: Language) -> String {
    let (gender, forms) = match (language, big) {
        (Language::Slovak, 1) => (Gender::Masculine, ["milión", "milióny", "miliónov"]),
        (Language::Slovak, _) => (Gender::Feminine, ["miliarda", "miliardy", "miliárd"]),
        (Language::Czech, 1) => (Gender::Masculine, ["milion", "miliony", "milionů"]),
        (Language::Czech, _) => (Gender::Feminine, ["miliarda", "miliardy", "miliard"]),
        (Language::English, 1) => (Gender::Neuter, ["million"; 3]),
        (Language::English, _) => (Gender::Neuter, ["billion"; 3]),
    };
    let form = match plural(Decimal::from(count), language) {
        Plural::One => forms[0],
        Plural::Few => forms[1],
        Plural::Many | Plural::Fraction => forms[2],
    };
    format!("{} {form}", below_thousand(count, gender, true, language))
}

fn thousand(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::Slovak | Language::Czech, 1) => "tisíc".to_owned(),
        (Language::Slovak, 2) => "dvetisíc".to_owned(),
        (Language::Slovak, _) => format!("{}tisíc", below_thousand(count, Gender::Masculine, false, language)),
        (Language::Czech, 2..=4) => format!("{} tisíce", below_thousand(count, Gender::Masculine, true, language)),
        (Language::Czech, _) => format!("{} tisíc", below_thousand(count, Gender::Masculine, false, language)),
        (Language::English, _) => format!("{} thousand", below_thousand(count, Gender::Neuter, true, language)),
    }
}

/// 1 to 999. `is_alone` says that nothing greater stands before: only then 1 and 2 follow the gender.
fn below_thousand(n: u64, gender: Gender, is_alone: bool, language: Language) -> String {
    let (hundreds, rest) = (usize::try_from(n / 100).unwrap_or(0), usize::try_from(n % 100).unwrap_or(0));
    let is_alone = is_alone && hundreds == 0;
    let hundred = match language {
        Language::Slovak => HUNDREDS_SK[hundreds].to_owned(),
        Language::Czech => HUNDREDS_CS[hundreds].to_owned(),
        Language::English if hundreds == 0 => String::new(),
        Language::English => format!("{} hundred", SMALL_EN[hundreds]),
    };
    let small = below_hundred(rest, gender, is_alone, language);
    match (language, hundred.is_empty() || small.is_empty()) {
        (_, true) | (Language::Slovak, _) => hundred + &small,
        (Language::Czech, _) => format!("{hundred} {small}"),
        (Language::English, _) => format!("{hundred} and {small}"),
    }
}

fn below_hundred(n: usize, gender: Gender, is_alone: bool, language: Language) -> String {
    if let (1 | 2, true) = (n, is_alone) {
        return gendered(n, gender, language).to_owned();
    }
    let (small, tens, joint) = match language {
        Language::Slovak => (&SMALL_SK, &TENS_SK, ""),
        Language::Czech => (&SMALL_CS, &TENS_CS, " "),
        Language::English => (&SMALL_EN, &TENS_EN, "-"),
    };
    if n < 20 {
        // Counted things behind a hundred: `sto jedna korun`, `stojeden eur`.
        return if (n, language) == (1, Language::Czech) { "jedna".to_owned() } else { small[n].to_owned() };
    }
    match (n % 10, language) {
        (0, _) => tens[n / 10].to_owned(),
        (1, Language::Czech) => format!("{} jedna", tens[n / 10]),
        (one, _) => format!("{}{joint}{}", tens[n / 10], small[one]),
    }
}

fn gendered(n: usize, gender: Gender, language: Language) -> &'static str {
    match (language, n, gender) {
        (Language::English, 1, _) => "one",
        (Language::English, _, _) => "two",
        (_, 1, Gender::Masculine) => "jeden",
        (_, 1, Gender::Feminine) => "jedna",
        (_, 1, Gender::Neuter) => "jedno",
        (_, _, Gender::Masculine) => "dva",
        (Language::Slovak, _, _) => "dve",
        (Language::Czech, _, _) => "dvě",
    }
}

const SMALL_SK: [&str; 20] = [
    "",
    "jeden",
    "dva",
    "tri",
    "štyri",
    "päť",
    "šesť",
    "sedem",
    "osem",
    "deväť",
    "desať",
    "jedenásť",
    "dvanásť",
    "trinásť",
    "štrnásť",
    "pätnásť",
    "šestnásť",
    "sedemnásť",
    "osemnásť",
    "devätnásť",
];
const TENS_SK: [&str; 10] =
    ["", "desať", "dvadsať", "tridsať", "štyridsať", "päťdesiat", "šesťdesiat", "sedemdesiat", "osemdesiat", "deväťdesiat"];
const HUNDREDS_SK: [&str; 10] =
    ["", "sto", "dvesto", "tristo", "štyristo", "päťsto", "šesťsto", "sedemsto", "osemsto", "deväťsto"];
const SMALL_CS: [&str; 20] = [
    "",
    "jeden",
    "dva",
    "tři",
    "čtyři",
    "pět",
    "šest",
    "sedm",
    "osm",
    "devět",
    "deset",
    "jedenáct",
    "dvanáct",
    "třináct",
    "čtrnáct",
    "patnáct",
    "šestnáct",
    "sedmnáct",
    "osmnáct",
    "devatenáct",
];
const TENS_CS: [&str; 10] =
    ["", "deset", "dvacet", "třicet", "čtyřicet", "padesát", "šedesát", "sedmdesát", "osmdesát", "devadesát"];
const HUNDREDS_CS: [&str; 10] =
    ["", "sto", "dvě stě", "tři sta", "čtyři sta", "pět set", "šest set", "sedm set", "osm set", "devět set"];
const SMALL_EN: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
