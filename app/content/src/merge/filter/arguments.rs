//! What the arguments of each filter may be.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::dates::Pattern;
use super::names::NamePart;
use super::{Filter, MAX_PLACES, yes_no};
use crate::merge::catalogue::Kind;
use crate::merge::language::Language;
use crate::merge::tree::Constant;
use crate::merge::value::Currency;
use crate::vocative;

impl Filter {
    /// The filter with its arguments; none when they are wrong.
    pub(super) fn with_arguments(name: &str, arguments: &[Constant], kind: Kind, language: Language) -> Option<Self> {
        Some(match (name, arguments) {
            ("fallback", [Constant::Text(text)]) => Self::Fallback(text.clone()),
            ("salutation", []) => Self::Salutation(None),
            ("salutation", [Constant::Text(who)]) => Self::Salutation(Some(bearer(who)?)),
            ("vocative", []) => Self::Vocative(NamePart::Whole),
            ("vocative", [Constant::Text(part)]) => Self::Vocative(name_part(part)?),
            ("date", []) => Self::Date(None),
            ("date", [Constant::Text(text)]) => {
                Self::Date(Some(Pattern::read(text).filter(|it| kind == Kind::DateTime || !it.has_time())?))
            }
            ("time", []) => Self::Time(None),
            ("time", [Constant::Text(text)]) => Self::Time(Some(Pattern::read(text)?)),
            ("money", _) => money_arguments(arguments, kind)?,
            ("number", []) => Self::Number(None),
            ("number", [Constant::Number(n)]) => Self::Number(Some(places(n)?)),
            ("plural", forms) => Self::Plural(plural_forms(forms, language)?),
            ("in_words", []) => Self::InWords,
            ("count", []) => Self::Count,
            ("upper", []) => Self::Upper,
            ("lower", []) => Self::Lower,
            ("title", []) => Self::Title,
            ("trim", []) => Self::Trim,
            ("truncate", [Constant::Number(n)]) => {
                Self::Truncate(n.to_usize().filter(|it| n.fract().is_zero() && (1..=10_000).contains(it))?)
            }
            ("without_diacritics", []) => Self::WithoutDiacritics,
            ("typography", []) => Self::Typography,
            ("postcode", []) => Self::Postcode,
            ("phone", []) => Self::Phone,
            ("iban", []) => Self::Iban,
            ("url", []) => Self::Url,
            ("yes_no", []) => Self::YesNo(yes_no(true, language).to_owned(), yes_no(false, language).to_owned()),
            ("yes_no", [Constant::Text(yes), Constant::Text(no)]) => Self::YesNo(yes.clone(), no.clone()),
            ("for_payment", []) => Self::ForPayment,
            _ => return None,
        })
    }
}

fn bearer(who: &str) -> Option<vocative::Bearer> {
    match who {
        "woman" => Some(vocative::Bearer::Woman),
        "man" => Some(vocative::Bearer::Man),
        _ => None,
    }
}

fn name_part(part: &str) -> Option<NamePart> {
    match part {
        "first" => Some(NamePart::First),
        "last" => Some(NamePart::Last),
        _ => None,
    }
}

fn places(number: &Decimal) -> Option<u32> {
    number.to_u32().filter(|it| number.fract().is_zero() && *it <= MAX_PLACES)
}

/// A plain number needs a currency, an amount has its own.
fn money_arguments(arguments: &[Constant], kind: Kind) -> Option<Filter> {
    let (currency, rest) = match arguments {
        [Constant::Text(code), rest @ ..] => (Some(Currency::parse(code)?), rest),
        rest => (None, rest),
    };
    let places = match rest {
        [] => None,
        [Constant::Number(n)] => Some(places(n)?),
        _ => return None,
    };
    (currency.is_some() == (kind == Kind::Number)).then_some(Filter::Money(currency, places))
}

/// One, few, many and, if wanted, fraction; English takes two.
fn plural_forms(forms: &[Constant], language: Language) -> Option<Vec<String>> {
    let least = if language == Language::English { 2 } else { 3 };
    if !(least..=4).contains(&forms.len()) {
        return None;
    }
    let text = |it: &Constant| match it {
        Constant::Text(text) => Some(text.clone()),
        _ => None,
    };
    forms.iter().map(text).collect()
}
